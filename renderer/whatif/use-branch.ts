import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { BranchView, Edit } from '../../shared/views.ts';
import type { Result } from '../../shared/result.ts';
import { useBook, useDesk } from '../desk/hooks.ts';
import { shareEqual } from '../desk/share-equal.ts';
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
  /** The act that is on its way. Acts are carried out one after another, so that quick typing cannot overtake itself. */
  const last = useRef<Promise<unknown> | null>(null);

  const act = useCallback((ask: () => Promise<Result<BranchView>>): Promise<boolean> => {
    async function carryOut(): Promise<boolean> {
      const answer = await ask();
      if (!answer.ok) sayFault(answer.fault);
      else {
        // At once: in React's own time a frame may go by that shows nothing new.
        flushSync(() => setView((before) => shareEqual(before, answer.value)));
        rememberBranch({ branchId: answer.value.branchId, account: answer.value.account, edits: answer.value.edits.length });
      }
      if (last.current === done) last.current = null;
      return answer.ok;
    }
    const done: Promise<boolean> = last.current === null ? carryOut() : last.current.then(carryOut);
    last.current = done;
    return done;
  }, []);

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

  const acts = useMemo((): Omit<Branch, 'view'> => {
    const id = branchId ?? '';
    async function discard(): Promise<void> {
      const answer = await desk.ask('whatif.discard', { branchId: id });
      if (!answer.ok) sayFault(answer.fault);
      forgetBranch(id);
      goToAccount(account);
    }
    return {
      async edit(each) {
        const done = await act(() => desk.ask('whatif.edit', { branchId: id, edit: each }));
        if (done) forgetTrouble();
        return done;
      },
      undo: () => void act(() => desk.ask('whatif.undo', { branchId: id })),
      redo: () => void act(() => desk.ask('whatif.redo', { branchId: id })),
      discard: () => void discard(),
    };
  }, [act, desk, account, branchId]);

  return { view: view !== null && view.branchId === branchId ? view : null, ...acts };
}
