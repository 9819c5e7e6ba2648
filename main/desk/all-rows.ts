import type { Desk } from '../../shared/contract.ts';
import { succeed, type Result } from '../../shared/result.ts';
import type { AccountRow, QueueRow } from '../../shared/views.ts';

/** A whole list, as of one moment of the book. */
interface WholeList<Row> {
  sequence: number;
  rows: Row[];
}
type Page<Row> = Result<WholeList<Row> & { total: number }>;

/** Page after page; begun anew when the book moved on in between, so that all rows are of one moment. */
async function allPages<Row>(askPage: (offset: number) => Promise<Page<Row>>): Promise<Result<WholeList<Row>>> {
  const rows: Row[] = [];
  for (let sequence: number | null = null; ; ) {
    const page = await askPage(rows.length);
    if (!page.ok) return page;
    if (sequence !== null && page.value.sequence !== sequence) rows.length = 0;
    else rows.push(...page.value.rows);
    sequence = rows.length === 0 ? null : page.value.sequence;
    if (rows.length >= page.value.total) return succeed({ sequence: page.value.sequence, rows });
  }
}

export function allAccounts(desk: Desk): Promise<Result<WholeList<AccountRow>>> {
  return allPages((offset) => desk.ask('accounts.list', { offset }));
}

export function wholeQueue(desk: Desk): Promise<Result<WholeList<QueueRow>>> {
  return allPages((offset) => desk.ask('calls.queue', { offset }));
}
