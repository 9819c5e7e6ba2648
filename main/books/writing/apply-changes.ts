import type { AccountId, FactName, FactTypes } from '../../../shared/domain/facts.ts';
import { columnChange, type FactChange, type ImportPlan, type PlannedPositions } from '../../../shared/domain/import-plan.ts';
import type { InstrumentId, InstrumentKind } from '../../../shared/domain/instrument.ts';
import type { PositionColumns } from '../../../shared/domain/position-columns.ts';
import { assert } from '../../../shared/result.ts';
import type { IsoDate } from '../../../shared/time.ts';
import type { Book } from '../book.ts';
import { bucketOf, type PartitionKind } from '../digests/partitions.ts';
import { FACT_TABLES } from '../facts/fact-tables.ts';
import { toDraft, type Numbering } from '../facts/to-rows.ts';
import { keyText, sameValues, type Draft } from '../tables/versioned.ts';
import { withoutChecks } from '../sql/connect.ts';
import { bulkPositions, type BulkPositions } from './bulk-positions.ts';
import { ORDER_WITHIN_ACCOUNT, rowsByAccount, type AccountRows } from './by-account.ts';
import { changeRow } from './change-row.ts';
import type { Entry } from './entry.ts';
import { coveringOf, horizonsOf, type Horizons } from './horizons.ts';
import type { EntryNumbering } from './numbering.ts';
import { editOf } from './partition-edit.ts';

/** Told how far along an apply is, between rows. May throw to cancel: nothing is then left of it. */
export type Tick = (done: number, total: number) => void;

const ROWS_PER_TICK = 256;

/** Everything that taking in one change needs to know. */
interface Applying {
  book: Book;
  entry: Entry;
  number: EntryNumbering;
  horizons: Horizons;
  kindOf: (instrument: InstrumentId) => InstrumentKind | null;
  /** The day of a fact that is no longer in the file. */
  closedOn: (account: AccountId | null) => IsoDate;
  planDay: IsoDate;
}

const KINDS_OF_ACCOUNT: ReadonlySet<PartitionKind> = new Set(ORDER_WITHIN_ACCOUNT.map((name) => FACT_TABLES[name].kind));

/** Facts of no account. They come first, so that what a position covers is known. */
const MARKET: readonly FactName[] = ['instrument', 'mark', 'fx'];

/**
 * Takes in every change of a plan, first those of the market, then account by account, so that what belongs to an account
 * can be written, signed and forgotten before the next. Answers how many changes were news.
 */
export function applyChanges(book: Book, entry: Entry, plan: ImportPlan, number: EntryNumbering, tick: Tick | undefined): number {
  const backDated = new Set(plan.backDated.map(number.account));
  const scopeDays = new Map(plan.scopes.map(({ account, asOf }) => [account, asOf]));
  const applying: Applying = {
    book,
    entry,
    number,
    horizons: horizonsOf(book, (account) => backDated.has(account)),
    kindOf: instrumentKinds(entry, number),
    closedOn: (account) => (account === null ? plan.asOf : (scopeDays.get(account) ?? plan.asOf)),
    planDay: plan.asOf,
  };
  const total = plan.changes.length + (plan.columns?.rows.length ?? 0);
  let changed = 0;
  let done = 0;
  const takeIn = (change: FactChange): void => {
    if (done % ROWS_PER_TICK === 0) tick?.(done, total);
    done += 1;
    if (applyChange(applying, change)) changed += 1;
  };
  for (const name of MARKET) for (const change of plan.changes) if (change.fact === name) takeIn(change);
  const accounts = [...rowsByAccount(plan)];
  const { columns } = plan;
  const isBulk = ([account, rows]: (typeof accounts)[number]) => rows.to > rows.from && number.isNewAccount(number.account(account));
  const takeInAccount = ([account, rows]: (typeof accounts)[number]): void => {
    for (const change of rows.changes) takeIn(change);
    for (const kind of KINDS_OF_ACCOUNT) entry.finish(kind, number.account(account));
  };
  if (columns) {
    const positions = bulkPositions(book, columns.file, { sequence: entry.sequence, instrument: instrumentNumbers(applying, columns.file) });
    const bulk = accounts.filter(isBulk);
    withoutChecks(book.db, () => {
      for (const [account, rows] of bulk) {
        tick?.(done, total);
        changed += addPositions(applying, columns, account, rows, positions);
        done += rows.to - rows.from;
        takeInAccount([account, rows]);
      }
    });
  }
  for (const [account, rows] of accounts) {
    if (columns) {
      if (isBulk([account, rows])) continue;
      for (let at = rows.from; at < rows.to; at += 1) takeIn(columnChange(columns, columns.rows[at] as number));
    }
    takeInAccount([account, rows]);
  }
  tick?.(done, total);
  return changed;
}

