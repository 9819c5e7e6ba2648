import type { ExplainNode } from '../../shared/explain.ts';
import { citesAgain, labelUnder, OPERATION_WORDS, restsOnUnverified, UNVERIFIED_GLYPH, UNVERIFIED_WORDS } from '../../shared/explain-tree.ts';
import { pairingSentences } from '../../shared/pairing.ts';
import { amountInFull } from './amount-words.ts';

function lineOf(node: ExplainNode, parent: ExplainNode | null, depth: number, won: boolean): string {
  const status = node.rule?.status === 'unverified' ? 'UNVERIFIED' : node.rule?.status;
  const details = [
    node.children.length > 1 ? OPERATION_WORDS[node.op] : '',
    node.op === 'sum' && node.children.length === 1 ? '' : (node.arithmetic ?? ''),
    node.rounding ? `rounded ${node.rounding.name} to ${node.rounding.places} places` : '',
    node.rule && !citesAgain(node, parent) ? `[${node.rule.cites}; ${node.rule.pack}; ${status}]` : '',
    node.source && !(node.rule && node.source.includes(node.rule.pack)) ? `(${node.source})` : '',
    ...(node.pairing ? pairingSentences(node.pairing) : []),
  ].filter(Boolean);
  const indent = '  '.repeat(depth);
  const mark = restsOnUnverified(node) ? `${UNVERIFIED_GLYPH} ` : '';
  return `${won ? `${indent.slice(2)}> ` : indent}${mark}${labelUnder(node, parent)}: ${amountInFull(node, 'minus')}${details.length > 0 ? `  ${details.join('  ')}` : ''}`;
}

/**
 * The whole tree as indented text, for a mail or a file: every amount in full, the winning child marked with `>`, every
 * figure that rests on an unverified rule with its sign, which the last line explains.
 */
export function explainAsText(root: ExplainNode): string {
  const lines: string[] = [];
  function visit(node: ExplainNode, parent: ExplainNode | null, depth: number, won: boolean): void {
    lines.push(lineOf(node, parent, depth, won));
    node.children.forEach((child, index) => visit(child, node, depth + 1, node.chosen === index));
  }
  visit(root, null, 0, false);
  if (restsOnUnverified(root)) lines.push(`${UNVERIFIED_GLYPH} ${UNVERIFIED_WORDS}`);
  return lines.join('\n');
}
