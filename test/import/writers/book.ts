import * as fc from 'fast-check';
import type { ReadFile } from '../../../shared/domain/import-plan.ts';
import { Decimal, toDecimalText } from '../../../shared/money.ts';
import { anOption, type WrittenOption } from './option-spellings.ts';

/** One holding of a random book: a stock, or an option when `option` is there. */
export interface WrittenHolding {
  id: string;
  option: WrittenOption | null;
  quantity: string;
  price: string | null;
}

/** A random account on a day, as every writer here can write it. */
export interface WrittenBook {
  account: string;
  day: string;
  cash: string;
  holdings: WrittenHolding[];
}

const cents = (min: number, max: number): fc.Arbitrary<string> => fc.integer({ min, max }).map((value) => toDecimalText(new Decimal(value).div(100)));
const stocks = fc.constantFrom('AAPL', 'MSFT', 'F', 'GE', 'NVRA', 'BRK.B', 'SPY', 'TSLA', 'ZVZZT');
const quantities = fc.integer({ min: -5_000, max: 5_000 }).filter((quantity) => quantity !== 0).map(String);
// A price of nothing to a cent would leave a broker's file without a value that shows the contract size.
const prices = fc.option(cents(1, 99_999), { nil: null, freq: 8 });

const holding: fc.Arbitrary<WrittenHolding> = fc.oneof(
  fc.record({ symbol: stocks, quantity: quantities, price: prices }).map(({ symbol, quantity, price }) => ({ id: symbol, option: null, quantity, price })),
  fc.record({ option: anOption, quantity: quantities, price: prices }).map(({ option, quantity, price }) => ({ id: option.id, option, quantity, price })),
);

export const aBook: fc.Arbitrary<WrittenBook> = fc.record({
  account: fc.integer({ min: 1, max: 99 }).map((number) => `U${String(number).padStart(7, '0')}`),
  day: fc.integer({ min: 0, max: 300 }).map((offset) => new Date(Date.UTC(2026, 0, 5 + offset)).toISOString().slice(0, 10)),
  cash: cents(-9_999_999_99, 9_999_999_99),
  holdings: fc.uniqueArray(holding, { maxLength: 12, selector: ({ id }) => id }),
});

/** Market value of a holding as a broker would print it: an adjusted contract here stands for 150. */
export function valueOf({ option, quantity, price }: WrittenHolding): string | null {
  if (price === null) return null;
  const size = option === null ? 1 : /\d$/.test(option.root) ? 150 : 100;
  return new Decimal(quantity).times(price).times(size).toFixed(2);
}

/** What a reader must have found, in a form that can be compared. */
export interface Gist {
  positions: [string, string][];
  marks: [string, string][];
  cash: string[];
  adjusted: string[];
  asOf: string;
}

const byName = <T extends [string, string]>(pairs: T[]): T[] => pairs.toSorted(([a], [b]) => (a < b ? -1 : 1));

export function gistOfBook({ day, cash, holdings }: WrittenBook): Gist {
  return {
    positions: byName(holdings.map(({ id, quantity }) => [id, quantity])),
    marks: byName(holdings.flatMap(({ id, price }): [string, string][] => (price === null ? [] : [[id, price]]))),
    cash: [cash],
    adjusted: holdings.flatMap(({ id, option }) => (option && /\d$/.test(option.root) ? [id] : [])).toSorted(),
    asOf: day,
  };
}

export function gistOfFile({ asOf, facts }: ReadFile): Gist {
  return {
    positions: byName(facts.position.map(({ instrument, quantity }) => [instrument, quantity])),
    marks: byName(facts.mark.map(({ instrument, value }) => [instrument, value])),
    cash: facts.cash.map(({ amount }) => amount),
    adjusted: facts.instrument.flatMap(({ id, terms }) => (terms.kind === 'option' && terms.adjusted && terms.multiplier === null ? [id] : [])).toSorted(),
    asOf,
  };
}
