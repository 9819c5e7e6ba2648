import type { AccountId, FactName, FactTypes } from '../../../shared/domain/facts.ts';
import { columnChange, type FactChange, type ImportPlan } from '../../../shared/domain/import-plan.ts';
import type { InstrumentId, InstrumentKind } from '../../../shared/domain/instrument.ts';
import type { IsoDate } from '../../../shared/time.ts';
import type { Book } from '../book.ts';
import { bucketOf, type PartitionKind } from '../digests/partitions.ts';
import { FACT_TABLES } from '../facts/fact-tables.ts';
import { toDraft, type Numbering } from '../facts/to-rows.ts';
import { keyText, sameValues, type Draft } from '../tables/versioned.ts';
import { withoutChecks } from '../sql/connect.ts';
import { ORDER_WITHIN_ACCOUNT, rowsByAccount, type AccountRows } from './by-account.ts';
import { changeRow } from './change-row.ts';
import { columnPositions } from './column-positions.ts';
import type { Entry } from './entry.ts';
import { coveringOf, horizonsOf, type Horizons } from './horizons.ts';
import type { EntryNumbering } from './numbering.ts';
import { editOf } from './partition-edit.ts';

/** Told how far along an apply is, between rows. May throw to cancel: nothing is then left of it. */
export type Tick = (done: number, total: number) => void;

const ROWS_PER_TICK = 256;
const ACCOUNTS_AT_ONCE = 64;

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
  const { columns } = plan;
  // A file may list cash alone; it is of no day of positions then.
  const positions = columns && columns.file.count > 0 ? columnPositions(entry, number, columns, applying) : null;
  const takeInAccount = ([account, rows]: [AccountId, AccountRows]): void => {
    const news = positions?.(account, rows) ?? null;
    if (news !== null) {
      tick?.(done, total);
      changed += news;
      done += rows.to - rows.from;
    } else if (columns) for (let at = rows.from; at < rows.to; at += 1) takeIn(columnChange(columns, columns.rows[at] as number));
    for (const change of rows.changes) if (news === null || change.fact !== 'position') takeIn(change);
    for (const kind of KINDS_OF_ACCOUNT) entry.finish(kind, number.account(account));
  };
  const takeInAccounts = (): void => {
    for (const accounts of inGroups([...rowsByAccount(plan)])) {
      const known = accounts.filter(isOfItsPartition).map(([account]) => number.account(account)).filter((id) => !number.isNewAccount(id));
      applying.horizons.look(known, plan.asOf);
      entry.openAccounts(known);
      accounts.forEach(takeInAccount);
    }
  };
  if (columns) withoutChecks(book.db, takeInAccounts);
  else takeInAccounts();
  tick?.(done, total);
  return changed;
}

/** Accounts that are opened together, since neighbours are read faster so; few enough to lie in memory with all they hold. */
function inGroups<T>(accounts: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(accounts.length / ACCOUNTS_AT_ONCE) }, (_, group) => accounts.slice(group * ACCOUNTS_AT_ONCE, (group + 1) * ACCOUNTS_AT_ONCE));
}

/** Whether any change is of the partition that vouches for the account itself. */
function isOfItsPartition([, { from, to, changes }]: [AccountId, AccountRows]): boolean {
  return to > from || changes.some(({ fact }) => FACT_TABLES[fact].kind === FACT_TABLES.account.kind);
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
  const day = dayOf(applying, change, draft);
  const isOpen = isUnheard || applying.horizons.isOpen(number.account(account), day);
  const horizon = isOpen ? null : applying.horizons.of(number.account(account), covers, day);
  if (change.change === 'closed') return changeRow(book, entry, edit, table, { key: draft.key, endedOn: applying.closedOn(account) }, horizon, !isOpen);
  if (change.fact === 'instrument') {
    const current = editOf(edit, table).after.get(keyText(draft.key));
    if (current && sameValues(table, current, draft)) return false;
    if (current) draft.validFrom = applying.planDay;
  }
  return changeRow(book, entry, edit, table, { key: draft.key, draft }, horizon, !isOpen);
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

