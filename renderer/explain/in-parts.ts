import type { ExplainNode } from '../../shared/explain.ts';
import { asRead } from '../../shared/explain-tree.ts';
import { nodesWhere } from './flatten.ts';

/** Parts of a large tree by the place of their top node. */
export type Parts = ReadonlyMap<string, ExplainNode>;
/** Where in the desk's tree a node's children were left out. */
export type Left = NonNullable<ExplainNode['left']>;

export const placeOf = ({ at }: Pick<Left, 'at'>): string => at.join('.');

/** Whether a part is the node that it is to stand for, children aside: if it says anything else, it is of another moment of the book. */
export function fits(node: ExplainNode, part: ExplainNode): boolean {
  return part.label === node.label && part.amount === node.amount && part.unit === node.unit && part.chosen === node.chosen && part.arithmetic === node.arithmetic && part.source === node.source;
}

/** The tree with the parts in their places. A part of another moment of the book is not put there. */
export function withParts(node: ExplainNode, parts: Parts): ExplainNode {
  const part = node.left && parts.get(placeOf(node.left));
  if (part && fits(node, part)) return withParts({ ...part, ...(node.subject ? { subject: node.subject } : {}), ...(node.pairing ? { pairing: node.pairing } : {}) }, parts);
  const children = node.children.map((child) => withParts(child, parts));
  return children.every((child, index) => child === node.children[index]) ? node : { ...node, children };
}

/** How many lines something was left out of that nobody has fetched yet. */
export function countLeft(node: ExplainNode): number {
  return node.children.reduce((sum, child) => sum + countLeft(child), node.left ? 1 : 0);
}

/** The nodes that a person has opened and that nothing was put into yet; `open` holds paths of the tree as people read it. */
export function openedAndLeft(tree: ExplainNode, parts: Parts, open: ReadonlySet<string>): (ExplainNode & { left: Left })[] {
  return nodesWhere(asRead(withParts(tree, parts)), (node, path) => node.left !== undefined && open.has(path)) as (ExplainNode & { left: Left })[];
}

/** All places whose parts the open lines need, fetched or not: what has to be asked for together with the next tree. */
export function placesOpened(tree: ExplainNode, parts: Parts, open: ReadonlySet<string>): Left[] {
  const places = new Map<string, Left>();
  const placed = new Map<string, ExplainNode>();
  for (;;) {
    const found = openedAndLeft(tree, placed, open).filter(({ left }) => !places.has(placeOf(left)));
    if (found.length === 0) return [...places.values()];
    for (const { left } of found) {
      const place = placeOf(left);
      places.set(place, left);
      const part = parts.get(place);
      if (part) placed.set(place, part);
    }
  }
}
