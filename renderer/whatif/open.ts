import type { Edit } from '../../shared/views.ts';
import type { DeskState } from '../desk/desk-state.ts';
import { sayFault } from '../shell/notices.ts';
import { go } from '../shell/router.ts';
import { branches, leaveAnswer, rememberBranch } from './branches.ts';
import { wholeBranch } from './whole-branch.ts';

/**
 * Goes to a what-if on an account: the one that is open already, or a new one. `firstEdits` are applied to a new one,
 * which is how typing into a live grid, or trying a cure, becomes a what-if instead of a change to the book.
 */
export async function openWhatIf(desk: DeskState, account: string, ...firstEdits: readonly Edit[]): Promise<void> {
  const open = branches.get().find((branch) => branch.account === account);
  if (open && firstEdits.length === 0) return go({ screen: 'account', account, branchId: open.branchId });
  const opened = await desk.ask('whatif.open', { account });
  if (!opened.ok) return sayFault(opened.fault);
  let at = opened.value;
  const { branchId } = at;
  for (const edit of firstEdits) {
    // One after another: each stands on the one before.
    // oxlint-disable-next-line no-await-in-loop
    const edited = await desk.ask('whatif.edit', { branchId, edit, since: at.version });
    if (edited.ok) at = wholeBranch(at, edited.value) ?? at;
    else sayFault(edited.fault);
  }
  leaveAnswer(at);
  rememberBranch({ branchId, account, edits: at.edits.length });
  go({ screen: 'account', account, branchId });
}
