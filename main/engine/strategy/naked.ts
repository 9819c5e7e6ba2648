import type { RuleReference } from '../../../shared/explain.ts';
import { fromDecimalText } from '../../../shared/money.ts';
import { difference, greatest, input, product, sum, type Figure } from '../figure/figure.ts';
import { spell } from '../figure/spell.ts';
import type { OptionHolding } from '../pool/holding.ts';
import type { ResolvedParameter, Rules } from '../packs/rules.ts';
import { zeroFigure, type StrategyContext } from './context.ts';
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
  const floor = holding.terms.currency === rules.currency ? rules.optional('house.option.short.minimumPerShare') : null;
  // An instrument's own rate is stated for that instrument, so a fund's leverage is in it already.
  const charged = own && unitCharge(holding, basis, spot, own, minimum, listed ? null : leverage);
  return { exchange, house: floor ? floored(holding, basis, charged, floor) : charged };
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

/** A house's least amount a share: beside its own charge where it has one, else beside the exchange's. */
function floored(holding: OptionHolding, { unit, scale }: OptionBasis, charged: UnitCharge | null, floor: ResolvedParameter): UnitCharge {
  const perUnit = scale.length > 0 ? floor.figure : product(unit, [floor.figure, holding.multiplier], { label: 'Least amount a contract', rule: floor.rule });
  if (!charged) return { gross: perUnit, risk: null, rule: floor.rule };
  const gross = greatest(unit, [charged.gross, perUnit], { label: 'Short option, at least the least amount a share', rule: floor.rule });
  return gross.chosen === 0 ? { ...charged, gross } : { gross, risk: null, rule: floor.rule };
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
