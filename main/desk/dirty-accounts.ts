import type { AccountId } from '../../shared/domain/facts.ts';
import type { Holdings } from './holdings.ts';

/**
 * The accounts whose figures may differ between two readings of the book: those whose own facts changed, and those that
 * hold an instrument whose terms or price changed. A new business day or exchange rate touches everybody.
 */
export function dirtyAccounts(before: Holdings, after: Holdings): Set<AccountId> {
  if (before.businessDate !== after.businessDate || differs(before.fx, after.fx)) return new Set(after.accounts.keys());
  const dirty = new Set<AccountId>();
  for (const [id, account] of after.accounts) if (differs(account, before.accounts.get(id))) dirty.add(id);
  for (const instrument of [...changedKeys(before.instruments, after.instruments), ...changedKeys(before.marks, after.marks)]) {
    for (const holder of after.holders.get(instrument) ?? []) dirty.add(holder);
  }
  return dirty;
}

function changedKeys<T>(before: ReadonlyMap<string, T>, after: ReadonlyMap<string, T>): string[] {
  const removed = [...before.keys()].filter((key) => !after.has(key));
  return [...removed, ...[...after].filter(([key, value]) => differs(value, before.get(key))).map(([key]) => key)];
}

// Facts are plain data that the book gives in one order, so their text tells them apart.
function differs(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) !== JSON.stringify(b);
}
