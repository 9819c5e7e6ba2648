import type { RowSort } from '../../../shared/packed-rows/sort.ts';
import type { TableName } from '../../../shared/packed-rows/tables.ts';
import type { Result } from '../../../shared/result.ts';
import type { Lists } from '../desk-state.ts';
import { orderedRows } from './row-orders.ts';
import { inSlices } from './slices.ts';

// Orders of one list share the values they compare: one is made after the other.
const turns = new WeakMap<Lists, Promise<unknown>>();

/** The order of a list, made in slices, so that other questions are answered meanwhile. Fault: `unknown-field`. */
export function orderInTurn({ lists }: { lists: Lists }, table: TableName, sort: readonly RowSort[]): Promise<Result<Uint8Array>> {
  const answer = (turns.get(lists) ?? Promise.resolve()).then(() => inSlices(orderedRows(lists[table], lists.orders[table], sort)));
  turns.set(lists, answer.catch(() => undefined));
  return answer;
}
