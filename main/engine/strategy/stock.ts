import type { RuleReference } from '../../../shared/explain.ts';
import type { Decimal } from '../../../shared/money.ts';
import { greatest, least, product, type Figure } from '../figure/figure.ts';
import type { StockHolding } from '../pool/holding.ts';
import type { ResolvedParameter } from '../packs/rules.ts';
import { anyUnverified, charge, countOf, marketValue, type StrategyContext } from './context.ts';
import { legCharge, type LegCharge } from './leg-charge.ts';
import { houseRate, leveraged, longRates } from './stock-rates.ts';

/** What an option alongside caps a stock leg's maintenance at, by stack, in the pool's currency. */
export interface Protection {
  exchange: Figure;
  house: Figure | null;
  rule: RuleReference;
  /** True where it takes the place of the stock's own maintenance instead of capping it. */
  replaces?: true;
}

/**
 * A long stock leg: 12 CFR 220.12(a) and FINRA 4210(c)(1). `valuedAt` is the price it counts at when it covers a short
 * call: never more than the strike (12 CFR 220.4(b)(4)).
 */
export function chargeLongStock(holding: StockHolding, quantity: Decimal, context: StrategyContext, valuedAt: Figure = holding.price, protection: Protection | null = null): LegCharge {
  const { currency } = context;
  const value = marketValue(holding, countOf(holding, quantity), currency, valuedAt);
  const rates = longRates(holding, context);
  const at = (label: string, rate: { figure: Figure; parameter: ResolvedParameter }): Figure => charge(label, rate.figure, value, currency, rate.parameter.rule);
  return legCharge(
    {
      holding,
      quantity,
      regT: at('Regulation T, long stock', rates.regT),
      exchange: protectedBy(protection, 'exchange', at('Exchange maintenance, long stock', rates.exchange), currency),
      ...(protection ? { exchangeInitial: at('Exchange initial, long stock', rates.exchange) } : {}),
      house: rates.house && protectedBy(protection, 'house', at('House maintenance, long stock', rates.house), currency),
      houseInitial: rates.houseInitial && at('House initial, long stock', rates.houseInitial),
      exchangeRule: rates.exchange.parameter.rule.cites,
      houseRule: rates.house?.parameter.rule.cites ?? null,
      exchangeParts: null,
      houseParts: null,
      unverified: anyUnverified([rates.regT.parameter.rule, rates.exchange.parameter.rule, rates.house?.parameter.rule]),
    },
    context,
  );
}

/**
 * A short stock leg, beyond the proceeds of the sale: 12 CFR 220.12(c) and FINRA 4210(c)(2) and (3). One formula serves
 * both sides of 5 dollars: the greatest of 2.50 a share, the market value up to 5.00 a share, and 30 % of it.
 * Null when the rules' dollars cannot be turned into the pool's currency.
 */
export function chargeShortStock(holding: StockHolding, quantity: Decimal, context: StrategyContext, protection: Protection | null = null): LegCharge | null {
  const { currency, rules, ruleMoney } = context;
  if (!ruleMoney) return null;
  const count = countOf(holding, quantity);
  const value = marketValue(holding, count, currency);
  const perShare = (key: string, label: string): Figure => {
    const { figure, rule } = rules.parameter(key);
    return product(currency, [count, figure, ...ruleMoney], { label, rule });
  };
  const lowRate = rules.parameter('exchange.stock.short.lowPrice.rate');
  const rate = leveraged(rules.parameter('exchange.stock.short.rate'), holding, context);
  const low = least(
    currency,
    [perShare('exchange.stock.short.perShare', 'Least amount a share'), charge('Market value of low-priced shares', lowRate.figure, value, currency, lowRate.rule)],
    { label: 'Market value, up to the least amount a share', rule: lowRate.rule },
  );
  const exchange = greatest(
    currency,
    [low, charge('Share of market value', rate.figure, value, currency, rate.parameter.rule), perShare('exchange.stock.short.lowPrice.perShare', 'Least amount a share, low-priced')],
    { label: 'Exchange maintenance, short stock', rule: rate.parameter.rule },
  );
  const regT = rules.parameter('regT.stock.short');
  const house = houseRate(holding, 'maintenance.short', 'house.stock.short.maintenance', context);
  const houseInitial = houseRate(holding, 'initial.short', 'house.stock.short.initial', context);
  return legCharge(
    {
      holding,
      quantity,
      regT: charge('Regulation T, short stock', regT.figure, value, currency, regT.rule),
      exchange: protectedBy(protection, 'exchange', exchange, currency),
      ...(protection ? { exchangeInitial: exchange } : {}),
      house: house && protectedBy(protection, 'house', charge('House maintenance, short stock', house.figure, value, currency, house.parameter.rule), currency),
      houseInitial: houseInitial && charge('House initial, short stock', houseInitial.figure, value, currency, houseInitial.parameter.rule),
      exchangeRule: rate.parameter.rule.cites,
      houseRule: house?.parameter.rule.cites ?? null,
      exchangeParts: null,
      houseParts: null,
      unverified: anyUnverified([regT.rule, rate.parameter.rule, house?.parameter.rule]),
    },
    context,
  );
}

/** Stock that an option protects is asked no more than what can be lost until the option stops it. */
function protectedBy(protection: Protection | null, stack: 'exchange' | 'house', own: Figure, currency: string): Figure {
  const cap = protection && (stack === 'house' ? (protection.house ?? protection.exchange) : protection.exchange);
  if (cap && protection.replaces) return cap;
  return cap ? least(currency, [cap, own], { label: 'Stock that an option protects', rule: protection.rule }) : own;
}
