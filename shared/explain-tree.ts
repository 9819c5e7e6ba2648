import type { ExplainNode, ExplainOperation } from './explain.ts';

/** How an amount follows from the lines below it, the same words on every host. */
export const OPERATION_WORDS: Record<ExplainOperation, string> = {
  sum: 'sum of',
  difference: 'first less the rest',
  product: 'product of',
  quotient: 'first divided by second',
  greatest: 'greatest of',
  least: 'least of',
  choice: 'chosen from',
  input: '',
};

/** Stands beside every figure that rests on a rule nobody has checked, wherever it is shown or copied. */
export const UNVERIFIED_GLYPH = '◇';
export const UNVERIFIED_WORDS = 'rests on an unverified rule';

/** The tree without steps at its top that only say the same figure again under the same name: a sum of one pool. */
export function withoutEcho(root: ExplainNode): ExplainNode {
  const [only, ...others] = root.children;
  const echoes = only !== undefined && others.length === 0 && root.op === 'sum' && root.rule === undefined && only.label === root.label && only.amount === root.amount;
  return echoes ? withoutEcho(only) : root;
}

const known = new WeakMap<ExplainNode, boolean>();

/** True when a node, or anything it was made from, rests on a rule that nobody has checked against its text. */
export function restsOnUnverified(node: ExplainNode): boolean {
  const before = known.get(node);
  if (before !== undefined) return before;
  const rests = node.rule?.status === 'unverified' || node.children.some(restsOnUnverified);
  known.set(node, rests);
  return rests;
}

/**
 * A node's label where it stands: a rate is often named as what it is charged for, and two lines of one name, an amount
 * and its rate, read as the same thing.
 */
export function labelUnder(node: ExplainNode, parent: ExplainNode | null): string {
  return node.op === 'input' && node.unit === 'ratio' && parent?.label === node.label ? 'Rate' : node.label;
}

/** True when a node cites what the line above it cites already: a rate under the product it is part of. */
export function citesAgain({ rule }: ExplainNode, parent: ExplainNode | null): boolean {
  const above = parent?.rule;
  return rule !== undefined && above !== undefined && above.cites === rule.cites && above.pack === rule.pack && above.parameter === rule.parameter;
}
