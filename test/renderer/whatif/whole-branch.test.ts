import { expect, test } from 'vitest';
import type { BranchView } from '../../../shared/views.ts';
import { wholeBranch } from '../../../renderer/whatif/whole-branch.ts';
import { positionOf } from '../screens/rows.ts';

const rows = ['a', 'b', 'c'].map((key) => positionOf({ key, quantity: '1' }));

const opened: BranchView = {
  branchId: 'one',
  version: 3,
  changes: null,
  account: 'U1',
  sequence: 7,
  stale: false,
  edits: [],
  canUndo: false,
  canRedo: false,
  status: { live: 'healthy', branch: 'healthy' },
  headlines: [{ figure: 'equity', label: 'Equity', unit: 'USD', live: '10', branch: '10', change: '0', unverified: false }],
  positions: rows,
  pairings: [],
  cash: [],
};

const changed: BranchView = {
  ...opened,
  version: 4,
  changes: { since: 3, positions: { at: [1], gone: ['c'] }, pairings: { at: [], gone: [] } },
  canUndo: true,
  headlines: [{ figure: 'equity', label: 'Equity', unit: 'USD', live: '10', branch: '12', change: '2', unverified: false }],
  positions: [positionOf({ key: 'b', quantity: '2' })],
};

test('rows that were sent take their places, the others are the very objects that they were', () => {
  const whole = wholeBranch(opened, changed);
  expect(whole?.positions.map(({ key, quantity }) => [key, quantity])).toEqual([['a', '1'], ['b', '2']]);
  expect(whole?.positions[0]).toBe(rows[0]);
  expect(whole?.pairings).toBe(opened.pairings);
  expect(whole?.headlines[0]?.branch).toBe('12');
  expect(whole).toMatchObject({ version: 4, changes: null, canUndo: true });
});

test.each([
  ['nothing is at hand', null],
  ['an answer in between was lost', { ...opened, version: 2 }],
  ['what is at hand is of another branch', { ...opened, branchId: 'two' }],
])('where %s, all of the branch has to be asked for', (_, had) => {
  expect(wholeBranch(had, changed)).toBeNull();
});

test('an answer with everything stands by itself', () => {
  expect(wholeBranch(null, opened)).toEqual(opened);
});
