import type { AccountId, FactName, FactTypes } from '../../../shared/domain/facts.ts';
import type { FactChange, ImportPlan } from '../../../shared/domain/import-plan.ts';
import type { InstrumentId, InstrumentKind } from '../../../shared/domain/instrument.ts';
import { fail, succeed, type Result } from '../../../shared/result.ts';
import type { IsoDate } from '../../../shared/time.ts';
import type { Book } from '../book.ts';
import { digestOfBytes } from '../digests/digest.ts';
import { bucketOf, PARTITION_KINDS } from '../digests/partitions.ts';
import { FACT_TABLES } from '../facts/fact-tables.ts';
import { toDraft, type Numbering } from '../facts/to-rows.ts';
import { statement } from '../sql/connect.ts';
import { IMPORT_SQL } from '../sql/import-statements.ts';
import { importScopeTable, importTable } from '../tables/record-tables.ts';
import { keyText, sameValues, type Draft } from '../tables/versioned.ts';
import type { Authorship } from './authorship.ts';
import { changeRow } from './change-row.ts';
import { writeEntry, type Entry } from './entry.ts';
import { coveringOf, coverings, horizonsOf, type Horizons } from './horizons.ts';
import { numbering } from './numbering.ts';
import { appendRecord, editOf } from './partition-edit.ts';
import { keepSourceFile } from './source-file.ts';

/** Told how far along an apply is, between rows. May throw to cancel: nothing is then left of it. */
export type Tick = (done: number, total: number) => void;

const ROWS_PER_TICK = 256;

/**
 * Writes an accepted plan as one transaction and one journal entry. What the plan says is compared with the book as it
 * stands, not as it stood when the plan was made. Applying a file that the book holds already changes nothing.
 */
export function applyPlan(
  book: Book,
  plan: ImportPlan,
  bytes: Uint8Array,
  authorship: Authorship,
  tick?: Tick,
): Result<{ sequence: number; changes: number }> {
  if (digestOfBytes(bytes) !== plan.file.sha256) {
    return fail({ code: 'file-changed', message: 'The file is not the one the plan was made from.', at: plan.file.name, fix: 'Plan it again.' });
  }
  const written = writeEntry(book, authorship, (entry) => {
    const changes = applyChanges(book, entry, plan, tick);
    const isNews = changes > 0 || !isKnownFile(book, plan.file.sha256);
    if (!isNews) return { value: 0, entry: null };
    keepSourceFile(book, plan.file.sha256, bytes);
    recordImport(book, entry, plan);
    const { name, sha256 } = plan.file;
    return {
      value: changes,
      entry: {
        action: 'import',
        reason: `Imported ${name} (${plan.format}) as of ${plan.asOf}`,
        detail: { file: name, sha256, format: plan.format, asOf: plan.asOf, changes },
      },
    };
  });
  return written.ok ? succeed({ sequence: written.value.sequence, changes: written.value.value }) : written;
}

/** Everything that taking in one change needs to know. */
interface Applying {
  book: Book;
  entry: Entry;
  number: Numbering;
  horizons: Horizons;
  kindOf: (instrument: InstrumentId) => InstrumentKind | null;
  /** The day of a fact that is no longer in the file. */
  closedOn: (account: AccountId | null) => IsoDate;
  planDay: IsoDate;
}

/** Instruments first, so that what a position covers is known; accounts last, so that their latest day is still the old one. */
const ORDER: readonly FactName[] = ['instrument', 'mark', 'fx', 'position', 'cash', 'activity', 'brokerFigure', 'exclusion', 'account'];

function applyChanges(book: Book, entry: Entry, plan: ImportPlan, tick: Tick | undefined): number {
  const number = numbering(book, entry);
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
  let changed = 0;
  let done = 0;
  for (const name of ORDER) {
    for (const change of plan.changes) {
      if (change.fact !== name) continue;
      if (done % ROWS_PER_TICK === 0) tick?.(done, plan.changes.length);
      done += 1;
      if (applyChange(applying, change)) changed += 1;
    }
  }
  tick?.(done, plan.changes.length);
  return changed;
}

function applyChange(applying: Applying, change: FactChange): boolean {
  const { book, entry, number } = applying;
  const fact = change.after ?? change.before;
  if (!fact) return false;
  const { table, kind } = FACT_TABLES[change.fact];
  const draft = (toDraft[change.fact] as (fact: FactTypes[FactName], number: Numbering) => Draft)(fact, number);
  const edit = entry.partition(kind, bucketOf(kind, draft.key[0] ?? null));
  const account = 'account' in fact ? fact.account : null;
  const horizon = account === null ? null : applying.horizons(number.account(account), coveringOf(change.fact, fact, applying.kindOf), dayOf(applying, change, draft));
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

function isKnownFile(book: Book, sha256: string): boolean {
  return statement(book.db, IMPORT_SQL.isKnown).get(sha256) !== undefined;
}

/** The line in the list of imports, and what the file claimed to list in full. */
function recordImport(book: Book, entry: Entry, plan: ImportPlan): void {
  const edit = entry.partition(PARTITION_KINDS.imports, 0);
  const count = (kind: FactChange['change']) => plan.changes.filter(({ change }) => change === kind).length;
  appendRecord(edit, importTable, [
    entry.sequence,
    plan.file.name,
    plan.file.sha256,
    plan.format,
    plan.asOf,
    plan.asOfSource,
    accountsOf(plan).size,
    count('new'),
    count('changed'),
    count('closed'),
    plan.unchanged,
    plan.rejected.length,
    plan.skipped.length,
    JSON.stringify(plan.notes),
    JSON.stringify(plan.rejected),
    JSON.stringify(plan.skipped),
  ]);
  const number = numbering(book, entry);
  const claims = new Map(
    plan.scopes.flatMap((scope) => coverings(scope).map((covers) => [`${scope.account} ${covers} ${scope.asOf}`, { ...scope, covers }])),
  );
  for (const { account, covers, asOf } of claims.values()) {
    appendRecord(edit, importScopeTable, [number.account(account), covers, asOf, entry.sequence]);
  }
}

function accountsOf(plan: ImportPlan): Set<AccountId> {
  const accounts = new Set(plan.scopes.map(({ account }) => account));
  for (const { before, after } of plan.changes) {
    const fact = after ?? before;
    if (fact && 'account' in fact) accounts.add(fact.account);
  }
  return accounts;
}
