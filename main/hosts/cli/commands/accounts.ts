import type { AccountRow } from '../../../../shared/views.ts';
import { marginStatus, statusSeverity, type MarginStatus } from '../../../../shared/domain/status.ts';
import { formatAmount, formatCount, formatRatio } from '../../../../shared/format.ts';
import { succeed } from '../../../../shared/result.ts';
import { allAccounts } from '../../../desk/all-rows.ts';
import { statusPaint, statusText } from '../paint.ts';
import { printTable, type Column } from '../table.ts';
import { explainMarks, marked } from '../unverified-text.ts';
import type { Terminal } from '../terminal.ts';
import { EXIT, printJson, trouble, withDesk, type ExitStatus } from '../with-desk.ts';

export interface AccountsOptions {
  json?: boolean;
  status?: string;
}

/** `accounts BOOK`: the margin state of every account, worst status first; `--status` shows one status only. */
export function accountsCommand(terminal: Terminal, book: string, { json, status }: AccountsOptions): Promise<ExitStatus> {
  const wanted = status === undefined ? null : marginStatus.safeParse(status);
  if (wanted && !wanted.success) return Promise.resolve(trouble(terminal, { code: 'unknown-status', message: `There is no status called ${JSON.stringify(status)}.`, fix: `Statuses are ${marginStatus.options.join(', ')}.` }));
  return withDesk(terminal, book, 'read', async (desk) => {
    const list = await allAccounts(desk);
    if (!list.ok) return list;
    const rows = list.value.rows.filter((row) => !wanted || row.status === wanted.data).sort(worstFirst);
    if (json) printJson(terminal, { ...list.value, rows });
    else printAccounts(terminal, rows);
    return succeed(EXIT.done);
  });
}

function worstFirst(a: AccountRow, b: AccountRow): number {
  return statusSeverity(b.status) - statusSeverity(a.status) || (a.account < b.account ? -1 : 1);
}

function printAccounts(terminal: Terminal, rows: readonly AccountRow[]): void {
  if (rows.length === 0) {
    terminal.out('No accounts. "plimsoll import BOOK FILE" reads a position file.');
    return;
  }
  printTable(terminal, columns, rows);
  terminal.out(`${formatCount(rows.length)} ${rows.length === 1 ? 'account' : 'accounts'}: ${countsByStatus(rows)}.`);
  explainMarks(terminal, rows, ['initial', 'maintenance', 'excess', 'healthRatio']);
}

function countsByStatus(rows: readonly AccountRow[]): string {
  const count = (status: MarginStatus): number => rows.filter((row) => row.status === status).length;
  return marginStatus.options.toReversed().filter((status) => count(status) > 0).map((status) => `${formatCount(count(status))} ${status}`).join(', ');
}

const columns: Column<AccountRow>[] = [
  { header: 'Account', align: 'left', cell: ({ account }) => account, widthMin: 9 },
  { header: 'Client', align: 'left', cell: ({ client }) => client ?? '', widthMin: 8, dropOrder: 2 },
  { header: 'Status', align: 'left', cell: ({ status }) => statusText(status), paint: ({ status }) => statusPaint(status) },
  { header: 'Ccy', align: 'left', cell: ({ currency }) => currency },
  { header: 'Equity', align: 'right', cell: ({ equity }) => formatAmount(equity) },
  { header: 'Initial', align: 'right', cell: (row) => marked(row, 'initial', formatAmount(row.initial)), dropOrder: 3 },
  { header: 'Maintenance', align: 'right', cell: (row) => marked(row, 'maintenance', formatAmount(row.maintenance)), dropOrder: 4 },
  { header: 'Excess', align: 'right', cell: (row) => marked(row, 'excess', formatAmount(row.excess)), paint: ({ excess }) => (excess.startsWith('-') ? 'red' : undefined) },
  { header: 'Health', align: 'right', cell: (row) => marked(row, 'healthRatio', formatRatio(row.healthRatio)) },
  { header: 'Pos', align: 'right', cell: ({ positions }) => formatCount(positions), dropOrder: 1 },
  { header: 'Excl', align: 'right', cell: ({ excluded }) => (excluded === 0 ? '' : formatCount(excluded)), dropOrder: 5 },
];
