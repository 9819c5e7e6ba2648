import { difference, sum, type Figure } from '../figure/figure.ts';
import { nearTotals, sumOf } from '../figure/near-total.ts';
import type { Rules } from '../packs/rules.ts';
import type { PreparedPool } from './prepare-pool.ts';
import { byInstrument, COUNTED, type GroupWorth, type PreparedGroup } from './prepared-group.ts';

/** What a pool is worth, by what the requirement is stated against. */
export interface PoolWorth {
  netLiq: Figure;
  equity: Figure;
  /** Σ |market value|, options included; of futures Σ |notional value|. */
  gross: Figure;
  grossBy: 'market value' | 'notional value';
}

/** What a worth is of. */
export type Worthy = Pick<PreparedPool, 'input' | 'cash' | 'near'> & { groups: readonly Counted[] };
type Counted = Pick<PreparedGroup, 'holdings' | 'worth'>;

/**
 * Equity, once: cash and accruals and the market value of securities. Option value is in net liquidation value always,
 * and in equity only where the pack says that equity carries it.
 */
export function poolWorth({ input: { id, currency }, cash, groups, near }: Worthy, rules: Rules): PoolWorth {
  const totals = nearTotals(near, `${id} worth`, groups, PARTS, ({ worth }, part) => worth[part]);
  const total = (part: keyof GroupWorth, label: string): Figure => sumOf(totals[part], currency, () => valuesOf(groups, part), { label });
  const securities = total('securities', 'Market value of stock, funds and bonds');
  const options = total('options', 'Market value of options');
  const futures = cash.futuresSegment ? [cash.futuresSegment] : [];
  const long = total('long', 'Market value of long positions');
  const short = total('short', 'Market value of short positions');
  return {
    netLiq: sum(currency, [cash.equity, securities, options, ...futures], { label: 'Net liquidation value' }),
    equity: sum(currency, rules.optionValueIn === 'equity' ? [cash.equity, securities, options] : [cash.equity, securities], { label: 'Equity' }),
    gross: difference(currency, [long, short], { label: 'Gross market value' }),
    grossBy: 'market value',
  };
}

const PARTS = ['securities', 'options', 'long', 'short'] as const satisfies readonly (keyof GroupWorth)[];

/** Added up group by group, which is as exact as one by one, and told as the sum of all holdings that it is. */
function valuesOf(groups: readonly Counted[], part: keyof GroupWorth): Figure[] {
  return groups.flatMap(({ holdings }) => holdings.filter(COUNTED[part])).toSorted(byInstrument).map(({ value }) => value);
}
