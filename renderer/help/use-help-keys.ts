import { useCommand } from '../keys/commands.ts';
import { helpAtHand, helpTrail, openHelp } from './state.ts';

/** F1 and the table of contents, wherever somebody is; `account` is the one whose values in force are shown. */
export function useHelpKeys(account: string | null): void {
  useCommand('help.figure', () => {
    const here = helpAtHand.get();
    openHelp(here?.page ?? null, account ?? here?.account ?? helpTrail.get()?.at(-1)?.account ?? null);
  });
  useCommand('help.contents', () => openHelp(null, account));
}
