import { fromDecimalText } from '../../../shared/money.ts';
import type { OptionHolding } from '../pool/holding.ts';
import type { Leg, PairedStrategy } from './pairing.ts';

/** A group charged by its largest loss that has no name of its own. */
export const NAMELESS = 'option combination';

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
      return groupName(options);
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

/** Groups of three or four strikes that have a name; every other group is told as what it is. */
function groupName(options: readonly Leg<OptionHolding>[]): string {
  const sorted = options.toSorted((a, b) => fromDecimalText(a.holding.terms.strike).cmp(fromDecimalText(b.holding.terms.strike)) || (a.holding.terms.right < b.holding.terms.right ? -1 : 1));
  const rights = new Set(sorted.map(({ holding }) => holding.terms.right));
  const oneExpiry = new Set(sorted.map(({ holding }) => holding.terms.expiry)).size === 1;
  const [first] = sorted;
  if (!first || !oneExpiry) return NAMELESS;
  const shape = sorted.map(({ holding, quantity }) => quantity.times(holding.quantity.isNegative() ? -1 : 1).div(first.quantity).toFixed()).join(' ');
  const wings = first.holding.quantity.isNegative() ? 'short' : 'long';
  const [right] = rights;
  if (rights.size === 1 && NAMED.has(shape)) return `${wings} ${right} ${NAMED.get(shape)}`;
  if (rights.size === 2 && sorted.length === 4) return twoSided(sorted);
  return sorted.length === 3 && rights.size === 1 ? `${right} ladder` : NAMELESS;
}

const NAMED = new Map([
  ['1 -2 1', 'butterfly'], ['-1 2 -1', 'butterfly'],
  ['1 -1 -1 1', 'condor'], ['-1 1 1 -1', 'condor'],
]);

/** A put and a call spread together. */
function twoSided(sorted: readonly Leg<OptionHolding>[]): string {
  const distinct = strikes(sorted).size;
  if (distinct === 2) return 'box';
  return distinct === 3 ? 'iron butterfly' : 'iron condor';
}
