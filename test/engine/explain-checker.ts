import type { ExplainNode } from '../../shared/explain.ts';

/**
 * Recomputes explain trees with whole-number fractions. Shares no code with the engine: no Decimal, no figure, only the
 * meaning of the operations as shared/explain.ts states it.
 */
interface Fraction {
  over: bigint;
  under: bigint;
}

/**
 * Every node whose amount is not its operation applied to its children, as `path: what is wrong`. A node that stands in
 * several places is looked at once; `seen` keeps that up over several trees.
 */
export function wrongNodes(node: ExplainNode, path = node.label, seen = new Set<ExplainNode>()): string[] {
  if (seen.has(node)) return [];
  seen.add(node);
  const problem = problemOf(node);
  const here = problem ? [`${path}: ${problem}`] : [];
  return [...here, ...node.children.flatMap((child, index) => wrongNodes(child, `${path} / ${index} ${child.label}`, seen))];
}

/** Nodes in a tree, itself included. */
export function countNodes(node: ExplainNode): number {
  return node.children.reduce((total, child) => total + countNodes(child), 1);
}

/** All nodes of a tree, parents first. */
export function nodesOf(node: ExplainNode): ExplainNode[] {
  return [node, ...node.children.flatMap(nodesOf)];
}

function problemOf(node: ExplainNode): string | null {
  const children = node.children.map(({ amount }) => amount);
  if (children.includes(null)) return 'a child has no amount';
  if (node.amount === null) return absenceProblem(node);
  if (node.op === 'input') return inputProblem(node);
  const expected = evaluate(node, children.map((amount) => read(amount as string)));
  if (typeof expected === 'string') return expected;
  const actual = read(node.amount);
  return compare(expected, actual) === 0 ? null : `${node.amount} is not its ${node.op}, ${expected.over}/${expected.under}`;
}

/** A figure may be missing only where it says why: a quotient with nothing to divide by, or an input never known. */
function absenceProblem(node: ExplainNode): string | null {
  if (!node.arithmetic) return 'no amount and no reason';
  const [, divisor] = node.children;
  if (node.op !== 'quotient') return node.children.length === 0 ? null : 'no amount though there are children';
  return divisor && compare(read(divisor.amount ?? '0'), { over: 0n, under: 1n }) > 0 ? 'no amount though it can be divided' : null;
}

function inputProblem(node: ExplainNode): string | null {
  if (node.children.length > 0) return 'an input with children';
  return node.source === undefined ? 'an input that does not say where it comes from' : null;
}

function evaluate(node: ExplainNode, terms: Fraction[]): Fraction | string {
  switch (node.op) {
    case 'sum':
      return rounded(terms.reduce(add, { over: 0n, under: 1n }), node);
    case 'difference': {
      const [first, ...rest] = terms;
      return first ? rounded(rest.reduce((total, term) => add(total, negative(term)), first), node) : 'a difference without children';
    }
    case 'product':
      return terms.length > 0 ? rounded(terms.reduce(multiply), node) : 'a product without children';
    case 'quotient': {
      const [dividend, divisor] = terms;
      if (!dividend || !divisor || divisor.over === 0n || terms.length !== 2) return 'a quotient without two children that divide';
      return node.rounding ? rounded(multiply(dividend, inverse(divisor)), node) : 'a quotient without a rounding';
    }
    case 'greatest':
      return winner(node, terms, (a, b) => compare(a, b) > 0);
    case 'least':
      return winner(node, terms, (a, b) => compare(a, b) < 0);
    case 'choice':
      return terms[node.chosen ?? -1] ?? 'a choice of no child';
    case 'input':
      break;
  }
  return 'an input';
}

function winner(node: ExplainNode, terms: Fraction[], beats: (a: Fraction, b: Fraction) => boolean): Fraction | string {
  const chosen = terms[node.chosen ?? -1];
  if (!chosen) return 'no child is chosen';
  return terms.some((term) => beats(term, chosen)) ? 'another child would have won' : rounded(chosen, node);
}

function rounded(value: Fraction, { rounding }: ExplainNode): Fraction {
  if (!rounding) return value;
  const under = 10n ** BigInt(rounding.places);
  const scaled = value.over * under;
  const negativeValue = scaled < 0n !== value.under < 0n && scaled !== 0n;
  const [top, bottom] = [scaled < 0n ? -scaled : scaled, value.under < 0n ? -value.under : value.under];
  let whole = top / bottom;
  const rest = top % bottom;
  const twice = rest * 2n;
  const up = rounding.name === 'up' ? rest > 0n : rounding.name === 'down' ? false : twice > bottom || (twice === bottom && whole % 2n === 1n);
  if (up) whole += 1n;
  return { over: negativeValue ? -whole : whole, under };
}

function read(text: string): Fraction {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) throw new Error(`no decimal: ${text}`);
  const [, sign, whole = '', decimals = ''] = match;
  const over = BigInt(whole + decimals);
  return { over: sign === '-' ? -over : over, under: 10n ** BigInt(decimals.length) };
}

function add(a: Fraction, b: Fraction): Fraction {
  return { over: a.over * b.under + b.over * a.under, under: a.under * b.under };
}

function multiply(a: Fraction, b: Fraction): Fraction {
  return { over: a.over * b.over, under: a.under * b.under };
}

function negative({ over, under }: Fraction): Fraction {
  return { over: -over, under };
}

function inverse({ over, under }: Fraction): Fraction {
  return { over: under, under: over };
}

function compare(a: Fraction, b: Fraction): number {
  const difference = (a.over * b.under - b.over * a.under) * (a.under < 0n !== b.under < 0n ? -1n : 1n);
  return difference === 0n ? 0 : difference > 0n ? 1 : -1;
}
