import { useEffect, useMemo, useState, type CSSProperties, type ReactNode } from 'react';
import type { AccountRow, AccountView, PositionRow } from '../../shared/views.ts';
import { faultLine } from '../../shared/result.ts';
import { StatusPill } from '../design/status-pill.tsx';
import { useDesk, useRow, useValue } from '../desk/hooks.ts';
import { useRowStore } from '../desk/use-row-store.ts';
import { createValueStore } from '../desk/value-store.ts';
import { followExplain, openExplain } from '../explain/state.ts';
import { DeskGrid } from '../grid/desk-grid.tsx';
import { useCommand } from '../keys/commands.ts';
import { instrumentAtHand } from '../shell/mark-dialog.tsx';
import { say } from '../shell/notices.ts';
import { editOfCell, editsToRevert } from '../whatif/edits.ts';
import { openWhatIf } from '../whatif/open.ts';
import { useBranch, type Branch } from '../whatif/use-branch.ts';
import { useBranchPositions } from '../whatif/use-branch-positions.ts';
import { WhatIfBar } from '../whatif/whatif-bar.tsx';
import { REGIME_WORDS } from './accounts-columns.ts';
import { BrokerPanel, CallsPanel, CashPanel, StacksPanel, UnderlyingsPanel } from './account-panels.tsx';
import { ComparePanel } from './compare-panel.tsx';
import { comparing, toggleCompare } from './compare-state.ts';
import { CurePanel } from './cure-panel.tsx';
import { HeadlineStrip } from './headline-strip.tsx';
import { headlinesUnder, inStripOrder, isByRule, liveHeadlines } from './headlines.ts';
import { PairingPanel } from './pairing-panel.tsx';
import { PoolsPanel } from './pools-panel.tsx';
import { positionColumns, type CallPricesStanding } from './positions-columns.ts';
import { useAccountView } from './use-account-view.ts';

function AccountHead({ row, packs, onWhatIf }: { row: AccountRow; packs: readonly string[]; onWhatIf: () => void }): ReactNode {
  return (
    <div className="account-head">
      <h1>{row.account}</h1>
      {row.client !== null && <span className="client" title={row.client}>{row.client}</span>}
      <StatusPill status={row.status} />
      <span className="reason" title={row.statusReason}>
        {row.statusReason}
      </span>
      <span className="tag rules" title={`Rule packs: ${packs.join(', ')}`}>
        {REGIME_WORDS[row.regime]}
      </span>
      {row.indicative && (
        <span className="tag warn" title="A venue account shown under rule-based margin">
          ▲ indicative
        </span>
      )}
      <span className="tag">{row.currency}</span>
      <span className="tag">as of {row.asOf}</span>
      <button onClick={() => toggleCompare(row.account)} data-testid="compare-open" title="This account beside another regime">
        Compare <kbd>B</kbd>
      </button>
      <button className="primary" onClick={onWhatIf} data-testid="whatif-open">
        What-if <kbd>W</kbd>
      </button>
    </div>
  );
}

/** Typing into a cell: an edit on the branch, or the first edit of a new one when the account is shown live. */
function useCellEdits(account: string, branch: Branch): (row: PositionRow, columnId: string, typed: string) => Promise<unknown> {
  const desk = useDesk();
  return (row, columnId, typed) => {
    const edit = editOfCell(row, columnId, typed);
    if (edit !== null) return branch.view ? branch.edit(edit) : openWhatIf(desk, account, edit);
    say({ tone: 'trouble', text: `“${typed}” is not a number, so nothing was changed. Write it as 1,250.50, -300 or 12k.` });
    return Promise.resolve();
  };
}

/** Letters of a ticker; what is longer is a name. */
const GROUP_SHORT = 6;

