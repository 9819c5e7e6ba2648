import { fromDecimalText, type Decimal } from '../../../shared/money.ts';
import type { OptionHolding, StockHolding } from '../pool/holding.ts';
import { chargeBond } from './bond.ts';
import type { StrategyContext } from './context.ts';
import { chargeCoveredCall, chargeCoveredPut, type Cover } from './covered.ts';
import type { LegCharge } from './leg-charge.ts';
import { chargeLongOption, chargeNaked } from './option.ts';
import type { Leg, PairedStrategy, StrategyKind } from './pairing.ts';
import { chargeLongStock, chargeShortStock } from './stock.ts';
import { chargeVertical } from './vertical.ts';

/** The charges of a strategy's legs; null when they cannot be computed. */
type Pricing = (strategy: PairedStrategy, context: StrategyContext) => LegCharge[] | null;

/** One function for each kind of strategy. */
const PRICING: Record<StrategyKind, Pricing> = {
  coveredCall: (strategy, context) => chargeCoveredCall(stockOf(strategy), optionOf(strategy, true).holding, optionOf(strategy, true).quantity, context),
  coveredPut: (strategy, context) => chargeCoveredPut(stockOf(strategy), optionOf(strategy, true).holding, optionOf(strategy, true).quantity, context),
  vertical: (strategy, context) => chargeVertical(optionOf(strategy, true).holding, optionOf(strategy, false).holding, optionOf(strategy, true).quantity, context),
  single: ({ legs }, context) => {
    const charges = legs.map(({ holding, quantity }) => chargeSingle({ holding, quantity }, context));
    return charges.every((charge) => charge !== null) ? charges : null;
  },
};

export function priceStrategy(strategy: PairedStrategy, context: StrategyContext): LegCharge[] | null {
  return PRICING[strategy.kind](strategy, context);
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

/** The strategy in a trader's words: `covered call`, `bull put spread`. */
export function strategyName({ kind, legs }: PairedStrategy): string {
  if (kind === 'coveredCall') return 'covered call';
  if (kind === 'coveredPut') return 'covered put';
  if (kind === 'vertical') return verticalName(legs);
  const [leg] = legs;
  if (!leg) return '';
  const side = leg.holding.quantity.isNegative() ? 'short' : 'long';
  const { holding } = leg;
  if (holding.class === 'option') return side === 'short' ? `uncovered ${holding.terms.right}` : `long ${holding.terms.right}`;
  return `${side} ${holding.class === 'bond' ? 'bond' : holding.terms.kind === 'equity' ? 'stock' : holding.terms.kind === 'etf' ? 'fund' : 'warrant'}`;
}

function verticalName(legs: readonly Leg[]): string {
  const short = optionOf({ kind: 'vertical', legs }, true).holding;
  const long = optionOf({ kind: 'vertical', legs }, false).holding;
  // Bullish when the long strike is the lower one, for calls and puts alike.
  const order = fromDecimalText(long.terms.strike).cmp(fromDecimalText(short.terms.strike));
  return order === 0 ? `${short.terms.right} against itself` : `${order < 0 ? 'bull' : 'bear'} ${short.terms.right} spread`;
}
