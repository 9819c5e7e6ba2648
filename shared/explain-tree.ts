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

/** The nodes that a node shown stands for, from the upper one down; itself where nothing was put together. */
const standsFor = new WeakMap<ExplainNode, readonly ExplainNode[]>();

export function nodesBehind(node: ExplainNode): readonly ExplainNode[] {
  return standsFor.get(node) ?? [node];
}

const isSingle = ({ children, rule }: ExplainNode): boolean => children.length === 1 && rule === undefined;

/** The tree without steps at its top that only say the same figure again under the same name: a sum, or the worst, of one pool. */
export function withoutEcho(root: ExplainNode): ExplainNode {
  const [only] = root.children;
  const repeats = only !== undefined && isSingle(root) && (root.op === 'sum' || root.op === 'choice') && only.label === root.label && only.amount === root.amount;
  return repeats ? withoutEcho(only) : root;
}

/**
 * The tree as people read it: without echoes at its top, and an underlying with one strategy as one line (`AMD, long
 * stock`) instead of two with the same amount. Every amount and every rule is still there.
 */
export function asRead(tree: ExplainNode): ExplainNode {
  return joined(withoutEcho(tree));
}

function joined(node: ExplainNode): ExplainNode {
  const [only] = node.children;
  if (only !== undefined && node.subject?.group !== undefined && node.op === 'sum' && isSingle(node) && only.op === 'sum' && only.rule === undefined && only.amount === node.amount) {
    const below = joined(only);
    const line = { ...below, label: `${node.label}, ${below.label}`, ...(node.pairing ? { pairing: node.pairing } : {}) };
    standsFor.set(line, [node, ...nodesBehind(below)]);
    return line;
  }
  const children = node.children.map(joined);
  if (children.every((child, index) => child === node.children[index])) return node;
  const line = { ...node, children };
  standsFor.set(line, nodesBehind(node));
  return line;
}

const known = new WeakMap<ExplainNode, boolean>();

/** True when a node, or anything it was made from, rests on a rule that nobody has checked against its text. */
export function restsOnUnverified(node: ExplainNode): boolean {
  const before = known.get(node);
  if (before !== undefined) return before;
  const rests = node.rule?.status === 'unverified' || node.left?.unverified === true || node.children.some(restsOnUnverified);
  known.set(node, rests);
  return rests;
}

/** Who asks, by place, in the figures that take the greatest of several requirements of one leg. */
const WHO_ASKS: readonly [parent: RegExp, who: readonly string[]][] = [
  [/^House maintenance, |, house floored at the exchange$/, ['Exchange', 'House']],
  [/^House initial, /, ['Reg T', 'Exchange']],
];

/**
 * A node's label where it stands. A rate is often named as what it is charged for, and two lines of one name, an amount
 * and its rate, read as the same thing; so do the exchange's and the house's charge where both follow one rule, and one
 * figure of two pools.
 */
export function labelUnder(node: ExplainNode, parent: ExplainNode | null): string {
  if (parent === null) return node.label;
  if (node.op === 'input' && node.unit === 'ratio' && parent.label === node.label) return 'Rate';
  if (!parent.children.some((other) => other !== node && other.label === node.label)) return node.label;
  if (node.subject?.pool !== undefined) return `${node.label}, pool ${node.subject.pool}`;
  const who = parent.op === 'greatest' ? WHO_ASKS.find(([asked]) => asked.test(parent.label))?.[1][parent.children.indexOf(node)] : undefined;
  return who === undefined ? node.label : `${who}: ${node.label}`;
}

/** True when a node cites what the line above it cites already: a rate under the product it is part of. */
export function citesAgain({ rule }: ExplainNode, parent: ExplainNode | null): boolean {
  const above = parent?.rule;
  return rule !== undefined && above !== undefined && above.cites === rule.cites && above.pack === rule.pack && above.parameter === rule.parameter;
}
