import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { ExplainNode } from '../../shared/explain.ts';
import { restsOnUnverified, UNVERIFIED_GLYPH, UNVERIFIED_WORDS } from '../../shared/explain-tree.ts';
import { pageOfPath } from '../../shared/help/find.ts';
import { formatCount } from '../../shared/format.ts';
import { faultLine } from '../../shared/result.ts';
import { appearance } from '../design/appearance.ts';
import { useDesk, useRow, useValue } from '../desk/hooks.ts';
import { helpTrail, openHelp } from '../help/state.ts';
import { useCommand } from '../keys/commands.ts';
import { branches } from '../whatif/branches.ts';
import { amountInFull } from './amount-words.ts';
import { useCopy } from './copy.ts';
import { ExplainLineRow } from './explain-line.tsx';
import { allPaths, flatten, nodesTo, openAtFirst, parentPath, type ExplainLine } from './flatten.ts';
import { countLeft, placeOf } from './in-parts.ts';
import type { ExplainRequest } from './request.ts';
import { closeExplain, explained } from './state.ts';
import { useFetchedTree } from './tree-store.ts';

/** More lines than this are cut off with a word about it: nobody reads them, and drawing them takes time. */
const LINES_MAX = 600;

/** Where a key takes the cursor, and what it opens or closes. */
function step(key: string, lines: readonly ExplainLine[], at: number): { to: number; fold?: 'open' | 'close' } | null {
  const line = lines[at];
  if (!line) return null;
  if (key === 'ArrowDown') return { to: Math.min(at + 1, lines.length - 1) };
  if (key === 'ArrowUp') return { to: Math.max(at - 1, 0) };
  if (key === 'Home') return { to: 0 };
  if (key === 'End') return { to: lines.length - 1 };
  if (key === 'ArrowRight') return line.opens && !line.open ? { to: at, fold: 'open' } : { to: Math.min(at + 1, lines.length - 1) };
  if (key === 'ArrowLeft') {
    if (line.open) return { to: at, fold: 'close' };
    const above = lines.findIndex((each) => each.path === parentPath(line.path));
    return { to: above < 0 ? at : above };
  }
  if (key === 'Enter' || key === ' ') return { to: at, fold: line.open ? 'close' : 'open' };
  return null;
}

interface TreeProps {
  root: ExplainNode;
  filter: string;
  open: Set<string>;
  setOpen: (open: Set<string>) => void;
  /** Places of open lines that the desk would not give. */
  refused: ReadonlySet<string>;
  /** Shows the rule of a line in words. */
  onHelp: (path: string) => void;
}

function Tree({ root, filter, open, setOpen, refused, onHelp }: TreeProps): ReactNode {
  const all = useMemo(() => flatten(root, open, filter), [root, open, filter]);
  const lines = all.slice(0, LINES_MAX);
  const [cursor, setCursor] = useState('0');
  const list = useRef<HTMLDivElement>(null);
  const at = Math.max(lines.findIndex((line) => line.path === cursor), 0);

  function fold(path: string, how: 'open' | 'close'): void {
    const next = new Set(open);
    if (how === 'open') next.add(path);
    else next.delete(path);
    setOpen(next);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'F1') {
      event.preventDefault();
      event.stopPropagation();
      onHelp(lines[at]?.path ?? '0');
      return;
    }
    const move = step(event.key, lines, at);
    const target = move && lines[move.to];
    if (!move || !target || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (move.fold) fold(target.path, move.fold);
    setCursor(target.path);
    list.current?.querySelector(`[data-path="${target.path}"]`)?.scrollIntoView({ block: 'nearest' });
  }

  return (
    <div ref={list} className="explain-tree" role="tree" aria-label="How the figure is made" tabIndex={0} aria-activedescendant={`explain-${lines[at]?.path ?? '0'}`} onKeyDown={onKeyDown}>
      {lines.map((line, index) => (
        <ExplainLineRow
          key={line.path}
          line={line}
          here={index === at}
          isRefused={line.node.left !== undefined && refused.has(placeOf(line.node.left))}
          onHelp={() => {
            setCursor(line.path);
            onHelp(line.path);
          }}
          onPick={() => {
            setCursor(line.path);
            if (line.opens) fold(line.path, line.open ? 'close' : 'open');
          }}
        />
      ))}
      {all.length > lines.length && <p className="explain-more">{all.length - lines.length} more lines: use the filter, or close some nodes.</p>}
      {lines.length === 0 && <p className="explain-more">Nothing here says “{filter}”.</p>}
    </div>
  );
}

