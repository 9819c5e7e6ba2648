import { z } from 'zod';
import { formatAmount } from './format.ts';
import { decimalText } from './money.ts';

/**
 * How the legs of one underlying were put together, and how good that is, in house maintenance of the pool's currency.
 * Optimal: proved that no pairing asks less; otherwise `gap` says by how much this one could be too dear at most.
 */
export const pairingView = z.strictObject({
  pool: z.string(),
  group: z.string(),
  currency: z.string(),
  strategies: z.array(z.strictObject({ name: z.string(), instruments: z.array(z.string()), houseMaintenance: decimalText })),
  cost: decimalText,
  /** What pairing stock first, then verticals, best saving first, would ask. */
  greedy: decimalText,
  /** greedy − cost. */
  saving: decimalText,
  /** No pairing asks less than this. */
  lowerBound: decimalText,
  /** cost − lowerBound. */
  gap: decimalText,
  optimal: z.boolean(),
});
export type PairingView = z.infer<typeof pairingView>;

/** One underlying of one pool. */
export function pairingKey({ pool, group }: PairingView): string {
  return `${pool}\n${group}`;
}

const written = (amount: string): string => formatAmount(amount, { decimals: 'exact', decimalsMin: 2, negative: 'minus' });

/** Whether the pairing is the least, in a word or two. */
export function pairingProof({ optimal, gap }: Pick<PairingView, 'optimal' | 'gap'>): string {
  return optimal ? 'optimal' : `best found, at most ${written(gap)} above the least possible`;
}

/** The same in half a line: `Pairing optimal · greedy 5,000.00 · saves 1,900.00`. */
export function pairingInShort({ optimal, gap, greedy, saving }: PairingView): string {
  return [`Pairing ${pairingProof({ optimal, gap })}`, ...(saving === '0' ? ['greedy asks the same'] : [`greedy ${written(greedy)}`, `saves ${written(saving)}`])].join(' · ');
}

/** The pairing in sentences, the same on every host: how sure, against what, and what a simple pairing would ask. */
export function pairingSentences({ optimal, gap, cost, lowerBound, greedy, saving, currency }: PairingView): string[] {
  const sure = optimal ? `Pairing: ${pairingProof({ optimal, gap })}. No pairing of these legs asks less house maintenance than ${written(cost)} ${currency}.` : `Pairing: ${pairingProof({ optimal, gap })}. It asks ${written(cost)} ${currency}; none can ask less than ${written(lowerBound)}.`;
  return [sure, saving === '0' ? 'The greedy pairing asks the same.' : `The greedy pairing asks ${written(greedy)}: this one saves ${written(saving)}.`];
}
