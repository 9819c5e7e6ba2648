import type { Book } from '../book.ts';
import { rowsOf, pastOfKeyText } from '../sql/table-statements.ts';
import type { Row, SqlValue } from '../tables/bind.ts';
import { currentRow, keyOf, keyText, sameValues, type Draft, type VersionedTable } from '../tables/versioned.ts';
import type { Entry } from './entry.ts';
import { editOf, replaceInHistory, type PartitionEdit } from './partition-edit.ts';
import { learn, type Span } from './timeline.ts';

/** A span we hold, with the row that says so. */
interface Held extends Span {
  row: Row;
}

function heldSpan(table: VersionedTable, row: Row): Held {
  return { from: row[table.validFrom] as string, to: row[table.validTo] as string | null, row };
}

/** Past rows of a key that we still hold to be true: those in the database and those this entry has just added. */
function heldPast(book: Book, edit: PartitionEdit, table: VersionedTable, key: Row): Held[] {
  const text = keyText(key);
  const { past, withdrawn } = editOf(edit, table);
  const added = past.filter((row) => row[table.sequenceTo] === null && keyText(keyOf(table, row)) === text);
  const known = rowsOf(book.db, pastOfKeyText(table), ...(key as (string | number)[])).filter((row) => !withdrawn.has(row[0] as SqlValue));
  return [...known, ...added].map((row) => heldSpan(table, row));
}

/** Adds a row for a span: as current when it is open-ended, as past when it is over. */
function place(entry: Entry, edit: PartitionEdit, table: VersionedTable, draft: Draft, span: Span): void {
  const row = currentRow({ ...draft, validFrom: span.from }, entry.sequence);
  const rows = editOf(edit, table);
  const key = keyText(draft.key);
  if (span.to === null) {
    rows.after.set(key, row);
    rows.touched.add(key);
    return;
  }
  row[0] = entry.nextEnded();
  row[table.validTo] = span.to;
  rows.past.push(row);
}

/** Ends the sequence range of a row: from this entry on we no longer hold it to have been so. */
function withdraw(entry: Entry, edit: PartitionEdit, table: VersionedTable, row: Row): void {
  const rows = editOf(edit, table);
  const key = keyOf(table, row);
  const isCurrent = row[0] === 0;
  if (isCurrent) {
    rows.after.delete(keyText(key));
    rows.touched.add(keyText(key));
  }
  if (row[table.sequenceFrom] === entry.sequence) {
    // Said and unsaid within one entry: nobody ever saw it.
    if (!isCurrent) rows.past.splice(rows.past.indexOf(row), 1);
    return;
  }
  const after = [...row];
  after[table.sequenceTo] = entry.sequence;
  if (isCurrent) {
    after[0] = entry.nextEnded();
    rows.past.push(after);
    return;
  }
  entry.writes.withdraw(table, row, entry.sequence);
  rows.withdrawn.add(row[0] as SqlValue);
  replaceInHistory(edit, table, row, after);
}

function draftOf(table: VersionedTable, row: Row): Draft {
  return { key: keyOf(table, row), values: row.slice(1 + table.keyLength, table.validFrom), validFrom: row[table.validFrom] as string };
}

/** What is being learned: the fact itself, or that it had ended by a day. */
export type News = { key: Row; draft: Draft } | { key: Row; endedOn: string };

/**
 * Takes one piece of news into the book, in both time axes. `horizon` is the first later day about which the book knows
 * better (see `learn`); `isBehind` where it may know something of later days. False when the book held exactly this already.
 */
export function changeRow(book: Book, entry: Entry, edit: PartitionEdit, table: VersionedTable, news: News, horizon: string | null, isBehind = false): boolean {
  const current = editOf(edit, table).after.get(keyText(news.key)) ?? null;
  const draft = 'draft' in news ? news.draft : null;
  if (table.succession === 'event') return correctEvent(entry, edit, table, current, draft);

  const from = 'draft' in news ? news.draft.validFrom : news.endedOn;
  const held = current ? [heldSpan(table, current)] : [];
  // Only news from before the current row, or of a day behind what is known, can meet the past; all else need not look for it.
  if (isBehind || (current && from < (current[table.validFrom] as string))) held.push(...heldPast(book, edit, table, news.key));

  const sameAs = (span: Held) => draft !== null && sameValues(table, span.row, draft);
  const rewrite = learn(held, { from, present: draft !== null, sameAs }, horizon);
  if (!rewrite) return false;
  if (rewrite.ended) {
    const old = draftOf(table, rewrite.ended.row);
    withdraw(entry, edit, table, rewrite.ended.row);
    for (const span of rewrite.kept) place(entry, edit, table, old, span);
  }
  if (rewrite.begun && draft) place(entry, edit, table, draft, rewrite.begun);
  return true;
}

/** Events are corrected, never outlived: the new version takes the old one's place whatever its day. */
function correctEvent(entry: Entry, edit: PartitionEdit, table: VersionedTable, current: Row | null, draft: Draft | null): boolean {
  if (!current && !draft) return false;
  if (current && draft && sameValues(table, current, draft) && current[table.validFrom] === draft.validFrom) return false;
  if (current) withdraw(entry, edit, table, current);
  if (draft) place(entry, edit, table, draft, { from: draft.validFrom, to: null });
  return true;
}
