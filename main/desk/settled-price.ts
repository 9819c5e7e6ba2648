import type { InstrumentFact, MarkFact } from '../../shared/domain/facts.ts';
import type { InstrumentId } from '../../shared/domain/instrument.ts';
import type { DecimalText } from '../../shared/money.ts';
import type { IsoDate } from '../../shared/time.ts';
import type { Holdings } from './holdings.ts';
import type { Slices } from './rows/slices.ts';

const MARKS_A_SLICE = 1_024;

/** Adds the closes of futures among these marks: brokers pay gains and losses up to the close, into the cash they report. */
export function* findingCloses(marks: Iterable<MarkFact>, instruments: ReadonlyMap<InstrumentId, InstrumentFact>, closes: Map<InstrumentId, MarkFact>): Slices<void> {
  let looked = 0;
  for (const mark of marks) {
    if (mark.kind === 'close' && instruments.get(mark.instrument)?.terms.kind === 'future') closes.set(mark.instrument, mark);
    looked += 1;
    if (looked % MARKS_A_SLICE === 0) yield;
  }
}

/** The closes after one more mark: a price typed over a close leaves it, since that is what was paid. */
export function closesAfter({ closes, instruments }: Pick<Holdings, 'closes' | 'instruments'>, mark: MarkFact): ReadonlyMap<InstrumentId, MarkFact> {
  if (mark.kind !== 'close' || instruments.get(mark.instrument)?.terms.kind !== 'future') return closes;
  return new Map(closes).set(mark.instrument, mark);
}

/**
 * The price up to which a future reported on a day has been paid: the close that the cash of that day includes. Null
 * where the book does not have it, as when it only ever knew a typed price; undefined where there is no mark at all.
 */
export function settledPrice({ marks, closes }: Pick<Holdings, 'marks' | 'closes'>, instrument: InstrumentId, asOf: IsoDate): DecimalText | null | undefined {
  if (!marks.has(instrument)) return undefined;
  const close = closes.get(instrument);
  if (!close || close.asOf.slice(0, asOf.length) > asOf) return null;
  return close.value;
}
