import { randomUUID } from 'node:crypto';
import type { BranchView, Edit, Headline, PositionRow } from '../../shared/views.ts';
import type { FigureName } from '../../shared/domain/margin-state.ts';
import { changedRows } from '../../shared/list-change.ts';
import { Decimal, toDecimalText, type DecimalText } from '../../shared/money.ts';
import { pairingKey, type PairingView } from '../../shared/pairing.ts';
import { fail, succeed, type Result } from '../../shared/result.ts';
import type { AccountMargin } from '../engine/margin.ts';
import type { PoolMargin } from '../engine/margin-model.ts';
import type { Kept, Remembering } from '../engine/pool/kept.ts';
import { cashRows, unverifiedFigures } from './account-row.ts';
import { openingBase, type BranchBase } from './branch-base.ts';
import { applyEdit, editLabel, type BranchHoldings } from './branch-edits.ts';
import { partsAt, pointInputs, type PointInputs } from './branch-inputs.ts';
import { movedPairings, type PointPairings } from './branch-pairings.ts';
import { keptBeside, reachedBy, togetherWith } from './branch-kept.ts';
import { branchRows, type PointRows } from './branch-rows.ts';
import { type Computed, computeAccount } from './compute.ts';
import type { AccountHoldings, Holdings } from './holdings.ts';
import type { ToldPairing } from './pairings.ts';
import type { Slices } from './rows/slices.ts';

/** One step of a branch: the edit, how it reads, and the holdings after it. */
interface Step {
  edit: Edit;
  label: string;
  after: BranchHoldings;
}

/** The lists that a branch told at one time. */
interface Told {
  version: number;
  positions: readonly PositionRow[];
  pairings: readonly ToldPairing[];
}

/** A point of a branch. */
interface Shown {
  version: number;
  inputs: PointInputs;
  computed: Computed;
  /** What the engine made here of groups that edits reach. */
  made: Remembering;
  rows: PointRows;
  pairings: PointPairings;
}

/**
 * A what-if: a line of edits over one account as the book stood when the branch was opened. The live book is never
 * touched; undo and redo walk along the line, and the same engine function computes every point of it.
 */
export interface Branch {
  id: string;
  account: string;
  sequence: number;
  base: BranchBase;
  steps: Step[];
  /** How many of the steps are in force; those after it can be redone. */
  position: number;
  now: Shown;
  /** What was told before, newest last, for windows that have that. */
  earlier: readonly Told[];
}

/** Every window asks after every act of its own; so many acts of others it may have missed. */
const EARLIER_MAX = 8;

/** A branch on an account of these holdings; on what is known of another one that stands there too. */
export function* openingBranch(holdings: Holdings, account: AccountHoldings, sequence: number, known?: BranchBase): Slices<Branch> {
  const base = known ?? (yield* openingBase(holdings, account));
  const { inputs, computed, rows, pairings } = base;
  return { id: randomUUID(), account: account.account.account, sequence, base, steps: [], position: 0, now: { version: 0, inputs, computed, made: { store: new Map() }, rows, pairings }, earlier: [] };
}

/** The holdings at the branch's present point. */
export function branchHoldings(branch: Pick<Branch, 'base' | 'steps' | 'position'>): BranchHoldings {
  return branch.steps[branch.position - 1]?.after ?? branch.base;
}

export function computeBranch(branch: Branch): Computed {
  return branch.now.computed;
}

/** The branch at another point of its line, one step from where it stands: what that step changes is made anew. */
function movedTo(branch: Branch, line: Pick<Branch, 'steps' | 'position'>, moved: BranchHoldings): Branch {
  const { base, now: left, earlier } = branch;
  const now = branchHoldings({ base, ...line });
  const changed = line.steps.slice(0, line.position).flatMap(({ after }) => after.changed);
  const made: Remembering = { store: new Map() };
  // Legs of either point: an edit that is undone had to do with what its leg names.
  const brought = new Set([...changed, ...moved.changed].filter((id) => !base.rows.placesOf.has(id) || !base.holdings.instruments.has(id)));
  const together = togetherWith(base.together, brought, moved.holdings);
  // What was changed here before and is not any more stands as it did in the base.
  const near = keptBeside(moved.changed, together, left.made.store);
  const kept: Kept = { touched: reachedBy(changed, together), store: base.made, nearer: { ...near, into: made } };
  const inputs = pointInputs({ ...now, changed: moved.changed }, left.inputs);
  const computed = computeAccount(now.holdings, now.account, kept, partsAt(inputs));
  // What is made holds on to `kept`, and that would hold every point the branch ever stood at.
  delete kept.nearer;
  const rows = branchRows(base.rows, left.rows, now, computed, moved.changed);
  return { ...branch, ...line, now: { version: left.version + 1, inputs, computed, made, rows, pairings: movedPairings(left.pairings, computed.margin) }, earlier: [...earlier.slice(1 - EARLIER_MAX), toldAt(left)] };
}

