import { Decimal, fromDecimalText } from '../../../shared/money.ts';
import { difference, input, product, type Figure } from '../figure/figure.ts';
import type { PositionInput } from '../input.ts';
import { weightOf } from '../lending/terms.ts';
import type { MarketView } from '../market/market-view.ts';
import type { Rules } from '../packs/rules.ts';
import { quoteOf, type Quote } from './feed.ts';
import type { Level } from './option-leg.ts';

/** A perpetual or a coin, with what it gained or is worth. */
export interface Linear {
  instrument: string;
  kind: 'perpetual' | 'coin';
  underlying: string;
  quantity: Decimal;
  quote: Quote;
  value: Figure;
}

/** The reason where it cannot be valued. */
export function linearOf({ instrument, quantity, entryPrice }: PositionInput, currency: string, market: MarketView): Omit<Linear, 'underlying'> | string {
  const kind = market.terms(instrument)?.kind;
  const quote = quoteOf(instrument, currency, market);
  if (typeof quote === 'string') return quote;
  const terms = market.terms(instrument);
  if (terms && 'settlement' in terms && terms.settlement === 'inverse') return 'a contract paid out in coin has no rate here';
  const subject = { instrument };
  const size = fromDecimalText(quantity).times(market.terms(instrument)?.multiplier ?? '1');
  const count = input(size, 'units', { label: () => `Quantity of ${instrument}`, source: 'position', subject });
  if (kind === 'coin') return { instrument, kind, quantity: size, quote, value: product(currency, [count, quote.price], { label: () => `Value of ${instrument}`, subject }) };
  if (kind !== 'perpetual' && kind !== 'future') return `positions of kind ${kind ?? 'unknown'} have no rule here`;
  if (entryPrice === null) return 'the price it was opened at is not known';
  const entry = input(fromDecimalText(entryPrice), quote.price.unit, { label: `Price ${instrument} was opened at`, source: 'position', subject });
  return { instrument, kind: 'perpetual', quantity: size, quote, value: product(currency, [count, difference(quote.price.unit, [quote.price, entry], { label: `${instrument}, moved since` })], { label: () => `Gain on ${instrument}`, subject }) };
}

/** A coin held counts in part; one that is owed counts in full. */
export function coinCounts({ instrument, value }: Linear, level: Level, currency: string, rules: Rules): Figure {
  const weight = weightOf(instrument, 'collateral', level, rules);
  if (value.amount.isNegative()) return value;
  return weight ? product(currency, [value, weight], { label: `What counts of ${instrument}`, subject: { instrument } }) : input(new Decimal(0), currency, { label: `${instrument} has no collateral value`, source: 'no rule pack sets a weight for it' });
}

export function perpetualCharge({ instrument, quantity, quote: { price } }: Linear, level: Level, currency: string, rules: Rules): Figure {
  const { figure, rule } = rules.parameter(`standardOptions.perpetual.${level}`);
  return product(currency, [input(quantity.abs(), 'units', { label: () => `Size of ${instrument}`, source: 'position', subject: { instrument } }), price, figure], { label: () => `${instrument}, share of notional value`, rule, subject: { instrument } });
}
