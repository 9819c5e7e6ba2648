import type { ReactNode } from 'react';
import type { ImportRow } from '../../shared/views.ts';
import { faultLine } from '../../shared/result.ts';
import { useAnswer, useBook } from '../desk/hooks.ts';
import { useRowStore } from '../desk/use-row-store.ts';
import { formatMoment } from '../format/moment.ts';
import type { Column } from '../grid/column.ts';
import { DeskGrid } from '../grid/desk-grid.tsx';
import { FORMAT_NAMES } from './format-names.ts';

type CountName = 'accounts' | 'new' | 'changed' | 'closed' | 'unchanged' | 'rejected' | 'skipped';

function count(id: CountName, header: string, hint: string): Column<ImportRow> {
  return { id, header, hint, kind: 'count', width: 104, read: (row) => String(row[id]), tone: (row) => (id === 'rejected' && row.rejected > 0 ? 'late' : null) };
}

const columns: readonly Column<ImportRow>[] = [
  { id: 'sequence', header: 'Seq', hint: 'Journal sequence of the import', kind: 'count', width: 64, pinned: true, read: (row) => String(row.sequence) },
  { id: 'at', header: 'When', hint: 'When it was accepted', kind: 'date', width: 158, read: (row) => row.at, show: (row) => formatMoment(row.at) },
  { id: 'file', header: 'File', hint: 'Name of the file', kind: 'text', width: 250, grows: true, read: (row) => row.file, note: (row) => `SHA-256 ${row.sha256}`, tone: () => 'strong' },
  { id: 'format', header: 'Format', hint: 'What the file was recognised as', kind: 'text', width: 150, read: (row) => row.format, show: (row) => FORMAT_NAMES[row.format] },
  { id: 'asOf', header: 'As of', hint: 'The day its positions are of', kind: 'date', width: 92, read: (row) => row.asOf },
  count('accounts', 'Accounts', 'Accounts in the file'),
  count('new', 'New', 'Facts that were new'),
  count('changed', 'Changed', 'Facts that changed'),
  count('closed', 'Closed', 'Positions that were closed'),
  count('unchanged', 'Unchanged', 'Facts that were in the book already'),
  count('rejected', 'Rejected', 'Rows that could not be read'),
  count('skipped', 'Skipped', 'Totals, footers and other rows without facts'),
  { id: 'by', header: 'By', hint: 'Who accepted it', kind: 'text', width: 90, read: (row) => row.by },
];

/** What has been imported into this book so far, newest first as the desk gives it. */
export function EarlierImports(): ReactNode {
  const book = useBook();
  const { value, fault } = useAnswer('imports.list', {}, book?.sequence);
  const store = useRowStore<ImportRow>(value?.rows ?? null, (row) => String(row.sequence));
  return (
    <>
      {fault && <p className="screen-fault">{faultLine(fault)}</p>}
      <DeskGrid view="imports" testId="imports-grid" title="Earlier imports" label="Earlier imports" noun={['import', 'imports']} columns={columns} store={store} empty={<p>Nothing has been imported into this book yet.</p>} />
    </>
  );
}
