import { difference, sum, type Figure } from '../figure/figure.ts';
import type { Rules } from '../packs/rules.ts';
import type { PreparedPool } from './prepare-pool.ts';

/** What a pool is worth, by what the requirement is stated against. */
export interface PoolWorth {
  netLiq: Figure;
  equity: Figure;
  /** Σ |market value|, options included; of futures Σ |notional value|. */
  gross: Figure;
  grossBy: 'market value' | 'notional value';
}

/**
 * Equity, once: cash and accruals and the market value of securities. Option value is in net liquidation value always,
 * and in equity only where the pack says that equity carries it.
 */
export function poolWorth({ input: { currency }, cash, holdings }: PreparedPool, rules: Rules): PoolWorth {
  const securities = sum(currency, holdings.filter(({ class: kind }) => kind !== 'option').map(({ value }) => value), { label: 'Market value of stock, funds and bonds' });
  const options = sum(currency, holdings.filter(({ class: kind }) => kind === 'option').map(({ value }) => value), { label: 'Market value of options' });
  const futures = cash.futuresSegment ? [cash.futuresSegment] : [];
  const long = sum(currency, holdings.filter(({ quantity }) => !quantity.isNegative()).map(({ value }) => value), { label: 'Market value of long positions' });
  const short = sum(currency, holdings.filter(({ quantity }) => quantity.isNegative()).map(({ value }) => value), { label: 'Market value of short positions' });
  return {
    netLiq: sum(currency, [cash.equity, securities, options, ...futures], { label: 'Net liquidation value' }),
    equity: sum(currency, rules.optionValueIn === 'equity' ? [cash.equity, securities, options] : [cash.equity, securities], { label: 'Equity' }),
    gross: difference(currency, [long, short], { label: 'Gross market value' }),
    grossBy: 'market value',
  };
}
