import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeBook, openBook } from '../../../main/books/open.ts';
import { applyPlan } from '../../../main/books/writing/apply-plan.ts';
import { readColumns } from '../../../main/import/columns/read-columns.ts';
import { planImport } from '../../../main/import/plan.ts';
import type { AccountFact, InstrumentFact, Regime } from '../../../shared/domain/facts.ts';
import type { ReadFile } from '../../../shared/domain/import-plan.ts';
import { faultLine, type Result } from '../../../shared/result.ts';
import { accountName, type BookM } from './book.ts';
import { PROFILE_M, writePositionFile } from './files.ts';
import { ACCOUNT_KINDS, type AccountKind } from './sizes.ts';
import { FUTURE } from './universe.ts';

/** What a broker's file can say of each kind of account: venues and loans are accounts of calc packs, not of books. */
const REGIME_OF: Record<AccountKind, Regime> = { scan: 'portfolio', strategy: 'regT', bracket: 'regT', lending: 'cash', fixed: 'regT' };

/** A product whose margin a contract the shipped packs know: those of a book's futures come from there. */
const FUTURE_TERMS = { underlying: 'MES', multiplier: '5' };

/** Book M as a desk's book file: read from its own CSV, with the regimes of its accounts and futures of a known product. */
export function writeBookFile(path: string, book: BookM): void {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-book-m-'));
  try {
    const csv = join(folder, 'positions.csv');
    writePositionFile(csv, book);
    const bytes = readFileSync(csv);
    const read = readColumns({ name: 'positions.csv', bytes }, { profile: PROFILE_M, profiles: [] });
    if (!read) throw new Error('the file is read into columns');
    const opened = must(openBook(path, { user: 'bench', program: 'Plimsoll bench', now: () => '2026-11-20T22:00:00Z', create: true }));
    const file = { name: 'positions.csv', sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length };
    must(applyPlan(opened, planImport(asStated(read, book), { ...read.facts, account: [], instrument: [], cash: [], mark: [], fx: [] }, file), bytes, { by: 'bench', at: '2026-11-20T22:00:00Z' }));
    closeBook(opened);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The same book with its first accounts alone; the first two are the largest of their kinds. */
export function firstAccounts(book: BookM, accounts: number): BookM {
  const { account, instrument, quantity, start } = book.positions;
  const count = start[accounts] ?? 0;
  return { ...book, accounts, positions: { count, start: start.slice(0, accounts + 1), account: account.slice(0, count), instrument: instrument.slice(0, count), quantity: quantity.slice(0, count) } };
}

/** The file as a source that knows more would state it: the regime of each account, and what its futures are. */
function asStated(read: ReadFile, { accounts, sizes, universe }: BookM): ReadFile {
  const regimes = new Map(Array.from({ length: accounts }, (_, at) => [accountName(at), REGIME_OF[ACCOUNT_KINDS[sizes.kind[at] as number] as AccountKind]]));
  const places = new Map(universe.id.map((id, at) => [id, at]));
  const account = read.facts.account.map((fact): AccountFact => ({ ...fact, regime: regimes.get(fact.account) ?? 'regT', regimeSource: 'book M' }));
  const instrument = read.facts.instrument.map((fact): InstrumentFact => {
    const at = places.get(fact.id);
    return at === undefined || universe.kind[at] !== FUTURE ? fact : { ...fact, terms: { ...fact.terms, ...FUTURE_TERMS } };
  });
  return { ...read, facts: { ...read.facts, account, instrument } };
}

/** A file of the evening's changes: the first accounts of the book, one more of everything they hold, and no futures any more. */
export function writeChanges(path: string, book: BookM, accounts: number): void {
  const { universe, positions } = book;
  const kept = Array.from({ length: positions.start[accounts] ?? 0 }, (_, at) => at).filter((at) => universe.kind[positions.instrument[at] as number] !== FUTURE);
  const column = (values: Int32Array, more = 0): Int32Array => Int32Array.from(kept, (at) => (values[at] as number) + more);
  const start = Int32Array.from({ length: accounts + 1 }, (_, account) => kept.filter((at) => (positions.account[at] as number) < account).length);
  writePositionFile(path, { ...book, accounts, positions: { count: kept.length, start, account: column(positions.account), instrument: column(positions.instrument), quantity: column(positions.quantity, 1) } });
}

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(faultLine(result.fault));
  return result.value;
}
