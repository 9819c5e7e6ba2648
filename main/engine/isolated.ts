import { Decimal } from '../../shared/money.ts';
import { difference, greatest, input, least, type Figure } from './figure/figure.ts';
import type { PoolMargin } from './margin-model.ts';

/**
 * What a pool brings into its account's sums. An isolated pool stands on its collateral alone: once that is used up the
 * loss beyond it is the lender's, so its equity counts for no less than nothing, and its deficit for no more than its
 * requirement. Every other pool counts in full.
 */
export function atMostItsCollateral(pool: PoolMargin): PoolMargin['figures'] {
  const { figures, mode, currency } = pool;
  if (mode !== 'isolated' || !figures.equity.amount.isNegative()) return figures;
  const nothing = input(new Decimal(0), currency, { label: 'No less than nothing', source: 'isolated: the loss ends with its collateral' });
  const floored = (figure: Figure, label: string): Figure => greatest(currency, [nothing, figure], { label });
  const { initial, maintenance } = figures;
  const equity = floored(figures.equity, 'Equity, of an isolated pool');
  return {
    ...figures,
    equity,
    netLiq: floored(figures.netLiq, 'Net liquidation value, of an isolated pool'),
    available: greatest(currency, [figures.available, difference(currency, [nothing, initial], { label: 'All of the initial requirement is missing' })], { label: 'Available, of an isolated pool' }),
    excess: greatest(currency, [figures.excess, difference(currency, [nothing, maintenance], { label: 'All of the maintenance requirement is missing' })], { label: 'Excess, of an isolated pool' }),
    // A requirement can be below zero, where long-dated options lend; a deficit cannot.
    deficit: least(currency, [figures.deficit, floored(maintenance, 'All of the maintenance requirement')], { label: 'Deficit, of an isolated pool' }),
  };
}