/** All positions of an account of which the book held nothing, which makes every one of them a row as it is. */
function addPositions({ entry, number }: Applying, columns: PlannedPositions, account: AccountId, rows: AccountRows, positions: BulkPositions): number {
  assert(rows.changes.every(({ fact }) => fact !== 'position'), `the file lists all there is of ${account}`);
  const id = number.account(account);
  const edit = entry.partition(FACT_TABLES.position.kind, id);
  edit.bulk = positions(columns.rows.subarray(rows.from, rows.to), id);
  return rows.to - rows.from;
}

/**
 * The numbers of the instruments of a file's columns, each looked up once. The partitions of their terms belong to the
 * entry, as they do when positions are taken in one by one and it is asked what each covers.
 */
function instrumentNumbers({ entry, number }: Applying, { instruments }: PositionColumns): (place: number) => number {
  const known = new Int32Array(instruments.length);
  return (place) => {
    if (known[place] === 0) {
      const code = instruments[place] as string;
      const id = number.instrument(code);
      const { kind } = FACT_TABLES.instrument;
      entry.partition(kind, bucketOf(kind, id));
      known[place] = id;
    }
    return known[place] as number;
  };
}

function applyChange(applying: Applying, change: FactChange): boolean {
  const { book, entry, number } = applying;
  const fact = change.after ?? change.before;
  if (!fact) return false;
  const { table, kind } = FACT_TABLES[change.fact];
  const draft = (toDraft[change.fact] as (fact: FactTypes[FactName], number: Numbering) => Draft)(fact, number);
  const edit = entry.partition(kind, bucketOf(kind, draft.key[0] ?? null));
  const account = 'account' in fact ? fact.account : null;
  const covers = coveringOf(change.fact, fact, applying.kindOf);
  // Of an account that came with this entry no file has ever listed anything.
  const isUnheard = account === null || number.isNewAccount(number.account(account));
  const horizon = isUnheard ? null : applying.horizons(number.account(account), covers, dayOf(applying, change, draft));
  if (change.change === 'closed') return changeRow(book, entry, edit, table, { key: draft.key, endedOn: applying.closedOn(account) }, horizon);
  if (change.fact === 'instrument') {
    const current = editOf(edit, table).after.get(keyText(draft.key));
    if (current && sameValues(table, current, draft)) return false;
    if (current) draft.validFrom = applying.planDay;
  }
  return changeRow(book, entry, edit, table, { key: draft.key, draft }, horizon);
}

function dayOf(applying: Applying, change: FactChange, draft: Draft): IsoDate {
  if (change.change !== 'closed') return draft.validFrom;
  return applying.closedOn(change.before && 'account' in change.before ? change.before.account : null);
}

/** What kind each instrument is, by the terms the book holds now, the plan's own among them. */
function instrumentKinds(entry: Entry, number: Numbering): Applying['kindOf'] {
  const { table, kind } = FACT_TABLES.instrument;
  const kinds = new Map<InstrumentId, InstrumentKind | null>();
  return (instrument) => {
    const known = kinds.get(instrument);
    if (known !== undefined) return known;
    const id = number.instrument(instrument);
    const row = editOf(entry.partition(kind, bucketOf(kind, id)), table).after.get(keyText([id]));
    const found = row ? (JSON.parse(row[2] as string) as { kind: InstrumentKind }).kind : null;
    kinds.set(instrument, found);
    return found;
  };
}

