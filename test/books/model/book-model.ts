import { factKey, type AccountFact, type CashFact, type MarkFact, type PositionFact } from '../../../shared/domain/facts.ts';
import type { FactChange } from '../../../shared/domain/import-plan.ts';
import { account, cash, mark, position, stock, wholeScope } from '../facts.ts';
import { changeOf } from '../make-plan.ts';
import { dayName, LAST_DAY, learnByDay, noDays, type Days } from './days.ts';

/** A book as plain tables of days in memory: no SQL, no spans, no digests. What the real one must agree with. */
export interface BookModel {
  accounts: Map<string, Days<AccountFact>>;
  positions: Map<string, Days<PositionFact>>;
  cash: Map<string, Days<CashFact>>;
  marks: Map<string, Days<MarkFact>>;
  /** Days for which files listed everything of an account. */
  scopes: { account: string; day: number }[];
  instruments: Set<string>;
}

export const emptyModel = (): BookModel => ({ accounts: new Map(), positions: new Map(), cash: new Map(), marks: new Map(), scopes: [], instruments: new Set() });

export function copyModel(model: BookModel): BookModel {
  return {
    accounts: new Map(model.accounts),
    positions: new Map(model.positions),
    cash: new Map(model.cash),
    marks: new Map(model.marks),
    scopes: [...model.scopes],
    instruments: new Set(model.instruments),
  };
}

/** The facts that held on a day; the latest state when no day is named. */
export function modelFacts(model: BookModel, day = LAST_DAY): { account: AccountFact[]; position: PositionFact[]; cash: CashFact[]; mark: MarkFact[] } {
  const on = <Fact>(table: Map<string, Days<Fact>>) => [...table.keys()].toSorted().flatMap((key) => table.get(key)?.[day] ?? []);
  return { account: on(model.accounts), position: on(model.positions), cash: on(model.cash), mark: on(model.marks) };
}

/** A file of one account as a test draws it. */
export interface DrawnFile {
  account: string;
  day: number;
  quantities: Record<string, string>;
  cash: string;
  /** Whether the file lists everything the account has. */
  complete: boolean;
}

const latest = <Fact>(days: Days<Fact> | undefined): Fact | null => days?.[LAST_DAY] ?? null;

function isBackDated(model: BookModel, { account, day }: DrawnFile): boolean {
  const known = latest(model.accounts.get(account));
  return known !== null && known.asOf > dayName(day);
}

/** The changes an importer would find, in a plain way, and which accounts it would call back-dated. */
export function planFile(model: BookModel, file: DrawnFile): { changes: FactChange[]; backDated: string[]; scopes: ReturnType<typeof wholeScope>[] } {
  const { account: code, day, quantities } = file;
  const backDated = isBackDated(model, file);
  const asOf = dayName(day);
  const changes = Object.keys(quantities).filter((symbol) => !model.instruments.has(symbol)).map((symbol) => changeOf('instrument', 'new', stock(symbol)));
  for (const [symbol, quantity] of Object.entries(quantities)) {
    const fact = position(code, symbol, quantity, asOf);
    if (latest(model.positions.get(factKey.position(fact)))?.quantity !== quantity) changes.push(changeOf('position', 'changed', fact));
  }
  const balance = cash(code, file.cash, asOf);
  if (latest(model.cash.get(factKey.cash(balance)))?.amount !== file.cash) changes.push(changeOf('cash', 'changed', balance));
  if (backDated) return { changes, backDated: [code], scopes: [] };
  for (const days of file.complete ? model.positions.values() : []) {
    const known = latest(days);
    if (known && known.account === code && quantities[known.instrument] === undefined) changes.push(changeOf('position', 'closed', known));
  }
  if (latest(model.accounts.get(code))?.asOf !== asOf) changes.push(changeOf('account', 'changed', account(code, asOf)));
  return { changes, backDated: [], scopes: file.complete ? [wholeScope(code, asOf)] : [] };
}

/** The next day the model knows more about than this file: see Horizons in main/books. */
function horizonOf(model: BookModel, file: DrawnFile): number | null {
  const covered = model.scopes.filter(({ account, day }) => account === file.account && day >= file.day).map(({ day }) => day);
  if (covered.length > 0) {
    const later = covered.filter((day) => day > file.day);
    return later.length > 0 ? Math.min(...later) : null;
  }
  if (!isBackDated(model, file)) return null;
  const known = latest(model.accounts.get(file.account))?.asOf;
  return Array.from({ length: LAST_DAY }, (_, day) => day).find((day) => dayName(day) === known) ?? null;
}

function learnFact<Fact extends { asOf: string }>(table: Map<string, Days<Fact>>, key: string, day: number, fact: Fact | null, horizon: number | null): void {
  const valueOf = ({ asOf: _asOf, ...value }: Fact) => JSON.stringify(value);
  table.set(key, learnByDay(table.get(key) ?? noDays(), day, fact, horizon, (one, other) => valueOf(one) === valueOf(other)));
}

/** Takes a file into the model. */
export function applyFile(model: BookModel, file: DrawnFile): void {
  const { changes, scopes } = planFile(model, file);
  const horizon = horizonOf(model, file);
  for (const { fact, change, before, after } of changes) {
    const gone = change === 'closed';
    if (fact === 'position') learnFact(model.positions, factKey.position((after ?? before) as PositionFact), file.day, gone ? null : after, horizon);
    if (fact === 'cash' && after) learnFact(model.cash, factKey.cash(after), file.day, after, horizon);
  }
  for (const { fact, after } of changes) {
    if (fact === 'account' && after) learnFact(model.accounts, after.account, file.day, after, null);
    if (fact === 'instrument' && after) model.instruments.add(after.id);
  }
  if (scopes.length > 0) model.scopes.push({ account: file.account, day: file.day });
}

export function applyMark(model: BookModel, instrument: string, value: string, day: number): MarkFact {
  const fact = mark(instrument, value, dayName(day));
  learnFact(model.marks, instrument, day, fact, null);
  return fact;
}
