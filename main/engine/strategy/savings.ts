import { Decimal } from '../../../shared/money.ts';
import { difference, sum, type Figure } from '../figure/figure.ts';
import type { OptionHolding, StockHolding } from '../pool/holding.ts';
import { aloneFigure } from './candidates.ts';
import { zeroFigure, type StrategyContext } from './context.ts';
import { chargeCoveredCall, chargeCoveredPut } from './covered.ts';
import { legCharge, type LegCharge } from './leg-charge.ts';
import { chargeLongOption, chargeNaked, shortLeg } from './option.ts';
import { chargeLongStock, chargeShortStock } from './stock.ts';
import { verticalUnit } from './vertical.ts';

/** One contract: what savings are counted for. */
const ONE = new Decimal(1);

/**
 * House maintenance that stock saves by covering one contract, in the pool's currency. Null when it can't be said: the
 * underlying has no price, or the short stock no charge.
 */
export function coveredSaving(stock: StockHolding, option: OptionHolding, context: StrategyContext): Figure | null {
  const shares: Decimal = option.multiplier.amount;
  const naked = chargeNaked(option, ONE, context);
  const call = option.terms.right === 'call';
  const alone = call ? chargeLongStock(stock, shares, context) : chargeShortStock(stock, shares, context);
  const cover = [{ holding: stock, quantity: shares }];
  const together = call ? chargeCoveredCall(cover, option, ONE, context) : chargeCoveredPut(cover, option, ONE, context);
  return naked && alone && together && saving([naked, alone], together, context);
}

/**
 * House maintenance that a long option saves a short one. A short option whose underlying has no price is saved from
 * being unmargined: the strike stands for what it would cost alone.
 */
export function verticalSaving(short: OptionHolding, long: OptionHolding, context: StrategyContext): Figure {
  const { exchange, house } = verticalUnit(short, long, context);
  const legs = [legCharge(shortLeg(short, ONE, exchange, house, context, 'Short leg of a spread'), context), chargeLongOption(long, ONE, context, true)];
  const apart = [aloneFigure({ holding: short, quantity: ONE }, context) ?? [], chargeLongOption(long, ONE, context).houseMaintenance].flat();
  return difference(context.currency, [sum(context.currency, apart, { label: 'House maintenance' }), total(legs, context)], { label: 'Saved by pairing' });
}

function saving(apart: readonly LegCharge[], together: readonly LegCharge[], context: StrategyContext): Figure {
  return difference(context.currency, [total(apart, context), total(together, context)], { label: 'Saved by pairing' });
}

function total(legs: readonly LegCharge[], { currency }: StrategyContext): Figure {
  return legs.length === 0 ? zeroFigure(currency, 'Nothing') : sum(currency, legs.map(({ houseMaintenance }) => houseMaintenance), { label: 'House maintenance' });
}
