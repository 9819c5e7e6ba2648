import { expect, test } from 'vitest';
import { putLast } from '../../main/desk/branches-kept.ts';
import { openingBranch, type Branch } from '../../main/desk/branches.ts';
import type { BranchBase } from '../../main/desk/branch-base.ts';
import { holdingsFrom } from '../../main/desk/holdings.ts';
import { finish } from '../../main/desk/rows/slices.ts';
import { noFacts } from '../../shared/domain/facts.ts';
import { markOf, STANDING } from './random-facts.ts';

/** Branches are given up by how many positions their account has, so these have one position again and again. */
function baseOf(positions: number): BranchBase {
  const facts = noFacts();
  facts.account.push({ account: 'A', name: null, baseCurrency: 'USD', regime: 'regT', regimeSource: 'test', asOf: '2026-11-20' });
  facts.instrument.push({ id: 'S1', terms: { kind: 'equity', currency: 'USD', multiplier: '1' }, identifiers: { symbol: 'S1' } });
  facts.mark.push(markOf('S1', '50'));
  facts.position.push({ account: 'A', subType: 'margin', instrument: 'S1', quantity: '100', entryPrice: null, asOf: '2026-11-20' });
  const holdings = holdingsFrom(facts, STANDING.start);
  const held = holdings.accounts.get('A');
  if (!held) throw new Error('no account');
  const { base } = finish(openingBranch(holdings, held, 1));
  const [position] = base.account.positions;
  return { ...base, account: { ...base.account, positions: position ? Array.from({ length: positions }, () => position) : [] } };
}

function branchOn(base: BranchBase): Branch {
  return finish(openingBranch(base.holdings, base.account, 1, base));
}

/** Which of these stay when they are used one after another. */
function kept(used: readonly Branch[]): number[] {
  const branches = new Map<string, Branch>();
  for (const branch of used) putLast(branches, branch);
  return [...branches.values()].map((branch) => used.lastIndexOf(branch));
}

test('of small accounts 64 branches stay: those used last', () => {
  const base = baseOf(1);
  const branches = Array.from({ length: 66 }, () => branchOn(base));
  expect(kept(branches)).toEqual(Array.from({ length: 64 }, (_, at) => at + 2));
  const [first] = branches;
  expect(kept([...branches.slice(0, 64), ...(first ? [first] : []), ...branches.slice(64)]).slice(0, 2)).toEqual([3, 4]);
});

test('of large accounts those stay that have 20,000 positions together, and always the one in use', () => {
  const [large, half, vast] = [baseOf(8000), baseOf(4000), baseOf(30_000)];
  expect(kept([branchOn(large), branchOn({ ...large }), branchOn(half)])).toEqual([0, 1, 2]);
  expect(kept([branchOn(large), branchOn({ ...large }), branchOn({ ...large })])).toEqual([1, 2]);
  expect(kept([branchOn(large), branchOn(half), branchOn(vast)])).toEqual([2]);
  expect(kept([branchOn(vast), branchOn(half)])).toEqual([1]);
});

test('branches on one base count it once', () => {
  const [one, other] = [baseOf(15_000), baseOf(10_000)];
  expect(kept([branchOn(one), branchOn(one), branchOn(one)])).toEqual([0, 1, 2]);
  expect(kept([branchOn(other), branchOn(one), branchOn(one)])).toEqual([1, 2]);
});
