import { useRef } from 'react';
import type { ExplainNode } from '../../shared/explain.ts';
import { asRead } from '../../shared/explain-tree.ts';
import type { Result } from '../../shared/result.ts';
import { useDesk } from '../desk/hooks.ts';
import { copyText } from '../grid/copy-text.ts';
import { say, sayFault } from '../shell/notices.ts';
import { explainAsText } from './as-text.ts';
import { countLeft } from './in-parts.ts';
import type { ExplainRequest } from './request.ts';

const SLOW_MS = 500;

/** A text that came too late for the press that asked for it. */
interface Ready {
  /** The figure's amount in it. */
  amount: string | null;
  text: string;
}

/**
 * Copies the whole tree: of one that is shown in parts, all of it is fetched first. A browser lets a page write to the
 * clipboard for a few seconds after a press; where that took longer, the text waits for the next press as long as the
 * figure stays what it is. Gives the text that waits.
 */
export async function copyWhole(root: ExplainNode, ready: Ready | null, fetchWhole: () => Promise<Result<ExplainNode>>, copies: (text: string) => boolean = copyText): Promise<Ready | null> {
  if (countLeft(root) === 0) return put({ amount: root.amount, text: explainAsText(root) }, copies);
  if (ready && ready.amount === root.amount) return put(ready, copies);
  const slow = setTimeout(() => say({ tone: 'done', text: 'The whole explanation is being fetched …' }), SLOW_MS);
  const answer = await fetchWhole();
  clearTimeout(slow);
  if (answer.ok) return put({ amount: answer.value.amount, text: explainAsText(asRead(answer.value)) }, copies);
  sayFault(answer.fault);
  return null;
}

function put(ready: Ready, copies: (text: string) => boolean): Ready | null {
  const isCopied = copies(ready.text);
  say({ tone: 'done', text: isCopied ? 'The explanation is on the clipboard as text.' : 'The whole explanation is here. Press Copy once more to put it on the clipboard.' });
  return isCopied ? null : ready;
}

/** What the panel's Copy does. One press at a time: those while the tree is being fetched are answered by it. */
export function useCopy(request: ExplainRequest, root: ExplainNode | null): () => void {
  const desk = useDesk();
  const state = useRef<{ ready: Ready | null; busy: boolean }>({ ready: null, busy: false });
  async function copy(tree: ExplainNode): Promise<void> {
    state.current.busy = true;
    state.current.ready = await copyWhole(tree, state.current.ready, () => desk.ask('margin.explain', request));
    state.current.busy = false;
  }
  return () => {
    if (root && !state.current.busy) void copy(root);
  };
}
