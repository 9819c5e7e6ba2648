import type { PushMessage } from '../../shared/contract.ts';
import { bookInfo, type DeskState } from './desk-state.ts';
import { changedSlots, packSlots, PACKED_ROWS_MAX, type RowTable } from './rows/row-table.ts';
import type { Slices } from './rows/slices.ts';

/** How far the screens have been told. */
export interface Told {
  accounts: number;
  queue: number;
}

export const NOTHING_TOLD: Told = { accounts: 0, queue: 0 };

export function toldAll({ lists }: Pick<DeskState, 'lists'>): Told {
  return { accounts: lists.accounts.version, queue: lists.queue.version };
}

/** Whether any row is not what it was. */
export function isChangedSince({ lists }: Pick<DeskState, 'lists'>, { accounts, queue }: Told): boolean {
  return changedSlots(lists.accounts, accounts).length + changedSlots(lists.queue, queue).length > 0;
}

/** Tells what has changed since the screens were told last, a slice of rows at a time; gives how far they know now. */
export function* tellingSince(state: DeskState, told: Told, tell: (message: PushMessage) => void): Slices<Told> {
  const now = toldAll(state);
  tell({ push: 'book.changed', value: bookInfo(state) });
  yield;
  for (const value of packedSince(state.lists.accounts, told.accounts)) {
    tell({ push: 'accounts.changed', value });
    yield;
  }
  for (const value of packedSince(state.lists.queue, told.queue)) {
    tell({ push: 'queue.changed', value });
    yield;
  }
  return now;
}

function* packedSince(table: RowTable, since: number): Generator<Uint8Array> {
  const to = table.version;
  const slots = changedSlots(table, since);
  for (let start = 0; start < slots.length; start += PACKED_ROWS_MAX) yield packSlots(table, since, to, slots.slice(start, start + PACKED_ROWS_MAX));
}
