import type { Call, CallEvent, CallState, CallType, MarginRun, SatisfiedBy } from '../../shared/domain/call.ts';
import { type Decimal, fromDecimalText, toDecimalText } from '../../shared/money.ts';
import { assert } from '../../shared/result.ts';
import type { IsoDate } from '../../shared/time.ts';
import { isOpen, moveKind } from './transitions.ts';
import { inWords } from './words.ts';

/** A call on its way through one official run, with the events it collected there. */
export interface CallInRun {
  call: Call;
  events: CallEvent[];
  /** Set by the step that obtained the last of the margin. */
  satisfiedBy: SatisfiedBy | null;
}

/** Who moves calls now. */
export interface RunContext {
  run: MarginRun;
  by: string;
}

export function raise(context: RunContext, terms: { id: string; account: string; type: CallType; currency: string; amount: Decimal; raisedOn: IsoDate; dueOn: IsoDate; excess: string; reason: string }): CallInRun {
  const amount = toDecimalText(terms.amount);
  const call: Call = {
    id: terms.id,
    account: terms.account,
    type: terms.type,
    state: 'issued',
    currency: terms.currency,
    called: amount,
    met: '0',
    outstanding: amount,
    raisedOn: terms.raisedOn,
    raisedAt: context.run.at,
    dueOn: terms.dueOn,
    runId: context.run.id,
    excessAtRaise: terms.excess,
    owner: null,
  };
  return { call, events: [eventOf(context, call, { kind: 'raised', from: null, amount, satisfiedBy: null, reason: terms.reason })], satisfiedBy: null };
}

/**
 * Part or all of what is outstanding was obtained. Whoever holds the call keeps it: a dispute, an extension or a
 * liquidation under way is a person's doing, and a part payment does not end it.
 */
export function reduce(context: RunContext, life: CallInRun, amount: Decimal, satisfiedBy: SatisfiedBy, reason: string): CallInRun {
  const outstanding = fromDecimalText(life.call.outstanding).minus(amount);
  assert(amount.gt(0) && outstanding.gte(0), `${life.call.id} cannot be reduced by ${amount.toString()}`);
  const from = life.call.state;
  const to = outstanding.isZero() ? closedState(from, satisfiedBy) : partlyMet(from);
  assert(to === from || moveKind(from, to) !== null, `${from} to ${to} is not a move of a call`);
  const met = toDecimalText(fromDecimalText(life.call.met).plus(amount));
  const call: Call = { ...life.call, state: to, met, outstanding: toDecimalText(outstanding), runId: context.run.id };
  const event = eventOf(context, call, { kind: outstanding.isZero() ? 'met' : 'reduced', from, amount: toDecimalText(amount), satisfiedBy, reason });
  return { call, events: [...life.events, event], satisfiedBy: outstanding.isZero() ? satisfiedBy : null };
}

/** The shortfall grew: more is called for, and the due day stands. */
export function increase(context: RunContext, life: CallInRun, amount: Decimal, reason: string): CallInRun {
  assert(amount.gt(0) && isOpen(life.call.state), `${life.call.id} cannot be increased`);
  const called = toDecimalText(fromDecimalText(life.call.called).plus(amount));
  const outstanding = toDecimalText(fromDecimalText(life.call.outstanding).plus(amount));
  const call: Call = { ...life.call, called, outstanding, runId: context.run.id };
  const event = eventOf(context, call, { kind: 'increased', from: call.state, amount: toDecimalText(amount), satisfiedBy: null, reason });
  return { ...life, call, events: [...life.events, event] };
}

/** A house call whose account fell below the exchange requirement too: due sooner, never later. */
export function retype(context: RunContext, life: CallInRun, type: CallType, dueOn: IsoDate, reason: string): CallInRun {
  const call: Call = { ...life.call, type, dueOn: dueOn < life.call.dueOn ? dueOn : life.call.dueOn, runId: context.run.id };
  const event = eventOf(context, call, { kind: 'retyped', from: call.state, amount: null, satisfiedBy: null, reason });
  return { ...life, call, events: [...life.events, event] };
}

/** Withdrawn by the run because another call takes its place; the amounts stay as the record of what was asked. */
export function retract(context: RunContext, life: CallInRun, reason: string): CallInRun {
  const from = life.call.state;
  const call: Call = { ...life.call, state: 'retracted', runId: context.run.id };
  assert(moveKind(from, call.state) !== null, `a call that is ${from} cannot be retracted`);
  const event = eventOf(context, call, { kind: 'stateChanged', from, amount: null, satisfiedBy: null, reason });
  return { ...life, call, events: [...life.events, event] };
}

/** Something that is to be known of a call, and moves nothing. */
export function note(context: RunContext, life: CallInRun, reason: string): CallInRun {
  const event = eventOf(context, life.call, { kind: 'note', from: life.call.state, amount: null, satisfiedBy: null, reason });
  return { ...life, events: [...life.events, event] };
}

/** `after`: what follows from it, where the rules say. */
export function overdue(context: RunContext, life: CallInRun, after: string | null = null): CallInRun {
  const call: Call = { ...life.call, runId: context.run.id };
  const reason = `${inWords(call.outstanding, call.currency)} was due on ${call.dueOn} and is still outstanding.${after === null ? '' : ` ${after}`}`;
  const event = eventOf(context, call, { kind: 'overdue', from: call.state, amount: call.outstanding, satisfiedBy: null, reason });
  return { ...life, call, events: [...life.events, event] };
}

/** A liquidation that cured the call ends as liquidated, unless the client's own money came in first. */
function closedState(from: CallState, satisfiedBy: SatisfiedBy): CallState {
  return from === 'liquidating' && satisfiedBy !== 'deposit' ? 'liquidated' : 'met';
}

function partlyMet(from: CallState): CallState {
  return from === 'disputed' || from === 'extended' || from === 'liquidating' ? from : 'partMet';
}

function eventOf(context: RunContext, call: Call, step: Pick<CallEvent, 'kind' | 'from' | 'amount' | 'satisfiedBy' | 'reason'>): CallEvent {
  return { callId: call.id, ...step, to: call.state, at: context.run.at, by: context.by, runId: context.run.id };
}
