import type { AccountId } from '../../shared/domain/facts.ts';
import { TABLE_FIELDS } from '../../shared/packed-rows/tables.ts';
import type { AccountRow, BookInfo, QueueRow } from '../../shared/views.ts';
import { fromJsonSection, jsonSection } from '../books/snapshot/snapshot-file.ts';
import { ENGINE_VERSION } from '../engine/margin.ts';
import { shippedVersions } from '../engine/packs/shelf.ts';
import { bookInfo, emptyLists, type DeskState } from './desk-state.ts';
import type { Listed } from './list-handlers.ts';
import { settingRows } from './rows/row-table.ts';
import type { Slices } from './rows/slices.ts';
import type { AccountSummary } from './summary.ts';

/**
 * What a desk leaves beside its book, so that the next start shows its lists before it has read and computed anything: the
 * rows of both, and the summaries that they and the calls come from. All of it is computed anew soon after.
 */
export type Sections = Readonly<Record<string, Uint8Array>>;

/** What a snapshot is written under: engine, rule packs and the fields of rows. Where any of it differs, it says nothing. */
export function snapshotVersion(): string {
  return JSON.stringify([ENGINE_VERSION, shippedVersions(), TABLE_FIELDS]);
}

/** Rows are written and read so many at a time: a few milliseconds each. */
const ROWS_A_SECTION = 500;

/** The state's lists as sections, made in slices. */
export function* sectionsOf(state: DeskState): Slices<Sections> {
  const { accountRows, queue, summaries } = state;
  const sections: Record<string, Uint8Array> = { info: jsonSection(bookInfo(state)) };
  for (const [name, all] of Object.entries({ accounts: [...accountRows.values()], queue, summaries: [...summaries] })) {
    const rows: readonly unknown[] = all;
    for (let start = 0; start < rows.length; start += ROWS_A_SECTION) {
      sections[`${name} ${start}`] = jsonSection(rows.slice(start, start + ROWS_A_SECTION));
      yield;
    }
  }
  return sections;
}

/** The lists of a snapshot, as whoever opened the book now may see them. */
export function* listedIn(sections: Sections, { name, readOnly, heldBy }: Pick<BookInfo, 'name' | 'readOnly' | 'heldBy'>): Slices<Listed> {
  const lists = emptyLists();
  const info = { ...(fromJsonSection(sections['info'] ?? jsonSection(null)) as BookInfo), name, readOnly, heldBy };
  const queue = (yield* rowsIn(sections, 'queue')) as QueueRow[];
  (yield* settingRows(lists.queue, queue))();
  (yield* settingRows(lists.accounts, (yield* rowsIn(sections, 'accounts')) as AccountRow[]))();
  return { info, queue, lists };
}

export function* summariesIn(sections: Sections): Slices<Map<AccountId, AccountSummary>> {
  return new Map((yield* rowsIn(sections, 'summaries')) as [AccountId, AccountSummary][]);
}

function* rowsIn(sections: Sections, name: string): Slices<unknown[]> {
  const rows: unknown[] = [];
  for (let section = sections[`${name} 0`]; section; section = sections[`${name} ${rows.length}`]) {
    for (const row of fromJsonSection(section) as unknown[]) rows.push(row);
    yield;
  }
  return rows;
}
