import { factKey, type AccountId, type Facts, type ImportScope } from '../../../shared/domain/facts.ts';
import type { FactChange, ReadFile } from '../../../shared/domain/import-plan.ts';

/**
 * What the book holds and the file, which claims to list everything of its scope, does not: it was closed. Outside a
 * declared scope a missing row means nothing.
 */
export function closedFacts(read: ReadFile, current: Facts, backDated: ReadonlySet<AccountId>): FactChange[] {
  const scopes = new Map(read.scopes.filter(({ account }) => !backDated.has(account)).map((scope) => [scope.account, scope]));
  if (scopes.size === 0) return [];
  return [...closedPositions(read, current, scopes), ...closedCash(read, current, scopes), ...closedExclusions(read, current, scopes)];
}

type Scopes = ReadonlyMap<AccountId, ImportScope>;

function closedPositions({ facts }: ReadFile, current: Facts, scopes: Scopes): FactChange[] {
  const listed = new Set(facts.position.map(factKey.position));
  const kinds = new Map([...current.instrument, ...facts.instrument].map(({ id, terms }) => [id, terms.kind]));
  return current.position.flatMap((before): FactChange[] => {
    const scope = scopes.get(before.account);
    const kind = kinds.get(before.instrument) ?? 'other';
    if (!scope?.kinds.includes(kind) || listed.has(factKey.position(before))) return [];
    return [{ fact: 'position', change: 'closed', before, after: null, line: 0 }];
  });
}

function closedCash({ facts }: ReadFile, current: Facts, scopes: Scopes): FactChange[] {
  const listed = new Set(facts.cash.map(factKey.cash));
  return current.cash.flatMap((before): FactChange[] => {
    if (!scopes.get(before.account)?.cash || listed.has(factKey.cash(before))) return [];
    return [{ fact: 'cash', change: 'closed', before, after: null, line: 0 }];
  });
}

// An unreadable row that is not in the new list is gone, or can be read now.
function closedExclusions({ facts }: ReadFile, current: Facts, scopes: Scopes): FactChange[] {
  const listed = new Set(facts.exclusion.map(factKey.exclusion));
  return current.exclusion.flatMap((before): FactChange[] => {
    if (!scopes.has(before.account) || listed.has(factKey.exclusion(before))) return [];
    return [{ fact: 'exclusion', change: 'closed', before, after: null, line: 0 }];
  });
}
