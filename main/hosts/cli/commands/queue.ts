import type { QueueRow } from '../../../../shared/views.ts';
import { succeed } from '../../../../shared/result.ts';
import { wholeQueue } from '../../../desk/all-rows.ts';
import { formatAmount, formatCount, formatRatio } from '../../../../shared/format.ts';
import { CALL_STATE_WORDS, CALL_TYPE_WORDS } from '../../../../shared/status-words.ts';
import { statusPaint, statusText } from '../paint.ts';
import { printTable, type Column } from '../table.ts';
import { explainMarks, marked } from '../unverified-text.ts';
import type { Terminal } from '../terminal.ts';
import { EXIT, printJson, withDesk, type ExitStatus } from '../with-desk.ts';

export interface QueueOptions {
  json?: boolean;
  failOn?: 'call';
}

/** `queue BOOK`: the call queue, most urgent first. With `--fail-on call` the exit status says whether there is a call. */
export function queueCommand(terminal: Terminal, book: string, { json, failOn }: QueueOptions): Promise<ExitStatus> {
  return withDesk(terminal, book, 'read', async (desk) => {
    const queue = await wholeQueue(desk);
    if (!queue.ok) return queue;
    if (json) printJson(terminal, queue.value);
    else printQueue(terminal, queue.value.rows);
    return succeed(failOn === 'call' && queue.value.rows.some(isCall) ? EXIT.no : EXIT.done);
  });
}

/** A call that stands, or one that prices say would be raised now; not a row that is there only for lack of a price. */
const isCall = ({ type }: QueueRow): boolean => type !== null;

/** Prints the queue; of a long one only the first `shownMax` rows, and says so. */
export function printQueue(terminal: Terminal, rows: readonly QueueRow[], shownMax = Infinity): void {
  if (rows.length === 0) {
    terminal.out('The call queue is empty: no account is called, or would be called now.');
    return;
  }
  printTable(terminal, queueColumns(rows), rows.slice(0, shownMax));
  const calls = rows.filter(isCall).length;
  const hidden = rows.length > shownMax ? `, of which the ${formatCount(shownMax)} most urgent are shown` : '';
  const currency = onlyCurrency(rows);
  terminal.out(`${formatCount(calls)} ${calls === 1 ? 'call' : 'calls'} in ${formatCount(rows.length)} ${rows.length === 1 ? 'row' : 'rows'}${hidden}.${currency === null ? '' : ` Amounts in ${currency}.`}`);
  explainMarks(terminal, rows.slice(0, shownMax), ['deficit', 'excess', 'healthRatio']);
}

const onlyCurrency = (rows: readonly QueueRow[]): string | null => {
  const [first, ...others] = new Set(rows.map(({ currency }) => currency));
  return first === undefined || others.length > 0 ? null : first;
};

function queueColumns(rows: readonly QueueRow[]): Column<QueueRow>[] {
  const currency: Column<QueueRow> = { header: 'Ccy', align: 'left', cell: (row) => row.currency };
  return [
    { header: '#', align: 'right', cell: ({ rank }) => formatCount(rank) },
    { header: 'Status', align: 'left', cell: ({ status }) => statusText(status), paint: ({ status }) => statusPaint(status) },
    { header: 'Account', align: 'left', cell: ({ account }) => account, widthMin: 9 },
    { header: 'Client', align: 'left', cell: ({ client }) => client ?? '', widthMin: 8, dropOrder: 2 },
    { header: 'Call', align: 'left', cell: callText },
    ...(onlyCurrency(rows) === null ? [currency] : []),
    { header: 'Outstanding', align: 'right', cell: (row) => marked(row, 'deficit', formatAmount(row.outstanding)) },
    { header: 'Due', align: 'left', cell: dueText },
    { header: 'Excess', align: 'right', cell: (row) => marked(row, 'excess', formatAmount(row.excess)), paint: ({ excess }) => (excess.startsWith('-') ? 'red' : undefined), dropOrder: 4 },
    { header: 'Health', align: 'right', cell: (row) => marked(row, 'healthRatio', formatRatio(row.healthRatio)), dropOrder: 3 },
    { header: 'Driver', align: 'left', cell: ({ driver }) => driver ?? '', widthMin: 6, dropOrder: 1 },
  ];
}

function callText({ type, state }: QueueRow): string {
  if (type === null) return '';
  return `${CALL_TYPE_WORDS[type]}${state === null ? '' : ` ${CALL_STATE_WORDS[state]}`}`;
}

/** The day, and how many business days are left: `2026-11-24 +2`; an overdue call counts down below zero. */
function dueText({ dueOn, dueInBusinessDays }: QueueRow): string {
  if (dueOn === null) return '';
  if (dueInBusinessDays === null) return dueOn;
  return `${dueOn} ${dueInBusinessDays > 0 ? '+' : ''}${formatCount(dueInBusinessDays)}`;
}
