import { succeed } from '../../../../shared/result.ts';
import type { Terminal } from '../terminal.ts';
import { EXIT, printJson, withDesk, type ExitStatus } from '../with-desk.ts';

/** `pack BOOK ACCOUNT`: everything the account's figures depend on and the figures, as a calc pack on standard output. */
export function packCommand(terminal: Terminal, book: string, account: string): Promise<ExitStatus> {
  return withDesk(terminal, book, 'read', async (desk) => {
    const pack = await desk.ask('account.pack', { account });
    if (!pack.ok) return pack;
    printJson(terminal, pack.value);
    return succeed(EXIT.done);
  });
}
