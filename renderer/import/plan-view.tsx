import { useMemo, useState, type ReactNode } from 'react';
import type { PlanSummary, RowNote } from '../../shared/domain/import-plan.ts';
import { useRowStore } from '../desk/use-row-store.ts';
import { formatBytes, formatCount, formatMoment } from '../format/moment.ts';
import { DeskGrid } from '../grid/desk-grid.tsx';
import { FORMAT_NAMES } from './format-names.ts';
import { noteColumns, planColumns, type KeyedNote, type KeyedPlanRow } from './plan-columns.ts';
import { usePlanRows } from './plan-rows.ts';

type Tab = 'changes' | 'rejected' | 'skipped';

function Changes({ planId }: { planId: string }): ReactNode {
  const { rows, total } = usePlanRows(planId);
  const store = useRowStore<KeyedPlanRow>(rows, (row) => row.key);
  const listed = rows?.length ?? 0;
  return (
    <DeskGrid
      view="plan"
      testId="plan-grid"
      title="Changes"
      label="Changes the file would make"
      noun={['change', 'changes']}
      tools={total > listed ? <span className="faint">the first {formatCount(listed)} of {formatCount(total)} are listed</span> : null}
      columns={planColumns}
      store={store}
      empty={
        <>
          <h3>The file changes nothing</h3>
          <p>Everything it says is in the book already.</p>
        </>
      }
    />
  );
}

function Notes({ notes, kind }: { notes: readonly RowNote[]; kind: 'rejected' | 'skipped' }): ReactNode {
  const rows = useMemo(() => notes.map((note, index) => ({ ...note, key: `${note.line}.${index}` })), [notes]);
  const store = useRowStore<KeyedNote>(rows, (row) => row.key);
  return (
    <DeskGrid
      key={kind}
      view={`plan-${kind}`}
      testId={`plan-${kind}-grid`}
      title={kind === 'rejected' ? 'Rejected rows' : 'Skipped rows'}
      label={kind === 'rejected' ? 'Rows that could not be read' : 'Rows that hold no facts'}
      noun={['row', 'rows']}
      columns={noteColumns}
      store={store}
      empty={<p>{kind === 'rejected' ? 'Every row of the file could be read.' : 'No row of the file was skipped.'}</p>}
    />
  );
}

function Count({ name, count, tone = '' }: { name: string; count: number; tone?: string }): ReactNode {
  return (
    <div className={`plan-count ${count > 0 ? tone : ''}`}>
      <b data-testid={`plan-${name}`}>{formatCount(count)}</b>
      <span>{name}</span>
    </div>
  );
}

function PlanFacts({ plan }: { plan: PlanSummary }): ReactNode {
  const few = plan.accounts.slice(0, 6).join(', ');
  const more = plan.accounts.length > 6 ? ` and ${formatCount(plan.accounts.length - 6)} more` : '';
  return (
    <dl className="plan-facts">
      <dt>File</dt>
      <dd title={`SHA-256 ${plan.file.sha256}`}>
        {plan.file.name} <span className="faint">{formatBytes(plan.file.bytes)}</span>
      </dd>
      <dt>Format</dt>
      <dd>{FORMAT_NAMES[plan.format]}</dd>
      <dt>As of</dt>
      <dd data-testid="plan-as-of">
        {plan.asOf} <span className="faint">from {plan.asOfSource}</span>
      </dd>
      <dt>Accounts</dt>
      <dd title={plan.accounts.join(', ')}>{plan.accounts.length === 0 ? 'none' : few + more}</dd>
    </dl>
  );
}

/** Remarks that are listed; a file can bring one for every row. */
const NOTES_MAX = 100;

function PlanWarnings({ plan }: { plan: PlanSummary }): ReactNode {
  return (
    <ul className="plan-notes">
      {plan.appliedBefore && <li className="warn">▲ This very file was imported on {formatMoment(plan.appliedBefore.at)} (sequence {formatCount(plan.appliedBefore.sequence)}). Accepting it again changes nothing that has not changed since.</li>}
      {plan.backDated.length > 0 && <li className="warn">▲ The book knows a later day for {plan.backDated.join(', ')}: what this file says of them is kept as history, not as the present.</li>}
      {plan.notes.slice(0, NOTES_MAX).map((note) => (
        <li key={note}>{note}</li>
      ))}
      {plan.notes.length > NOTES_MAX && <li className="faint">… and {formatCount(plan.notes.length - NOTES_MAX)} more notes.</li>}
    </ul>
  );
}

export interface PlanViewProps {
  plan: PlanSummary;
  busy: ReactNode;
  onAccept: () => void;
  onDiscard: () => void;
  onMap: (() => void) | null;
}

/** What a file would do to the book, before it does: counts, changes, rows not taken. Accept or discard. */
export function PlanView({ plan, busy, onAccept, onDiscard, onMap }: PlanViewProps): ReactNode {
  const [tab, setTab] = useState<Tab>('changes');
  const { counts } = plan;
  const tabs: { id: Tab; name: string; count: number }[] = [
    { id: 'changes', name: 'Changes', count: counts.new + counts.changed + counts.closed },
    { id: 'rejected', name: 'Rejected', count: counts.rejected },
    { id: 'skipped', name: 'Skipped', count: counts.skipped },
  ];
  return (
    <div className="plan" data-testid="import-plan">
      <div className="plan-head">
        <PlanFacts plan={plan} />
        <div className="plan-counts">
          <Count name="new" count={counts.new} />
          <Count name="changed" count={counts.changed} />
          <Count name="closed" count={counts.closed} tone="warn" />
          <Count name="unchanged" count={counts.unchanged} />
          <Count name="positions" count={counts.positions} />
          <Count name="rejected" count={counts.rejected} tone="bad" />
          <Count name="skipped" count={counts.skipped} />
        </div>
        <div className="plan-acts">
          {busy ?? (
            <>
              <p className="faint">Nothing is written until you accept.</p>
              {onMap && <button onClick={onMap}>Change mapping</button>}
              <button onClick={onDiscard} data-testid="import-discard">
                Discard
              </button>
              <button className="primary" onClick={onAccept} data-testid="import-accept">
                Accept
              </button>
            </>
          )}
        </div>
      </div>
      <PlanWarnings plan={plan} />
      <div className="tabs" role="tablist" aria-label="Parts of the plan">
        {tabs.map(({ id, name, count }) => (
          <button key={id} role="tab" aria-selected={tab === id} onClick={() => setTab(id)} data-testid={`plan-tab-${id}`}>
            {name} <span className={`tab-count${id === 'rejected' && count > 0 ? ' bad' : ''}`}>{formatCount(count)}</span>
          </button>
        ))}
      </div>
      {tab === 'changes' ? <Changes planId={plan.planId} /> : <Notes kind={tab} notes={tab === 'rejected' ? plan.rejected : plan.skipped} />}
    </div>
  );
}
