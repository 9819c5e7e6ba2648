import { useMemo, type ReactNode } from 'react';
import type { ExclusionRow } from '../../shared/views.ts';
import { faultLine } from '../../shared/result.ts';
import { useAnswer, useBook } from '../desk/hooks.ts';
import { useRowStore } from '../desk/use-row-store.ts';
import type { Column } from '../grid/column.ts';
import { DeskGrid } from '../grid/desk-grid.tsx';
import { runCommand } from '../keys/commands.ts';
import { instrumentAtHand } from '../shell/mark-dialog.tsx';
import { goToAccount } from '../shell/router.ts';

type KeyedExclusion = ExclusionRow & { key: string };

const asSentence = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

const columns: readonly Column<KeyedExclusion>[] = [
  { id: 'account', header: 'Account', hint: 'Press Enter to open it', kind: 'text', width: 130, pinned: true, read: (row) => row.account, tone: () => 'strong' },
  { id: 'client', header: 'Client', hint: 'The client’s name as the broker’s file has it', kind: 'text', width: 130, read: (row) => row.client },
  { id: 'symbol', header: 'Symbol', hint: 'The instrument as the file or the book names it', kind: 'text', width: 172, read: (row) => row.symbol },
  { id: 'quantity', header: 'Quantity', hint: 'Signed: short negative', kind: 'quantity', width: 86, read: (row) => row.quantity, absent: () => 'The file gives no quantity that can be read' },
  {
    id: 'indeterminate',
    header: 'Effect',
    hint: 'Whether it leaves the account indeterminate',
    kind: 'text',
    width: 128,
    read: (row) => (row.indeterminate ? '? Indeterminate' : 'Treated'),
    tone: (row) => (row.indeterminate ? 'late' : 'faint'),
  },
  { id: 'reason', header: 'Reason', hint: 'Why no figure holds it in full', kind: 'text', width: 300, grows: true, read: (row) => row.reason, show: (row) => asSentence(row.reason), note: (row) => row.reason },
  { id: 'treatment', header: 'Treatment', hint: 'What the figures do about it', kind: 'text', width: 330, grows: true, read: (row) => row.treatment, note: (row) => row.treatment },
  { id: 'at', header: 'From', hint: 'File and line', kind: 'text', width: 190, read: (row) => row.at, note: (row) => row.at },
  { id: 'asOf', header: 'As of', hint: 'The day it is of', kind: 'date', width: 92, read: (row) => row.asOf },
  { id: 'code', header: 'Code', hint: 'Stable name of the reason, for scripts', kind: 'text', width: 150, read: (row) => row.code, tone: () => 'faint' },
];

/** Everything that the figures do not hold in full, with the reason and what is done about it. */
export function ExclusionsScreen(): ReactNode {
  const book = useBook();
  const { value, fault } = useAnswer('exclusions.list', {}, book);
  const rows = useMemo(
    () => value?.rows.map((row, index) => ({ ...row, key: `${row.account}|${row.symbol}|${row.code}|${row.at}|${index}` })) ?? null,
    [value],
  );
  const store = useRowStore<KeyedExclusion>(rows, (row) => row.key);
  return (
    <>
      {fault && <p className="screen-fault">{faultLine(fault)}</p>}
      <DeskGrid
        view="exclusions"
        testId="exclusions-grid"
        title="Exclusions"
        label="Exclusions"
        noun={['exclusion', 'exclusions']}
        columns={columns}
        store={store}
        empty={
          <>
            <h3>Nothing is excluded</h3>
            <p>Every position of the book is priced and in the figures. Whatever cannot be will be listed here with its reason.</p>
          </>
        }
        tools={
          <button className="quiet" onClick={() => runCommand('mark.set')} title="Price the instrument under the cursor by hand (M)">
            Set a mark
          </button>
        }
        onFocus={(row) => instrumentAtHand.set(row.symbol)}
        onOpen={(row) => goToAccount(row.account)}
      />
    </>
  );
}
