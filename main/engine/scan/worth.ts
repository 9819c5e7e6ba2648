import { sum } from '../figure/figure.ts';
import type { Rules } from '../packs/rules.ts';
import { poolWorth, type PoolWorth, type Worthy } from '../pool/equity.ts';
import type { ContractHolding } from './contracts.ts';

/** Securities at their value, futures at what the next settlement pays. */
export function worthOf(pool: Worthy, contracts: readonly ContractHolding[], rules: Rules): PoolWorth {
  const worth = poolWorth(pool, rules);
  const segment = pool.cash.futuresSegment;
  if (contracts.length === 0 && (!segment || pool.groups.some(({ holdings }) => holdings.length > 0))) return worth;
  const { currency } = pool.input;
  const gains = sum(currency, contracts.map(({ gain }) => gain), { label: 'Gains since the last settlement' });
  return {
    ...worth,
    netLiq: sum(currency, [worth.netLiq, gains], { label: 'Net liquidation value' }),
    equity: sum(currency, [worth.equity, ...(segment ? [segment] : []), gains], { label: 'Equity' }),
  };
}
