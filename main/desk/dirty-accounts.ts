import type { AccountId } from '../../shared/domain/facts.ts';
import type { AccountHoldings, Holdings } from './holdings.ts';
import { runComparison, runsOf } from './position-runs.ts';
import type { Slices } from './rows/slices.ts';

const COMPARED_A_SLICE = 256;

/**
 * The accounts whose figures may differ between two readings of the book: those whose own facts changed, and those that
 * hold an instrument whose terms or price changed. A new business day or exchange rate touches everybody.
 */
export function* dirtyAccounts(before: Holdings, after: Holdings): Slices<Set<AccountId>> {
  if (before.businessDate !== after.businessDate || !isSame(before.fx, after.fx)) return new Set(after.accounts.keys());
  const dirty = yield* changedAccounts(before, after);
  for (const instrument of [...(yield* changedKeys(before.instruments, after.instruments)), ...(yield* changedKeys(before.marks, after.marks))]) {
    for (const holder of after.holders.of(instrument)) dirty.add(holder);
  }
  return dirty;
}

function* changedAccounts(before: Holdings, after: Holdings): Slices<Set<AccountId>> {
  const [runsBefore, runsAfter] = [runsOf(before.positions), runsOf(after.positions)];
  const holdSame = runComparison(before.positions, after.positions);
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
  const changed = [...before.keys()].filter((key) => !after.has(key));
  let compared = 0;
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
