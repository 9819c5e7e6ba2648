import { expect, test } from 'vitest';
import { allPaths, flatten, nodesTo, openAtFirst, parentPath } from '../../../renderer/explain/flatten.ts';
import { withoutEcho } from '../../../shared/explain-tree.ts';
import { maintenanceTree } from './tree.ts';

const paths = (open: ReadonlySet<string>, filter = ''): string[] => flatten(maintenanceTree, open, filter).map((line) => line.path);

test('a closed tree is one line', () => {
  expect(paths(new Set())).toEqual(['0']);
});

test('open nodes show their children beneath them, in order and one step further in', () => {
  const lines = flatten(maintenanceTree, new Set(['0', '0.0']));
  expect(lines.map(({ path, depth, open, opens }) => [path, depth, open, opens])).toEqual([
    ['0', 0, true, true],
    ['0.0', 1, true, true],
    ['0.0.0', 2, false, true],
    ['0.0.1', 2, false, false],
    ['0.1', 1, false, false],
  ]);
});

test('the child that a greatest took is marked, and the others as not taken', () => {
  const lines = flatten(maintenanceTree, new Set(['0', '0.0']));
  const marks = Object.fromEntries(lines.map(({ path, won, lost }) => [path, won ? 'won' : lost ? 'lost' : '']));
  expect(marks).toEqual({ '0': '', '0.0': '', '0.0.0': 'won', '0.0.1': 'lost', '0.1': '' });
});

test('at first the tree is open two levels down, and only along what was taken', () => {
  expect([...openAtFirst(maintenanceTree)].sort()).toEqual(['0', '0.0']);
});

test('a top that is the sum of one thing costs no depth', () => {
  const wrapped = { ...maintenanceTree, children: [maintenanceTree] };
  expect([...openAtFirst(wrapped)].sort()).toEqual(['0', '0.0', '0.0.0']);
});

test('opening all opens every node that has children', () => {
  expect([...allPaths(maintenanceTree)].sort()).toEqual(['0', '0.0', '0.0.0']);
});

test('a filter shows what says its words and the way down to it', () => {
  expect(paths(new Set(), 'underlying price')).toEqual(['0', '0.0', '0.0.0', '0.0.0.0']);
  expect(paths(new Set(), 'stock 4210(c)')).toEqual(['0', '0.1']);
  expect(paths(new Set(), 'nothing says this')).toEqual([]);
});

test('every path leads up to the root', () => {
  expect([parentPath('0.2.10'), parentPath('0.2'), parentPath('0')]).toEqual(['0.2', '0', null]);
});

test('a sum of one thing of the same name and amount is shown once', () => {
  const echo = { ...maintenanceTree, children: [maintenanceTree] };
  expect(withoutEcho({ ...echo, children: [echo] })).toBe(maintenanceTree);
});

test('a step to one thing stays where it says something: another name, another amount, an operation or a rule', () => {
  const says = { ...maintenanceTree, children: [maintenanceTree] };
  const rule = { pack: 'p', cites: 'c', status: 'house' as const };
  for (const top of [{ ...says, label: 'House' }, { ...says, amount: '1' }, { ...says, op: 'greatest' as const }, { ...says, rule }]) expect(withoutEcho(top)).toBe(top);
});

test('the nodes down to a line are those that its place names, as far as they are there', () => {
  const [first] = maintenanceTree.children;
  expect(nodesTo(maintenanceTree, '0')).toEqual([maintenanceTree]);
  expect(nodesTo(maintenanceTree, '0.0.1')).toEqual([maintenanceTree, first, first?.children[1]]);
  expect(nodesTo(maintenanceTree, '0.9.1')).toEqual([maintenanceTree]);
});
