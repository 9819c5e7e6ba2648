import type { ExplainNode } from '../../../shared/explain.ts';
import { formatAmount } from '../../../shared/format.ts';
import { painted } from './paint.ts';
import type { Terminal } from './terminal.ts';

const OPERATION_WORDS: Record<ExplainNode['op'], string> = {
  sum: 'sum of',
  difference: 'first less the rest',
  product: 'product of',
  quotient: 'first divided by second',
  greatest: 'greatest of',
  least: 'least of',
  choice: 'chosen from',
  input: '',
};

/** A line of the tree: its drawing, its words, and the amount that stands at the right edge. */
interface TreeLine {
  words: string;
  amount: string;
  note: boolean;
}

/**
 * Prints an explain tree: one line per node with its amount to the last digit at the right edge, and under it the
 * arithmetic, the rule and the source. The child that won a greatest, least or choice is marked `▸`.
 */
export function printExplain(terminal: Terminal, tree: ExplainNode): void {
  const lines = linesOf(tree, '', '', false);
  const amountWidth = Math.max(...lines.map(({ amount }) => amount.length));
  const wordsWidth = Math.min(Math.max(...lines.filter(({ note }) => !note).map(({ words }) => words.length)), terminal.columns - amountWidth - 2);
  for (const { words, amount, note } of lines) {
    if (note) terminal.out(painted(terminal, 'dim', words));
    else terminal.out(`${words.padEnd(wordsWidth)}  ${amount.padStart(amountWidth)}`.trimEnd());
  }
}

function linesOf(node: ExplainNode, branch: string, stem: string, chosen: boolean): TreeLine[] {
  const operation = OPERATION_WORDS[node.op];
  const label = `${chosen ? '▸ ' : ''}${node.label}${operation ? ` (${operation})` : ''}`;
  const below = node.children.length > 0 ? '│ ' : '  ';
  return [
    { words: `${branch}${label}`, amount: amountText(node), note: false },
    ...notesOf(node).map((note) => ({ words: `${stem}${below}${note}`, amount: '', note: true })),
    ...node.children.flatMap((child, index) => {
      const last = index === node.children.length - 1;
      return linesOf(child, `${stem}${last ? '└─ ' : '├─ '}`, `${stem}${last ? '   ' : '│  '}`, node.chosen === index);
    }),
  ];
}

function amountText({ amount, unit }: ExplainNode): string {
  return amount === null ? `none ${unit}` : `${formatAmount(amount, { decimals: 'exact', decimalsMin: /^[A-Z]{3}$/.test(unit) ? 2 : 0 })} ${unit}`;
}

function notesOf({ arithmetic, rule, rounding, source }: ExplainNode): string[] {
  const cited = rule && [rule.cites, rule.pack, rule.parameter, rule.status === 'verified' ? undefined : rule.status].filter(Boolean).join(' · ');
  const rounded = rounding && `rounded ${rounding.name} to ${rounding.places} places`;
  return [arithmetic, rounded, cited, source && `from ${source}`].filter((note): note is string => note !== undefined && note !== '');
}
