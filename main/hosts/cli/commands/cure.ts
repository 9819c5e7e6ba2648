import type { AccountCures } from '../../../../shared/views.ts';
import { cureBasis, cureWords } from '../../../../shared/cure-words.ts';
import { formatAmount } from '../../../../shared/format.ts';
import { succeed } from '../../../../shared/result.ts';
import { painted, statusPaint, statusText } from '../paint.ts';
import { printTable, type Column } from '../table.ts';
import type { Terminal } from '../terminal.ts';
import { EXIT, printJson, withDesk, type ExitStatus } from '../with-desk.ts';

type PoolRow = AccountCures['pools'][number];
type CureRow = PoolRow['cures'][number] & { rank: number };

/** `cure BOOK ACCOUNT`: what would meet the account's house call, cheapest first, and the account after each. */
export function cureCommand(terminal: Terminal, book: string, account: string, { json }: { json?: boolean }): Promise<ExitStatus> {
  return withDesk(terminal, book, 'read', async (desk) => {
    const cures = await desk.ask('account.cures', { account });
    if (!cures.ok) return cures;
    if (json) printJson(terminal, cures.value);
    else printCures(terminal, cures.value);
    return succeed(EXIT.done);
  });
}

function printCures(terminal: Terminal, { account, pools }: AccountCures): void {
  if (pools.length === 0) terminal.out(`${account} misses nothing: equity covers house maintenance.`);
  pools.forEach((pool, index) => {
    if (index > 0) terminal.out('');
    terminal.out(`${painted(terminal, 'bold', account)}${pools.length > 1 ? ` · pool ${pool.pool}` : ''} misses ${formatAmount(pool.missing)} ${pool.currency}`);
    terminal.out('');
    const rows = pool.cures.map((cure, place): CureRow => ({ ...cure, rank: place + 1 }));
    printTable(terminal, columnsOf(pool.currency), rows);
    terminal.out('');
    for (const row of rows) terminal.out(painted(terminal, 'dim', `${row.rank}  ${row.legs.length > 1 ? `${cureWords(row, pool.currency)}: ` : ''}${cureBasis(row)}`));
    if (pool.noTrades !== null) terminal.out(pool.noTrades);
  });
}

function columnsOf(currency: string): Column<CureRow>[] {
  return [
    { header: '#', align: 'right', cell: ({ rank }) => String(rank) },
    { header: 'Cure', align: 'left', cell: (cure) => cureWords(cure, currency), widthMin: 24 },
    { header: 'Amount', align: 'right', cell: ({ amount }) => formatAmount(amount) },
    { header: 'Still missing', align: 'right', cell: ({ missingAfter }) => (missingAfter === '0' ? 'nothing' : formatAmount(missingAfter)) },
    { header: 'Then equity', align: 'right', cell: ({ after }) => formatAmount(after.equity), dropOrder: 2 },
    { header: 'Maintenance', align: 'right', cell: ({ after }) => formatAmount(after.maintenance), dropOrder: 1 },
    { header: 'Excess', align: 'right', cell: ({ after }) => formatAmount(after.excess) },
    { header: 'Status', align: 'left', cell: ({ after }) => statusText(after.status), paint: ({ after }) => statusPaint(after.status) },
  ];
}
