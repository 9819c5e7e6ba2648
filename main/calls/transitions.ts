import type { Call, CallEvent, CallState } from '../../shared/domain/call.ts';
import { fail, succeed, type Result } from '../../shared/result.ts';
import type { IsoInstant } from '../../shared/time.ts';

/**
 * The life of a call as a table: from each state, the states it may go to, and what that step is called in the event
 * log. A state that leads nowhere is the end: a call that was met never opens again; a new shortfall is a new call.
 */
export const LEGAL_MOVES: { readonly [State in CallState]: Partial<Record<CallState, CallEvent['kind']>> } = {
  expected: { issued: 'raised' },
  issued: {
    acknowledged: 'stateChanged',
    disputed: 'stateChanged',
    promised: 'stateChanged',
    partMet: 'reduced',
    met: 'met',
    extended: 'stateChanged',
    liquidating: 'stateChanged',
    retracted: 'stateChanged',
  },
  acknowledged: {
    disputed: 'stateChanged',
    promised: 'stateChanged',
    partMet: 'reduced',
    met: 'met',
    extended: 'stateChanged',
    liquidating: 'stateChanged',
    retracted: 'stateChanged',
  },
  // A dispute ends in agreement, in money, or in the call being withdrawn; withdrawing the dispute issues it again.
  disputed: {
    issued: 'stateChanged',
    acknowledged: 'stateChanged',
    promised: 'stateChanged',
    partMet: 'reduced',
    met: 'met',
    liquidating: 'stateChanged',
    retracted: 'stateChanged',
  },
  // A promise that is not kept falls back to acknowledged.
  promised: {
    acknowledged: 'stateChanged',
    disputed: 'stateChanged',
    partMet: 'reduced',
    met: 'met',
    extended: 'stateChanged',
    liquidating: 'stateChanged',
    retracted: 'stateChanged',
  },
  partMet: {
    disputed: 'stateChanged',
    promised: 'stateChanged',
    met: 'met',
    extended: 'stateChanged',
    liquidating: 'stateChanged',
    retracted: 'stateChanged',
  },
  extended: {
    disputed: 'stateChanged',
    promised: 'stateChanged',
    partMet: 'reduced',
    met: 'met',
    liquidating: 'stateChanged',
    retracted: 'stateChanged',
  },
  liquidating: { met: 'met', liquidated: 'met', retracted: 'stateChanged' },
  met: {},
  liquidated: {},
  retracted: {},
};

/** What the event log calls a step between two states; null when the step is not legal. */
export function moveKind(from: CallState, to: CallState): CallEvent['kind'] | null {
  return LEGAL_MOVES[from][to] ?? null;
}

/** True while margin may still be obtained on the call. */
export function isOpen(state: CallState): boolean {
  return state !== 'expected' && Object.keys(LEGAL_MOVES[state]).length > 0;
}

/**
 * A person moves a call. Amounts stand as they are: a call is met by margin coming in, not by saying so, so the moves
 * that obtain margin (part met, met, liquidated) belong to the official run. The new state and its event, or the
 * fault `illegal-call-move`.
 */
export function moveCall(call: Call, to: CallState, step: { by: string; at: IsoInstant; reason: string }): Result<{ call: Call; event: CallEvent }> {
  const kind = moveKind(call.state, to);
  if (kind !== 'stateChanged') return fail(illegalMove(call, to));
  return succeed({
    call: { ...call, state: to },
    event: { callId: call.id, kind, from: call.state, to, amount: null, satisfiedBy: null, at: step.at, by: step.by, runId: null, reason: step.reason },
  });
}

function illegalMove(call: Call, to: CallState): { code: string; message: string; at: string; fix: string } {
  const possible = Object.entries(LEGAL_MOVES[call.state]).flatMap(([state, kind]) => (kind === 'stateChanged' ? [state] : []));
  return {
    code: 'illegal-call-move',
    message: `A call that is ${call.state} cannot be made ${to}.`,
    at: call.id,
    fix: possible.length === 0 ? 'This call is closed; nothing more can happen to it.' : `It can become ${possible.join(', ')}.`,
  };
}
