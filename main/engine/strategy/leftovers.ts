import type { Holding, OptionHolding } from '../pool/holding.ts';
import type { PairedStrategy } from './pairing.ts';

/**
 * Holdings that a richer pairing might charge less: single legs that could form a straddle, a calendar or a protective
 * strategy together, and verticals that could form a condor or a butterfly. They carry the badge `notPairedYet`.
 */
export function notPairedYet(strategies: readonly PairedStrategy[]): Set<Holding> {
  const marked = new Set<Holding>();
  const singles = strategies.filter(({ kind }) => kind === 'single').flatMap(({ legs }) => legs.map(({ holding }) => holding));
  const all = strategies.flatMap(({ legs }) => legs.map(({ holding }) => holding));
  for (const [index, first] of singles.entries()) {
    for (const second of singles.slice(index + 1)) if (couldPair(first, second)) mark(marked, first, second);
  }
  // Protection can also join stock that already covers an option, to make a collar or a conversion.
  for (const option of singles.filter((holding) => holding.class === 'option')) {
    for (const stock of all) if (stock.class === 'stock' && protects(option, stock)) mark(marked, option, stock);
  }
  markVerticals(strategies, marked);
  return marked;
}

function couldPair(a: Holding, b: Holding): boolean {
  if (a.class === 'stock' && b.class === 'stock') return a.instrument === b.instrument && a.quantity.isNegative() !== b.quantity.isNegative();
  if (a.class !== 'option' || b.class !== 'option') return false;
  const shortA = a.quantity.isNegative();
  const shortB = b.quantity.isNegative();
  if (shortA && shortB) return a.terms.right !== b.terms.right;
  if (shortA === shortB || a.terms.right !== b.terms.right) return false;
  const [short, long] = shortA ? [a, b] : [b, a];
  // A long option that expires before the short one offsets nothing.
  return long.terms.expiry > short.terms.expiry;
}

/** A long put under long stock, or a long call over short stock. */
function protects({ terms, quantity }: OptionHolding, stock: Holding): boolean {
  return !quantity.isNegative() && terms.underlying === stock.instrument && stock.quantity.isNegative() === (terms.right === 'call');
}

/** Two different verticals of one expiry may be one condor, box or butterfly. */
function markVerticals(strategies: readonly PairedStrategy[], marked: Set<Holding>): void {
  const verticals = strategies.filter(({ kind }) => kind === 'vertical');
  const byExpiry = Map.groupBy(verticals, expiryOf);
  for (const group of byExpiry.values()) {
    const pairs = new Set(group.map(({ legs }) => legs.map(({ holding }) => holding.instrument).join(' ')));
    if (pairs.size > 1) for (const { legs } of group) mark(marked, ...legs.map(({ holding }) => holding));
  }
}

function expiryOf({ legs }: PairedStrategy): string {
  const [first] = legs;
  return first?.holding.class === 'option' ? first.holding.terms.expiry : '';
}

function mark(marked: Set<Holding>, ...holdings: readonly Holding[]): void {
  for (const holding of holdings) marked.add(holding);
}
