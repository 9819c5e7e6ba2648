import { assert } from '../../../shared/result.ts';
import type { Book } from '../book.ts';
import { statement } from '../sql/connect.ts';
import { countText, currentRunText, namesRunText } from '../sql/table-statements.ts';
import { rowTextsDigest } from './digest.ts';
import { rangeOf, type PartitionKind } from './partitions.ts';
import { intactRows, knownDigests, vouchForRows } from './verify.ts';

/** One partition's names and current rows as JSON of their rows, in UTF-8: what its digest was taken over. */
export interface PartitionTexts {
  names: Uint8Array<ArrayBuffer>;
  rows: Uint8Array<ArrayBuffer>;
}

/**
 * All partitions of a kind that has one table, in order, as `intactRows` verifies them, without a value of JavaScript for
 * any row: whoever reads the texts reads what was signed. Throws BookDamaged.
 */
export function intactTexts(book: Book, kind: PartitionKind): PartitionTexts[] {
  const [table] = kind.current;
  assert(table !== undefined && kind.current.length === 1, `${kind.name} are rows of one table`);
  const known = knownDigests(book, kind);
  let read = 0;
  const texts = [...known].sort(([left], [right]) => left - right).map(([bucket, digests]): PartitionTexts => {
    const range = rangeOf(kind, [bucket, bucket]);
    assert(range !== null, `partitions of ${kind.name} are ranges of numbers`);
    const names = kind.names ? textOf(book, namesRunText(kind.names), range) : { count: 0, text: NONE };
    const rows = textOf(book, currentRunText(table), range);
    read += names.count + rows.count;
    const digest = rowTextsDigest([names.text, rows.text]);
    // SQLite may write a text in other characters than were signed, and mean the same.
    if (digest !== digests.rows) return asSigned(book, kind, bucket);
    vouchForRows(book, kind, bucket, digests, digest);
    return { names: names.text, rows: rows.text };
  });
  const all = [countText(table), ...(kind.names ? [countText(kind.names)] : [])].reduce((sum, text) => sum + (statement(book.db, text).get() as [number])[0], 0);
  // There are rows of a partition that nobody signed: it is named there.
  if (all !== read) intactRows(book, kind, null);
  return texts;
}

const NONE = new TextEncoder().encode('[]');

function textOf(book: Book, sql: string, range: readonly [number, number]): { count: number; text: Uint8Array<ArrayBuffer> } {
  const [count, text] = statement(book.db, sql).get(...range) as [number, Uint8Array];
  // Memory of its own, which can be handed to another thread.
  return { count, text: new Uint8Array(text) };
}

function asSigned(book: Book, kind: PartitionKind, bucket: number): PartitionTexts {
  const found = intactRows(book, kind, bucket).get(bucket);
  const json = (rows: unknown): Uint8Array<ArrayBuffer> => new TextEncoder().encode(JSON.stringify(rows));
  return { names: json(found?.names ?? []), rows: json(found?.current[0] ?? []) };
}
