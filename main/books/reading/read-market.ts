import type { FxFact } from '../../../shared/domain/facts.ts';
import type { Book } from '../book.ts';
import { PARTITION_KINDS } from '../digests/partitions.ts';
import { intactTexts } from '../digests/verify-texts.ts';
import type { MarketTexts } from './market-texts.ts';
import { currentRows, factsOf } from './read-facts.ts';
import { snapshot } from './snapshot.ts';

/**
 * What all accounts of a book share: instruments and marks as the texts that their digests were taken over, which
 * `market-texts.ts` reads on any thread, and exchange rates. Throws BookDamaged.
 */
export function readMarket(book: Book): MarketTexts & { fx: FxFact[] } {
  return snapshot(book, () => ({
    instruments: intactTexts(book, PARTITION_KINDS.instruments),
    marks: intactTexts(book, PARTITION_KINDS.marks).map(({ rows }) => rows),
    fx: factsOf(book, currentRows(book, null, [PARTITION_KINDS.exchangeRates])).fx,
  }));
}
