import type { Holding } from '../pool/holding.ts';
import type { Pairing } from './pairing.ts';

/**
 * Holdings that might be charged less: stock held long and short at once, for which there is no rule here yet, and the
 * options of an underlying whose pairing is the best found but not proved to be the least. They carry `notPairedYet`.
 */
export function notPairedYet({ strategies, proved }: Pairing): Set<Holding> {
  const all = strategies.flatMap(({ legs }) => legs.map(({ holding }) => holding));
  const stock = all.filter((holding) => holding.class === 'stock');
  const marked = new Set<Holding>(stock.filter(({ instrument, quantity }) => stock.some((other) => other.instrument === instrument && other.quantity.isNegative() !== quantity.isNegative())));
  if (!proved) for (const holding of all) if (holding.class === 'option') marked.add(holding);
  return marked;
}
