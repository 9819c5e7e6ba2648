import { factKey, type AccountId, type ExclusionFact, type Facts, type ImportScope, type InstrumentFact, type PositionFact } from '../../../shared/domain/facts.ts';
import type { FactChange, ReadFile } from '../../../shared/domain/import-plan.ts';
import { instrumentFromSymbol } from '../symbols/instrument-from-symbol.ts';

/**
 * What the book holds and the file, which claims to list everything of its scope, does not: it was closed. Outside a
 * declared scope a missing row means nothing.
 */
export function closedFacts(read: ReadFile, current: Facts, backDated: ReadonlySet<AccountId>): FactChange[] {
  const scopes = new Map(read.scopes.filter(({ account }) => !backDated.has(account)).map((scope) => [scope.account, scope]));
  if (scopes.size === 0) return [];
  return [...closedPositions(read, current, scopes), ...closedCash(read, current, scopes), ...closedExclusions(read, current, scopes)];
}

// In the order of their keys, whatever the book's order.
function inOrder<Fact>(facts: readonly Fact[], keyOf: (fact: Fact) => string): Fact[] {
  const keyed = facts.map((fact) => ({ fact, key: keyOf(fact) }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : 1));
  return keyed.map(({ fact }) => fact);
}

type Scopes = ReadonlyMap<AccountId, ImportScope>;

function closedPositions({ facts }: ReadFile, current: Facts, scopes: Scopes): FactChange[] {
  if (current.position.length === 0) return [];
  const listed = new Set(facts.position.map(factKey.position));
  const kinds = new Map([...current.instrument, ...facts.instrument].map(({ id, terms }) => [id, terms.kind]));
  const gone = current.position.filter((before) => {
    const kind = kinds.get(before.instrument) ?? 'other';
    return scopes.get(before.account)?.kinds.includes(kind) && !listed.has(factKey.position(before));
  });
  const unreadable = unreadableRows(facts.exclusion);
  const instruments = new Map(current.instrument.map((fact) => [fact.id, fact]));
  const closed = gone.filter((before) => !mayBeUnreadable(before, instruments.get(before.instrument), unreadable.get(before.account) ?? []));
  return inOrder(closed, factKey.position).map((before) => ({ fact: 'position', change: 'closed', before, after: null, line: 0 }));
}

/** By account: the symbols of rows that are in the file and could not be read. */
function unreadableRows(exclusions: readonly ExclusionFact[]): Map<AccountId, string[]> {
  const symbols = new Map<AccountId, string[]>();
  for (const { account, symbol } of exclusions) symbols.set(account, [...(symbols.get(account) ?? []), symbol]);
  return symbols;
}

/**
 * True when a row that could not be read may be this position: it is in the file then, and was not closed. A row that
 * names nothing may be any of them.
 */
function mayBeUnreadable({ instrument }: PositionFact, fact: InstrumentFact | undefined, symbols: readonly string[]): boolean {
  return symbols.some((symbol) => {
    if (symbol.trim() === '' || symbol === instrument || symbol === fact?.identifiers.symbol) return true;
    const read = instrumentFromSymbol(symbol, fact?.terms.currency ?? 'USD');
    return read.ok && read.value.id === instrument;
  });
}

function closedCash({ facts }: ReadFile, current: Facts, scopes: Scopes): FactChange[] {
  const listed = new Set(facts.cash.map(factKey.cash));
  const gone = current.cash.filter((before) => scopes.get(before.account)?.cash && !listed.has(factKey.cash(before)));
  return inOrder(gone, factKey.cash).map((before) => ({ fact: 'cash', change: 'closed', before, after: null, line: 0 }));
}

// An unreadable row that is not in the new list is gone, or can be read now.
function closedExclusions({ facts }: ReadFile, current: Facts, scopes: Scopes): FactChange[] {
  const listed = new Set(facts.exclusion.map(factKey.exclusion));
  const gone = current.exclusion.filter((before) => scopes.has(before.account) && !listed.has(factKey.exclusion(before)));
  return inOrder(gone, factKey.exclusion).map((before) => ({ fact: 'exclusion', change: 'closed', before, after: null, line: 0 }));
}
