import { Decimal } from '../../../../shared/money.ts';
import type { OptionHolding, StockHolding } from '../../pool/holding.ts';
import { onceFor, ZERO, type StrategyContext } from '../context.ts';
import { nakedCharge } from '../naked.ts';
import { chargeLongOption, mayLend } from '../option.ts';
import type { Leg, PairedStrategy, StrategyKind } from '../pairing.ts';
import { priceStrategy } from '../price-strategy.ts';

/** House maintenance of legs under one strategy, in the pool's currency; null where the rule lacks an input. */
export function amountOf(kind: StrategyKind, legs: readonly Leg[], context: StrategyContext): Decimal | null {
  const charges = priceStrategy({ kind, legs }, context);
  return charges && charges.reduce((total: Decimal, { houseMaintenance }) => total.plus(houseMaintenance.amount), ZERO);
}

/**
 * House maintenance of a short option alone: the amounts of `chargeNaked` without their trees. A short option whose
 * underlying has no price is saved from being unmargined: the strike stands for what it would cost alone.
 */
export function shortAlone(holding: OptionHolding, quantity: Decimal, context: StrategyContext): Decimal {
  return inPlaceOfAlone(holding, quantity, context).plus(optionValueInRequirement(holding, quantity, context));
}

function aloneInUnits(holding: OptionHolding, context: StrategyContext): Decimal {
  const { basis, exchange, house } = nakedCharge(holding, context);
  const least = exchange?.gross.amount ?? basis.strike.amount;
  return house ? Decimal.max(least, house.gross.amount) : least;
}

/** An amount for each unit that the option's rule is written in, for a quantity, in the pool's currency. */
export function inPool(holding: OptionHolding, perUnit: Decimal, quantity: Decimal, context: StrategyContext): Decimal {
  const { scale } = nakedCharge(holding, context).basis;
  let amount = perUnit.times(quantity);
  for (const factor of scale) amount = amount.times(factor.amount);
  for (const factor of holding.conversion) amount = amount.times(factor.amount);
  return amount;
}

/** What a requirement takes on where the pack states it against equity with option value; negative for a short option. */
function optionValueInRequirement(holding: OptionHolding, quantity: Decimal, { rules }: StrategyContext): Decimal {
  if (rules.optionValueIn !== 'equity') return ZERO;
  const factors = [holding.price, holding.multiplier, ...holding.conversion];
  return factors.reduce((value: Decimal, { amount }) => value.times(amount), holding.quantity.isNegative() ? quantity.neg() : quantity);
}

/** House maintenance of a long option alone, in which it may lend value. */
export function longAlone(holding: OptionHolding, quantity: Decimal, context: StrategyContext): Decimal {
  return mayLend(holding, context) ? onceFor(holding, 'alone', quantity, context, () => chargeLongOption(holding, quantity, context).houseMaintenance.amount) : longPaid(holding, quantity, context);
}

/** The same where it lends nothing, as in every spread: what is asked, less what it is worth. */
function longPaid(holding: OptionHolding, quantity: Decimal, context: StrategyContext): Decimal {
  return onceFor(holding, 'paid', quantity, context, () => premiumAsked(holding, quantity, context));
}

function premiumAsked(holding: OptionHolding, quantity: Decimal, context: StrategyContext): Decimal {
  const value = [holding.multiplier, holding.price, ...holding.conversion].reduce((soFar: Decimal, { amount }) => soFar.times(amount), quantity);
  const asked = value.times(context.rules.parameter('exchange.option.long').figure.amount).minus(value);
  return context.rules.optionValueIn === 'equity' ? asked.plus(value) : asked;
}

/** House maintenance of a vertical, calendar or diagonal: the amounts of `chargeVertical` without their trees. */
function verticalTogether(short: OptionHolding, long: OptionHolding, quantity: Decimal, context: StrategyContext): Decimal {
  const { together } = shortOfVertical(short, long, context);
  return inPool(short, together, quantity, context).plus(optionValueInRequirement(short, quantity, context)).plus(longPaid(long, quantity, context));
}

/** What that saves against leaving both alone. */
export function verticalSaving(short: OptionHolding, long: OptionHolding, quantity: Decimal, context: StrategyContext): Decimal {
  const { alone, together } = shortOfVertical(short, long, context);
  return inPool(short, alone.minus(together), quantity, context).plus(longInSpread(long, quantity, context));
}

/** What the short option of a vertical is asked per unit: alone, and at most its largest loss. */
function shortOfVertical(short: OptionHolding, long: OptionHolding, context: StrategyContext): { alone: Decimal; together: Decimal } {
  const { basis, exchange } = nakedCharge(short, context);
  const by = nakedCharge(long, context).basis.strike.amount.minus(basis.strike.amount);
  const loss = Decimal.max(ZERO, short.terms.right === 'call' ? by : by.neg());
  const alone = aloneInUnits(short, context);
  return { alone, together: exchange ? Decimal.min(loss, alone) : loss };
}

/** House maintenance of strategies, in the pool's currency. An option that lacks a price counts at its strike, and what lacks anything else at nothing. */
export function costOf(strategies: readonly PairedStrategy[], context: StrategyContext): Decimal {
  return strategies.reduce((total: Decimal, strategy) => total.plus(costOfOne(strategy, context)), ZERO);
}

function costOfOne({ kind, legs }: PairedStrategy, context: StrategyContext): Decimal {
  const [first, second] = legs;
  if (kind === 'single' && first?.holding.class === 'option') return optionAlone(first.holding, first.quantity, context);
  if (kind === 'vertical' && first?.holding.class === 'option' && second?.holding.class === 'option') {
    const [short, long] = first.holding.quantity.isNegative() ? [first.holding, second.holding] : [second.holding, first.holding];
    return verticalTogether(short, long, first.quantity, context);
  }
  return amountOf(kind, legs, context) ?? ZERO;
}

function optionAlone(holding: OptionHolding, quantity: Decimal, context: StrategyContext): Decimal {
  return holding.quantity.isNegative() ? shortAlone(holding, quantity, context) : longAlone(holding, quantity, context);
}

/** What a long option saves by leaving its place alone: nothing, or less than that where alone it lends value. */
function longInSpread(holding: OptionHolding, quantity: Decimal, context: StrategyContext): Decimal {
  if (!mayLend(holding, context)) return ZERO;
  return longAlone(holding, quantity, context).minus(longPaid(holding, quantity, context));
}

/** What a short option saves where it is asked nothing of its own. */
export function inPlaceOfAlone(holding: OptionHolding, quantity: Decimal, context: StrategyContext): Decimal {
  return onceFor(holding, 'in place', quantity, context, () => inPool(holding, aloneInUnits(holding, context), quantity, context));
}

/** What one unit of an option saves in the place of which the rule asks nothing of its own. */
export function savedInPlace(holding: OptionHolding, unit: Decimal, context: StrategyContext): Decimal {
  return holding.quantity.isNegative() ? inPlaceOfAlone(holding, unit, context) : longInSpread(holding, unit, context);
}

export function stockAlone(holding: StockHolding, quantity: Decimal, context: StrategyContext): Decimal | null {
  return onceFor(holding, 'alone', quantity, context, () => amountOf('single', [{ holding, quantity }], context));
}
