import type { Desk, Output } from '../../shared/contract.ts';
import { succeed, type Result } from '../../shared/result.ts';

/** A whole list, page after page; begun anew when the book moved on in between, so that all rows are of one moment. */
export async function allRows<C extends 'accounts.list' | 'calls.queue'>(desk: Desk, channel: C): Promise<Result<Output<C>>> {
  const first = (await desk.ask(channel, {})) as Result<Output<C>>;
  if (!first.ok) return first;
  const rows: unknown[] = [...first.value.rows];
  while (rows.length < first.value.total) {
    const next = (await desk.ask(channel, { offset: rows.length })) as Result<Output<C>>;
    if (!next.ok) return next;
    if (next.value.sequence !== first.value.sequence || next.value.rows.length === 0) return allRows(desk, channel);
    rows.push(...next.value.rows);
  }
  return succeed({ ...first.value, rows } as Output<C>);
}
