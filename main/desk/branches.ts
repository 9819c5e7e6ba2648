import { randomUUID } from 'node:crypto';
import type { BranchView, Edit, Headline, PositionRow } from '../../shared/views.ts';
import type { AccountState, FigureName } from '../../shared/domain/margin-state.ts';
import { fromDecimalText, toDecimalText, type DecimalText } from '../../shared/money.ts';
import { fail, succeed, type Result } from '../../shared/result.ts';
import { cashRows, sumPools, unverifiedFigures } from './account-row.ts';
import type { Kept } from '../engine/pool/kept.ts';
import { applyEdit, editLabel, type BranchHoldings } from './branch-edits.ts';
import { keptSince } from './branch-kept.ts';
import { withLoanPrices } from './call-prices.ts';
import { type Computed, computeAccount, inputOf, marketOf, shelfOf } from './compute.ts';
import { inFull, type AccountHoldings, type Holdings } from './holdings.ts';
import { pairingsOf } from './pairings.ts';
import { positionRows } from './position-rows.ts';

/** One step of a branch: the edit, how it reads, and the holdings after it. */
interface Step {
  edit: Edit;
  label: string;
  after: BranchHoldings;
}

/**
 * A what-if: a line of edits over one account as the book stood when the branch was opened. The live book is never
 * touched; undo and redo walk along the line, and the same engine function computes every point of it.
 */
export interface Branch {
  id: string;
  account: string;
  sequence: number;
  base: BranchHoldings;
  live: Computed;
  liveRows: ReadonlyMap<string, PositionRow>;
  /** What was made of the base; edits leave most of it as it was. */
  made: Kept['store'];
  steps: Step[];
  /** How many of the steps are in force; those after it can be redone. */
  position: number;
}

export function openBranch(holdings: Holdings, account: AccountHoldings, sequence: number): Branch {
  const base: BranchHoldings = { holdings, account: inFull(account) };
  const made: Kept['store'] = new Map();
  const live = computeAccount(holdings, base.account, keptSince(base, base, made));
  return {
    id: randomUUID(),
    account: account.account.account,
    sequence,
    base,
    live,
    liveRows: new Map(positionRows(holdings, base.account, live.state, new Map()).map((row) => [row.key, row])),
    made,
    steps: [],
    position: 0,
  };
}

/** The holdings at the branch's present point. */
export function branchHoldings(branch: Branch): BranchHoldings {
  return branch.steps[branch.position - 1]?.after ?? branch.base;
}

export function computeBranch(branch: Branch): Computed {
  const now = branchHoldings(branch);
  return computeAccount(now.holdings, now.account, keptSince(branch.base, now, branch.made));
}

/** The branch with one more edit; edits that were undone before are forgotten. */
export function editBranch(branch: Branch, edit: Edit): Result<Branch> {
  const before = branchHoldings(branch);
  const after = applyEdit(before, edit);
  if (!after.ok) return after;
  const label = editLabel(edit, before);
  const steps = [...branch.steps.slice(0, branch.position), { edit, label, after: after.value }];
  return succeed({ ...branch, steps, position: steps.length });
}

export function undoEdit(branch: Branch): Result<Branch> {
  if (branch.position === 0) return fail({ code: 'nothing-to-undo', message: 'The branch has no edit to undo.' });
  return succeed({ ...branch, position: branch.position - 1 });
}

export function redoEdit(branch: Branch): Result<Branch> {
  if (branch.position === branch.steps.length) return fail({ code: 'nothing-to-redo', message: 'The branch has no edit to redo.' });
  return succeed({ ...branch, position: branch.position + 1 });
}

const HEADLINES: readonly [FigureName, string, (state: AccountState) => DecimalText | null][] = [
  ['netLiq', 'Net liquidation value', (state) => state.netLiq],
  ['equity', 'Equity', (state) => state.equity],
  ['regTInitial', 'Reg T initial', (state) => sumPools(state, (pool) => pool.stacks.regT.initial)],
  ['initial', 'Initial requirement', (state) => state.initial],
  ['exchangeMaintenance', 'Exchange maintenance', (state) => sumPools(state, (pool) => pool.stacks.exchange.maintenance)],
  ['maintenance', 'Maintenance requirement', (state) => state.maintenance],
  ['available', 'Available', (state) => state.available],
  ['excess', 'Excess', (state) => state.excess],
  ['deficit', 'Deficit', (state) => state.deficit],
  ['healthRatio', 'Health ratio', (state) => state.healthRatio],
  ['utilisation', 'Utilisation', (state) => state.utilisation],
  ['leverage', 'Leverage', (state) => state.leverage],
];
const RATIOS: ReadonlySet<FigureName> = new Set<FigureName>(['healthRatio', 'utilisation', 'leverage']);

function headlines(live: AccountState, branch: AccountState, currency: string, unverified: readonly FigureName[]): Headline[] {
  return HEADLINES.map(([figure, label, pick]) => {
    const [before, after] = [pick(live), pick(branch)];
    const change = before === null || after === null ? null : toDecimalText(fromDecimalText(after).minus(before));
    return { figure, label, unit: RATIOS.has(figure) ? 'ratio' : currency, live: before, branch: after, change, unverified: unverified.includes(figure) };
  });
}

/** The branch as a screen shows it: before and after of every headline, rows with their live figures beside them. */
export function branchView(branch: Branch, liveSequence: number): BranchView {
  const { holdings, account } = branchHoldings(branch);
  const { margin, state } = computeBranch(branch);
  return {
    branchId: branch.id,
    account: branch.account,
    sequence: branch.sequence,
    stale: liveSequence !== branch.sequence,
    edits: branch.steps.slice(0, branch.position).map(({ edit, label }) => ({ edit, label })),
    canUndo: branch.position > 0,
    canRedo: branch.position < branch.steps.length,
    status: { live: branch.live.state.status, branch: state.status },
    headlines: headlines(branch.live.state, state, account.account.baseCurrency, unverifiedFigures(margin)),
    positions: positionRows(holdings, account, withLoanPrices(state, inputOf(holdings, account), marketOf(holdings), shelfOf(holdings)), new Map()).map((row) => besideLive(row, branch.liveRows.get(row.key))),
    pairings: pairingsOf(margin),
    cash: cashRows(holdings, account),
  };
}

function besideLive(row: PositionRow, live: PositionRow | undefined): PositionRow {
  if (!live) return { ...row, added: true };
  const changed = row.quantity !== live.quantity || row.mark !== live.mark || row.houseMaintenance !== live.houseMaintenance;
  return changed ? { ...row, live: { quantity: live.quantity, mark: live.mark, houseMaintenance: live.houseMaintenance } } : row;
}
