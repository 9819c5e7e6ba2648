import { expect, test } from 'vitest';
import { callEvent, CALL_STATES } from '../../shared/domain/call.ts';
import { isOpen, LEGAL_MOVES, moveCall, moveKind } from '../../main/calls/transitions.ts';
import { aCall } from './an-account.ts';

const step = { by: 'mary', at: '2026-11-20T15:00:00Z', reason: 'client will wire on Monday' };

test('a call that is met, liquidated or retracted leads nowhere', () => {
  for (const state of ['met', 'liquidated', 'retracted'] as const) {
    expect(Object.keys(LEGAL_MOVES[state])).toEqual([]);
    expect(isOpen(state)).toBe(false);
  }
});

test('every open call can end: met, and retracted', () => {
  for (const state of CALL_STATES.filter(isOpen)) {
    expect(moveKind(state, 'met')).toBe('met');
    expect(moveKind(state, 'retracted')).toBe('stateChanged');
  }
});

test('nothing leads back to expected, and an expected call can only be issued', () => {
  for (const state of CALL_STATES) expect(moveKind(state, 'expected')).toBeNull();
  expect(Object.keys(LEGAL_MOVES.expected)).toEqual(['issued']);
});

test('a person moves a call along the table, with an event that says who and why', () => {
  const moved = moveCall(aCall(), 'promised', step);
  expect(moved.ok && moved.value.call).toEqual(aCall({ state: 'promised' }));
  expect(moved.ok && callEvent.parse(moved.value.event)).toEqual({
    callId: 'A1-house-2026-11-19-1', kind: 'stateChanged', from: 'issued', to: 'promised', amount: null, satisfiedBy: null, at: step.at, by: 'mary', runId: null, reason: step.reason,
  });
});

test('an illegal move is refused with the moves that are possible', () => {
  const refused = moveCall(aCall({ state: 'partMet' }), 'acknowledged', step);
  expect(!refused.ok && refused.fault).toEqual({
    code: 'illegal-call-move',
    message: 'A call that is partMet cannot be made acknowledged.',
    at: 'A1-house-2026-11-19-1',
    fix: 'It can become disputed, promised, extended, liquidating, retracted.',
  });
  const closed = moveCall(aCall({ state: 'met', met: '10000', outstanding: '0' }), 'issued', step);
  expect(!closed.ok && closed.fault.fix).toBe('This call is closed; nothing more can happen to it.');
});

test('a person cannot declare a call met: margin has to come in', () => {
  expect(moveCall(aCall(), 'met', step).ok).toBe(false);
});
