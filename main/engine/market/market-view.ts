import type { MarkFact } from '../../../shared/domain/facts.ts';
import type { Currency, Instrument, InstrumentId } from '../../../shared/domain/instrument.ts';
import { fromDecimalText, type Decimal } from '../../../shared/money.ts';
import { input, type Figure } from '../figure/figure.ts';
import type { MarketInput } from '../input.ts';
import type { Kept } from '../pool/kept.ts';
import { conversionFactors } from './conversion.ts';

/**
 * The market as one account's computation sees it: each price and each exchange rate is one figure, shared by every
 * amount that rests on it, so that a tree can be followed back to the same input from anywhere.
 */
export interface MarketView {
  readonly businessDate: string;
  /** What the view looks at: for models that need more of a market than its prices. */
  readonly input: MarketInput;
  /** Decimals that a position's figures may have; see pool/digits.ts. */
  readonly decimalsMax: number;
  /** In a search: what need not be computed again. */
  readonly kept?: Kept;
  terms: (instrument: InstrumentId) => Instrument | null;
  /** What `price` is made of. */
  mark: (instrument: InstrumentId) => MarkFact | null;
  /** The usable mark of an instrument, in its own currency; null when there is none. */
  price: (instrument: InstrumentId) => Figure | null;
  /** Why `price` is null. */
  priceProblem: (instrument: InstrumentId) => string;
  /** What turns an amount of one currency into another: no factor, one factor, or null when no rate is known. */
  conversion: (from: Currency, into: Currency) => readonly Figure[] | null;
}

/** Thirty decimals and fifteen whole digits, summed over a pool, still fit an amount's fifty characters. */
const DECIMALS_MAX = 30;

export function viewMarket(market: MarketInput, decimalsMax: number = DECIMALS_MAX): MarketView {
  const prices = new Map<InstrumentId, Figure | null>();
  const conversions = new Map<string, readonly Figure[] | null>();
  return {
    businessDate: market.businessDate,
    input: market,
    decimalsMax,
    terms: (instrument) => market.instruments.get(instrument) ?? null,
    mark: (instrument) => market.marks.get(instrument) ?? null,
    price: (instrument) => remember(prices, instrument, () => priceOf(market, instrument)),
    priceProblem: (instrument) => (market.marks.has(instrument) ? `the mark of ${instrument} is negative` : `${instrument} has no mark`),
    conversion: (from, into) => remember(conversions, `${from} ${into}`, () => conversionFactors(market.fx, from, into)),
  };
}

/** The same market with one instrument at another price; everything else, down to its figures, is what it was. */
export function withPrice(view: MarketView, instrument: InstrumentId, mark: MarkFact, kept?: Kept): MarketView {
  const price = priceOf({ ...view.input, marks: new Map([[instrument, mark]]) }, instrument);
  let moved: MarketInput | null = null;
  return {
    ...view,
    ...(kept ? { kept } : {}),
    get input() {
      moved ??= { ...view.input, marks: new Map(view.input.marks).set(instrument, mark) };
      return moved;
    },
    mark: (id) => (id === instrument ? mark : view.mark(id)),
    price: (id) => (id === instrument ? price : view.price(id)),
  };
}

function priceOf(market: MarketInput, instrument: InstrumentId): Figure | null {
  const mark = market.marks.get(instrument);
  if (!mark) return null;
  const value: Decimal = fromDecimalText(mark.value);
  // A future may stand below zero (crude oil in April 2020); nothing else that is priced here can.
  if (value.isNegative() && !value.isZero() && market.instruments.get(instrument)?.kind !== 'future') return null;
  return input(value, unitOfPrice(market.instruments.get(instrument)), {
    label: `Price of ${instrument}`,
    source: () => `${mark.kind} ${mark.asOf}, ${mark.source}`,
    subject: { instrument },
  });
}

/** Priced per unit of what they are on, or of themselves. */
const PER_UNIT: ReadonlySet<Instrument['kind']> = new Set(['future', 'perpetual', 'coin', 'loan']);

function unitOfPrice(terms: Instrument | undefined): string {
  if (!terms) return 'price';
  if (terms.kind === 'bond') return `${terms.currency}/100 face`;
  return `${terms.currency}/${PER_UNIT.has(terms.kind) ? 'unit' : 'share'}`;
}

function remember<Value>(store: Map<string, Value>, key: string, make: () => Value): Value {
  const known = store.get(key);
  if (known !== undefined) return known;
  const value = make();
  store.set(key, value);
  return value;
}
