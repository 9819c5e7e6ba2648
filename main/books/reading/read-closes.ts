import type { MarkFact } from '../../../shared/domain/facts.ts';
import type { InstrumentId } from '../../../shared/domain/instrument.ts';
import type { Book } from '../book.ts';
import { bucketOf, PARTITION_KINDS } from '../digests/partitions.ts';
import { ensureHistory } from '../digests/verify.ts';
import { findId } from '../facts/ids.ts';
import { statement } from '../sql/connect.ts';
import { snapshot } from './snapshot.ts';

export const CLOSE_SQL = {
  futuresNotAtClose:
    'SELECT code FROM mark CROSS JOIN instrument_fact USING (ended, instrument_id) JOIN instrument ON instrument.id = instrument_id ' +
    "WHERE mark.ended = 0 AND mark.kind <> 'close' AND instrument_fact.kind = 'future' ORDER BY instrument_id",
  lastClose:
    "SELECT value, bid, ask, valid_from, source FROM mark WHERE ended > 0 AND instrument_id = ? AND kind = 'close' ORDER BY valid_from DESC, sequence_from DESC LIMIT 1",
} as const;

/**
 * The last close of each of these instruments that something else has since been put over, a price typed by a person,
 * say. The one of a day that was replaced on that very day counts: it was the close all the same. Throws BookDamaged.
 */
export function readReplacedCloses(book: Book, instruments: readonly InstrumentId[]): MarkFact[] {
  return snapshot(book, () =>
    instruments.flatMap((instrument): MarkFact[] => {
      const id = findId(book.db, 'instrument', instrument);
      if (id === null) return [];
      ensureHistory(book, PARTITION_KINDS.marks, bucketOf(PARTITION_KINDS.marks, id));
      const row = statement(book.db, CLOSE_SQL.lastClose).get(id) as [string, string | null, string | null, string, string] | undefined;
      if (!row) return [];
      const [value, bid, ask, asOf, source] = row;
      return [{ instrument, value, bid, ask, kind: 'close', asOf, source }];
    }),
  );
}

/** Futures whose mark is no close now. Not verified: `readMarket` verifies both tables. */
export function readFuturesNotAtClose(book: Book): InstrumentId[] {
  return (statement(book.db, CLOSE_SQL.futuresNotAtClose).all() as [InstrumentId][]).map(([code]) => code);
}
