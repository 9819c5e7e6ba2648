import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { BranchView, Edit } from '../../shared/views.ts';
import type { Input } from '../../shared/contract.ts';
import type { Result } from '../../shared/result.ts';
import { useBook, useConnection, useDesk } from '../desk/hooks.ts';
import { forgetTrouble, sayFault } from '../shell/notices.ts';
import { goToAccount } from '../shell/router.ts';
import { forgetBranch, rememberBranch, takeAnswer } from './branches.ts';
import { wholeBranch } from './whole-branch.ts';

/** A what-if as its screen works with it. Every act answers with where the whole branch stands then, so what is shown is one moment. */
export interface Branch {
  view: BranchView | null;
  edit: (edit: Edit) => Promise<boolean>;
  undo: () => void;
  redo: () => void;
  discard: () => void;
}

/** A branch, and the version of it that is at hand. */
type BranchAt = Input<'whatif.view'>;

/** Follows the branch `branchId`; null while the account is shown live. */
export function useBranch(account: string, branchId: string | null): Branch {
  const desk = useDesk();
  const book = useBook();
  const [view, setView] = useState<BranchView | null>(null);
  /** What was answered last, whether it is drawn already or not. */
  const known = useRef<BranchView | null>(null);
  /** The act that is on its way. Acts are carried out one after another, so that quick typing cannot overtake itself. */
  const last = useRef<Promise<unknown> | null>(null);

  const act = useCallback((id: string, ask: (at: BranchAt) => Promise<Result<BranchView>>): Promise<boolean> => {
    async function carryOut(): Promise<boolean> {
      const had = known.current?.branchId === id ? known.current : takeAnswer(id);
      let answer = await ask(had ? { branchId: id, since: had.version } : { branchId: id });
      let whole = answer.ok ? wholeBranch(had, answer.value) : null;
      if (answer.ok && !whole) {
        answer = await desk.ask('whatif.view', { branchId: id });
        whole = answer.ok ? wholeBranch(null, answer.value) : null;
      }
      if (!answer.ok) sayFault(answer.fault);
      if (whole) {
        known.current = whole;
        // At once: in React's own time a frame may go by that shows nothing new.
        flushSync(() => setView(whole));
        rememberBranch({ branchId: id, account: whole.account, edits: whole.edits.length });
      }
      if (last.current === done) last.current = null;
      return answer.ok;
    }
    const done: Promise<boolean> = last.current === null ? carryOut() : last.current.then(carryOut);
    last.current = done;
    return done;
  }, [desk]);

  const sequence = book?.sequence ?? 0;
  const connection = useConnection();
  const looked = useRef('');
  useEffect(() => {
    // An act that was under way may have been done, and nobody could say so: the branch is looked at again once somebody can.
    if (connection === 'disconnected') {
      looked.current = '';
      return;
    }
    const moment = `${branchId}@${sequence}`;
    if (branchId === null || looked.current === moment) return;
    looked.current = moment;
    async function look(id: string): Promise<void> {
      if (await act(id, (at) => desk.ask('whatif.view', at))) return;
      forgetBranch(id);
      goToAccount(account);
    }
    void look(branchId);
  }, [act, desk, account, branchId, sequence, connection]);

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
        const done = await act(id, (at) => desk.ask('whatif.edit', { ...at, edit: each }));
        if (done) forgetTrouble();
        return done;
      },
      undo: () => void act(id, (at) => desk.ask('whatif.undo', at)),
      redo: () => void act(id, (at) => desk.ask('whatif.redo', at)),
      discard: () => void discard(),
    };
  }, [act, desk, account, branchId]);

  return { view: view !== null && view.branchId === branchId ? view : null, ...acts };
}
