import type { Difference } from '../../../shared/difference.ts';
import { differencesBetween } from '../calc-pack/differences.ts';
import type { RulePack } from './schema.ts';

/** What a change to a rule pack does to the place it names. */
export interface PackChange extends Difference {
  change: 'added' | 'removed' | 'changed';
}

/** How two rule packs differ. */
export interface PackDifference {
  /** Each `id@version`. */
  before: string;
  after: string;
  /** Parameters, settings, rungs and rates by their path, in the order of the first pack, then the second's own. */
  changes: PackChange[];
}

/**
 * What is not the same in two rule packs, by path: `parameters["exchange.stock.long"].value`. A parameter that only one
 * of them has is one change, not one for each of its fields; rungs are compared by status, a product's rates by the day
 * they begin.
 */
export function diffPacks(before: RulePack, after: RulePack): PackDifference {
  const changes = differencesBetween(comparable(before), comparable(after)).map((difference): PackChange => {
    const { before: was, after: is } = difference;
    return { ...difference, change: was === undefined ? 'added' : is === undefined ? 'removed' : 'changed' };
  });
  return { before: `${before.id}@${before.version}`, after: `${after.id}@${after.version}`, changes };
}

/** Lists whose items have names of their own, by those names: inserting one must not shift all that follow. */
function comparable({ statusLadder, futures, ...rest }: RulePack): unknown {
  return {
    ...rest,
    ...(statusLadder ? { statusLadder: Object.fromEntries(statusLadder.map((rung) => [rung.status, rung])) } : {}),
    ...(futures ? { futures: Object.fromEntries(Object.entries(futures).map(([root, product]) => [root, { ...product, rates: Object.fromEntries(product.rates.map((rate) => [rate.effectiveFrom, rate])) }])) } : {}),
  };
}
