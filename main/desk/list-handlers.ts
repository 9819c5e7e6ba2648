import type { Input } from '../../shared/contract.ts';
import { ROWS_READ_MAX } from '../../shared/packed-rows/sort.ts';
import type { TableName } from '../../shared/packed-rows/tables.ts';
import { succeed } from '../../shared/result.ts';
import type { BookInfo, QueueRow } from '../../shared/views.ts';
import { bookInfo, type DeskState, type Lists } from './desk-state.ts';
import { orderInTurn } from './rows/order-in-turn.ts';
import { packSlots, rowsOf } from './rows/row-table.ts';

/** What lists are answered from: a desk has it, and a snapshot of the book has it before the desk is there. */
export interface Listed {
  readonly info: BookInfo;
  queue: readonly QueueRow[];
  lists: Lists;
}

export function listedOf(state: DeskState): Listed {
  return {
    get info() {
      return bookInfo(state);
    },
    queue: state.queue,
    lists: state.lists,
  };
}

/** Questions about lists: all that a first screen asks. */
export const listHandlers = {
  'book.info': ({ info }: Listed) => succeed(info),
  'calls.queue': ({ queue, info }: Listed, page: Input<'calls.queue'>) => succeed(pageOf(info.sequence, queue, page)),
  'accounts.list': ({ lists, info }: Listed, page: Input<'accounts.list'>) => succeed(pageOf(info.sequence, rowsOf(lists.accounts), page)),
  'rows.order': (listed: Listed, { table, sort }: Input<'rows.order'>) => orderInTurn(listed, table, sort),
  'rows.read': ({ lists }: Listed, { table, slots }: Input<'rows.read'>) => succeed(packSlots<TableName>(lists[table], 0, lists[table].version, slots)),
};

/** A part of a long list, the first rows unless told. */
function pageOf<Row>(sequence: number, all: readonly Row[], { offset = 0, limit = ROWS_READ_MAX }: Input<'accounts.list'>): { sequence: number; rows: Row[]; total: number } {
  return { sequence, rows: all.slice(offset, offset + limit), total: all.length };
}
