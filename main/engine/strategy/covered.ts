import type { RuleReference } from '../../../shared/explain.ts';
import type { Decimal } from '../../../shared/money.ts';
import { difference, greatest, least, product, sum, type Figure } from '../figure/figure.ts';
import type { OptionHolding, StockHolding } from '../pool/holding.ts';
import { zeroFigure, type StrategyContext } from './context.ts';
import { legCharge, type LegCharge } from './leg-charge.ts';
import { nakedCharge, type UnitCharge } from './naked.ts';
import { shortLeg } from './option.ts';
import { chargeLongStock, chargeShortStock } from './stock.ts';
import { longRates } from './stock-rates.ts';

/** Stock that covers options: holdings of one stock and the shares taken of each. */
export interface Cover {
  holding: StockHolding;
  quantity: Decimal;
}

/**
 * A covered call: the stock counts at no more than the strike and the call adds what it is in the money (12 CFR
 * 220.4(b)(4)). The other formulas that brokers use are settings of the pack.
 */
export function chargeCoveredCall(stock: readonly Cover[], call: OptionHolding, contracts: Decimal, context: StrategyContext): LegCharge[] {
  const { strike, unit } = nakedCharge(call, context).basis;
  const formula = context.rules.setting('option.coveredCall');
  const first = stock[0]?.holding;
  const covers = stock.map(({ holding, quantity }) => {
    if (formula === 'stockOnly') return chargeLongStock(holding, quantity, context);
    const valued = least(unit, [holding.price, strike], { label: 'Stock counts at no more than the strike', rule: context.rules.settingRule('option.coveredCall') });
    return chargeLongStock(holding, quantity, context, valued);
  });
  const unitOf = (stack: 'exchange' | 'house'): UnitCharge | null => (first ? coveredUnit(first, call, stack, context) : null);
  const exchange = unitOf('exchange') ?? { gross: zeroFigure(unit, 'Nothing'), risk: null, rule: context.rules.settingRule('option.coveredCall') };
  return [...covers, legCharge(shortLeg(call, contracts, exchange, unitOf('house'), context, 'Covered call'), context)];
}

/** What a covered call adds per share on top of its stock; null for the house where it has no rate of its own. */
function coveredUnit(stock: StockHolding, call: OptionHolding, stack: 'exchange' | 'house', context: StrategyContext): UnitCharge | null {
  const { strike, unit, premium } = nakedCharge(call, context).basis;
  const rule = context.rules.settingRule('option.coveredCall');
  const rate = longRates(stock, context)[stack];
  if (!rate) return null;
  if (context.rules.setting('option.coveredCall') === 'stockOnly') return allRisk(zeroFigure(unit, 'The stock alone is charged'), rule);
  const itm = inTheMoney(call, stock.price, strike, unit);
  if (context.rules.setting('option.coveredCall') === 'strikeCap') return stack === 'exchange' ? allRisk(itm, rule) : null;
  const capped = product(unit, [rate.figure, least(unit, [stock.price, strike], { label: 'Stock counts at no more than the strike' })], { label: 'Rate times stock', rule: rate.parameter.rule });
  const whole = sum(unit, [itm, capped], { label: 'In the money and rate times stock' });
  const plain = product(unit, [rate.figure, stock.price], { label: 'Rate times stock, uncapped', rule: rate.parameter.rule });
  const floor = least(unit, [stock.price, greatest(unit, [premium, plain], { label: 'Greater of the call and the stock at its rate' })], { label: 'Floor: at most the stock itself' });
  return allRisk(difference(unit, [greatest(unit, [whole, floor], { label: 'Stock and call together', rule }), capped], { label: 'Call, beyond its stock' }), rule);
}

/** An index call covered by a fund of the index: what it is in the money; the fund keeps its own charge at the market. */
export function coveredByFund(call: OptionHolding, contracts: Decimal, spot: Figure, context: StrategyContext): LegCharge {
  const { strike, unit } = nakedCharge(call, context).basis;
  const unitCharge = allRisk(inTheMoney(call, spot, strike, unit), context.rules.settingRule('option.indexCover'));
  return legCharge(shortLeg(call, contracts, unitCharge, null, context, 'Index call covered by a fund'), context);
}

/** A covered put: the short stock's own requirement, and what the put is in the money (12 CFR 220.4(b)(4)). */
export function chargeCoveredPut(stock: readonly Cover[], put: OptionHolding, contracts: Decimal, context: StrategyContext): LegCharge[] | null {
  const { strike, unit } = nakedCharge(put, context).basis;
  const covers = stock.map(({ holding, quantity }) => chargeShortStock(holding, quantity, context));
  const first = stock[0]?.holding;
  if (!first || covers.some((cover) => cover === null)) return null;
  const rule = context.rules.settingRule('option.coveredCall');
  const added = allRisk(inTheMoney(put, first.price, strike, unit), rule);
  return [...covers.filter((cover) => cover !== null), legCharge(shortLeg(put, contracts, added, null, context, 'Covered put'), context)];
}

function inTheMoney({ terms }: OptionHolding, spot: Figure, strike: Figure, unit: string): Figure {
  const by = difference(unit, terms.right === 'call' ? [spot, strike] : [strike, spot], { label: terms.right === 'call' ? 'Price less strike' : 'Strike less price' });
  return greatest(unit, [zeroFigure(unit, 'Not in the money'), by], { label: 'In the money' });
}

function allRisk(gross: Figure, rule: RuleReference): UnitCharge {
  return { gross, risk: gross, rule };
}
