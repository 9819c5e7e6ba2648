import type { ReactNode } from 'react';
import type { ExplainNode } from '../../shared/explain.ts';
import { formatFigure, fullFigure, kindOfUnit } from '../format/figure.ts';
import type { ExplainLine } from './flatten.ts';

/** How the amount follows from the lines below it: a sign, and the word for those who hear it. */
const OPERATIONS: Record<ExplainNode['op'], { glyph: string; word: string }> = {
  sum: { glyph: 'Σ', word: 'The sum of the lines below' },
  difference: { glyph: '−', word: 'The first line below less the others' },
  product: { glyph: '×', word: 'The product of the lines below' },
  quotient: { glyph: '÷', word: 'The first line below divided by the second' },
  greatest: { glyph: 'max', word: 'The greatest of the lines below' },
  least: { glyph: 'min', word: 'The least of the lines below' },
  choice: { glyph: 'if', word: 'One of the lines below, for the reason given' },
  input: { glyph: '·', word: 'Taken from the file, the market or the rule pack' },
};

const CERTAINTY: Record<NonNullable<ExplainNode['rule']>['status'], string> = {
  verified: 'read in the rule itself',
  secondary: 'read in a summary of the rule',
  house: 'set by the firm',
  unverified: 'not checked against the rule',
};

function RuleChip({ rule }: { rule: NonNullable<ExplainNode['rule']> }): ReactNode {
  const about = [`${rule.cites} — ${CERTAINTY[rule.status]}`, rule.pack, rule.parameter].filter(Boolean).join('\n');
  return (
    <span className={`rule rule-${rule.status}`} title={about}>
      {rule.cites}
      <span className="rule-status">{rule.status}</span>
    </span>
  );
}

function Amount({ node }: { node: ExplainNode }): ReactNode {
  if (node.amount === null) return <span className="amount faint">none</span>;
  // The unit stands beside the amount, so a multiple needs no sign of its own.
  const kind = node.unit === 'times' ? 'ratio' : kindOfUnit(node.unit);
  const shown = node.amount === '0' ? '0' : formatFigure(node.amount, kind);
  return (
    <span className={`amount${node.amount.startsWith('-') ? ' negative' : ''}`} title={`${fullFigure(node.amount)} ${node.unit}`} data-amount={node.amount}>
      {shown} <small>{node.unit}</small>
    </span>
  );
}

/** One line of the tree: what it is and how much, and under it how a clerk would write it, by which rule, from where. */
export function ExplainLineRow({ line, here, onPick }: { line: ExplainLine; here: boolean; onPick: () => void }): ReactNode {
  const { node, depth, path } = line;
  const operation = OPERATIONS[node.op];
  const classes = ['explain-line', here ? 'here' : '', line.won ? 'won' : '', line.lost ? 'lost' : ''].filter(Boolean).join(' ');
  // Of a sum of one thing the arithmetic would read "5 = 5".
  const arithmetic = node.op === 'sum' && node.children.length === 1 ? undefined : node.arithmetic;
  const rounding = node.rounding ? `rounded ${node.rounding.name} to ${node.rounding.places} places` : null;
  return (
    // The tree takes the keys for all of its lines (see explain-panel.tsx); a line only answers the mouse.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={`explain-${path}`}
      data-path={path}
      className={classes}
      role="treeitem"
      aria-level={depth + 1}
      aria-selected={here}
      {...(line.opens ? { 'aria-expanded': line.open } : {})}
      ref={(element) => element?.style.setProperty('--depth', String(depth))}
      onClick={onPick}
    >
      <span className="caret" aria-hidden="true">
        {line.opens ? (line.open ? '▾' : '▸') : ''}
      </span>
      <span className={`op op-${node.op}`} title={operation.word}>
        {operation.glyph}
      </span>
      <span className="label">
        {node.label}
        {line.won && <span className="won-word">taken</span>}
      </span>
      <Amount node={node} />
      {(arithmetic ?? node.rule ?? node.source ?? rounding) && (
        <span className="detail">
          {arithmetic && <span className="arithmetic">{arithmetic}</span>}
          {rounding && <span className="faint">{rounding}</span>}
          {node.rule && <RuleChip rule={node.rule} />}
          {node.source && <span className="source">{node.source}</span>}
        </span>
      )}
    </div>
  );
}
