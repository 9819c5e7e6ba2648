import { createValueStore } from '../desk/value-store.ts';

/** A page that is open, or the table of contents, and the account whose values it shows. */
export interface HelpRequest {
  /** Null: the table of contents. */
  page: string | null;
  account: string | null;
}

/** The pages gone through, the one on screen last; null while no help is open. */
export const helpTrail = createValueStore<readonly HelpRequest[] | null>(null);

/** The page about what the cursor is on, for F1: screens set it as the focus moves; null where nothing has one. */
export const helpAtHand = createValueStore<HelpRequest | null>(null);

/** Where the reader came from, so that closing gives the focus back. */
let from: HTMLElement | null = null;

/** Opens a page on top of those that are open. */
export function openHelp(page: string | null, account: string | null): void {
  const trail = helpTrail.get();
  if (trail === null) from = document.activeElement instanceof HTMLElement ? document.activeElement : null;
  const shown = trail?.at(-1);
  if (shown && shown.page === page && shown.account === account) return;
  helpTrail.set([...(trail ?? []), { page, account }]);
}

/** Back to the page before, or out of the help. */
export function backInHelp(): void {
  const trail = helpTrail.get() ?? [];
  helpTrail.set(trail.length > 1 ? trail.slice(0, -1) : null);
}

export function closeHelp(): void {
  helpTrail.set(null);
}

/** Gives the focus back to where the reader came from; called once the help is off the screen. */
export function returnFocus(): void {
  if (from?.isConnected) from.focus();
  from = null;
}
