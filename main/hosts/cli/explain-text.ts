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

/** A line of the tree: a node with its amount, or a note under one. */
interface TreeLine {
  words: string;
  amount: { whole: string; fraction: string; unit: string } | null;
}

const GAP = '  ';

/**
 * Prints an explain tree: one line per node with its amount to the last digit, decimal points in line, and under it the
 * arithmetic, the rule and the source. The child that won a greatest, least or choice is marked `▸`.
 */
export function printExplain(terminal: Terminal, tree: ExplainNode): void {
  const lines = linesOf(tree, '', '', false);
  const widest = (width: (line: TreeLine) => number): number => Math.max(...lines.map(width));
  const wordsWidth = widest(({ words, amount }) => (amount ? words.length : 0));
  const wholeWidth = widest(({ amount }) => amount?.whole.length ?? 0);
  const fractionWidth = widest(({ amount }) => amount?.fraction.length ?? 0);
  for (const { words, amount } of lines) {
    if (!amount) terminal.out(painted(terminal, 'dim', words));
    else terminal.out(`${words.padEnd(wordsWidth)}${GAP}${amount.whole.padStart(wholeWidth)}${amount.fraction.padEnd(fractionWidth)} ${amount.unit}`.trimEnd());
  }
}

function linesOf(node: ExplainNode, branch: string, stem: string, chosen: boolean): TreeLine[] {
  const operation = OPERATION_WORDS[node.op];
  const label = `${chosen ? '▸ ' : ''}${node.label}${operation ? ` (${operation})` : ''}`;
  const below = node.children.length > 0 ? '│ ' : '  ';
  return [
    { words: `${branch}${label}`, amount: amountOf(node) },
    ...notesOf(node).map((note) => ({ words: `${stem}${below}${note}`, amount: null })),
    ...node.children.flatMap((child, index) => {
      const last = index === node.children.length - 1;
      return linesOf(child, `${stem}${last ? '└─ ' : '├─ '}`, `${stem}${last ? '   ' : '│  '}`, node.chosen === index);
    }),
  ];
}

/** Money has at least its cents; everything has every digit it has. */
function amountOf({ amount, unit }: ExplainNode): TreeLine['amount'] {
  if (amount === null) return { whole: 'none', fraction: '', unit };
  const text = formatAmount(amount, { decimals: 'exact', decimalsMin: /^[A-Z]{3}$/.test(unit) ? 2 : 0 });
  const [, whole = text, fraction = ''] = /^(\(?[\d,]+)(.*)$/.exec(text) ?? [];
  return { whole, fraction, unit };
}

/** The lines under a node, without those that only repeat it: a sum of one, a parameter's source that is its rule. */
function notesOf({ op, children, arithmetic, rule, rounding, source }: ExplainNode): string[] {
  const shownArithmetic = op === 'sum' && children.length === 1 ? undefined : arithmetic;
  const shownSource = rule && source?.includes(rule.pack) ? undefined : source;
  const cited = rule && [rule.cites, rule.pack, rule.parameter, rule.status === 'verified' ? undefined : rule.status].filter(Boolean).join(' · ');
  const rounded = rounding && `rounded ${rounding.name} to ${rounding.places} places`;
  return [shownArithmetic, rounded, cited, shownSource && `from ${shownSource}`].filter((note): note is string => note !== undefined && note !== '');
}
