import type { OptionInstrument } from '../../../../shared/domain/instrument.ts';
import { daysBetween } from '../../../../shared/time.ts';
import type { MarketView } from '../../market/market-view.ts';
import type { ScanRules } from '../rules.ts';

/** An option as the pricing functions see it. Doubles: what they give back enters the figures as an input. */
export interface PricedOption {
  spot: number;
  strike: number;
  /** To expiry; 0 on the day itself. */
  years: number;
  rate: number;
  /** Continuous yield: the rate itself where the underlying is a future. */
  dividendYield: number;
  /** Cash dividends until expiry. */
  dividends: readonly { years: number; amount: number }[];
  isCall: boolean;
  american: boolean;
}

const DAYS_A_YEAR = 365;

/**
 * What an option's price depends on, its volatility apart; or why it cannot be priced. The style is the contract's; where
 * it does not say, options on an index are European and all others American.
 */
export function pricedOption(terms: OptionInstrument, market: MarketView, scan: Pick<ScanRules, 'rate'>): PricedOption | string {
  const { underlying } = terms;
  const option = optionApartFromSpot(terms, market, scan);
  if (typeof option === 'string') return option;
  const price = market.price(underlying);
  if (!price) return market.priceProblem(underlying);
  if (!price.amount.gt(0)) return `${underlying} has a mark of ${price.amount.toFixed()}, which no option can be priced on`;
  return { ...option, spot: Number(price.amount.toFixed()) };
}

/** The same with a spot of NaN: what does not change while prices do. */
export function optionApartFromSpot(terms: OptionInstrument, market: MarketView, { rate: rateOtherwise }: Pick<ScanRules, 'rate'>): PricedOption | string {
  const { underlying, strike, expiry, right, style, deliverable } = terms;
  if (terms.adjusted === true || deliverable !== undefined) return 'adjusted contracts are not priced here';
  const on = market.terms(underlying);
  if (on && on.currency !== terms.currency) return `it is in ${terms.currency}, and ${underlying} in ${on.currency}`;
  const years = daysBetween(market.businessDate, expiry) / DAYS_A_YEAR;
  const rate = rateFor(terms.currency, years, market) ?? rateOtherwise;
  return {
    spot: NaN,
    strike: Number(strike),
    years,
    rate,
    dividendYield: on?.kind === 'future' ? rate : 0,
    dividends: dividendsUntil(terms, market),
    isCall: right === 'call',
    american: style === undefined ? on?.kind !== 'index' : style === 'american',
  };
}

/** The curve's rate at a time, on a straight line between its points and flat beyond them; null without a curve. */
function rateFor(currency: string, years: number, market: MarketView): number | null {
  const points = (market.input.curves?.get(currency) ?? []).map(({ t, rate }) => ({ at: yearsOf(t), rate: Number(rate) })).toSorted((a, b) => a.at - b.at);
  const [first] = points;
  if (!first) return null;
  const after = points.find(({ at }) => at >= years);
  const before = points.findLast(({ at }) => at <= years);
  if (!after || !before || after.at === before.at) return (after ?? before ?? first).rate;
  return before.rate + ((after.rate - before.rate) * (years - before.at)) / (after.at - before.at);
}

/** `P1Y6M` in years; a month is a twelfth. */
function yearsOf(duration: string): number {
  const part = (letter: string): number => Number(new RegExp(`(\\d+)${letter}`).exec(duration)?.[1] ?? 0);
  return part('Y') + part('M') / 12 + (part('W') * 7 + part('D')) / DAYS_A_YEAR;
}

function dividendsUntil({ underlying, expiry }: OptionInstrument, market: MarketView): PricedOption['dividends'] {
  return (market.input.dividends?.get(underlying) ?? [])
    .filter(({ ex }) => ex > market.businessDate && ex <= expiry)
    .map(({ ex, amount }) => ({ years: daysBetween(market.businessDate, ex) / DAYS_A_YEAR, amount: Number(amount) }));
}
