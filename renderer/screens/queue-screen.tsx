import type { ReactNode } from 'react';
import type { BookInfo } from '../../shared/views.ts';
import { useBook, useCallCount, useDesk, useRow, useValue } from '../desk/hooks.ts';
import { createValueStore } from '../desk/value-store.ts';
import { followExplain, openExplain } from '../explain/state.ts';
import { formatCount } from '../format/moment.ts';
import { isPartOnly, soFar } from '../format/so-far.ts';
import { DeskGrid } from '../grid/desk-grid.tsx';
import { runCommand, useCommand } from '../keys/commands.ts';
import { goToAccount } from '../shell/router.ts';
import { openWhatIf } from '../whatif/open.ts';
import { queueColumns } from './queue-columns.ts';

/** The row the cursor was on, so that coming back from an account finds it again. */
const lastRow = createValueStore<string | null>(null);

/** What an empty queue says of the book. */
export function NothingCalled({ book }: { book: BookInfo | null }): ReactNode {
  if (book && book.accounts === 0) {
    return (
      <>
        <h3>The book is empty</h3>
        <p>Import a broker’s position file: IBKR Flex XML or activity CSV, Schwab or Fidelity positions, or your own CSV.</p>
        <button className="primary" onClick={() => runCommand('go.import')}>
          Import a file
        </button>
      </>
    );
  }
  if (book && isPartOnly(book)) {
    return (
      <>
        <h3>No account is called so far</h3>
        <p>None of the first {formatCount(book.accounts)} accounts lacks what is required of it. The rest is being computed.</p>
      </>
    );
  }
  return (
    <>
      <h3>No account is called</h3>
      <p>{book ? `All ${formatCount(book.accounts)} accounts hold what is required of them.` : ''} Calls appear here as soon as one does not.</p>
    </>
  );
}

/** Home: every call and every account that would be called now, most urgent first. */
export function QueueScreen(): ReactNode {
  const desk = useDesk();
  const last = useValue(lastRow);
  const book = useBook();
  const count = useCallCount();
  const calls = `${formatCount(count)} ${soFar(book, count === 1 ? 'call' : 'calls')}`;
  const current = useRow(desk.queue, last);
  useCommand('whatif.open', () => current && void openWhatIf(desk, current.account), current !== undefined);
  return (
    <DeskGrid
      view="queue"
      testId="queue-grid"
      title="Call queue"
      label="Call queue"
      noun={[soFar(book, 'row'), soFar(book, 'rows')]}
      tools={<span className="faint">{calls}</span>}
      columns={queueColumns}
      store={desk.queue}
      walks
      startAt={last}
      empty={<NothingCalled book={book} />}
      onOpen={(row) => goToAccount(row.account)}
      onFocus={(row) => {
        lastRow.set(row.key);
        followExplain(row.account, null);
      }}
      onExplain={openExplain}
    />
  );
}
