import type { RuleReference } from '../../../shared/explain.ts';
import type { Decimal } from '../../../shared/money.ts';
import { difference, greatest, least, product, sum, type Figure } from '../figure/figure.ts';
import type { OptionHolding, StockHolding } from '../pool/holding.ts';
import { countOf, zeroFigure, type StrategyContext } from './context.ts';
import type { Cover } from './covered.ts';
import { legCharge, type LegCharge } from './leg-charge.ts';
import { leverageFigure, nakedCharge, type UnitCharge } from './naked.ts';
import { chargeLongOption, shortLeg } from './option.ts';
import { chargeLongStock, chargeShortStock, type Protection } from './stock.ts';
import { longRates, type Rate } from './stock-rates.ts';

/**
 * Stock and the long option that stops its loss: long stock with a put, short stock with a call. Maintenance is the lesser
 * of 10 % of the strike and what the option is out of the money, and the stock's own. Null when the stock has no charge.
 */
export function chargeProtected(stock: readonly Cover[], option: OptionHolding, contracts: Decimal, context: StrategyContext): LegCharge[] | null {
  const rule = context.rules.settingRule('option.protective');
  const short = option.terms.right === 'call';
  const covers = stock.map(({ holding, quantity }) => {
    const cap = inShares(holding, quantity, untilTheStrike(option, holding.price, context), rule, context);
    const protection = { exchange: cap, house: null, rule };
    return short ? chargeShortStock(holding, quantity, context, protection) : chargeLongStock(holding, quantity, context, holding.price, protection);
  });
  if (!allThere(covers)) return null;
  return [...covers, chargeLongOption(option, contracts, context, true)];
}

/**
 * A collar, and a conversion where both strikes are one: long stock, a long put below it and a short call above it, of one
 * expiry. Initial is the stock's and what the call is in the money; maintenance the lesser of 10 % of the put's strike
 * and what the put is out of the money, and the stock's rate on the call's strike and what the call is in the money.
 */
export function chargeCollar(stock: readonly Cover[], put: OptionHolding, call: OptionHolding, contracts: Decimal, context: StrategyContext): LegCharge[] {
  const rule = context.rules.settingRule('option.protective');
  const covers = stock.map(({ holding, quantity }) => {
    const { unit } = nakedCharge(call, context).basis;
    const rates = longRates(holding, context);
    const byPut = untilTheStrike(put, holding.price, context);
    const capped = (rate: Rate): Figure => inShares(holding, quantity, least(unit, [byPut, callSideOfCollar(call, holding, rate, context)], { label: 'Lesser of the put’s side and the call’s', rule }), rule, context);
    const protection: Protection = { exchange: capped(rates.exchange), house: rates.house && capped(rates.house), rule, replaces: true };
    return chargeLongStock(holding, quantity, context, holding.price, protection);
  });
  return [...covers, initialOnly(call, contracts, context), chargeLongOption(put, contracts, context, true)];
}

/** What the call lets a collar be asked at most, a share: the stock's rate on the call's strike, and the call in the money. */
export function callSideOfCollar(call: OptionHolding, stock: StockHolding, rate: Rate, context: StrategyContext): Figure {
  const { strike, unit } = nakedCharge(call, context).basis;
  const itm = beyond(stock.price, strike, unit, 'In the money of the call');
  return sum(unit, [product(unit, [rate.figure, strike], { label: 'Rate times the call’s strike', rule: rate.parameter.rule }), itm], { label: 'Rate times the call’s strike, and the call in the money' });
}

/**
 * A reversal: short stock, a long call and a short put at one strike and expiry. Initial is the stock's and what the put is
 * in the money; maintenance 10 % of the strike, at most the stock's own, and the put in the money.
 */
export function chargeReversal(stock: readonly Cover[], call: OptionHolding, put: OptionHolding, contracts: Decimal, context: StrategyContext): LegCharge[] | null {
  const rule = context.rules.settingRule('option.protective');
  const covers = stock.map(({ holding, quantity }) => chargeShortStock(holding, quantity, context, { exchange: inShares(holding, quantity, ofStrike(call, context), rule, context), house: null, rule }));
  const [first] = stock;
  if (!first || !allThere(covers)) return null;
  const { strike, unit } = nakedCharge(put, context).basis;
  const itm: UnitCharge = allRisk(beyond(strike, first.holding.price, unit, 'In the money of the put'), rule);
  return [...covers, legCharge(shortLeg(put, contracts, itm, null, context, 'Put of a reversal'), context), chargeLongOption(call, contracts, context, true)];
}

/** 10 % of the strike, times the fund's leverage, and what the option is out of the money, a share. */
export function untilTheStrike(option: OptionHolding, spot: Figure, context: StrategyContext): Figure {
  const { strike, unit } = nakedCharge(option, context).basis;
  const otm = option.terms.right === 'put' ? beyond(spot, strike, unit, 'Out of the money') : beyond(strike, spot, unit, 'Out of the money');
  return sum(unit, [ofStrike(option, context), otm], { label: 'Share of the strike, and what the option is out of the money' });
}

function ofStrike(option: OptionHolding, context: StrategyContext): Figure {
  const { strike, unit } = nakedCharge(option, context).basis;
  const { figure, rule } = context.rules.parameter('exchange.option.protective.strike');
  const leverage = leverageFigure(option, context);
  return product(unit, leverage ? [figure, leverage, strike] : [figure, strike], { label: 'Share of the strike', rule });
}

function beyond(high: Figure, low: Figure, unit: string, label: string): Figure {
  return greatest(unit, [zeroFigure(unit, 'Nothing'), difference(unit, [high, low], { label: 'Distance between price and strike' })], { label });
}

function inShares(holding: StockHolding, quantity: Decimal, perShare: Figure, rule: RuleReference, { currency }: StrategyContext): Figure {
  return product(currency, [countOf(holding, quantity), perShare, ...holding.conversion], { label: () => `Until the option stops the loss: ${holding.instrument}`, rule });
}

/** The call of a collar: what it is in the money counts when the collar is opened; the stock's leg holds the maintenance. */
function initialOnly(call: OptionHolding, contracts: Decimal, context: StrategyContext): LegCharge {
  const rule = context.rules.settingRule('option.protective');
  const { strike, unit, spot } = nakedCharge(call, context).basis;
  const itm = spot ? beyond(spot, strike, unit, 'In the money of the call') : zeroFigure(unit, 'Nothing');
  const opening = shortLeg(call, contracts, allRisk(itm, rule), null, context, 'Call of a collar');
  const held = shortLeg(call, contracts, allRisk(zeroFigure(unit, 'Held in the stock’s maintenance'), rule), null, context, 'Call of a collar');
  return legCharge({ ...held, regT: opening.regT }, context);
}

function allRisk(gross: Figure, rule: RuleReference): UnitCharge {
  return { gross, risk: gross, rule };
}

function allThere(covers: readonly (LegCharge | null)[]): covers is LegCharge[] {
  return covers.every((cover) => cover !== null);
}
