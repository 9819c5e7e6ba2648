import type { Result } from '../../shared/result.ts';
import { succeed } from '../../shared/result.ts';
import type { PoolRules } from '../../shared/rule-values.ts';
import type { IsoDate } from '../../shared/time.ts';
import { resolveRules, shippedPacks, type PackShelf } from '../engine/packs/shelf.ts';
import { ruleValues } from '../engine/packs/values.ts';
import { CROSS_POOL, FUTURES_PACKS, FUTURES_POOL, packsForRegime } from './pools.ts';

interface RuledPool {
  id: string;
  model: string;
  /** Each `id@version`, in layer order. */
  packs: readonly string[];
}

/** The rules that an account's pools are under, as its figures name them. */
export function rulesOfPools(pools: readonly RuledPool[], shelf: PackShelf, on: IsoDate | null): PoolRules[] {
  return pools.map(({ id, model, packs }) => ({ pool: id, model, packs: [...packs], on, values: ruleValues(shelf, packs, on) }));
}

/** The rules of a margin account and of its futures, for a reader who comes from no account. */
export function standardRules(on: IsoDate | null, shelf: PackShelf = shippedPacks()): Result<PoolRules[]> {
  const pools: RuledPool[] = [];
  for (const [id, packs] of [[CROSS_POOL, packsForRegime('regT')], [FUTURES_POOL, FUTURES_PACKS]] as const) {
    const rules = resolveRules(shelf, packs, on ?? undefined);
    if (!rules.ok) return rules;
    pools.push({ id, model: rules.value.model, packs: rules.value.packs });
  }
  return succeed(rulesOfPools(pools, shelf, on));
}
