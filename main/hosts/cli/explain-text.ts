import type { ExplainNode } from '../../../shared/explain.ts';
import { asRead, citesAgain, labelUnder, OPERATION_WORDS, restsOnUnverified, UNVERIFIED_GLYPH, UNVERIFIED_WORDS } from '../../../shared/explain-tree.ts';
import { formatAmount } from '../../../shared/format.ts';
import { fromDecimalText, toDecimalText } from '../../../shared/money.ts';
import { pairingSentences } from '../../../shared/pairing.ts';
import { painted } from './paint.ts';
import type { Terminal } from './terminal.ts';

/** A line of the tree: a node with its amount, or a note under one. */
interface TreeLine {
  words: string;
  amount: { whole: string; fraction: string; unit: string } | null;
}

const GAP = '  ';

/**
 * Prints an explain tree: one line per node with its amount to the last digit, decimal points in line, and under it the
 * arithmetic, the rule and the source. The child that won a greatest, least or choice is marked `▸`; every figure that
 * rests on an unverified rule `◇`.
 */
export function printExplain(terminal: Terminal, tree: ExplainNode): void {
  const root = asRead(tree);
  const lines = linesOf(root, null, '', '', false);
  const widest = (width: (line: TreeLine) => number): number => Math.max(...lines.map(width));
  const wordsWidth = widest(({ words, amount }) => (amount ? words.length : 0));
  const wholeWidth = widest(({ amount }) => amount?.whole.length ?? 0);
  const fractionWidth = widest(({ amount }) => amount?.fraction.length ?? 0);
  for (const { words, amount } of lines) {
    if (!amount) terminal.out(painted(terminal, 'dim', words));
    else terminal.out(`${words.padEnd(wordsWidth)}${GAP}${amount.whole.padStart(wholeWidth)}${amount.fraction.padEnd(fractionWidth)} ${amount.unit}`.trimEnd());
  }
  if (restsOnUnverified(root)) terminal.out(`${UNVERIFIED_GLYPH} ${UNVERIFIED_WORDS}: recalled, not checked against its text.`);
}

function linesOf(node: ExplainNode, parent: ExplainNode | null, branch: string, stem: string, chosen: boolean): TreeLine[] {
  const operation = OPERATION_WORDS[node.op];
  const marks = `${chosen ? '▸ ' : ''}${restsOnUnverified(node) ? `${UNVERIFIED_GLYPH} ` : ''}`;
  const label = `${marks}${labelUnder(node, parent)}${operation && node.children.length > 1 ? ` (${operation})` : ''}`;
  const below = node.children.length > 0 ? '│ ' : '  ';
  return [
    { words: `${branch}${label}`, amount: amountOf(node) },
    ...notesOf(node, citesAgain(node, parent)).map((note) => ({ words: `${stem}${below}${note}`, amount: null })),
    ...node.children.flatMap((child, index) => {
      const last = index === node.children.length - 1;
      return linesOf(child, node, `${stem}${last ? '└─ ' : '├─ '}`, `${stem}${last ? '   ' : '│  '}`, node.chosen === index);
    }),
  ];
}

/** Money has at least its cents, a rate is a percentage; everything has every digit it has. */
function amountOf(node: ExplainNode): TreeLine['amount'] {
  const { amount, unit } = node;
  if (amount === null) return { whole: 'none', fraction: '', unit };
  if (unit === 'ratio') return amountOf({ ...node, amount: toDecimalText(fromDecimalText(amount).times(100)), unit: '%' });
  const text = formatAmount(amount, { decimals: 'exact', decimalsMin: /^[A-Z]{3}$/.test(unit) ? 2 : 0 });
  const [, whole = text, fraction = ''] = /^(\(?[\d,]+)(.*)$/.exec(text) ?? [];
  return { whole, fraction, unit };
}

/** The lines under a node, without those that only repeat it: a sum of one, a parameter's source that is its rule. */
function notesOf({ op, children, arithmetic, rule, rounding, source, pairing }: ExplainNode, citedAbove: boolean): string[] {
  const shownArithmetic = op === 'sum' && children.length === 1 ? undefined : arithmetic;
  const shownSource = rule && source?.includes(rule.pack) ? undefined : source;
  const status = rule?.status === 'unverified' ? 'UNVERIFIED' : rule?.status;
  const cited = rule && !citedAbove && [rule.cites, rule.pack, rule.parameter, status === 'verified' ? undefined : status].filter(Boolean).join(' · ');
  const rounded = rounding && `rounded ${rounding.name} to ${rounding.places} places`;
  const notes = [shownArithmetic, rounded, cited, shownSource && `from ${shownSource}`].filter((note): note is string => typeof note === 'string' && note !== '');
  return [...notes, ...(pairing ? pairingSentences(pairing) : [])];
}