/** The branch with one more edit; edits that were undone before are forgotten. */
export function editBranch(branch: Branch, edit: Edit): Result<Branch> {
  const before = branchHoldings(branch);
  const after = applyEdit(before, edit);
  if (!after.ok) return after;
  const label = editLabel(edit, before);
  const steps = [...branch.steps.slice(0, branch.position), { edit, label, after: after.value }];
  return succeed(movedTo(branch, { steps, position: steps.length }, after.value));
}

export function undoEdit(branch: Branch): Result<Branch> {
  const { steps, position } = branch;
  const undone = steps[position - 1];
  if (!undone) return fail({ code: 'nothing-to-undo', message: 'The branch has no edit to undo.' });
  return succeed(movedTo(branch, { steps, position: position - 1 }, undone.after));
}

export function redoEdit(branch: Branch): Result<Branch> {
  const { steps, position } = branch;
  const redone = steps[position];
  if (!redone) return fail({ code: 'nothing-to-redo', message: 'The branch has no edit to redo.' });
  return succeed(movedTo(branch, { steps, position: position + 1 }, redone.after));
}

type Amount = Decimal | null;
const ofPools = ({ pools }: AccountMargin, figure: (figures: PoolMargin['figures']) => Decimal): Decimal => pools.reduce((total, { figures }) => total.plus(figure(figures)), new Decimal(0));
const HEADLINES: readonly [FigureName, string, (margin: AccountMargin) => Amount][] = [
  ['netLiq', 'Net liquidation value', ({ figures }) => figures.netLiq.amount],
  ['equity', 'Equity', ({ figures }) => figures.equity.amount],
  ['regTInitial', 'Reg T initial', (margin) => ofPools(margin, ({ regTInitial }) => regTInitial.amount)],
  ['initial', 'Initial requirement', ({ figures }) => figures.initial.amount],
  ['exchangeMaintenance', 'Exchange maintenance', (margin) => ofPools(margin, ({ exchangeMaintenance }) => exchangeMaintenance.amount)],
  ['maintenance', 'Maintenance requirement', ({ figures }) => figures.maintenance.amount],
  ['available', 'Available', ({ figures }) => figures.available.amount],
  ['excess', 'Excess', ({ figures }) => figures.excess.amount],
  ['deficit', 'Deficit', ({ figures }) => figures.deficit.amount],
  ['healthRatio', 'Health ratio', ({ figures }) => figures.healthRatio.amount],
  ['utilisation', 'Utilisation', ({ figures }) => figures.utilisation.amount],
  ['leverage', 'Leverage', ({ figures }) => figures.leverage.amount],
];
const RATIOS: ReadonlySet<FigureName> = new Set<FigureName>(['healthRatio', 'utilisation', 'leverage']);

function headlines(live: AccountMargin, branch: AccountMargin, currency: string): Headline[] {
  const unverified = unverifiedFigures(branch);
  return HEADLINES.map(([figure, label, pick]) => {
    const [before, after] = [pick(live), pick(branch)];
    const change = before === null || after === null ? null : toDecimalText(after.minus(before));
    return { figure, label, unit: RATIOS.has(figure) ? 'ratio' : currency, live: text(before), branch: text(after), change, unverified: unverified.includes(figure) };
  });
}

function text(amount: Amount): DecimalText | null {
  return amount && toDecimalText(amount);
}

/**
 * The branch as a screen shows it: before and after of every headline, rows with their live figures beside them. Whoever
 * has what the branch said at version `since` gets the rows that differ.
 */
export function branchView(branch: Branch, liveSequence: number, since?: number): BranchView {
  const { holdings, account } = branchHoldings(branch);
  const { version, computed: { margin } } = branch.now;
  const now = toldAt(branch.now);
  const live = branch.base.computed.margin;
  return {
    branchId: branch.id,
    version,
    account: branch.account,
    sequence: branch.sequence,
    stale: liveSequence !== branch.sequence,
    edits: branch.steps.slice(0, branch.position).map(({ edit, label }) => ({ edit, label })),
    canUndo: branch.position > 0,
    canRedo: branch.position < branch.steps.length,
    status: { live: live.status, branch: margin.status },
    headlines: headlines(live, margin, account.account.baseCurrency),
    cash: cashRows(holdings, account),
    ...changesSince([...branch.earlier, now].find((told) => told.version === since), now),
  };
}

function toldAt({ version, rows: { sorted }, pairings }: Shown): Told {
  return { version, positions: sorted, pairings: pairings.sorted };
}

function changesSince(before: Told | undefined, now: Told): Pick<BranchView, 'changes' | 'positions' | 'pairings'> {
  const positions = before && changedRows(before.positions, now.positions, ({ key }) => key);
  const pairings = before && changedRows(before.pairings, now.pairings, ({ view }) => pairingKey(view));
  if (!positions || !pairings) return { changes: null, positions: [...now.positions], pairings: viewsOf(now.pairings) };
  return { changes: { since: before.version, positions: positions.change, pairings: pairings.change }, positions: positions.rows, pairings: viewsOf(pairings.rows) };
}

function viewsOf(told: readonly ToldPairing[]): PairingView[] {
  return told.map(({ view }) => view);
}
