/** Whoever edits has stopped after so long. */
const HOLD_MS = 5_000;
const EDITS: ReadonlySet<string> = new Set(['whatif.open', 'whatif.edit', 'whatif.undo', 'whatif.redo']);

/**
 * For how long, in milliseconds from this question on, searches of call prices wait because somebody edits; zero where they
 * go on at once, for whoever leaves the what-if or looks at an account that is shown with them; null where the question
 * says nothing of it.
 */
export function holdFrom(channel: string, input: { callPrices?: boolean }): number | null {
  if (EDITS.has(channel)) return HOLD_MS;
  return channel === 'whatif.discard' || (channel === 'accounts.view' && input.callPrices !== false) ? 0 : null;
}
