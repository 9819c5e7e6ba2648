import { useCallback, useEffect, useRef, useState } from 'react';
import type { BranchView, Edit } from '../../shared/views.ts';
import type { Result } from '../../shared/result.ts';
import { useBook, useDesk } from '../desk/hooks.ts';
import { forgetTrouble, sayFault } from '../shell/notices.ts';
import { goToAccount } from '../shell/router.ts';
import { forgetBranch, rememberBranch } from './branches.ts';

/** A what-if as its screen works with it. Every act answers with the whole branch, so what is shown is one moment. */
export interface Branch {
  view: BranchView | null;
  edit: (edit: Edit) => Promise<boolean>;
  undo: () => void;
  redo: () => void;
  discard: () => void;
}

/** Follows the branch `branchId`; null while the account is shown live. */
export function useBranch(account: string, branchId: string | null): Branch {
  const desk = useDesk();
  const book = useBook();
  const [view, setView] = useState<BranchView | null>(null);
  // Acts are carried out one after another, so that quick typing cannot overtake itself.
  const last = useRef<Promise<unknown>>(Promise.resolve());

  const act = useCallback(
    (ask: () => Promise<Result<BranchView>>): Promise<boolean> => {
      const done = last.current.then(async () => {
        const answer = await ask();
        if (answer.ok) {
          setView(answer.value);
          rememberBranch({ branchId: answer.value.branchId, account: answer.value.account, edits: answer.value.edits.length });
        } else sayFault(answer.fault);
        return answer.ok;
      });
      last.current = done;
      return done;
    },
    [],
  );

  const sequence = book?.sequence ?? 0;
  const looked = useRef('');
  useEffect(() => {
    const moment = `${branchId}@${sequence}`;
    if (branchId === null || looked.current === moment) return;
    looked.current = moment;
    async function look(id: string): Promise<void> {
      if (await act(() => desk.ask('whatif.view', { branchId: id }))) return;
      forgetBranch(id);
      goToAccount(account);
    }
    void look(branchId);
  }, [act, desk, account, branchId, sequence]);

  async function edit(id: string, each: Edit): Promise<boolean> {
    const done = await act(() => desk.ask('whatif.edit', { branchId: id, edit: each }));
    if (done) forgetTrouble();
    return done;
  }

  async function discard(id: string): Promise<void> {
    const answer = await desk.ask('whatif.discard', { branchId: id });
    if (!answer.ok) sayFault(answer.fault);
    forgetBranch(id);
    goToAccount(account);
  }

  const current = view !== null && view.branchId === branchId ? view : null;
  const id = branchId ?? '';
  return {
    view: current,
    edit: (each) => edit(id, each),
    undo: () => void act(() => desk.ask('whatif.undo', { branchId: id })),
    redo: () => void act(() => desk.ask('whatif.redo', { branchId: id })),
    discard: () => void discard(id),
  };
}
