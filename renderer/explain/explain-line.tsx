import type { ReactNode } from 'react';
import type { ExplainNode } from '../../shared/explain.ts';
import { citesAgain, labelUnder, restsOnUnverified, UNVERIFIED_GLYPH, UNVERIFIED_WORDS } from '../../shared/explain-tree.ts';
import { CERTAINTY_WORDS } from '../../shared/help/page.ts';
import { formatAmount } from '../../shared/format.ts';
import { pairingInShort, pairingSentences, type PairingView } from '../../shared/pairing.ts';
import { formatFigure, kindOfUnit } from '../format/figure.ts';
import { amountInFull } from './amount-words.ts';
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

function RuleChip({ rule, onHelp }: { rule: NonNullable<ExplainNode['rule']>; onHelp: () => void }): ReactNode {
  const about = [`${rule.cites} — ${CERTAINTY_WORDS[rule.status]}`, rule.pack, rule.parameter, 'Press for the rule in words (F1)'].filter(Boolean).join('\n');
  return (
    <button
      className={`rule rule-${rule.status}`}
      title={about}
      tabIndex={-1}
      onClick={(event) => {
        event.stopPropagation();
        onHelp();
      }}
    >
      {rule.cites}
      <span className="rule-status">{rule.status}</span>
    </button>
  );
}

function Amount({ node }: { node: ExplainNode }): ReactNode {
  if (node.amount === null) return <span className="amount faint">none</span>;
  if (node.unit === 'ratio')
    return (
      <span className="amount" data-amount={node.amount}>
        {amountInFull(node, 'minus')}
      </span>
    );
  // The unit stands beside the amount, so a multiple needs no sign of its own. Money is read in cents; what it was made
  // from has every digit that the arithmetic has.
  const kind = node.unit === 'times' ? 'ratio' : kindOfUnit(node.unit);
  const shown = kind === 'money' || kind === 'ratio' ? (node.amount === '0' ? '0' : formatFigure(node.amount, kind)) : formatAmount(node.amount, { decimals: 'exact', decimalsMin: kind === 'price' ? 2 : 0 });
  return (
    <span className={`amount${node.amount.startsWith('-') ? ' negative' : ''}`} title={amountInFull(node, 'minus')} data-amount={node.amount}>
      {shown} <small>{node.unit}</small>
    </span>
  );
}

/** How the legs of an underlying were put together: how sure, and what a simple pairing would ask. */
function PairingWords({ pairing }: { pairing: PairingView }): ReactNode {
  return (
    <span className="pairing-words" title={pairingSentences(pairing).join('\n')} data-testid="pairing-words">
      {pairingInShort(pairing)}
    </span>
  );
}

/** One line of the tree: what it is and how much, and under it how a clerk would write it, by which rule, from where. */
export function ExplainLineRow({ line, here, isRefused, onPick, onHelp }: { line: ExplainLine; here: boolean; isRefused: boolean; onPick: () => void; onHelp: () => void }): ReactNode {
  const { node, above, depth, path } = line;
  const operation = OPERATIONS[node.op];
  const classes = ['explain-line', here ? 'here' : '', line.won ? 'won' : '', line.lost ? 'lost' : ''].filter(Boolean).join(' ');
  // Of a sum of one thing the arithmetic would read "5 = 5".
  const arithmetic = node.op === 'sum' && node.children.length === 1 ? undefined : node.arithmetic;
  // A rate cites what the product above it cites, and its source is the pack that the citation names.
  const rule = node.rule && !citesAgain(node, above) ? node.rule : undefined;
  const source = node.rule && node.source?.includes(node.rule.pack) ? undefined : node.source;
  const awaited = line.open && node.left ? (isRefused ? 'What is below could not be fetched. Close the line and open it again.' : 'What is below is being fetched …') : null;
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
      {...(awaited !== null && !isRefused ? { 'aria-busy': true } : {})}
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
        {restsOnUnverified(node) && (
          <span className="unverified-mark" title={UNVERIFIED_WORDS}>
            {UNVERIFIED_GLYPH}
          </span>
        )}
        {labelUnder(node, above)}
        {line.won && <span className="won-word">taken</span>}
      </span>
      <Amount node={node} />
      {(arithmetic ?? rule ?? source ?? rounding ?? node.pairing ?? awaited) && (
        <span className="detail">
          {arithmetic && <span className="arithmetic">{arithmetic}</span>}
          {rounding && <span className="faint">{rounding}</span>}
          {rule && <RuleChip rule={rule} onHelp={onHelp} />}
          {source && <span className="source">{source}</span>}
          {node.pairing && <PairingWords pairing={node.pairing} />}
          {awaited && <span className="faint">{awaited}</span>}
        </span>
      )}
    </div>
  );
}
