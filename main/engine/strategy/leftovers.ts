import type { Holding } from '../pool/holding.ts';
import type { Pairing } from './pairing.ts';

/**
 * Holdings that might be charged less: of an underlying whose pairing is the best found but not proved to be the least,
 * the options, and stock that is held long and short at once. They carry `notPairedYet`.
 */
export function notPairedYet({ strategies, proved }: Pairing): Set<Holding> {
  if (proved) return new Set();
  const all = strategies.flatMap(({ legs }) => legs.map(({ holding }) => holding));
  return new Set(all.filter(({ class: kind, instrument, quantity }) => kind === 'option' || all.some((other) => other.instrument === instrument && other.quantity.isNegative() !== quantity.isNegative())));
}
