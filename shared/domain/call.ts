import { z } from 'zod';
import { decimalText } from '../money.ts';
import { isoDate, isoInstant } from '../time.ts';
import { currency } from './instrument.ts';

/**
 * What kind of call it is: who asks, and how soon. `regT`, `intradayMargin` and `dayTrade` are raised only from trade
 * records; which of the last two depends on the rules in force.
 */
export const CALL_TYPES = ['regT', 'exchange', 'house', 'minimumEquity', 'intradayMargin', 'dayTrade'] as const;
export const callType = z.enum(CALL_TYPES);
export type CallType = z.infer<typeof callType>;

/**
 * Where a call is in its life. `expected` calls are shown between official runs and never stored: prices say that a
 * call would be raised now. The table of legal moves is in main/calls.
 */
export const CALL_STATES = [
  'expected',
  'issued',
  'acknowledged',
  'disputed',
  'promised',
  'partMet',
  'met',
  'extended',
  'liquidating',
  'liquidated',
  'retracted',
] as const;
export const callState = z.enum(CALL_STATES);
export type CallState = z.infer<typeof callState>;

/** How required margin was obtained, for the daily record of FINRA Rule 4220. */
export const satisfiedBy = z.enum(['deposit', 'securities', 'sale', 'marketMove', 'extension', 'waiver']);

/** A demand for margin on an account. Amounts are in the account's base currency and never negative. */
export const call = z.strictObject({
  id: z.string(),
  account: z.string(),
  type: callType,
  state: callState,
  currency,
  called: decimalText,
  met: decimalText,
  outstanding: decimalText,
  /** Business date of the run (or, for Reg T, of the trade) that raised it. */
  raisedOn: isoDate,
  raisedAt: isoInstant,
  dueOn: isoDate,
  /** The official run that last moved it. */
  runId: z.string(),
  /** Excess (negative: deficit) of the account when the call was raised. */
  excessAtRaise: decimalText,
  owner: z.string().nullable(),
});
export type Call = z.infer<typeof call>;

/** One step in a call's life; append-only. */
export const callEvent = z.strictObject({
  callId: z.string(),
  kind: z.enum(['raised', 'increased', 'reduced', 'met', 'retyped', 'stateChanged', 'overdue', 'note']),
  from: callState.nullable(),
  to: callState,
  amount: decimalText.nullable(),
  satisfiedBy: satisfiedBy.nullable(),
  at: isoInstant,
  by: z.string(),
  runId: z.string().nullable(),
  reason: z.string(),
});
export type CallEvent = z.infer<typeof callEvent>;

/** A margin run. Only an official run (or a person) issues or moves a call. */
export const marginRun = z.strictObject({
  id: z.string(),
  businessDate: isoDate,
  marksAsOf: isoInstant,
  kind: z.enum(['intraday', 'official']),
  /** Journal sequence the figures were computed at. */
  sequence: z.int(),
  at: isoInstant,
});
export type MarginRun = z.infer<typeof marginRun>;

/**
 * One line of the daily record of required margin (FINRA Rule 4220): a call as one official run left it. Append-only,
 * one line per call and run, never collapsed.
 */
export const dailyMarginRecord = z.strictObject({
  account: z.string(),
  businessDate: isoDate,
  type: callType,
  callId: z.string(),
  /** Amount called for, and the part still to be obtained after the run; in the account's base currency. */
  required: decimalText,
  outstanding: decimalText,
  /** How and when the last of it was obtained; both null while anything is outstanding. */
  satisfiedBy: satisfiedBy.nullable(),
  satisfiedOn: isoDate.nullable(),
  runId: z.string(),
});
export type DailyMarginRecord = z.infer<typeof dailyMarginRecord>;
export type SatisfiedBy = z.infer<typeof satisfiedBy>;
