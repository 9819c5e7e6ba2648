import type { ExplainNode } from '../../shared/explain.ts';
import { nodesBehind, restsOnUnverified, UNVERIFIED_WORDS } from '../../shared/explain-tree.ts';

/** One visible line of an explain tree. */
export interface ExplainLine {
  /** Place in the tree: `0`, `0.2`, `0.2.1`. */
  path: string;
  depth: number;
  node: ExplainNode;
  /** The node above; null at the root. */
  above: ExplainNode | null;
  /** True for the child that a greatest, least or choice above it took. */
  won: boolean;
  /** True for a child that it did not take. */
  lost: boolean;
  open: boolean;
  opens: boolean;
}

const DEFAULT_DEPTH = 2;
const PICKS = new Set<ExplainNode['op']>(['greatest', 'least', 'choice']);

const childPath = (path: string, index: number): string => `${path}.${index}`;

/** The nodes open at first: the figure's first levels, and below them the way the figure took. */
export function openAtFirst(root: ExplainNode): Set<string> {
  // Also a top whose lines are still to be fetched: a figure is opened to see them.
  const open = new Set<string>(root.left ? ['0'] : []);
  function visit(node: ExplainNode, path: string, depth: number): void {
    if (node.children.length === 0 || depth >= DEFAULT_DEPTH) return;
    open.add(path);
    node.children.forEach((child, index) => {
      // At the top, a step to a single child explains nothing and costs no depth.
      const deeper = depth === 0 && node.children.length === 1 ? 0 : depth + 1;
      if (!PICKS.has(node.op) || node.chosen === undefined || node.chosen === index) visit(child, childPath(path, index), deeper);
    });
  }
  visit(root, '0', 0);
  return open;
}

/** Every node that has children: for "open all". */
export function allPaths(root: ExplainNode): Set<string> {
  const paths = new Set<string>();
  nodesWhere(root, ({ children }, path) => children.length > 0 && paths.add(path).has(path));
  return paths;
}

/** The nodes, from the top down, of which it is so. */
export function nodesWhere(root: ExplainNode, isSo: (node: ExplainNode, path: string) => boolean): ExplainNode[] {
  const nodes: ExplainNode[] = [];
  function visit(node: ExplainNode, path: string): void {
    if (isSo(node, path)) nodes.push(node);
    node.children.forEach((child, index) => visit(child, childPath(path, index)));
  }
  visit(root, '0');
  return nodes;
}

function says(node: ExplainNode, words: readonly string[]): boolean {
  const text = [node.label, restsOnUnverified(node) ? UNVERIFIED_WORDS : '', node.arithmetic, node.source, node.rule?.cites, node.rule?.pack, node.rule?.parameter, node.subject?.instrument, node.amount]
    .filter(Boolean)
    .join(' ')
    .toLowerCase();
  return words.every((word) => text.includes(word));
}

/** Paths of the nodes that say all the words, with every node above them. */
function pathsSaying(root: ExplainNode, words: readonly string[]): Set<string> {
  const found = new Set<string>();
  function visit(node: ExplainNode, path: string): boolean {
    const below = node.children.map((child, index) => visit(child, childPath(path, index))).includes(true);
    const here = below || says(node, words);
    if (here) found.add(path);
    return here;
  }
  visit(root, '0');
  return found;
}

/** The visible lines from top to bottom. A filter shows what says its words and the way down to it, all open. */
export function flatten(root: ExplainNode, open: ReadonlySet<string>, filter = ''): ExplainLine[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const matching = words.length > 0 ? pathsSaying(root, words) : null;
  const lines: ExplainLine[] = [];
  function visit(node: ExplainNode, path: string, depth: number, above: ExplainNode | null, index: number): void {
    if (matching && !matching.has(path)) return;
    const picked = above !== null && PICKS.has(above.op) && above.chosen !== undefined;
    const isOpen = matching && !node.left ? node.children.some((_, child) => matching.has(childPath(path, child))) : open.has(path);
    const won = picked && above.chosen === index;
    lines.push({ path, depth, node, above, won, lost: picked && !won, open: isOpen, opens: node.children.length > 0 || node.left !== undefined });
    if (isOpen) node.children.forEach((child, at) => visit(child, childPath(path, at), depth + 1, node, at));
  }
  visit(root, '0', 0, null, 0);
  return lines;
}

/** The path of the node above, or null at the root. */
export function parentPath(path: string): string | null {
  const cut = path.lastIndexOf('.');
  return cut < 0 ? null : path.slice(0, cut);
}

/** The nodes from the root down to a path: what a line's help page is looked up by. */
export function nodesTo(root: ExplainNode, path: string): ExplainNode[] {
  const nodes = [root];
  for (const step of path.split('.').slice(1)) {
    const next = nodes.at(-1)?.children[Number(step)];
    if (!next) break;
    nodes.push(next);
  }
  return nodes.flatMap(nodesBehind);
}
