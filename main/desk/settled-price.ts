import type { InstrumentFact, MarkFact } from '../../shared/domain/facts.ts';
import type { InstrumentId } from '../../shared/domain/instrument.ts';
import type { DecimalText } from '../../shared/money.ts';
import type { IsoDate } from '../../shared/time.ts';
import type { Holdings } from './holdings.ts';

/** The closes of futures among these marks: brokers pay gains and losses up to the close, into the cash they report. */
export function futuresCloses(marks: Iterable<MarkFact>, instruments: ReadonlyMap<InstrumentId, InstrumentFact>): Map<InstrumentId, MarkFact> {
  const closes = new Map<InstrumentId, MarkFact>();
  for (const mark of marks) if (mark.kind === 'close' && instruments.get(mark.instrument)?.terms.kind === 'future') closes.set(mark.instrument, mark);
  return closes;
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
