import { useState, type ReactNode } from 'react';
import { nextChoice } from '../design/appearance.ts';
import { useBook, useConnection, useDesk } from '../desk/hooks.ts';
import { ExplainPanel } from '../explain/explain-panel.tsx';
import { HelpPanel } from '../help/help-panel.tsx';
import { useHelpKeys } from '../help/use-help-keys.ts';
import { useCommand } from '../keys/commands.ts';
import { AccountScreen } from '../screens/account-screen.tsx';
import { AccountsScreen } from '../screens/accounts-screen.tsx';
import { ExclusionsScreen } from '../screens/exclusions-screen.tsx';
import { QueueScreen } from '../screens/queue-screen.tsx';
import { ImportScreen } from '../import/import-screen.tsx';
import { useImport } from '../import/use-import.ts';
import { BusyLine } from './busy-line.tsx';
import { DeniedPage } from './denied-page.tsx';
import { useDropAnywhere } from './drop-anywhere.ts';
import { KeyHelp } from './key-help.tsx';
import { MarkDialog, useForgetAtHand } from './mark-dialog.tsx';
import { NoticeList } from './notice-list.tsx';
import { Palette } from './palette.tsx';
import { go, goToAccount, useRoute, type Route } from './router.ts';
import { RunDialog } from './run-dialog.tsx';
import { StatusBar } from './status-bar.tsx';
import { TopBar } from './top-bar.tsx';
import { walkAccounts, walkCalls } from './walk.ts';

function Screen({ route }: { route: Route }): ReactNode {
  if (route.screen === 'account') return <AccountScreen key={route.account} account={route.account} branchId={route.branchId} />;
  const screens = { queue: QueueScreen, accounts: AccountsScreen, import: ImportScreen, exclusions: ExclusionsScreen } as const;
  const Shown = screens[route.screen];
  return <Shown />;
}

/** The account last opened: what Alt+3 and the third tab go back to. */
function useLastAccount(route: Route): string | null {
  const [last, setLast] = useState<string | null>(null);
  const account = route.screen === 'account' ? route.account : null;
  if (account !== null && account !== last) setLast(account);
  return account ?? last;
}

type OpenDialog = 'palette' | 'keys' | 'run' | 'mark' | null;

/** The window: bars above and below, one screen between, the explain panel at its right. */
export function App(): ReactNode {
  const desk = useDesk();
  const route = useRoute();
  const connection = useConnection();
  const book = useBook();
  const lastAccount = useLastAccount(route);
  const [dialog, setDialog] = useState<OpenDialog>(null);
  const close = (): void => setDialog(null);

  useForgetAtHand();
  useDropAnywhere(useImport(), book?.readOnly === false);
  useCommand('go.queue', () => go({ screen: 'queue' }));
  useCommand('go.accounts', () => go({ screen: 'accounts' }));
  useCommand('go.account', () => lastAccount !== null && goToAccount(lastAccount));
  useCommand('go.import', () => go({ screen: 'import' }), !book?.isCalcPack);
  useCommand('import.choose', () => go({ screen: 'import' }), route.screen !== 'import');
  useCommand('go.exclusions', () => go({ screen: 'exclusions' }));
  useCommand('palette.open', () => setDialog('palette'));
  useCommand('help.keys', () => setDialog('keys'));
  useHelpKeys(route.screen === 'account' ? route.account : null);
  useCommand('run.official', () => setDialog('run'), !book?.isCalcPack);
  useCommand('mark.set', () => setDialog('mark'), book?.readOnly === false);
  useCommand('theme.next', () => nextChoice('theme'));
  useCommand('density.next', () => nextChoice('density'));
  useCommand('negatives.next', () => nextChoice('negatives'));
  useCommand('account.previous', () => walkAccounts(desk, route, lastAccount, -1));
  useCommand('account.next', () => walkAccounts(desk, route, lastAccount, 1));
  useCommand('call.next', () => walkCalls(desk, route, 1), route.screen !== 'queue');
  useCommand('call.previous', () => walkCalls(desk, route, -1), route.screen !== 'queue');

  if (connection === 'denied') return <DeniedPage />;
  return (
    <>
      <TopBar lastAccount={lastAccount} />
      <BusyLine />
      {connection === 'disconnected' && (
        <div className="desk-lost" role="alert" data-testid="disconnected">
          ✖ The desk does not answer. What is on screen is the last that was known. Reconnecting …
        </div>
      )}
      <div className="work">
        <main>
          <Screen route={route} />
        </main>
        {route.screen !== 'import' && <ExplainPanel />}
        <HelpPanel />
      </div>
      <StatusBar />
      <NoticeList />
      {dialog === 'palette' && <Palette onClose={close} />}
      {dialog === 'keys' && <KeyHelp onClose={close} />}
      {dialog === 'mark' && <MarkDialog onClose={close} />}
      {dialog === 'run' && <RunDialog onClose={close} />}
    </>
  );
}
