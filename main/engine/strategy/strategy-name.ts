import { fromDecimalText } from '../../../shared/money.ts';
import type { OptionHolding } from '../pool/holding.ts';
import { groupShape } from './group-shape.ts';
import type { Leg, PairedStrategy } from './pairing.ts';

/** The strategy in a trader's words: `covered call`, `bull put spread`, `short iron condor`. */
export function strategyName({ kind, legs }: PairedStrategy): string {
  const options = legs.filter((leg): leg is Leg<OptionHolding> => leg.holding.class === 'option');
  switch (kind) {
    case 'coveredCall':
      return 'covered call';
    case 'coveredPut':
      return 'covered put';
    case 'protectivePut':
      return 'protective put';
    case 'protectiveCall':
      return 'protective call';
    case 'reversal':
      return 'reversal';
    case 'collar':
      return strikes(options).size === 1 ? 'conversion' : 'collar';
    case 'straddle':
      return strikes(options).size === 1 ? 'short straddle' : 'short strangle';
    case 'vertical':
      return pairName(options);
    case 'spread':
      return groupShape(options).name;
    case 'box':
      return 'short against the box';
    case 'exchangeable':
      return 'short against an exchangeable security';
    case 'single':
      break;
  }
  return singleName(legs);
}

function singleName([leg]: readonly Leg[]): string {
  if (!leg) return '';
  const side = leg.holding.quantity.isNegative() ? 'short' : 'long';
  const { holding } = leg;
  if (holding.class === 'option') return side === 'short' ? `uncovered ${holding.terms.right}` : `long ${holding.terms.right}`;
  return `${side} ${holding.class === 'bond' ? 'bond' : holding.terms.kind === 'equity' ? 'stock' : holding.terms.kind === 'etf' ? 'fund' : 'warrant'}`;
}

function strikes(options: readonly Leg<OptionHolding>[]): Set<string> {
  return new Set(options.map(({ holding }) => holding.terms.strike));
}

function pairName(options: readonly Leg<OptionHolding>[]): string {
  const short = options.find(({ holding }) => holding.quantity.isNegative())?.holding;
  const long = options.find(({ holding }) => !holding.quantity.isNegative())?.holding;
  if (!short || !long) return 'spread';
  const { right } = short.terms;
  // Bullish when the long strike is the lower one, for calls and puts alike.
  const order = fromDecimalText(long.terms.strike).cmp(fromDecimalText(short.terms.strike));
  if (long.terms.expiry !== short.terms.expiry) return `${right} ${order === 0 ? 'calendar' : 'diagonal'} spread`;
  return order === 0 ? `${right} against itself` : `${order < 0 ? 'bull' : 'bear'} ${right} spread`;
}
