import { expect, test } from 'vitest';
import type { ExplainNode } from '../../shared/explain.ts';
import { restsOnUnverified } from '../../shared/explain-tree.ts';
import { Decimal } from '../../shared/money.ts';
import { input, sum, type Figure } from '../../main/engine/figure/figure.ts';
import { toExplain, toExplainInPart } from '../../main/engine/figure/to-explain.ts';
import { withParts } from '../../renderer/explain/in-parts.ts';

const leaf = (amount: number): Figure => input(new Decimal(amount), 'USD', { label: `Leaf ${amount}`, source: 'test', ...(amount === 13 ? { rule: { pack: 'p@1', cites: 'recalled', status: 'unverified' as const } } : {}) });
const branch = (label: string, children: readonly Figure[]): Figure => sum('USD', children, { label });
/** One root, three groups of three strategies of three leaves: 40 nodes. */
const FIGURE = branch('All', [0, 1, 2].map((group) => branch(`Group ${group}`, [0, 1, 2].map((strategy) => branch(`Strategy ${group}.${strategy}`, [0, 1, 2].map((at) => leaf(group * 9 + strategy * 3 + at)))))));

function left(node: ExplainNode): NonNullable<ExplainNode['left']>[] {
  return [...(node.left ? [node.left] : []), ...node.children.flatMap(left)];
}

test('a tree that is fetched part by part is the whole tree in the end', () => {
  for (const nodesMax of [1, 4, 13, 39, 40]) {
    const parts = new Map<string, ExplainNode>();
    let tree = toExplainInPart(FIGURE, [], nodesMax) as ExplainNode;
    for (let open = left(tree); open.length > 0; open = left(tree)) {
      for (const { at } of open) parts.set(at.join('.'), toExplainInPart(FIGURE, at, nodesMax) as ExplainNode);
      tree = withParts(tree, parts);
    }
    expect(tree).toEqual(toExplain(FIGURE));
  }
});

test('a part holds whole levels, no more nodes than are wanted, and one level at least', () => {
  const counts = (nodesMax: number): number => JSON.stringify(toExplainInPart(FIGURE, [], nodesMax)).split('"label"').length - 1;
  expect([1, 4, 12, 13, 39, 40].map(counts)).toEqual([4, 4, 4, 13, 13, 40]);
});

test('a figure says that it rests on an unverified rule also where that line was left out', () => {
  const part = toExplainInPart(FIGURE, [], 13) as ExplainNode;
  expect(part.children.map(restsOnUnverified)).toEqual([false, true, false]);
  expect(part.children[1]?.children.map(restsOnUnverified)).toEqual([false, true, false]);
});

test('a place that is not in the tree has no part', () => {
  expect(toExplainInPart(FIGURE, [0, 3])).toBeNull();
});