function Positions({ account, view, branch, searching }: { account: string; view: AccountView; branch: Branch; searching: boolean }): ReactNode {
  const onBranch = useBranchPositions(branch.view);
  const positions = onBranch?.positions ?? view.positions;
  // Columns stay the same ones from edit to edit: what a blank price means is looked up when somebody asks.
  const [callPrices] = useState(() => createValueStore<CallPricesStanding>('found'));
  const standing = onBranch?.callPrices ?? (searching ? 'searching' : 'found');
  useEffect(() => callPrices.set(standing), [callPrices, standing]);
  const store = useRowStore<PositionRow>(positions, (row) => row.key);
  const branchId = branch.view?.branchId ?? null;
  const { currency } = view.row;
  const byRule = isByRule(view.row);
  const liquidates = view.positions.some(({ liquidation }) => liquidation !== undefined);
  const longGroups = view.positions.some(({ group }) => group.length > GROUP_SHORT);
  const { edit } = branch;
  const columns = useMemo(
    () =>
      positionColumns({
        currency,
        branchId,
        byRule,
        liquidates,
        longGroups,
        callPrices: callPrices.get,
        onClose: (row) => void edit({ kind: 'closeLeg', position: row.key }),
        onRevert: (row) => void editsToRevert(row).map((each) => edit(each)),
      }),
    [currency, branchId, byRule, liquidates, longGroups, callPrices, edit],
  );
  const onEdit = useCellEdits(account, branch);
  const distinct = new Set(positions.map((row) => row.group)).size;
  return (
    <DeskGrid
      key={branchId ?? 'live'}
      view={`positions${byRule ? '' : liquidates ? '-venue' : '-risk'}${branchId === null ? '' : '-whatif'}`}
      testId="positions-grid"
      title="Positions"
      label={`Positions of ${account}`}
      noun={['position', 'positions']}
      tools={<span className="faint">{distinct === 1 ? '1 group' : `${distinct} groups`}</span>}
      columns={columns}
      store={store}
      onEdit={onEdit}
      onFocus={(row) => instrumentAtHand.set(row.instrument)}
      onExplain={openExplain}
      empty={
        <>
          <h3>No positions</h3>
          <p>The account holds cash only.</p>
        </>
      }
    />
  );
}

function AccountBody({ view, row, branch, searching }: { view: AccountView; row: AccountRow; branch: Branch; searching: boolean }): ReactNode {
  const desk = useDesk();
  const { account, currency } = row;
  const openBranch = (): void => void openWhatIf(desk, account);
  useCommand('whatif.open', openBranch, branch.view === null);
  useCommand('compare.open', () => toggleCompare(account), branch.view === null);
  const compare = useValue(comparing);
  const headlines = headlinesUnder(row, branch.view ? inStripOrder(branch.view.headlines) : liveHeadlines(row, view.stacks));
  const pools = !branch.view && <PoolsPanel row={row} several={view.positions.some(({ subType }) => subType === 'futures')} />;
  return (
    <>
      {branch.view ? <WhatIfBar branch={branch} view={branch.view} row={row} /> : <AccountHead row={row} packs={view.packs} onWhatIf={openBranch} />}
      {searching && !branch.view && <output className="searching faint">Call prices are being searched for …</output>}
      <HeadlineStrip headlines={headlines} account={account} branchId={branch.view?.branchId ?? null} />
      {compare?.account === account && !branch.view ? <ComparePanel row={row} comparing={compare} /> : <Positions account={account} view={view} branch={branch} searching={searching} />}
      <div className="side-panels">
        {/* On a branch, what is not of the branch is left out or says that it is live. */}
        {!branch.view && <CurePanel row={row} />}
        {/* A venue's or a lender's account is read pool by pool first. */}
        {row.regime === 'venue' && pools}
        {!branch.view && <StacksPanel view={view} account={account} />}
        {row.regime !== 'venue' && pools}
        {!branch.view && <UnderlyingsPanel view={view} account={account} />}
        <PairingPanel pairings={(branch.view ?? view).pairings} account={account} />
        <CashPanel cash={branch.view?.cash ?? view.cash} currency={currency} />
        <CallsPanel view={view} title={branch.view ? 'Calls of the live book' : 'Calls'} />
        {!branch.view && <BrokerPanel view={view} />}
      </div>
    </>
  );
}

/** One account: its figures, its positions, its cash and calls; on a branch, the same under edits and in a frame. */
export function AccountScreen({ account, branchId }: { account: string; branchId: string | null }): ReactNode {
  const desk = useDesk();
  const live = useRow(desk.accounts, account);
  const { value: view, fault, searching } = useAccountView(account, live, branchId !== null);
  const branch = useBranch(account, branchId);
  useEffect(() => followExplain(account, branchId), [account, branchId]);
  const row = live ?? view?.row;
  if (fault && !view) return <p className="screen-fault">{faultLine(fault)}</p>;
  if (!view || !row) return <p className="screen-wait">Opening {account} …</p>;
  if (branchId !== null && !branch.view) return <p className="screen-wait">Opening the what-if …</p>;
  return (
    <div className={branch.view ? 'account-screen whatif-frame' : 'account-screen'} data-testid={branch.view ? 'whatif-frame' : 'account-screen'} style={{ '--rows': (branch.view ?? view).positions.length } as CSSProperties}>
      <AccountBody view={view} row={row} branch={branch} searching={searching} />
    </div>
  );
}
