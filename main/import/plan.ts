import { factKey, type AccountFact, type AccountId, type FactName, type Facts, type FactTypes } from '../../shared/domain/facts.ts';
import type { FactChange, ImportPlan, ReadFile } from '../../shared/domain/import-plan.ts';
import { closedFacts } from './plan/closed.ts';
import { isSameFact, mergedFact } from './plan/compare.ts';

export { planRows } from './plan/rows.ts';
export { summarisePlan } from './plan/summary.ts';

// The order in which facts are written: what others refer to first.
const FACT_ORDER: readonly FactName[] = ['account', 'instrument', 'position', 'cash', 'mark', 'fx', 'activity', 'brokerFigure', 'exclusion'];

/**
 * What applying a file would do to the book: pure, and in one order for one file and book. Facts that the book already
 * holds count as unchanged, also when the file is of a later day; only the account, marks and rates move with the day.
 *
 * Accounts whose state the book already knows on a later day are back-dated: their facts are history, and close nothing.
 */
export function planImport(read: ReadFile, current: Facts, file: { name: string; sha256: string; bytes: number }): ImportPlan {
  const backDated = backDatedAccounts(read, current);
  const changes: FactChange[] = [];
  let unchanged = 0;
  for (const name of FACT_ORDER) unchanged += compareFacts(name, read, current, backDated, changes);
  changes.push(...closedFacts(read, current, backDated));
  return {
    file,
    format: read.format,
    asOf: read.asOf,
    asOfSource: read.asOfSource,
    changes: inOrder(changes),
    unchanged,
    positions: read.facts.position.length,
    scopes: read.scopes.filter(({ account }) => !backDated.has(account)),
    rejected: read.rejected,
    skipped: read.skipped,
    notes: backDated.size === 0 ? read.notes : [...read.notes, `The book knows a later day of ${backDated.size === 1 ? [...backDated].join('') : `${backDated.size} accounts`}: what this file says of them is kept as history.`],
    backDated: [...backDated].toSorted(),
  };
}

// Only state has a day that can be too old; a trade is as true today as it was then.
function backDatedAccounts(read: ReadFile, current: Facts): Set<AccountId> {
  const known = new Map(current.account.map(({ account, asOf }) => [account, asOf]));
  const withState = accountsWithState(read);
  return new Set(read.facts.account.filter(({ account, asOf }) => withState.has(account) && (known.get(account) ?? '') > asOf).map(({ account }) => account));
}

function accountsWithState(read: ReadFile): Set<AccountId> {
  return new Set([...read.scopes, ...read.facts.position, ...read.facts.cash].map(({ account }) => account));
}

function compareFacts(name: FactName, read: ReadFile, current: Facts, backDated: ReadonlySet<AccountId>, changes: FactChange[]): number {
  // One fact name at a time goes with its own type of fact; the compiler sees the union of them all.
  const keyOf = factKey[name] as (fact: AnyFact) => string;
  const known = new Map<string, AnyFact>(current[name].map((fact) => [keyOf(fact), fact]));
  const context = { backDated, withState: accountsWithState(read), onlyHistory: backDated.size > 0 && backDated.size === read.facts.account.length };
  let unchanged = 0;
  for (const [index, fact] of read.facts[name].entries()) {
    const before = known.get(keyOf(fact)) ?? null;
    const line = read.lines[name][index] ?? 0;
    const verdict = judge(name, fact, before, context);
    if (verdict === null) unchanged += 1;
    else changes.push({ fact: name, ...verdict, line } as FactChange);
  }
  return unchanged;
}

type AnyFact = FactTypes[FactName];

interface Context {
  backDated: ReadonlySet<AccountId>;
  withState: ReadonlySet<AccountId>;
  /** True when every account of the file is back-dated. */
  onlyHistory: boolean;
}

interface Verdict {
  change: 'new' | 'changed';
  before: AnyFact | null;
  after: AnyFact;
}

/** What one fact does to the book; null when the book already says so. */
function judge(name: FactName, fact: AnyFact, before: AnyFact | null, context: Context): Verdict | null {
  if (before === null) return { change: 'new', before, after: fact };
  if (isHistory(name, fact, before, context)) {
    // An older day's account terms and instrument terms are not worth a row: the book's are the newer ones.
    return name === 'account' || name === 'instrument' || isSameFact(name, fact, before) ? null : { change: 'new', before: null, after: fact };
  }
  const after = mergedFact(name, fact, before, context.withState);
  return isSameFact(name, after, before) ? null : { change: 'changed', before, after };
}

function isHistory(name: FactName, fact: AnyFact, before: AnyFact, { backDated, onlyHistory }: Context): boolean {
  if (name === 'mark' || name === 'fx') return dayOf(fact) < dayOf(before);
  if (name === 'instrument') return onlyHistory;
  if (name === 'activity') return false;
  return backDated.has((fact as AccountFact).account);
}

function dayOf(fact: object): string {
  return 'asOf' in fact && typeof fact.asOf === 'string' ? fact.asOf : '';
}

function inOrder(changes: FactChange[]): FactChange[] {
  const keyed = changes.map((change) => ({ change, rank: FACT_ORDER.indexOf(change.fact), key: changeKey(change) }));
  keyed.sort((a, b) => a.rank - b.rank || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return keyed.map(({ change }) => change);
}

function changeKey(change: FactChange): string {
  const fact = change.after ?? change.before;
  const keyOf = factKey[change.fact] as (fact: AnyFact) => string;
  return fact === null ? '' : keyOf(fact);
}
