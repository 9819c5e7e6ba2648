import type { CallState, CallType } from './domain/call.ts';
import type { MarginStatus } from './domain/status.ts';

/** How a status is written: a shape of its own and a word, so that colour never stands alone. */
export const STATUS_GLYPHS: Record<MarginStatus, string> = {
  healthy: '●',
  warning: '▲',
  indeterminate: '?',
  call: '◆',
  liquidation: '■',
  bankrupt: '✖',
};

/** A call's type in the words of the desk. */
export const CALL_TYPE_WORDS: Record<CallType, string> = {
  regT: 'Reg T',
  exchange: 'exchange',
  house: 'house',
  minimumEquity: 'minimum equity',
  intradayMargin: 'intraday margin',
  dayTrade: 'day trade',
};

/** A call's state in the words of the desk. */
export const CALL_STATE_WORDS: Record<CallState, string> = {
  expected: 'expected',
  issued: 'issued',
  acknowledged: 'acknowledged',
  disputed: 'disputed',
  promised: 'promised',
  partMet: 'part met',
  met: 'met',
  extended: 'extended',
  liquidating: 'liquidating',
  liquidated: 'liquidated',
  retracted: 'retracted',
};
