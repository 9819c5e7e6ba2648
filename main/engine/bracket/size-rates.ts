import { Decimal, fromDecimalText } from '../../../shared/money.ts';
import { difference, greatest, input, least, product, quotient, rounded, sum, type Figure } from '../figure/figure.ts';
import { lognormalFactors } from './lognormal-factors.ts';
import { isShort, type Leg } from './leg.ts';
import type { MarketRate } from './market-schema.ts';
import { ruleInput } from './terms.ts';
import { DERIVED_RATE_PLACES } from './tiers.ts';

/** Rates of a market for a size. Factors are applied one after the other; each product is rounded where the venue rounds. */
export interface SizeRates {
  initial: readonly [Figure, ...Figure[]];
  maintenance: readonly [Figure, ...Figure[]];
  /** Asked of each position whatever its size. */
  perPosition: Figure | null;
}

/** Places of a quotient, before the venue's own rounding. Half-even. */
const SHARE_PLACES = 24;
/** Places that open-interest scaling keeps of a rate; what is beyond them is cut off. */
const SCALED_RATE_PLACES = 6;
/** Places that are kept of a square root and of a rate made with it; what is beyond them is cut off. */
const ROOT_PLACES = 5;
const ROOT_RATE_PLACES = 4;

/** Rates of every kind of market but those with tiers. `size` is what is held, never negative, in contracts. */
export function sizeRates(leg: Leg, rate: Exclude<MarketRate, { kind: 'tiers' }>, size: Decimal): SizeRates {
  const rule = (text: string, label: string, unit = 'ratio'): Figure => ruleInput(fromDecimalText(text), unit, `${label} of ${leg.market.name}`, leg.market.rule);
  const units = size.times(leg.multiplier);
  const held = (): Figure => input(units, 'factor', { label: `Size held of ${leg.instrument}`, source: 'position', subject: { instrument: leg.instrument } });
  switch (rate.kind) {
    case 'linear': {
      const slope = (): Figure => product('ratio', [rule(rate.perUnit, 'Rise of the rate for each unit'), held()], { label: 'Rise of the rate with size' });
      const risen = (base: string, label: string): Figure => sum('ratio', [rule(base, label), slope()], { label: `${label}, for the size held` });
      return { initial: [risen(rate.initial, 'Initial rate')], maintenance: [risen(rate.maintenance, 'Maintenance rate')], perPosition: null };
    }
    case 'root': {
      const premium = (base: string, label: string): Figure => rootRate(rule(base, label), rule(rate.share, 'Share of the rate beside the size premium'), rule(rate.factor, 'Size premium factor', 'factor'), units, label);
      return { initial: [premium(rate.initial, 'Initial rate')], maintenance: [premium(rate.maintenance, 'Maintenance rate')], perPosition: null };
    }
    case 'skew': {
      const initial = skewRate(rule(rate.minimum, 'Least initial rate'), rule(rate.factor, 'Initial factor', 'factor'), held(), leg.stats.skewScale ?? new Decimal(1));
      return { initial: [initial], maintenance: [initial, rule(rate.maintenanceShare, 'Maintenance, of initial')], perPosition: rule(rate.perPosition, 'Asked of each position', leg.settlesIn) };
    }
    case 'openInterest': {
      const base = rule(rate.initial, 'Initial rate');
      const scaled = openInterestRate(base, fromDecimalText(rate.lower), fromDecimalText(rate.upper), leg.stats.openInterest ?? new Decimal(0));
      return { initial: [scaled], maintenance: [base, rule(rate.maintenanceShare, 'Maintenance, of initial')], perPosition: null };
    }
    case 'riskFactors': {
      const factor = isShort(leg) ? rule(rate.short, 'Risk factor of shorts') : rule(rate.long, 'Risk factor of longs');
      const both = sum('ratio', [rule(rate.slippage, 'Allowance for closing'), factor], { label: 'Risk factor and allowance for closing' });
      return { initial: [both], maintenance: [both], perPosition: null };
    }
    case 'lognormal': {
      const [aversion, years, volatility] = [rate.riskAversion, rate.years, rate.volatility].map(fromDecimalText) as [Decimal, Decimal, Decimal];
      const { long, short } = lognormalFactors(aversion, years, volatility);
      const source = `lognormal price: risk aversion ${rate.riskAversion}, ${rate.years} years, volatility ${rate.volatility}`;
      const factor = input(isShort(leg) ? short : long, 'ratio', { label: `Risk factor of ${isShort(leg) ? 'shorts' : 'longs'} of ${leg.market.name}`, rule: leg.market.rule, source });
      const both = sum('ratio', [rule(rate.slippage, 'Allowance for closing'), factor], { label: 'Risk factor and allowance for closing' });
      return { initial: [both], maintenance: [both], perPosition: null };
    }
  }
}

