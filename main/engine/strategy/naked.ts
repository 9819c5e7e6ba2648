import type { RuleReference } from '../../../shared/explain.ts';
import { fromDecimalText } from '../../../shared/money.ts';
import { difference, greatest, input, product, quotient, sum, type Figure } from '../figure/figure.ts';
import { spell } from '../figure/spell.ts';
import type { OptionHolding } from '../pool/holding.ts';
import type { ResolvedParameter, Rules } from '../packs/rules.ts';
import { zeroFigure, type StrategyContext } from './context.ts';
import { inQuotedCurrency } from './house-money.ts';
import { optionBasis, type OptionBasis } from './option-basis.ts';

/** The charge for one unit (share or contract) of a short option that nothing covers, its market value included. */
export interface UnitCharge {
  gross: Figure;
  /** The part of `gross` that is not the option's own market value. */
  risk: Figure | null;
  rule: RuleReference;
}

/** By stack; null where the underlying cannot be priced, and for the house where it sets nothing of its own. */
export interface NakedCharge {
  basis: OptionBasis;
  exchange: UnitCharge | null;
  house: UnitCharge | null;
}

/** FINRA 4210(f)(2): market value + the greatest of rate × underlying − out-of-the-money, and the minimum. */
export function nakedCharge(holding: OptionHolding, context: StrategyContext): NakedCharge {
  const known = context.naked.get(holding);
  if (known) return known;
  const basis = optionBasis(holding, context.market);
  const made = { basis, ...(basis.spot ? charges(holding, basis, basis.spot, context) : { exchange: null, house: null }) };
  context.naked.set(holding, made);
  return made;
}

function charges(holding: OptionHolding, basis: OptionBasis, spot: Figure, context: StrategyContext): Omit<NakedCharge, 'basis'> {
  const { rules, market } = context;
  const underlying = market.terms(holding.terms.underlying);
  const broad = (underlying?.kind === 'index' || underlying?.kind === 'etf') && underlying.class === 'broad';
  if (rules.setting('option.uncovered') === 'cashSecured') return { exchange: cashSecured(holding, basis, spot, broad, rules), house: null };
  const leverage = leverageFigure(holding, context);
  const minimum = rules.parameter('exchange.option.short.minimum');
  const general = rules.parameter(broad ? 'exchange.option.short.broad' : 'exchange.option.short.equity');
  const exchange = unitCharge(holding, basis, spot, general, minimum, leverage);
  const listed = rules.instrumentRate(holding.terms.underlying, 'option.short');
  const own = listed ?? rules.optional(broad ? 'house.option.short.broad' : 'house.option.short.equity');
  // An instrument's own rate is stated for that instrument, so a fund's leverage is in it already.
  const charged = own && unitCharge(holding, basis, spot, own, minimum, listed ? null : leverage);
  return { exchange, house: floored(holding, basis, charged, context) };
}

function unitCharge(holding: OptionHolding, basis: OptionBasis, spot: Figure, rate: ResolvedParameter, minimum: ResolvedParameter, leverage: Figure | null): UnitCharge {
  const { unit, strike, premium } = basis;
  const call = holding.terms.right === 'call';
  const otm = greatest(unit, [zeroFigure(unit, 'Not out of the money'), difference(unit, call ? [strike, spot] : [spot, strike], { label: call ? 'Strike less price' : 'Price less strike' })], { label: 'Out of the money' });
  const scaled = (parameter: ResolvedParameter): readonly [Figure, ...Figure[]] => (leverage ? [parameter.figure, leverage] : [parameter.figure]);
  const basic = difference(unit, [product(unit, [...scaled(rate), spot], { label: 'Rate times underlying', rule: rate.rule }), otm], {
    label: 'Rate times underlying, less out of the money',
    arithmetic: () => `${percent(scaled(rate))} × ${[spot, otm].map(({ amount }) => spell(amount, unit)).join(' − ')} = ${spell(basic.amount, unit)}`,
  });
  const least = product(unit, [...scaled(minimum), call ? spot : strike], { label: call ? 'Minimum, of the underlying' : 'Minimum, of the strike', rule: minimum.rule });
  const risk = greatest(unit, [basic, least], { label: 'Risk of the short option', rule: rate.rule });
  const gross = sum(unit, [premium, risk], { label: 'Market value and risk of the short option', rule: rate.rule });
  return { gross, risk, rule: rate.rule };
}

