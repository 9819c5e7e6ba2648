import type { ExplainNode } from '../../shared/explain.ts';
import { fullFigure } from '../format/figure.ts';

const OPERATION_WORDS: Record<ExplainNode['op'], string> = {
  sum: 'sum of',
  difference: 'first less the others',
  product: 'product of',
  quotient: 'first divided by second',
  greatest: 'greatest of',
  least: 'least of',
  choice: 'choice of',
  input: '',
};

function lineOf(node: ExplainNode, depth: number, won: boolean): string {
  const amount = node.amount === null ? 'none' : `${fullFigure(node.amount)} ${node.unit}`;
  const details = [
    node.children.length > 0 ? OPERATION_WORDS[node.op] : '',
    node.arithmetic ?? '',
    node.rounding ? `rounded ${node.rounding.name} to ${node.rounding.places} places` : '',
    node.rule ? `[${node.rule.cites}; ${node.rule.pack}; ${node.rule.status}]` : '',
    node.source ? `(${node.source})` : '',
  ].filter(Boolean);
  const indent = '  '.repeat(depth);
  return `${won ? `${indent.slice(2)}> ` : indent}${node.label}: ${amount}${details.length > 0 ? `  ${details.join('  ')}` : ''}`;
}

/** The whole tree as indented text, for a mail or a file: every amount in full, the winning child marked with `>`. */
export function explainAsText(root: ExplainNode): string {
  const lines: string[] = [];
  function visit(node: ExplainNode, depth: number, won: boolean): void {
    lines.push(lineOf(node, depth, won));
    node.children.forEach((child, index) => visit(child, depth + 1, node.chosen === index));
  }
  visit(root, 0, false);
  return lines.join('\n');
}
