import { Decimal, fromDecimalText } from '../../../shared/money.ts';
import { greatest, input, least, product, quotient, sum, type About, type Figure } from '../figure/figure.ts';
import type { MarketView } from '../market/market-view.ts';
import type { Rules } from '../packs/rules.ts';
import { sizeOf, sizeTerms, weightForSize, weightOf, type Level, type OwnTerms, type Side } from './terms.ts';

/** A balance of one asset, in units and in the pool's currency, before anything is counted of it. */
export interface Token {
  instrument: string;
  /** Signed units: what is held less what is owed. */
  units: Figure;
  /** Mark in the pool's currency, and the bounds of the feed: the same where it has none. */
  price: Figure;
  low: Figure;
  high: Figure;
  own: OwnTerms;
}

/** Places of a price or a weight that has to be divided out. */
const PLACES = 18;

/** Units at the mark: what the balance is worth. */
export function valueOf({ instrument, units, price }: Token, currency: string): Figure {
  return product(currency, [units, price], { label: () => `Value of ${instrument}`, subject: { instrument } });
}

/**
 * What counts of a number of units of the token: as an asset at its asset weight, as a liability at its liability weight,
 * whichever is less. Null where a weight that is needed is not set. `beside` is money that belongs to the balance.
 */
export function counted(token: Token, units: Figure, beside: Figure | null, level: Level, currency: string, market: MarketView, rules: Rules): Figure | null {
  const { instrument } = token;
  const asset = weighted(token, units, 'collateral', level, market, rules);
  const liability = weighted(token, units, 'debt', level, market, rules);
  const isOwed = units.amount.times(token.price.amount).plus(beside?.amount ?? 0).isNegative();
  if (isOwed && !liability) return null;
  const view = (side: Side, found: NonNullable<ReturnType<typeof weighted>>): Figure => {
    const own = product(currency, [units, found.price], { label: () => `${instrument} at the price that counts`, subject: { instrument } });
    const total = beside ? sum(currency, [own, beside], { label: () => `${instrument} and what settles into it` }) : own;
    return product(currency, [total, found.weight], { label: () => `${instrument} as ${side === 'debt' ? 'a liability' : 'an asset'}`, subject: { instrument }, ...(found.weight.about.rule ? { rule: found.weight.about.rule } : {}) });
  };
  const label = (): string => `What counts of ${instrument}, ${level}`;
  // Without a weight an asset counts for nothing; that is said, never assumed to be more.
  const assetView = asset ? view('collateral', asset) : input(new Decimal(0), currency, { label: () => `${instrument} has no collateral value`, source: 'no rule pack sets a weight for it' });
  const views = liability ? [assetView, view('debt', liability)] : [assetView];
  return least(currency, views as [Figure, ...Figure[]], { label, subject: { instrument } });
}

function weighted(token: Token, units: Figure, side: Side, level: Level, market: MarketView, rules: Rules): { weight: Figure; price: Figure } | null {
  const set = weightOf(token.instrument, side, level, rules, token.own);
  if (!set) return null;
  const factor = level === 'initial' ? sizeOf(token.instrument, `${side}.sizeFactor`, rules) : null;
  const sizes = factor ? sizeTerms(rules) : null;
  const weight = factor && sizes ? weightForSize(set, side, units.amount, factor.amount, sizes) : set;
  const isWorse = rules.optionalSetting(`lending.price.${level}`) === 'worse';
  const price = !isWorse ? token.price : side === 'debt' ? token.high : token.low;
  if (level === 'maintenance') return { weight, price };
  return side === 'debt' ? { weight: scaledDebt(token, weight, market, rules), price } : { weight, price: cappedPrice(token, price, market, rules) };
}

/** Deposits beyond a size count in part: units × price × start / (all deposits × price) is units × start / all deposits. */
function cappedPrice({ instrument }: Token, price: Figure, market: MarketView, rules: Rules): Figure {
  const start = sizeOf(instrument, 'collateral.scaleStart', rules);
  const deposits = market.input.stats?.get(instrument)?.deposits;
  if (!start || deposits === undefined || deposits === '0') return price;
  const all = input(fromDecimalText(deposits), 'units', { label: () => `All deposits of ${instrument}`, source: 'market statistics', subject: { instrument } });
  const cap = priceInFull(start, all, price.unit, { label: () => `Price at which all deposits of ${instrument} reach the size that counts in full` });
  return least(price.unit, [price, cap], { label: () => `Price of ${instrument}, scaled by all deposits` });
}

/** The price up to which all deposits count in full. */
export function priceInFull(start: Figure, deposits: Figure, unit: string, about: About): Figure {
  return quotient(unit, start, deposits, PLACES, about);
}

/** Borrows beyond a size count for more, by the size of all borrows at the day's price. */
function scaledDebt({ instrument, high }: Token, weight: Figure, market: MarketView, rules: Rules): Figure {
  const start = sizeOf(instrument, 'debt.scaleStart', rules);
  const borrows = market.input.stats?.get(instrument)?.borrows;
  if (!start || borrows === undefined || start.amount.isZero()) return weight;
  const size = fromDecimalText(borrows).times(high.amount).div(start.amount).toDecimalPlaces(PLACES, Decimal.ROUND_HALF_EVEN);
  const label = (): string => `All borrows of ${instrument} against the size that counts once`;
  const factor = greatest('factor', [input(new Decimal(1), 'factor', { label: 'Once', source: 'by definition' }), input(size, 'factor', { label, source: () => `${borrows} × ${high.amount.toFixed()} / ${start.amount.toFixed()}, at the day’s price` })], { label });
  return product('ratio', [weight, factor], { label: () => `Weight of ${instrument}, scaled by all borrows`, ...(weight.about.rule ? { rule: weight.about.rule } : {}) });
}

/** Marks and bounds of an instrument in the pool's currency; the reason where there is none. */
export function pricesOf(instrument: string, currency: string, market: MarketView): { price: Figure; low: Figure; high: Figure } | string {
  const terms = market.terms(instrument);
  if (!terms) return 'its terms are not known';
  const mark = market.price(instrument);
  if (!mark) return market.priceProblem(instrument);
  const conversion = market.conversion(terms.currency, currency);
  if (!conversion) return `no exchange rate from ${terms.currency} into ${currency} is known`;
  const into = (figure: Figure): Figure => (conversion.length === 0 ? figure : product(currency, [figure, ...conversion], { label: () => `Price of ${instrument} in ${currency}` }));
  const bounds = market.input.bounds?.get(instrument);
  // The bounds move with the mark when a price is shocked: they are what is to be paid off it.
  const bound = (name: 'low' | 'high', text: string): Figure => {
    const stated = input(fromDecimalText(text), mark.unit, { label: () => `${name === 'low' ? 'Lower' : 'Upper'} price of ${instrument}`, source: 'the feed’s own bounds', subject: { instrument } });
    const worse = name === 'low' ? least(mark.unit, [mark, stated], { label: () => `Lower of mark and bound of ${instrument}` }) : greatest(mark.unit, [mark, stated], { label: () => `Higher of mark and bound of ${instrument}` });
    return into(worse);
  };
  const price = into(mark);
  return bounds ? { price, low: bound('low', bounds.low), high: bound('high', bounds.high) } : { price, low: price, high: price };
}
