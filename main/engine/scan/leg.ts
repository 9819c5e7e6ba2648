import type { SubType } from '../../../shared/domain/facts.ts';
import type { Instrument, InstrumentId } from '../../../shared/domain/instrument.ts';
import { Decimal } from '../../../shared/money.ts';
import { input, product, rounded, type Figure } from '../figure/figure.ts';
import { scaled, timesRow, type Row } from './whole-numbers.ts';

/** What one unit of an instrument gains or loses in each scenario. Made once for each instrument, whoever holds it. */
export interface UnitArray {
  /** Gains in whole steps of 10^−places. */
  row: Row;
  places: number;
  /** Figures whose product is the gain of one unit in a scenario. */
  factors: (scenario: number) => readonly [Figure, ...Figure[]];
  /** True when the gain is of a whole contract: the contract's multiplier is in it. */
  perContract: boolean;
  /** Weighted average of the deltas of one contract; null where it is not known. */
  compositeDelta: Decimal | null;
  /** Why a short position's figures must not be relied on; left out where they may be. */
  problemWhenShort?: string;
}

/** A holding as the scan sees it: an array, and how many times it counts. */
export interface ScanLeg {
  instrument: InstrumentId;
  subType: SubType;
  terms: Instrument;
  quantity: Decimal;
  price: Figure | null;
  multiplier: Figure;
  /** Signed value in the pool's currency; of a future what the next settlement pays. */
  value: Figure;
  localValue: Decimal | null;
  conversion: readonly Figure[];
  array: UnitArray;
}

/** Where a pool rounds: to a number of places, or nowhere in the reference lane, where `places` only says how finely rows are counted. */
export interface Counting {
  places: number;
  rounds: boolean;
}

/** Figures that the unit's gain is multiplied with: the quantity, the multiplier where it is not in the array, exchange rates. */
function countFigures({ instrument, terms, quantity, multiplier, conversion, array }: ScanLeg): [Figure, ...Figure[]] {
  const count = input(quantity, terms.kind === 'equity' || terms.kind === 'etf' || terms.kind === 'warrant' ? 'shares' : 'contracts', { label: () => `Quantity of ${instrument}`, source: 'position', subject: { instrument } });
  return [count, ...(array.perContract || multiplier.amount.eq(1) ? [] : [multiplier]), ...conversion];
}

function countOf({ quantity, multiplier, conversion, array }: ScanLeg): Decimal {
  return [...(array.perContract ? [] : [multiplier.amount]), ...conversion.map(({ amount }) => amount)].reduce((total, factor) => total.times(factor), quantity);
}

/** Gains that are no longer written as an amount: fifteen whole digits, as everywhere in the engine. */
const GAIN_MAX = 1e15;
/** Decimals beyond which an exact amount would not fit its text. */
const PLACES_MAX = 30;

/** True when a gain of the leg would be too long to be written: its array is then no use. */
export function isTooLong(leg: ScanLeg): boolean {
  const count = countOf(leg);
  const scale = 10 ** leg.array.places;
  const most = Array.from(leg.array.row as ArrayLike<number | bigint>).reduce<number>((largest, value) => Math.max(largest, Math.abs(Number(value)) / scale), 0);
  return most * Number(count.abs().toFixed()) >= GAIN_MAX || scaled(count).places + leg.array.places > PLACES_MAX;
}

/** Places that a share of a gain may add: shares of the rule packs have at most six. */
const SHARE_PLACES = 6;

/** The steps in which a pool counts its gains: its money quantum, or, in the reference lane, the finest that any of its legs needs. */
export function countingOf(quantum: string, finest: () => number): Counting {
  return quantum === 'none' ? { places: finest() + SHARE_PLACES, rounds: false } : { places: new Decimal(quantum).decimalPlaces(), rounds: true };
}

/** The places that legs' gains have, nothing rounded. */
export function finestPlaces(legs: readonly ScanLeg[]): number {
  return legs.reduce((most, leg) => Math.max(most, scaled(countOf(leg)).places + leg.array.places), 0);
}

// Most legs of a group are what they were when another one is edited.
const rows = new WeakMap<ScanLeg, { places: number; row: Row }>();

/** The leg's gains in the pool's currency, rounded once for each scenario. */
export function legRow(leg: ScanLeg, { places }: Counting): Row {
  const known = rows.get(leg);
  if (known?.places === places) return known.row;
  const row = timesRow(scaled(countOf(leg)), leg.array.row, leg.array.places, places);
  rows.set(leg, { places, row });
  return row;
}

/** The same gain in one scenario as a tree. */
export function legFigure(leg: ScanLeg, scenario: number, currency: string, { places, rounds }: Counting): Figure {
  const { instrument } = leg;
  const [first, ...others] = countFigures(leg);
  const gain = product(currency, [first, ...others, ...leg.array.factors(scenario)], { label: () => `Gain on ${instrument}`, subject: { instrument } });
  return rounds ? rounded(gain, { name: 'half-even', places }) : gain;
}