/** A house's least amounts a share and a contract: beside its own charge where it has one, else beside the exchange's. */
function floored(holding: OptionHolding, basis: OptionBasis, charged: UnitCharge | null, context: StrategyContext): UnitCharge | null {
  return FLOORS.reduce((soFar: UnitCharge | null, key) => {
    const parameter = context.rules.optional(key);
    const floor = parameter && floorPerUnit(key, parameter, holding, basis, context);
    return floor ? atLeast(basis.unit, soFar, floor, parameter.rule) : soFar;
  }, charged);
}

const FLOORS = ['house.option.short.minimumPerShare', 'house.option.short.minimumPerContract'] as const;
/** Places of an amount a contract as an amount a share. */
const PER_SHARE_PLACES = 10;

/** The amount in the unit that the charge is made in: a share of a standard contract, else a contract. */
function floorPerUnit(key: (typeof FLOORS)[number], parameter: ResolvedParameter, holding: OptionHolding, { unit, scale }: OptionBasis, context: StrategyContext): Figure | null {
  const perShare = key === 'house.option.short.minimumPerShare';
  const own = inQuotedCurrency(parameter, holding, perShare && scale.length > 0 ? unit : `${holding.terms.currency}/contract`, context);
  const isInUnit = perShare === scale.length > 0;
  if (!own || isInUnit) return own;
  if (perShare) return product(unit, [own, holding.multiplier], { label: 'Least amount a contract', rule: parameter.rule });
  return quotient(unit, own, holding.multiplier, PER_SHARE_PLACES, { label: 'Least amount a contract, a share', rule: parameter.rule });
}

function atLeast(unit: string, charged: UnitCharge | null, floor: Figure, rule: RuleReference): UnitCharge {
  if (!charged) return { gross: floor, risk: null, rule };
  const gross = greatest(unit, [charged.gross, floor], { label: 'Short option, at least the least amount', rule });
  return gross.chosen === 0 ? { ...charged, gross } : { gross, risk: null, rule };
}

/**
 * 12 CFR 220.8(a)(3): a put's strike in cash; a call that nothing covers, the whole underlying; a call on a broad index or
 * fund, whose underlying cannot be deposited as such, its strike, as the published examples have it. The premium received
 * is part of that cash.
 */
function cashSecured(holding: OptionHolding, basis: OptionBasis, spot: Figure, broad: boolean, rules: Rules): UnitCharge {
  const rule = rules.settingRule('option.uncovered');
  const inFull = rules.parameter('exchange.fullyPaid').figure;
  const byStrike = broad || holding.terms.right === 'put';
  const whole = product(basis.unit, [inFull, byStrike ? basis.strike : spot], { label: byStrike ? 'Strike, in cash' : 'Underlying, in full', rule });
  return { gross: whole, risk: whole, rule };
}

export function leverageFigure({ terms }: OptionHolding, { market }: StrategyContext): Figure | null {
  const underlying = market.terms(terms.underlying);
  const leverage = underlying?.kind === 'etf' || underlying?.kind === 'index' ? underlying.leverage : undefined;
  if (leverage === undefined || leverage === '1') return null;
  return input(fromDecimalText(leverage), 'factor', { label: `Daily leverage of ${terms.underlying}`, source: 'fund terms' });
}

function percent(factors: readonly [Figure, ...Figure[]]): string {
  const [rate, leverage] = factors;
  const text = spell(rate.amount, 'ratio');
  return leverage ? `${text} × ${leverage.amount.toFixed()}` : text;
}
