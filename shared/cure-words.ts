import type { CureLegView, CureView } from './domain/cure.ts';
import { formatAmount, formatQuantity } from './format.ts';

const DOES_WORDS: Record<CureLegView['does'], string> = { sell: 'Sell', buyBack: 'Buy back', bringIn: 'Bring in' };

/** A cure in one line: "Sell 407 XYZ", "Close 2 legs of an iron condor: …". */
export function cureWords({ kind, strategy, amount, legs }: Pick<CureView, 'kind' | 'strategy' | 'amount' | 'legs'>, currency: string): string {
  if (kind === 'cash') return `Deposit ${formatAmount(amount)} ${currency}`;
  const trades = legs.map(legWords).join(', ');
  if (kind === 'closeStrategy') return `Close the ${strategy ?? 'strategy'}: ${trades}`;
  return kind === 'plan' ? `Together: ${trades}` : trades;
}

function legWords({ does, units, instrument, left }: CureLegView): string {
  return `${DOES_WORDS[does]} ${left === '0' ? 'all ' : ''}${formatQuantity(units)} ${instrument}`;
}

/** How the amount was come by, in one line. */
export function cureBasis({ kind, by, whyNoFormula, restores }: Pick<CureView, 'kind' | 'by' | 'whyNoFormula' | 'restores'>): string {
  if (!restores) return 'not enough by itself: all that it can free';
  if (by === 'reprice') return `least that restores, by computing the margin again: ${whyNoFormula ?? 'the formula does not hold'}`;
  if (kind === 'cash') return 'cash counts in full';
  return kind === 'securities' ? 'call ÷ (1 − rate), confirmed' : 'call ÷ rate, confirmed';
}