/** What the panel is about, in its head: the account, the position, whether on a branch. */
function subjectOf(request: ExplainRequest, client: string | null): string {
  const position = request.position === undefined ? '' : ' · one position';
  const regime = request.regime === undefined ? '' : ` · under ${request.regime}`;
  return `${request.account}${client === null ? '' : ` · ${client}`}${position}${regime}`;
}

function Panel({ request }: { request: ExplainRequest }): ReactNode {
  const desk = useDesk();
  const row = useRow(desk.accounts, request.account);
  // A figure of a branch moves with the branch's edits, a live one with the account.
  const branch = useValue(branches).find((each) => each.branchId === request.branchId);
  const { root, fault, refused, setOpened } = useFetchedTree(request, request.branchId === undefined ? row : branch);
  const [filter, setFilter] = useState('');
  const [open, setOpen] = useState<Set<string> | null>(null);
  const reading = useValue(helpTrail) !== null;
  const { negatives } = useValue(appearance);
  useCommand('explain.close', closeExplain, !reading);
  const opened = useMemo(() => open ?? (root ? openAtFirst(root) : new Set<string>()), [open, root]);
  useEffect(() => setOpened(opened), [setOpened, opened]);
  const unopened = useMemo(() => (root ? countLeft(root) : 0), [root]);
  const copy = useCopy(request, root);

  return (
    <aside
      className={`explain-panel${request.branchId === undefined ? '' : ' on-branch'}`}
      data-testid="explain-panel"
      hidden={reading}
      aria-label="Explain"
    >
      <header>
        <div className="explain-title">
          <h2>{root?.label ?? 'Explain'}</h2>
          <button className="quiet" onClick={closeExplain} title="Close (Esc)" aria-label="Close the explain panel">
            ✕
          </button>
        </div>
        <p className="explain-subject">
          {request.branchId !== undefined && <span className="whatif-word">What-if</span>}
          {subjectOf(request, row?.client ?? null)}
        </p>
        {root && (
          <p className="explain-amount" data-testid="explain-amount" data-amount={root.amount ?? ''}>
            {root.amount === null ? 'Does not exist here' : amountInFull(root, negatives)}
            {restsOnUnverified(root) && (
              <span className="unverified-words">
                {UNVERIFIED_GLYPH} {UNVERIFIED_WORDS}
              </span>
            )}
          </p>
        )}
        <div className="explain-tools">
          <input type="search" placeholder="Filter: symbol, rule, word" aria-label="Filter the explanation" value={filter} onChange={(event) => setFilter(event.target.value)} onKeyDown={(event) => event.key === 'Escape' && closeExplain()} />
          <button className="quiet" disabled={!root} onClick={() => root && setOpen(allPaths(root))}>
            Open all
          </button>
          <button className="quiet" disabled={!root} onClick={() => setOpen(new Set(['0']))}>
            Close all
          </button>
          <button className="quiet" disabled={!root} onClick={copy}>
            Copy
          </button>
        </div>
        {unopened > 0 && (
          <p className="explain-unopened" data-testid="explain-unopened">
            {unopened === 1 ? '1 line is not opened yet' : `${formatCount(unopened)} lines are not opened yet`}: neither the filter nor “Open all” looks below. Copy takes all.
          </p>
        )}
      </header>
      {root ? <Tree root={root} filter={filter} open={opened} setOpen={setOpen} refused={refused} onHelp={(path) => openHelp(pageOfPath(request.figure, nodesTo(root, path)).id, request.account)} /> : null}
      {!root && !fault && <p className="explain-more">Working it out …</p>}
      {fault && <p className="explain-more fault">{faultLine(fault)}</p>}
    </aside>
  );
}

/** The panel docked to the right of every screen, when a figure is open in it. */
export function ExplainPanel(): ReactNode {
  const request = useValue(explained);
  return request ? <Panel key={JSON.stringify(request)} request={request} /> : null;
}
