import { Decimal, fromDecimalText } from '../../../shared/money.ts';
import { deferred, difference, greatest, input, product, sum, type Figure } from '../figure/figure.ts';
import type { OptionHolding } from '../pool/holding.ts';
import { countOf, zeroFigure, type StrategyContext } from './context.ts';
import { legCharge, type LegCharge } from './leg-charge.ts';
import { nakedCharge } from './naked.ts';
import { chargeLongOption } from './option.ts';
import type { Leg } from './pairing.ts';
import { ZERO } from './context.ts';

/**
 * Any group of options in which every long one lasts at least as long as every short one: butterflies, condors, boxes,
 * ladders, iron ones. Long options are paid in full; the short ones are charged the largest loss of the whole, its
 * intrinsic value at every strike, at nothing, and beyond (FINRA 4210(f)(2)(H), Regulatory Notice 12-44). The first short
 * leg carries the charge for all of them.
 */
export function chargeSpread(legs: readonly Leg<OptionHolding>[], context: StrategyContext): LegCharge[] {
  const loss = lossOfTheWhole(legs, context);
  const carrier = legs.find(({ holding }) => holding.quantity.isNegative());
  return legs.map((leg) => {
    if (!leg.holding.quantity.isNegative()) return chargeLongOption(leg.holding, leg.quantity, context, true);
    return shortLegOf(leg, leg === carrier ? loss : zeroFigure(context.currency, `Charged with ${carrier?.holding.instrument ?? 'its group'}`), context);
  });
}

function shortLegOf({ holding, quantity }: Leg<OptionHolding>, charged: Figure, context: StrategyContext): LegCharge {
  const rule = context.rules.settingRule('option.spread');
  const shortMarketValue = [holding.multiplier, holding.price, ...holding.conversion].reduce((soFar: Decimal, { amount }) => soFar.times(amount), quantity);
  const parts = { risk: charged.amount, shortOptionValue: ZERO, longPremium: ZERO, shortMarketValue };
  return legCharge({ holding, quantity, regT: charged, exchange: charged, house: null, houseInitial: null, exchangeRule: rule.cites, houseRule: null, exchangeParts: parts, houseParts: null, unverified: false }, context);
}

/** In the pool's currency, never negative. Beyond the highest strike the loss does not grow: the pairing sees to that. */
function lossOfTheWhole(legs: readonly Leg<OptionHolding>[], context: StrategyContext): Figure {
  const { currency } = context;
  const points = strikesOf(legs);
  const amounts = lossesAt(legs, points);
  const from = legs.flatMap(({ holding }) => [holding.multiplier, ...holding.conversion]);
  const losses = points.map((point, index) => {
    const label = `Loss at ${point.toFixed()}`;
    const side = (short: boolean): Figure[] => legs.filter(({ holding }) => holding.quantity.isNegative() === short).flatMap((leg) => payoff(leg, point, context));
    const made = (): Figure => difference(currency, [sum(currency, side(true), { label: 'Short options pay' }), sum(currency, side(false), { label: 'Long options bring' })], { label });
    return deferred(amounts[index] as Decimal, 'difference', currency, from, made, { label });
  });
  return greatest(currency, [zeroFigure(currency, 'No loss at any strike'), ...losses], { label: 'Largest loss of the whole', rule: context.rules.settingRule('option.spread') });
}

/**
 * What short options pay less what long ones bring at each point, ascending, in the pool's currency: upwards the calls in
 * the money grow by their number times each step, downwards the puts.
 */
function lossesAt(legs: readonly Leg<OptionHolding>[], points: readonly Decimal[]): Decimal[] {
  const perPoint = { call: new Map<string, Decimal>(), put: new Map<string, Decimal>() };
  for (const { holding, quantity } of legs) {
    const own = perPoint[holding.terms.right];
    const factors = [holding.multiplier, ...holding.conversion];
    const count = factors.reduce((total: Decimal, { amount }) => total.times(amount), holding.quantity.isNegative() ? quantity : quantity.neg());
    own.set(holding.terms.strike, (own.get(holding.terms.strike) ?? ZERO).plus(count));
  }
  const losses = points.map(() => ZERO);
  const walk = (indices: readonly number[], counts: ReadonlyMap<string, Decimal>): void => {
    let [count, value] = [ZERO, ZERO];
    let before: Decimal | null = null;
    for (const index of indices) {
      const point = points[index] as Decimal;
      if (before && !count.isZero()) value = value.plus(count.times(point.minus(before).abs()));
      losses[index] = (losses[index] as Decimal).plus(value);
      count = count.plus(counts.get(point.toFixed()) ?? ZERO);
      before = point;
    }
  };
  const upwards = points.map((_, index) => index);
  walk(upwards, perPoint.call);
  walk(upwards.toReversed(), perPoint.put);
  return losses;
}

/** Prices at which a sum of intrinsic values can turn: nothing, and every strike. */
export function strikesOf(legs: readonly { holding: OptionHolding }[]): Decimal[] {
  const texts = new Set(['0', ...legs.map(({ holding }) => holding.terms.strike)]);
  return [...texts].map(fromDecimalText).toSorted((a, b) => a.cmp(b));
}

/** Intrinsic value of a leg at a price, positive; nothing where it is not in the money. */
function payoff({ holding, quantity }: Leg<OptionHolding>, point: Decimal, context: StrategyContext): Figure[] {
  if (intrinsic(holding, point).isZero()) return [];
  const { strike, unit } = nakedCharge(holding, context).basis;
  const perShare = `${holding.terms.currency}/share`;
  const price = input(point, perShare, { label: 'Price looked at', source: 'a strike of the group, or nothing' });
  const own = unit === perShare ? strike : input(fromDecimalText(holding.terms.strike), perShare, { label: `Strike of ${holding.instrument}`, source: 'contract terms' });
  const by = difference(perShare, holding.terms.right === 'call' ? [price, own] : [own, price], { label: 'In the money' });
  return [product(context.currency, [countOf(holding, quantity), holding.multiplier, by, ...holding.conversion], { label: holding.instrument })];
}

/** Intrinsic value a share at a price, in the option's currency. */
export function intrinsic({ terms }: OptionHolding, point: Decimal): Decimal {
  const strike = fromDecimalText(terms.strike);
  const by = terms.right === 'call' ? point.minus(strike) : strike.minus(point);
  return by.isNegative() ? new Decimal(0) : by;
}
