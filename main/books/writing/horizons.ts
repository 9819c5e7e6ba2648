import type { FactName, FactTypes, ImportScope } from '../../../shared/domain/facts.ts';
import type { InstrumentId, InstrumentKind } from '../../../shared/domain/instrument.ts';
import type { IsoDate } from '../../../shared/time.ts';
import { rowsOf } from '../sql/table-statements.ts';
import type { Book } from '../book.ts';

/** What a file can claim to list in full: an instrument kind, or the account's cash. */
export type Covers = InstrumentKind | 'cash';

const ALL_COVERED: Readonly<Record<Covers, true>> = {
  equity: true, etf: true, index: true, bond: true, option: true, future: true, perpetual: true, coin: true, loan: true, cfd: true, warrant: true, other: true, cash: true,
};

export const SCOPE_SQL = {
  /** The days from a day on for which files have listed everything of one account, by what they listed. */
  coveredFrom: 'SELECT covers, as_of FROM import_scope WHERE account_id = ? AND as_of >= ? ORDER BY as_of',
  /** Which accounts, listed as JSON, have any day after this one, seen without reading the accounts' many days. */
  coveredAfter:
    'SELECT account.value FROM json_each(?) AS account WHERE EXISTS ' +
    `(SELECT 1 FROM import_scope WHERE account_id = account.value AND covers IN (${Object.keys(ALL_COVERED).map((covers) => `'${covers}'`).join(', ')}) AND as_of > ?)`,
  latestDay: 'SELECT valid_from FROM account_fact WHERE ended = 0 AND account_id = ?',
} as const;

export function coverings(scope: ImportScope): Covers[] {
  return scope.cash ? [...scope.kinds, 'cash'] : [...scope.kinds];
}

/**
 * The first day after `day` about which the book knows better than a file of that day can: null when there is none.
 * For positions and cash it is the next day that a file listed in full. Where no file ever listed that kind, and for
 * all other facts, it is the account's latest known day, for accounts the plan found to be back-dated.
 */
export interface Horizons {
  of(account: number, covers: Covers | null, day: IsoDate): IsoDate | null;
  /** Whether the book knows no such day, whatever the file lists. */
  isOpen(account: number, day: IsoDate): boolean;
  /** Looks these accounts up together, which is faster than one by one. */
  look(accounts: readonly number[], day: IsoDate): void;
}

export function horizonsOf(book: Book, isBackDated: (account: number) => boolean): Horizons {
  const covered = new Map<string, [Covers, IsoDate][]>();
  function coveredDays(account: number, day: IsoDate): [Covers, IsoDate][] {
    const key = `${account} ${day}`;
    let days = covered.get(key);
    if (!days) covered.set(key, (days = rowsOf(book.db, SCOPE_SQL.coveredFrom, account, day) as [Covers, IsoDate][]));
    return days;
  }
  const open = new Map<IsoDate, Map<number, boolean>>();
  function openOn(day: IsoDate): Map<number, boolean> {
    let known = open.get(day);
    if (!known) open.set(day, (known = new Map()));
    return known;
  }
  function look(accounts: readonly number[], day: IsoDate): void {
    const covered = new Set(rowsOf(book.db, SCOPE_SQL.coveredAfter, JSON.stringify(accounts), day).map(([account]) => account));
    const known = openOn(day);
    for (const account of accounts) known.set(account, !isBackDated(account) && !covered.has(account));
  }
  function isOpen(account: number, day: IsoDate): boolean {
    const known = openOn(day);
    if (!known.has(account)) look([account], day);
    return known.get(account) ?? false;
  }
  return {
    isOpen,
    look,
    of(account, covers, day) {
      if (isOpen(account, day)) return null;
      const days = covers === null ? [] : coveredDays(account, day).filter(([listed]) => listed === covers);
      if (days.length > 0) return days.find(([, asOf]) => asOf > day)?.[1] ?? null;
      if (!isBackDated(account)) return null;
      const [latest] = rowsOf(book.db, SCOPE_SQL.latestDay, account);
      const latestDay = latest?.[0] as IsoDate | undefined;
      return latestDay !== undefined && latestDay > day ? latestDay : null;
    },
  };
}

/** What a file would have had to list in full to speak for this fact; null for facts no file lists in full. */
export function coveringOf<Name extends FactName>(name: Name, fact: FactTypes[Name], kindOf: (instrument: InstrumentId) => InstrumentKind | null): Covers | null {
  if (name === 'cash') return 'cash';
  if (name === 'position') return kindOf((fact as FactTypes['position']).instrument);
  return null;
}
