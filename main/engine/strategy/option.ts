import type { RuleReference } from '../../../shared/explain.ts';
import type { Decimal } from '../../../shared/money.ts';
import { difference, greatest, least, product, sum, type Figure } from '../figure/figure.ts';
import type { OptionHolding } from '../pool/holding.ts';
import type { ResolvedParameter } from '../packs/rules.ts';
import { ZERO, anyUnverified, charge, countOf, marketValue, zeroFigure, type StrategyContext } from './context.ts';
import { legCharge, noParts, type LegCharge, type OwnRequirements, type Parts } from './leg-charge.ts';
import { nakedCharge, type UnitCharge } from './naked.ts';
import { addMonths } from './years.ts';

export const LOAN_VALUE_MONTHS = 9;

/**
 * A long option leg: paid in full, so it asks for nothing and lends nothing. Of more than nine months a listed option is
 * asked 75 %, so the rest is loan value (FINRA 4210(f)(2)); one over the counter, a share of what it is in the money and
 * all of the rest. In a spread it is always paid in full.
 */
export function chargeLongOption(holding: OptionHolding, quantity: Decimal, context: StrategyContext, inSpread = false): LegCharge {
  const { currency, rules } = context;
  const value = marketValue(holding, countOf(holding, quantity), currency);
  const longDated = !inSpread && mayLend(holding, context);
  const listed = holding.terms.listed !== false;
  const intrinsic = longDated && !listed ? inTheMoneyValue(holding, quantity, value, context) : null;
  const exchange = rules.parameter(longDated && listed ? 'exchange.option.long.overNineMonths' : intrinsic ? 'exchange.option.long.overTheCounter' : 'exchange.option.long');
  const own = longDated && listed ? rules.optional('house.option.long.overNineMonths') : null;
  const premium = (rate: ResolvedParameter): Figure => (intrinsic ? overTheCounter(rate, intrinsic, value, currency) : charge('Long option, paid for', rate.figure, value, currency, rate.rule));
  const required = (rate: ResolvedParameter): Figure => difference(currency, [premium(rate), value], { label: 'Long option: what is asked, less its market value', rule: rate.rule });
  const parts = (rate: ResolvedParameter): Parts => ({ ...noParts(), longPremium: premium(rate).amount });
  return legCharge(
    {
      holding,
      quantity,
      regT: required(exchange),
      exchange: required(exchange),
      house: own && required(own),
      houseInitial: null,
      exchangeRule: exchange.rule.cites,
      houseRule: own?.rule.cites ?? null,
      exchangeParts: parts(exchange),
      houseParts: own && parts(own),
      unverified: anyUnverified([exchange.rule, own?.rule]),
    },
    context,
  );
}

/** Options held in the cash part of an account, or of nine months and less, lend nothing. */
export function mayLend({ terms, subType }: OptionHolding, { market }: StrategyContext): boolean {
  return subType !== 'cash' && subType !== 'dvp' && terms.expiry > addMonths(market.businessDate, LOAN_VALUE_MONTHS);
}

/** What the option is in the money, at most what it is worth; null when its underlying has no price. */
function inTheMoneyValue(holding: OptionHolding, quantity: Decimal, value: Figure, context: StrategyContext): Figure | null {
  const { spot, strike, unit } = nakedCharge(holding, context).basis;
  if (!spot) return null;
  const by = difference(unit, holding.terms.right === 'call' ? [spot, strike] : [strike, spot], { label: holding.terms.right === 'call' ? 'Price less strike' : 'Strike less price' });
  const perUnit = greatest(unit, [zeroFigure(unit, 'Not in the money'), by], { label: 'In the money' });
  const whole = scaled(holding, quantity, perUnit, 'In the money', context.rules.parameter('exchange.option.long.overTheCounter').rule, context);
  return least(context.currency, [whole, value], { label: 'In the money, at most the market value' });
}

function overTheCounter(rate: ResolvedParameter, intrinsic: Figure, value: Figure, currency: string): Figure {
  const share = charge('Share of what it is in the money', rate.figure, intrinsic, currency, rate.rule);
  return sum(currency, [share, difference(currency, [value, intrinsic], { label: 'Market value beyond' })], { label: 'Long option over the counter', rule: rate.rule });
}

/** A short option leg that nothing covers. Null when its underlying cannot be priced. */
export function chargeNaked(holding: OptionHolding, quantity: Decimal, context: StrategyContext): LegCharge | null {
  const { exchange, house } = nakedCharge(holding, context);
  return exchange && legCharge(shortLeg(holding, quantity, exchange, house, context, 'Short option, not covered'), context);
}

/** A short leg from charges per unit: × contracts × multiplier × exchange rate. */
export function shortLeg(holding: OptionHolding, quantity: Decimal, exchange: UnitCharge, house: UnitCharge | null, context: StrategyContext, label: string): OwnRequirements {
  const required = (unit: UnitCharge): Figure => scaled(holding, quantity, unit.gross, label, unit.rule, context);
  return {
    holding,
    quantity,
    regT: required(exchange),
    exchange: required(exchange),
    house: house && required(house),
    houseInitial: null,
    exchangeRule: exchange.rule.cites,
    houseRule: house?.rule.cites ?? null,
    exchangeParts: shortParts(holding, quantity, exchange, context),
    houseParts: house && shortParts(holding, quantity, house, context),
    unverified: anyUnverified([exchange.rule, house?.rule]),
  };
}

/** An amount per unit for a number of contracts, in the pool's currency. */
export function scaled(holding: OptionHolding, quantity: Decimal, perUnit: Figure, label: string, rule: RuleReference, context: StrategyContext): Figure {
  const { scale } = nakedCharge(holding, context).basis;
  return product(context.currency, [countOf(holding, quantity), ...scale, perUnit, ...holding.conversion], { label: () => `${label}: ${holding.instrument}`, rule, subject: { instrument: holding.instrument } });
}

/** What of the charge is the option's own market value and what is risk. A charge by largest loss is all risk. */
function shortParts(holding: OptionHolding, quantity: Decimal, unit: UnitCharge, context: StrategyContext): Parts {
  const { premium, scale } = nakedCharge(holding, context).basis;
  const factor = [...scale, ...holding.conversion].reduce((soFar: Decimal, { amount }) => soFar.times(amount), quantity);
  const gross = unit.gross.amount.times(factor);
  const shortMarketValue = premium.amount.times(factor);
  const shortOptionValue = unit.risk === unit.gross ? ZERO : unit.risk ? gross.minus(unit.risk.amount.times(factor)) : shortMarketValue;
  return { risk: gross.minus(shortOptionValue), shortOptionValue, longPremium: ZERO, shortMarketValue };
}
