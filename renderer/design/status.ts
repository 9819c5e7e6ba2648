import type { MarginStatus } from '../../shared/domain/status.ts';
import type { CallState, CallType } from '../../shared/domain/call.ts';

/** How a status is shown: a shape, a word and (in tokens.css) a colour, so that none of the three is needed alone. */
export interface StatusLook {
  glyph: string;
  word: string;
}

export const STATUS_LOOK: Record<MarginStatus, StatusLook> = {
  healthy: { glyph: '●', word: 'Healthy' },
  warning: { glyph: '▲', word: 'Warning' },
  indeterminate: { glyph: '?', word: 'Indeterminate' },
  call: { glyph: '◆', word: 'Call' },
  liquidation: { glyph: '■', word: 'Liquidation' },
  bankrupt: { glyph: '✖', word: 'Bankrupt' },
};

/** Worst first: the order in which a desk reads them. */
export const STATUSES_WORST_FIRST: readonly MarginStatus[] = ['bankrupt', 'liquidation', 'call', 'indeterminate', 'warning', 'healthy'];

export function statusText(status: MarginStatus): string {
  const look = STATUS_LOOK[status];
  return `${look.glyph} ${look.word}`;
}

export const CALL_TYPE_WORDS: Record<CallType, string> = {
  regT: 'Reg T',
  exchange: 'Exchange',
  house: 'House',
  minimumEquity: 'Min equity',
  intradayMargin: 'Intraday',
  dayTrade: 'Day trade',
};

export const CALL_STATE_WORDS: Record<CallState, string> = {
  expected: 'Expected',
  issued: 'Issued',
  acknowledged: 'Acknowledged',
  disputed: 'Disputed',
  promised: 'Promised',
  partMet: 'Part met',
  met: 'Met',
  extended: 'Extended',
  liquidating: 'Liquidating',
  liquidated: 'Liquidated',
  retracted: 'Retracted',
};
