import type { Decimal } from '../../../shared/money.ts';
import type { OptionHolding, StockHolding } from '../pool/holding.ts';
import { chargeBond } from './bond.ts';
import { chargeAgainst, type LongAgainst } from './box.ts';
import type { StrategyContext } from './context.ts';
import { chargeCoveredCall, chargeCoveredPut, type Cover } from './covered.ts';
import type { LegCharge } from './leg-charge.ts';
import { chargeLongOption, chargeNaked } from './option.ts';
import type { Leg, PairedStrategy, StrategyKind } from './pairing.ts';
import { chargeLongStock, chargeShortStock } from './stock.ts';
import { chargeCollar, chargeProtected, chargeReversal } from './protected.ts';
import { chargeSpread } from './spread.ts';
import { chargeStraddle } from './straddle.ts';
import { chargeVertical } from './vertical.ts';

/** The charges of a strategy's legs; null when they cannot be computed. */
type Pricing = (strategy: PairedStrategy, context: StrategyContext) => LegCharge[] | null;

/** One function for each kind of strategy. */
const PRICING: Record<StrategyKind, Pricing> = {
  coveredCall: (strategy, context) => chargeCoveredCall(stockOf(strategy), optionOf(strategy, true).holding, optionOf(strategy, true).quantity, context),
  coveredPut: (strategy, context) => chargeCoveredPut(stockOf(strategy), optionOf(strategy, true).holding, optionOf(strategy, true).quantity, context),
  protectivePut: (strategy, context) => chargeProtected(stockOf(strategy), optionOf(strategy, false).holding, optionOf(strategy, false).quantity, context),
  protectiveCall: (strategy, context) => chargeProtected(stockOf(strategy), optionOf(strategy, false).holding, optionOf(strategy, false).quantity, context),
  collar: (strategy, context) => chargeCollar(stockOf(strategy), optionOf(strategy, false).holding, optionOf(strategy, true).holding, optionOf(strategy, true).quantity, context),
  reversal: (strategy, context) => chargeReversal(stockOf(strategy), optionOf(strategy, false).holding, optionOf(strategy, true).holding, optionOf(strategy, true).quantity, context),
  straddle: (strategy, context) => {
    const [first, second] = optionsOf(strategy);
    if (!first || !second) return null;
    const [call, put] = first.holding.terms.right === 'call' ? [first, second] : [second, first];
    return chargeStraddle(call.holding, put.holding, call.quantity, context);
  },
  spread: (strategy, context) => chargeSpread(optionsOf(strategy), context),
  vertical: (strategy, context) => chargeVertical(optionOf(strategy, true).holding, optionOf(strategy, false).holding, optionOf(strategy, true).quantity, context),
  box: (strategy, context) => againstShort(strategy, context),
  exchangeable: (strategy, context) => againstShort(strategy, context),
  single: ({ legs }, context) => {
    const charges = legs.map(({ holding, quantity }) => chargeSingle({ holding, quantity }, context));
    return charges.every((charge) => charge !== null) ? charges : null;
  },
};

export function priceStrategy(strategy: PairedStrategy, context: StrategyContext): LegCharge[] | null {
  return PRICING[strategy.kind](strategy, context);
}

function againstShort({ legs }: PairedStrategy, context: StrategyContext): LegCharge[] | null {
  const long = legs.find((leg): leg is Leg<LongAgainst> => leg.holding.class !== 'option' && !leg.holding.quantity.isNegative());
  const short = legs.find((leg): leg is Leg<StockHolding> => leg.holding.class === 'stock' && leg.holding.quantity.isNegative());
  return long && short ? chargeAgainst(long, short, context) : null;
}

function chargeSingle({ holding, quantity }: Leg, context: StrategyContext): LegCharge | null {
  const short = holding.quantity.isNegative();
  switch (holding.class) {
    case 'stock':
      return short ? chargeShortStock(holding, quantity, context) : chargeLongStock(holding, quantity, context);
    case 'bond':
      return chargeBond(holding, quantity, context);
    case 'option':
      break;
  }
  return short ? chargeNaked(holding, quantity, context) : chargeLongOption(holding, quantity, context);
}

function stockOf({ legs }: PairedStrategy): Cover[] {
  return legs.filter((leg): leg is Leg<StockHolding> => leg.holding.class === 'stock');
}

function optionOf({ legs }: PairedStrategy, short: boolean): { holding: OptionHolding; quantity: Decimal } {
  const leg = legs.find((candidate): candidate is Leg<OptionHolding> => candidate.holding.class === 'option' && candidate.holding.quantity.isNegative() === short);
  if (!leg) throw new Error('Invariant broken: a paired strategy lacks an option leg');
  return leg;
}

function optionsOf({ legs }: PairedStrategy): Leg<OptionHolding>[] {
  return legs.filter((leg): leg is Leg<OptionHolding> => leg.holding.class === 'option');
}
