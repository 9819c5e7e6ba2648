import { factKey, noFacts, type AccountFact, type AccountId, type FactName, type Facts, type FactTypes } from '../../shared/domain/facts.ts';
import type { FactChange, ImportPlan, ReadFile } from '../../shared/domain/import-plan.ts';
import { positionAt, type PositionColumns } from '../../shared/domain/position-columns.ts';
import { closedFacts } from './plan/closed.ts';
import { comparePositions, NO_POSITIONS, type ComparedPositions } from './plan/columns.ts';
import { isSameFact, mergedFact } from './plan/compare.ts';
import { instrumentsIn, knownOf, type Known } from './plan/known.ts';

export { NO_POSITIONS } from './plan/columns.ts';
export { planRowCount, planRows } from './plan/rows.ts';
export { summarisePlan } from './plan/summary.ts';

// The order in which facts are written: what others refer to first.
const FACT_ORDER: readonly FactName[] = ['account', 'instrument', 'position', 'cash', 'mark', 'fx', 'activity', 'brokerFigure', 'exclusion'];

/** What the book remembers that is not its present state. */
export interface Remembered {
  /** True when this very file was applied before: prices that other sources gave since then stand. */
  appliedBefore: boolean;
  /** What the book holds to have been true on the file's day, of these accounts and the market. Asked for only when the file may bring history. */
  onThatDay: (accounts: readonly AccountId[]) => Facts;
  /**
   * The positions the book holds in the file's accounts, for a file whose own are in columns; `current.position` is empty
   * then, and so is `current.instrument` where the instruments come as text with them.
   */
  held?: PositionColumns;
}

const NOTHING_REMEMBERED: Remembered = { appliedBefore: false, onThatDay: noFacts };

/**
 * What applying a file would do to the book: pure, and in one order for one file and book. Facts that the book already
 * holds count as unchanged, also when the file is of a later day; only the account, marks and rates move with the day.
 *
 * Accounts whose state the book already knows on a later day are back-dated: their facts are history, and close nothing.
 */
export function planImport(read: ReadFile, current: Facts, file: { name: string; sha256: string; bytes: number }, remembered: Remembered = NOTHING_REMEMBERED): ImportPlan {
  const withState = accountsWithState(read);
  const backDated = backDatedAccounts(read, current, withState);
  // History is compared with what was held on its day, fact by fact.
  if (read.columns && backDated.size > 0) return planImport(withoutColumns(read), asFacts(current, remembered.held), file, { ...remembered, held: NO_POSITIONS });
  const onlyHistory = backDated.size > 0 && backDated.size === read.facts.account.length;
  const context: Context = { backDated, withState, onlyHistory, appliedBefore: remembered.appliedBefore, pastFact: factsOnDay(() => remembered.onThatDay([...backDated])) };
  const compared = read.columns && comparePositions(read.columns, remembered.held ?? NO_POSITIONS);
  const closed = closedFacts(read, compared && read.scopes.length > 0 ? unlistedFacts(current, compared) : current, backDated);
  const changes: FactChange[] = [];
  let unchanged = compared ? compared.planned.file.count - compared.planned.rows.length : 0;
  for (const name of FACT_ORDER) {
    // A reader's facts are in the order of their keys already, and so are the changes they make.
    unchanged += compareFacts(name, read, knownOf(name, current, remembered.held), context, changes);
    changes.push(...closed.filter(({ fact }) => fact === name));
  }
  return {
    file,
    format: read.format,
    asOf: read.asOf,
    asOfSource: read.asOfSource,
    changes,
    ...(compared ? { columns: compared.planned } : {}),
    unchanged,
    positions: read.columns?.count ?? read.facts.position.length,
    scopes: read.scopes,
    rejected: read.rejected,
    skipped: read.skipped,
    notes: backDated.size === 0 ? read.notes : [...read.notes, `The book knows a later day of ${backDated.size === 1 ? [...backDated].join('') : `${backDated.size} accounts`}: what this file says of them is kept as history.`],
    backDated: [...backDated].toSorted(),
  };
}

// Only state has a day that can be too old; a trade is as true today as it was then.
function backDatedAccounts(read: ReadFile, current: Facts, withState: ReadonlySet<AccountId>): Set<AccountId> {
  const known = new Map(current.account.map(({ account, asOf }) => [account, asOf]));
  return new Set(read.facts.account.filter(({ account, asOf }) => withState.has(account) && (known.get(account) ?? '') > asOf).map(({ account }) => account));
}

