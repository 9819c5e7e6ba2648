import type { ReactNode } from 'react';
import { useBook, useDesk, useValue } from '../desk/hooks.ts';
import { createValueStore } from '../desk/value-store.ts';
import { followExplain, openExplain } from '../explain/state.ts';
import { soFar } from '../format/so-far.ts';
import { DeskGrid } from '../grid/desk-grid.tsx';
import { runCommand, useCommand } from '../keys/commands.ts';
import { goToAccount } from '../shell/router.ts';
import { openWhatIf } from '../whatif/open.ts';
import { accountColumns } from './accounts-columns.ts';

const lastRow = createValueStore<string | null>(null);

function Nothing(): ReactNode {
  return (
    <>
      <h3>The book is empty</h3>
      <p>Accounts come with the first position file that is imported.</p>
      <button className="primary" onClick={() => runCommand('go.import')}>
        Import a file
      </button>
    </>
  );
}

/** Every account of the book with its margin figures. */
export function AccountsScreen(): ReactNode {
  const desk = useDesk();
  const book = useBook();
  const last = useValue(lastRow);
  useCommand('whatif.open', () => last !== null && void openWhatIf(desk, last), last !== null);
  return (
    <DeskGrid
      view="accounts"
      testId="accounts-grid"
      title="Accounts"
      label="Accounts"
      noun={[soFar(book, 'account'), soFar(book, 'accounts')]}
      columns={accountColumns}
      store={desk.accounts}
      startAt={last}
      empty={<Nothing />}
      onOpen={(row) => goToAccount(row.account)}
      onFocus={(row) => {
        lastRow.set(row.account);
        followExplain(row.account, null);
      }}
      onExplain={openExplain}
    />
  );
}
