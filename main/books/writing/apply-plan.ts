import { accountsOfPlan, countChanges, type ImportPlan } from '../../../shared/domain/import-plan.ts';
import { fail, succeed, type Result } from '../../../shared/result.ts';
import { transactionBehind, WriterGone } from '../behind/write-behind.ts';
import type { Book } from '../book.ts';
import { digestOfBytes } from '../digests/digest.ts';
import { PARTITION_KINDS } from '../digests/partitions.ts';
import type { Numbering } from '../facts/to-rows.ts';
import { statement, withLargeCache, withoutChecks, withoutReferenceChecks } from '../sql/connect.ts';
import { IMPORT_SQL } from '../sql/import-statements.ts';
import { importScopeTable, importTable } from '../tables/record-tables.ts';
import { applyChanges, type Tick } from './apply-changes.ts';
import type { Authorship } from './authorship.ts';
import { writeEntry, type Entry, type Transaction } from './entry.ts';
import { coverings, type Covers } from './horizons.ts';
import { numbering } from './numbering.ts';
import { appendRecord } from './partition-edit.ts';
import { keepSourceFile } from './source-file.ts';

/** From so many changes on, having SQLite check for each what is so by how it was made costs more than it is worth. */
const BULK_ROWS = 10_000;
/** From so many on, another thread writes what this one makes: it takes some hundredths of a second to be there. */
const BEHIND_ROWS = 100_000;

/**
 * Writes an accepted plan as one transaction and one journal entry. What the plan says is compared with the book as it
 * stands, not as it stood when the plan was made. Applying a file that the book holds already changes nothing. `packed`
 * answers what `packFile` makes of the bytes, where that is being done elsewhere; it is asked last.
 */
export function applyPlan(
  book: Book,
  plan: ImportPlan,
  bytes: Uint8Array,
  authorship: Authorship,
  tick?: Tick,
  packed?: () => Uint8Array | undefined,
  behindFrom = BEHIND_ROWS,
): Result<{ sequence: number; changes: number }> {
  if (digestOfBytes(bytes) !== plan.file.sha256) {
    return fail({ code: 'file-changed', message: 'The file is not the one the plan was made from.', at: plan.file.name, fix: 'Plan it again.' });
  }
  const rows = plan.columns === undefined ? 0 : plan.changes.length + plan.columns.rows.length;
  const isBehind = plan.columns !== undefined && rows >= behindFrom;
  const isBulk = isBehind || rows >= BULK_ROWS;
  const write = (begin?: typeof transactionBehind) => writePlan(book, plan, bytes, authorship, tick, packed, isBulk, begin);
  const writeHere = () => (isBulk ? withLargeCache(book.db, () => withoutReferenceChecks(book.db, () => withoutChecks(book.db, write))) : write());
  const written = isBehind ? orHere(() => write(transactionBehind), writeHere) : writeHere();
  return written.ok ? succeed({ sequence: written.value.sequence, changes: written.value.value }) : written;
}

/** A machine with too little room for another thread writes with this one. */
function orHere<T>(behind: () => T, here: () => T): T {
  try {
    return behind();
  } catch (error) {
    if (!(error instanceof WriterGone)) throw error;
    console.error(`Plimsoll: ${error.message} The import is written without it.`);
    return here();
  }
}

function writePlan(book: Book, plan: ImportPlan, bytes: Uint8Array, authorship: Authorship, tick: Tick | undefined, packed: (() => Uint8Array | undefined) | undefined, isBulk: boolean, begin?: (book: Book) => Transaction): Result<{ sequence: number; value: number }> {
  return writeEntry(book, authorship, (entry) => {
    const number = numbering(book, entry, isBulk);
    const changes = applyChanges(book, entry, plan, number, tick);
    const isNews = changes > 0 || !isKnownFile(book, plan.file.sha256);
    if (!isNews) return { value: 0, entry: null };
    keepSourceFile(book, entry.writes, plan.file.sha256, bytes, packed);
    recordImport(entry, plan, number);
    number.settle();
    const { name, sha256 } = plan.file;
    return {
      value: changes,
      entry: {
        action: 'import',
        reason: `Imported ${name} (${plan.format}) as of ${plan.asOf}`,
        detail: { file: name, sha256, format: plan.format, asOf: plan.asOf, changes },
      },
    };
  }, begin);
}

function isKnownFile(book: Book, sha256: string): boolean {
  return statement(book.db, IMPORT_SQL.isKnown).get(sha256) !== undefined;
}

/** The line in the list of imports, and what the file claimed to list in full. */
function recordImport(entry: Entry, plan: ImportPlan, number: Numbering): void {
  const edit = entry.partition(PARTITION_KINDS.imports, 0);
  appendRecord(edit, importTable, [
    entry.sequence,
    plan.file.name,
    plan.file.sha256,
    plan.format,
    plan.asOf,
    plan.asOfSource,
    accountsOfPlan(plan).size,
    countChanges(plan, 'new'),
    countChanges(plan, 'changed'),
    countChanges(plan, 'closed'),
    plan.unchanged,
    plan.rejected.length,
    plan.skipped.length,
    JSON.stringify(plan.notes),
    JSON.stringify(plan.rejected),
    JSON.stringify(plan.skipped),
  ]);
  const claimed = new Map<string, readonly Covers[]>();
  for (const scope of plan.scopes) {
    const { account, asOf } = scope;
    const known = claimed.get(`${account} ${asOf}`) ?? [];
    const more = [...new Set(coverings(scope))].filter((covers) => !known.includes(covers));
    claimed.set(`${account} ${asOf}`, [...known, ...more]);
    for (const covers of more) appendRecord(edit, importScopeTable, [number.account(account), covers, asOf, entry.sequence]);
  }
}
