import type { BranchView } from '../../shared/views.ts';
import { createValueStore } from '../desk/value-store.ts';

/** A what-if that has been opened and not discarded, as the palette lists it. */
export interface OpenBranch {
  branchId: string;
  account: string;
  edits: number;
}

const KEY = 'plimsoll.branches';

function readKept(): OpenBranch[] {
  try {
    const kept = JSON.parse(globalThis.sessionStorage?.getItem(KEY) ?? '[]') as unknown;
    return Array.isArray(kept) ? (kept as OpenBranch[]) : [];
  } catch {
    return [];
  }
}

/** Branches live in the desk; this list of their names lives as long as the window. */
export const branches = createValueStore<readonly OpenBranch[]>(readKept());

function keep(): void {
  globalThis.sessionStorage?.setItem(KEY, JSON.stringify(branches.get()));
}

// Writing takes the browser a millisecond, and an edit waits for its frame: it is done once nothing else is.
const KEEP_AFTER_MS = 250;
let soon: ReturnType<typeof setTimeout> | undefined;
branches.subscribe(() => {
  clearTimeout(soon);
  soon = setTimeout(keep, KEEP_AFTER_MS);
});
globalThis.addEventListener?.('pagehide', keep);

export function rememberBranch(branch: OpenBranch): void {
  const others = branches.get().filter((each) => each.branchId !== branch.branchId);
  branches.set([...others, { branchId: branch.branchId, account: branch.account, edits: branch.edits }]);
}

/** Answers on branches that a screen is about to show, so that it need not ask for all of one again. */
const answered = new Map<string, BranchView>();

export function forgetBranch(branchId: string): void {
  branches.set(branches.get().filter((each) => each.branchId !== branchId));
  answered.delete(branchId);
}

export function leaveAnswer(view: BranchView): void {
  answered.set(view.branchId, view);
}

export function takeAnswer(branchId: string): BranchView | null {
  const view = answered.get(branchId) ?? null;
  answered.delete(branchId);
  return view;
}
