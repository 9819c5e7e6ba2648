import { fromDecimalText } from '../../../shared/money.ts';
import { choice, difference, input, least, product, type Figure } from '../figure/figure.ts';
import type { StockHolding } from '../pool/holding.ts';
import type { ResolvedParameter } from '../packs/rules.ts';
import type { InstrumentRateName } from '../packs/schema.ts';
import type { StrategyContext } from './context.ts';
import { inQuotedCurrency } from './house-money.ts';

/** A rate in force for one holding: the node, and the parameter it comes from. */
export interface Rate {
  figure: Figure;
  parameter: ResolvedParameter;
}

/** The rates a long stock holding is charged at. House rates are null where the house sets none. */
export interface LongRates {
  regT: Rate;
  exchange: Rate;
  house: Rate | null;
  houseInitial: Rate | null;
}

/**
 * Rates of a long holding: in full where there is no loan value, else 50 % Reg T, 25 % exchange, the house's own rate or
 * the instrument's, times the fund's leverage (FINRA Regulatory Notice 09-53).
 */
export function longRates(holding: StockHolding, context: StrategyContext): LongRates {
  const known = context.longRates.get(holding);
  if (known) return known;
  const rates = freshRates(holding, context);
  context.longRates.set(holding, rates);
  return rates;
}

function freshRates(holding: StockHolding, context: StrategyContext): LongRates {
  const { rules } = context;
  if (isFullyPaid(holding)) return { regT: plain(rules.parameter('regT.fullyPaid')), exchange: plain(rules.parameter('exchange.fullyPaid')), house: null, houseInitial: null };
  const house = houseRate(holding, 'maintenance.long', 'house.stock.long.maintenance', context);
  return {
    regT: plain(rules.parameter('regT.stock.long')),
    exchange: leveraged(rules.parameter('exchange.stock.long'), holding, context),
    house: house && belowThreshold(house, holding, context),
    houseInitial: houseRate(holding, 'initial.long', 'house.stock.long.initial', context),
  };
}

/** Securities in the cash or delivery-versus-payment part of an account lend nothing to the margin part. */
export function isFullyPaid({ terms, subType }: StockHolding): boolean {
  return terms.kind === 'warrant' || terms.marginable === false || subType === 'cash' || subType === 'dvp';
}

/** The instrument's own rate as the list states it, or the house's general rate times the fund's leverage. */
export function houseRate(holding: StockHolding, own: InstrumentRateName, general: string, context: StrategyContext): Rate | null {
  const listed = context.rules.instrumentRate(holding.instrument, own);
  if (listed) return plain(listed);
  const parameter = context.rules.optional(general);
  return parameter && leveraged(parameter, holding, context);
}

/** A rate times the leverage of the fund, at most the cap. */
export function leveraged(parameter: ResolvedParameter, { terms, instrument }: StockHolding, { rules }: StrategyContext): Rate {
  const leverage = terms.kind === 'etf' ? terms.leverage : undefined;
  if (leverage === undefined || leverage === '1') return plain(parameter);
  const cap = rules.parameter('exchange.leverage.cap');
  const factor = input(fromDecimalText(leverage), 'factor', { label: `Daily leverage of ${instrument}`, source: 'fund terms' });
  const scaled = product('ratio', [parameter.figure, factor], { label: 'Rate times leverage', rule: parameter.rule });
  return { parameter, figure: least('ratio', [cap.figure, scaled], { label: 'Rate of a leveraged fund', rule: cap.rule }) };
}

/** Below the house's price threshold a share is paid in full. */
function belowThreshold(rate: Rate, holding: StockHolding, context: StrategyContext): Rate {
  const threshold = context.rules.optional('house.stock.fullyPaidBelow');
  const limit = threshold && inQuotedCurrency(threshold, holding, holding.price.unit, context);
  if (!limit) return rate;
  const inFull = context.rules.parameter('exchange.fullyPaid');
  const above = difference(holding.price.unit, [holding.price, limit], { label: 'Price less the threshold' });
  context.thresholds.push(above);
  const low = above.amount.isNegative() && !above.amount.isZero();
  if (!low) return rate;
  const figure = choice('ratio', [rate.figure, inFull.figure], 1, {
    label: 'House rate of a low-priced share',
    arithmetic: () => `${holding.price.amount.toFixed()} is below ${limit.amount.toFixed()}: paid in full`,
    rule: threshold.rule,
  });
  return { figure, parameter: threshold };
}

function plain(parameter: ResolvedParameter): Rate {
  return { figure: parameter.figure, parameter };
}
