import type { PlanRow, RowNote } from '../../shared/domain/import-plan.ts';
import type { Column } from '../grid/column.ts';

export type KeyedPlanRow = PlanRow & { key: string };
export type KeyedNote = RowNote & { key: string };

const CHANGE_WORDS: Record<PlanRow['change'], string> = { new: '+ new', changed: '~ changed', closed: '× closed' };
const FACT_WORDS: Record<PlanRow['fact'], string> = {
  account: 'Account',
  instrument: 'Instrument',
  position: 'Position',
  cash: 'Cash',
  mark: 'Mark',
  fx: 'FX rate',
  activity: 'Activity',
  brokerFigure: 'Broker figure',
  exclusion: 'Exclusion',
};

/** What accepting the plan would write, one line per fact. */
export const planColumns: readonly Column<KeyedPlanRow>[] = [
  { id: 'change', header: 'Change', hint: 'What would happen to the fact', kind: 'text', width: 90, pinned: true, read: (row) => row.change, show: (row) => CHANGE_WORDS[row.change], tone: (row) => (row.change === 'closed' ? 'late' : row.change === 'new' ? 'better' : 'soon') },
  { id: 'fact', header: 'What', hint: 'Kind of fact', kind: 'text', width: 104, read: (row) => row.fact, show: (row) => FACT_WORDS[row.fact] },
  { id: 'account', header: 'Account', hint: 'Account it belongs to', kind: 'text', width: 110, read: (row) => row.account },
  { id: 'label', header: 'Name', hint: 'Instrument, currency or figure', kind: 'text', width: 230, read: (row) => row.label, tone: () => 'strong' },
  { id: 'before', header: 'In the book', hint: 'What the book says now', kind: 'text', width: 220, grows: true, read: (row) => row.before, note: (row) => row.before },
  { id: 'after', header: 'In the file', hint: 'What it would say', kind: 'text', width: 220, grows: true, read: (row) => row.after, note: (row) => row.after },
  { id: 'line', header: 'Line', hint: 'Line in the file', kind: 'count', width: 64, read: (row) => String(row.line) },
];

/** Rows of the file that were not taken, and why. */
export const noteColumns: readonly Column<KeyedNote>[] = [
  { id: 'line', header: 'Line', hint: 'Line in the file', kind: 'count', width: 64, pinned: true, read: (row) => String(row.line) },
  { id: 'column', header: 'Column', hint: 'Column in the file', kind: 'text', width: 120, read: (row) => row.column ?? null },
  { id: 'reason', header: 'Reason', hint: 'Why the row was not taken', kind: 'text', width: 380, grows: true, read: (row) => row.reason, note: (row) => row.reason, tone: () => 'strong' },
  { id: 'text', header: 'Row', hint: 'How the row begins', kind: 'text', width: 340, grows: true, read: (row) => row.text ?? null, note: (row) => row.text ?? null },
  { id: 'code', header: 'Code', hint: 'Stable name of the reason, for scripts', kind: 'text', width: 170, read: (row) => row.code, tone: () => 'faint' },
];
