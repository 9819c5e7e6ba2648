import { sum } from '../figure/figure.ts';
import type { Rules } from '../packs/rules.ts';
import { poolWorth, type PoolWorth } from '../pool/equity.ts';
import type { PreparedPool } from '../pool/prepare-pool.ts';
import type { ContractHolding } from './contracts.ts';

/** Securities at their value, futures at what the next settlement pays. */
export function worthOf(pool: PreparedPool, contracts: readonly ContractHolding[], rules: Rules): PoolWorth {
  const worth = poolWorth(pool, rules);
  const segment = pool.cash.futuresSegment;
  if (contracts.length === 0 && (!segment || pool.holdings.length > 0)) return worth;
  const { currency } = pool.input;
  const gains = sum(currency, contracts.map(({ gain }) => gain), { label: 'Gains since the last settlement' });
  return {
    ...worth,
    netLiq: sum(currency, [worth.netLiq, gains], { label: 'Net liquidation value' }),
    equity: sum(currency, [worth.equity, ...(segment ? [segment] : []), gains], { label: 'Equity' }),
  };
}
