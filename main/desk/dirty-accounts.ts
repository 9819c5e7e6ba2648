import type { AccountId } from '../../shared/domain/facts.ts';
import type { InstrumentId } from '../../shared/domain/instrument.ts';
import type { AccountHoldings, Holdings } from './holdings.ts';
import { comparingRuns, findingRuns } from './position-runs.ts';
import type { Slices } from './rows/slices.ts';

const COMPARED_A_SLICE = 128;
const LOOKED_UP_A_SLICE = 1_024;
const HOLDERS_A_SLICE = 64;

/** What differs between two readings of the book. */
export interface Changes {
  /** A new business day or exchange rate: every figure may differ. */
  everything: boolean;
  /** Accounts whose own facts changed, and new ones; those that are gone. */
  accounts: Set<AccountId>;
  gone: AccountId[];
  /** Instruments whose terms changed, came or went, and those whose mark did. */
  instruments: InstrumentId[];
  marks: InstrumentId[];
}

export function* changesBetween(before: Holdings, after: Holdings): Slices<Changes> {
  return {
    everything: before.businessDate !== after.businessDate || !isSame(before.fx, after.fx),
    accounts: yield* changedAccounts(before, after),
    gone: [...before.accounts.keys()].filter((id) => !after.accounts.has(id)),
    instruments: yield* changedKeys(before.instruments, after.instruments),
    marks: yield* changedKeys(before.marks, after.marks),
  };
}

/** The accounts whose figures may differ: those that changed, and those that hold an instrument that did, or an option on it. */
export function* dirtyAccounts({ everything, accounts, instruments, marks }: Changes, after: Holdings): Slices<Set<AccountId>> {
  if (everything) return new Set(after.accounts.keys());
  const dirty = new Set(accounts);
  for (const [at, instrument] of [...instruments, ...marks].entries()) {
    for (const account of after.holders.of(instrument)) dirty.add(account);
    if (at % HOLDERS_A_SLICE === 0) yield;
  }
  return dirty;
}

function* changedAccounts(before: Holdings, after: Holdings): Slices<Set<AccountId>> {
  const runsBefore = yield* findingRuns(before.positions);
  const runsAfter = yield* findingRuns(after.positions);
  const holdSame = yield* comparingRuns(before.positions, after.positions);
  yield;
  const changed = new Set<AccountId>();
  let compared = 0;
  for (const [id, account] of after.accounts) {
    const known = before.accounts.get(id);
    if (!known || !isSame(besidesPositions(account), besidesPositions(known)) || !holdSame(runsBefore.get(id), runsAfter.get(id))) changed.add(id);
    if (++compared % COMPARED_A_SLICE === 0) yield;
  }
  return changed;
}

function besidesPositions({ account, cash, exclusions, activity, brokerFigures, start }: AccountHoldings): unknown {
  return [account, cash, exclusions, activity, brokerFigures, start];
}

function* changedKeys<T>(before: ReadonlyMap<string, T>, after: ReadonlyMap<string, T>): Slices<string[]> {
  const changed: string[] = [];
  let compared = 0;
  for (const key of before.keys()) {
    if (!after.has(key)) changed.push(key);
    if (++compared % LOOKED_UP_A_SLICE === 0) yield;
  }
  for (const [key, value] of after) {
    if (!isSame(value, before.get(key))) changed.push(key);
    if (++compared % COMPARED_A_SLICE === 0) yield;
  }
  return changed;
}

/** Whether two plain values say the same; facts come from the book in one order. */
function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const [left, right] = [Object.entries(a), b as Record<string, unknown>];
  return left.length === Object.keys(right).length && left.every(([key, value]) => isSame(value, right[key]));
}