/**
 * The initial rate as a market grows: from `lower` on it rises in a straight line to 100 % at `upper`. Ratio, cut off
 * after six places.
 */
export function openInterestRate(base: Figure, lower: Decimal, upper: Decimal, openInterest: Decimal): Figure {
  const about = { label: 'Initial rate, scaled by open interest' };
  if (upper.lte(lower) || openInterest.lte(lower)) return sum('ratio', [base], { ...about, arithmetic: upper.lte(lower) ? 'it does not scale' : 'open interest is not above its lower bound' });
  const money = (amount: Decimal, label: string): Figure => input(amount, 'money', { label, source: 'market and rule pack' });
  const beyond = difference('money', [money(openInterest, 'Open interest'), money(lower, 'Open interest from which the rate rises')], { label: 'Open interest beyond its lower bound' });
  const width = difference('money', [money(upper, 'Open interest at which the rate is 100 %'), money(lower, 'Open interest from which the rate rises')], { label: 'Width of the scale' });
  const one = input(new Decimal(1), 'ratio', { label: 'All of the notional value', source: 'by definition' });
  const rest = difference('ratio', [one, base], { label: 'What is left up to 100 %' });
  // Multiplied before it is divided: a third of the way times 90 % is 30 %, and must not be cut off below it.
  const rise = quotient('ratio', product('money', [beyond, rest], { label: 'Open interest beyond, of what is left' }), width, SHARE_PLACES, { label: 'Rise of the rate' });
  const most = least('ratio', [one, sum('ratio', [base, rise], { label: 'Rate risen with open interest' })], about);
  return rounded(most, { name: 'down', places: SCALED_RATE_PLACES });
}

function rootRate(base: Figure, share: Figure, factor: Figure, size: Decimal, label: string): Figure {
  return greatest('ratio', [base, rootPremium(base, share, factor, size)], { label: `${label}, for the size held` });
}

/** A share of the rate and the factor × the square root of the size, cut off after four places. */
export function rootPremium(base: Figure, share: Figure, factor: Figure, size: Decimal): Figure {
  const root = input(size.sqrt().toDecimalPlaces(ROOT_PLACES, Decimal.ROUND_DOWN), 'factor', { label: 'Square root of the size', source: `square root of ${size.toFixed()}, cut off after ${ROOT_PLACES} places` });
  const parts = [product('ratio', [share, base], { label: 'Share of the rate' }), product('ratio', [factor, root], { label: 'Size premium' })];
  return rounded(sum('ratio', parts, { label: 'Rate with size premium' }), { name: 'down', places: ROOT_RATE_PLACES });
}

function skewRate(minimum: Figure, factor: Figure, held: Figure, scale: Decimal): Figure {
  const scaled = product('factor', [held, factor], { label: 'Size held, times the factor' });
  const rise = quotient('ratio', scaled, input(scale, 'factor', { label: 'Skew scale', source: 'market' }), DERIVED_RATE_PLACES, { label: 'Rise of the rate with size' });
  return sum('ratio', [rise, minimum], { label: 'Initial rate, for the size held' });
}