/** What the book holds, positions and instruments among it as facts like all others. */
function asFacts(current: Facts, held: PositionColumns = NO_POSITIONS): Facts {
  return { ...current, position: factsOf(held), instrument: held.instrumentTexts ? instrumentsIn(held) : current.instrument };
}

/** The same with those positions only that the file does not list; instruments are asked for where there are any. */
function unlistedFacts(current: Facts, { unlisted, planned: { held } }: ComparedPositions): Facts {
  if (unlisted.length === 0) return { ...current, position: [] };
  return { ...current, position: unlisted.map((row) => positionAt(held, row)), instrument: held.instrumentTexts ? instrumentsIn(held) : current.instrument };
}

function withoutColumns(read: ReadFile): ReadFile {
  const { columns = NO_POSITIONS, ...others } = read;
  const lines = { ...read.lines, position: Array.from(columns.line.subarray(0, columns.count)) };
  return { ...others, facts: { ...read.facts, position: factsOf(columns) }, lines };
}

function factsOf(columns: PositionColumns): Facts['position'] {
  return Array.from({ length: columns.count }, (_, row) => positionAt(columns, row));
}

function accountsWithState({ scopes, facts, columns }: ReadFile): Set<AccountId> {
  const accounts = new Set<AccountId>(columns?.accounts);
  for (const list of [scopes, facts.position, facts.cash]) for (const { account } of list) accounts.add(account);
  return accounts;
}

function compareFacts(name: FactName, read: ReadFile, known: Known, context: Context, changes: FactChange[]): number {
  // One fact name at a time goes with its own type of fact; the compiler sees the union of them all.
  const keyOf = factKey[name] as (fact: AnyFact) => string;
  let unchanged = 0;
  for (const [index, fact] of read.facts[name].entries()) {
    const line = read.lines[name][index] ?? 0;
    const before = known(fact);
    const verdict = before === 'the same' ? null : judge(name, fact, before, context, () => context.pastFact(name, keyOf(fact)));
    if (verdict === null) unchanged += 1;
    else changes.push({ fact: name, change: verdict.change, before: verdict.before, after: verdict.after, line } as FactChange);
  }
  return unchanged;
}

type AnyFact = FactTypes[FactName];

interface Context {
  backDated: ReadonlySet<AccountId>;
  withState: ReadonlySet<AccountId>;
  /** True when every account of the file is back-dated. */
  onlyHistory: boolean;
  appliedBefore: boolean;
  /** The book's version of a fact on the file's day. */
  pastFact: (name: FactName, key: string) => AnyFact | null;
}

/** Looks facts of the file's day up by key, reading them once and only if anybody asks. */
function factsOnDay(onThatDay: () => Facts): Context['pastFact'] {
  let facts: Facts | null = null;
  const byKey = new Map<FactName, Map<string, AnyFact>>();
  return (name, key) => {
    facts ??= onThatDay();
    const keyOf = factKey[name] as (fact: AnyFact) => string;
    const known = byKey.get(name) ?? new Map(facts[name].map((fact) => [keyOf(fact), fact]));
    byKey.set(name, known);
    return known.get(key) ?? null;
  };
}

interface Verdict {
  change: 'new' | 'changed';
  before: AnyFact | null;
  after: AnyFact;
}

/** What one fact does to the book; null when the book already says so. */
function judge(name: FactName, fact: AnyFact, before: AnyFact | null, context: Context, past: () => AnyFact | null): Verdict | null {
  if (before === null) return isKnownHistory(name, fact, context, past) ? null : { change: 'new', before, after: fact };
  // Two sources may give one instrument two prices of a day; reading one of them again must not turn them round.
  if ((name === 'mark' || name === 'fx') && context.appliedBefore && dayOf(fact) <= dayOf(before)) return null;
  if (isHistory(name, fact, before, context)) {
    // An older day's account terms and instrument terms are not worth a row: the book's are the newer ones.
    if (name === 'account' || name === 'instrument' || isSameFact(name, fact, before)) return null;
    return isKnownHistory(name, fact, context, past) ? null : { change: 'new', before: null, after: fact };
  }
  const after = mergedFact(name, fact, before, context.withState);
  return isSameFact(name, after, before) ? null : { change: 'changed', before, after };
}

/** True for a fact of an older day that the book holds as history already. */
function isKnownHistory(name: FactName, fact: AnyFact, { backDated }: Context, past: () => AnyFact | null): boolean {
  const ofBackDated = 'account' in fact && backDated.has(fact.account);
  if (!ofBackDated && name !== 'mark' && name !== 'fx') return false;
  const held = past();
  return held !== null && isSameFact(name, fact, held);
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
