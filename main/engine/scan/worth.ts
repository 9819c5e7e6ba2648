import { sum } from '../figure/figure.ts';
import type { Rules } from '../packs/rules.ts';
import { poolWorth, type PoolWorth } from '../pool/equity.ts';
import type { Holding } from '../pool/holding.ts';
import type { PreparedPool } from '../pool/prepare-pool.ts';
import { withoutHoldings } from '../pool/prepared-group.ts';
import type { ContractHolding } from './contracts.ts';

/** Securities at their value, but for those that count for nothing; futures at what the next settlement pays. */
export function worthOf(pool: PreparedPool, countsForNothing: readonly Pick<Holding, 'instrument' | 'subType'>[], contracts: readonly ContractHolding[], rules: Rules): PoolWorth {
  const isOut = ({ instrument, subType }: Holding): boolean => countsForNothing.some((one) => one.instrument === instrument && one.subType === subType);
  const groups = countsForNothing.length === 0 ? pool.groups : pool.groups.map((group) => withoutHoldings(group, isOut, pool.input.currency));
  const worth = poolWorth({ ...pool, groups }, rules);
  const segment = pool.cash.futuresSegment;
  if (contracts.length === 0 && (!segment || groups.some(({ holdings }) => holdings.length > 0))) return worth;
  const { currency } = pool.input;
  const gains = sum(currency, contracts.map(({ gain }) => gain), { label: 'Gains since the last settlement' });
  return {
    ...worth,
    netLiq: sum(currency, [worth.netLiq, gains], { label: 'Net liquidation value' }),
    equity: sum(currency, [worth.equity, ...(segment ? [segment] : []), gains], { label: 'Equity' }),
  };
}
