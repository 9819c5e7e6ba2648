import type { Decimal } from '../../../shared/money.ts';
import { sum, type Figure } from '../figure/figure.ts';
import type { Holding, OptionHolding, StockHolding } from '../pool/holding.ts';
import { ZERO, type StrategyContext } from './context.ts';
import { isStandard } from './option-basis.ts';
import { withOptionValue } from './leg-charge.ts';
import { nakedCharge } from './naked.ts';
import { scaled } from './option.ts';
import type { Leg, StrategyKind } from './pairing.ts';
import { priceStrategy } from './price-strategy.ts';
import { isFullyPaid } from './stock-rates.ts';
import { deliverSame } from './vertical.ts';

/** Stock on one side of an underlying, all of it, in the order in which it is used. */
export interface StockPool {
  holdings: StockHolding[];
  shares: Decimal;
  short: boolean;
}

export function stockPool(holdings: readonly Holding[], option: OptionHolding, short: boolean): StockPool | null {
  const { underlying, currency } = option.terms;
  const held = holdings.filter((holding) => holding.class === 'stock').filter(({ instrument, terms, quantity }) => instrument === underlying && terms.currency === currency && quantity.isNegative() === short);
  if (held.length === 0) return null;
  return { holdings: held, shares: held.reduce((total: Decimal, { quantity }) => total.plus(quantity.abs()), ZERO), short };
}

/** A strategy of fixed shape that could be made: one unit of each option, with the stock that goes with it. */
interface Shape {
  kind: StrategyKind;
  options: OptionHolding[];
  stock: StockPool | null;
}

/** The shapes that the rules know by name, beside groups charged by their largest loss. */
function shapesOf(holdings: readonly Holding[], context: StrategyContext): Shape[] {
  const options = holdings.filter((holding) => holding.class === 'option').filter(isStandard);
  const [first] = options;
  if (!first) return [];
  return [...withStock(options, stockPool(holdings, first, false), context), ...withStock(options, stockPool(holdings, first, true), context), ...straddles(options, context)];
}

function withStock(options: readonly OptionHolding[], stock: StockPool | null, context: StrategyContext): Shape[] {
  if (!stock) return [];
  const covering = options.filter(({ quantity, terms }) => quantity.isNegative() && terms.right === (stock.short ? 'put' : 'call'));
  const shapes: Shape[] = covering.map((option) => ({ kind: stock.short ? 'coveredPut' : 'coveredCall', options: [option], stock }));
  if (context.rules.setting('option.protective') === 'none' || stock.holdings.some(isFullyPaid)) return shapes;
  const protecting = options.filter(({ quantity, terms }) => !quantity.isNegative() && terms.right === (stock.short ? 'call' : 'put'));
  for (const long of protecting) {
    shapes.push({ kind: stock.short ? 'protectiveCall' : 'protectivePut', options: [long], stock });
    for (const short of covering) if (surrounds(long, short)) shapes.push({ kind: stock.short ? 'reversal' : 'collar', options: [long, short], stock });
  }
  return shapes;
}

/** A collar's put is not above its call, of one expiry; a reversal has one strike. */
function surrounds(long: OptionHolding, short: OptionHolding): boolean {
  if (long.terms.expiry !== short.terms.expiry || !deliverSame(long, short)) return false;
  const order = Number(long.terms.strike) - Number(short.terms.strike);
  return long.terms.right === 'put' ? order <= 0 : order === 0;
}

function straddles(options: readonly OptionHolding[], context: StrategyContext): Shape[] {
  if (context.rules.setting('option.straddle') === 'eachAlone') return [];
  const shorts = options.filter(({ quantity }) => quantity.isNegative());
  const puts = shorts.filter(({ terms }) => terms.right === 'put');
  return shorts.filter(({ terms }) => terms.right === 'call').flatMap((call) => puts.filter((put) => deliverSame(call, put)).map((put): Shape => ({ kind: 'straddle', options: [call, put], stock: null })));
}

function legsOf({ options }: Shape, stock: StockHolding | null, unit: Decimal): Leg[] {
  const legs: Leg[] = options.map((holding) => ({ holding, quantity: unit }));
  const [option] = options;
  return stock && option ? [{ holding: stock, quantity: unit.times(option.multiplier.amount) }, ...legs] : legs;
}

/** House maintenance of legs under one strategy; null where the rule lacks an input. */
export function figureOf(kind: StrategyKind, legs: readonly Leg[], context: StrategyContext): Figure | null {
  const charges = priceStrategy({ kind, legs }, context);
  return charges && sum(context.currency, charges.map(({ houseMaintenance }) => houseMaintenance), { label: 'House maintenance' });
}

/**
 * House maintenance of a leg alone. A short option whose underlying has no price is saved from being unmargined: the
 * strike stands for what it would cost alone.
 */
export function aloneFigure(leg: Leg, context: StrategyContext): Figure | null {
  const { holding, quantity } = leg;
  const figure = figureOf('single', [leg], context);
  if (figure || holding.class !== 'option') return figure;
  const strike = scaled(holding, quantity, nakedCharge(holding, context).basis.strike, 'Exercise price', context.rules.settingRule('option.spread'), context);
  // As every charge does, it takes on option value where that is in equity, so that both declarations pair the same.
  return context.rules.optionValueIn === 'equity' ? withOptionValue(strike, holding, quantity, context) : strike;
}

/** Every charge that a pairing rests on, also of shapes that save nothing at this price: a root search must see each bend. */
export function chargesBehind(holdings: readonly Holding[], unit: Decimal, context: StrategyContext): Figure[] {
  const alone = holdings.flatMap((holding) => aloneFigure({ holding, quantity: unit }, context) ?? []);
  const together = shapesOf(holdings, context).flatMap((shape) => (shape.stock?.holdings ?? [null]).flatMap((stock) => figureOf(shape.kind, legsOf(shape, stock, unit), context) ?? []));
  return [...alone, ...together];
}
