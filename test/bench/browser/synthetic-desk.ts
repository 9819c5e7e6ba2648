import { randomUUID } from 'node:crypto';
import { noOrders } from '../../../main/desk/rows/row-orders.ts';
import { orderInTurn } from '../../../main/desk/rows/order-in-turn.ts';
import { changedSlots, emptyTable, packSlots, type RowTable } from '../../../main/desk/rows/row-table.ts';
import { changeRows, setRows } from '../../desk/rows/set-rows.ts';
import type { Channel, Desk, PushMessage } from '../../../shared/contract.ts';
import { MARGIN_STATUSES } from '../../../shared/domain/status.ts';
import type { TableName } from '../../../shared/packed-rows/tables.ts';
import { fail, succeed, type Result } from '../../../shared/result.ts';
import type { AccountRow, BookInfo, QueueRow } from '../../../shared/views.ts';
import { randomNumbers, type RandomNumbers } from './random-numbers.ts';

/**
 * A desk of made-up rows behind the real contract: its lists, orders, packing and pushes are those of the real desk,
 * only the figures are drawn. So a grid can be measured at any length and any rate of changes.
 */
export interface SyntheticDesk extends Desk {
  /** Begins to change so many rows of a list a second, twenty messages a second; gives how to stop. */
  changeRowsPerSecond: (table: TableName, rows: number) => () => void;
}

const PUSHES_PER_SECOND = 20;

export function syntheticDesk(rows: number): SyntheticDesk {
  const random = randomNumbers(20_261_121);
  const accounts = emptyTable('accounts');
  const queue = emptyTable('queue');
  setRows(accounts, Array.from({ length: rows }, (_, index) => accountRow(random, index)));
  setRows(queue, Array.from({ length: rows }, (_, index) => queueRow(random, index)));
  const state = { lists: { accounts, queue, orders: { accounts: noOrders(), queue: noOrders() } } };
  const listeners = new Set<(message: PushMessage) => void>();

  async function ask(channel: Channel, input: unknown): Promise<Result<unknown>> {
    const { table, sort, slots } = input as { table: TableName; sort: []; slots: number[] };
    if (channel === 'rows.order') return orderInTurn(state, table, sort);
    if (channel === 'rows.read') return succeed(packSlots<TableName>(state.lists[table], 0, state.lists[table].version, slots));
    return channel === 'book.info' ? succeed(bookInfo(rows)) : fail({ code: 'not-here', message: 'These rows are made up.' });
  }

  function push<Table extends TableName>(table: RowTable<Table>, changed: (index: number) => RowOf<Table>, count: number): void {
    const since = table.version;
    changeRows(table, Array.from({ length: count }, () => changed(random.below(rows))));
    const value = packSlots(table, since, table.version, changedSlots(table, since));
    for (const listener of listeners) listener({ push: `${table.table}.changed`, value } as PushMessage);
  }

  return {
    ask: ask as Desk['ask'],
    onPush(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    changeRowsPerSecond(table, rate) {
      const timer = setInterval(() => {
        if (table === 'accounts') push(accounts, (index) => accountRow(random, index), rate / PUSHES_PER_SECOND);
        else push(queue, (index) => queueRow(random, index), rate / PUSHES_PER_SECOND);
      }, 1000 / PUSHES_PER_SECOND);
      return () => clearInterval(timer);
    },
  };
}

type RowOf<Table extends TableName> = NonNullable<RowTable<Table>['rows'][number]>;

const name = (index: number): string => `U${String(1_000_000 + index)}`;

/** Amounts with cents, as amounts are. */
const cents = (random: RandomNumbers, most: number): string => withPoint(random.below(most * 100), 2);
const ratio = (random: RandomNumbers, mostPercent: number): string => withPoint(random.below(mostPercent * 10_000), 6);

function withPoint(digits: number, places: number): string {
  const text = String(digits).padStart(places + 1, '0');
  return `${text.slice(0, -places)}.${text.slice(-places)}`.replace(/\.?0+$/, '');
}

function accountRow(random: RandomNumbers, index: number): AccountRow {
  const status = MARGIN_STATUSES[Math.max(0, random.below(24) - 18)] ?? 'healthy';
  return {
    account: name(index), client: `Client ${index % 977}`, regime: 'regT', indicative: false, status, statusReason: 'Equity covers house maintenance.', currency: 'USD',
    netLiq: cents(random, 9e6), equity: cents(random, 9e6), initial: cents(random, 5e6), maintenance: cents(random, 4e6), available: cents(random, 4e6), excess: cents(random, 4e6), deficit: '0',
    healthRatio: ratio(random, 300), cushion: ratio(random, 90), utilisation: ratio(random, 90), leverage: ratio(random, 400), specialMemorandum: null, buyingPower: cents(random, 9e6),
    regTInitial: cents(random, 5e6), exchangeMaintenance: cents(random, 4e6), concentration: ratio(random, 90), concentrationGroup: `S${index % 500}`,
    calls: index % 3, positions: 100, excluded: 0, notPairedYet: 0, unverified: [], asOf: '2026-11-20',
  };
}

function queueRow(random: RandomNumbers, index: number): QueueRow {
  return {
    key: `${name(index)}/expected`, rank: index + 1, account: name(index), client: `Client ${index % 977}`, status: 'call', type: 'house', state: 'expected', callId: null, currency: 'USD',
    called: cents(random, 1e6), met: '0', outstanding: cents(random, 1e6), raisedAt: null, raisedOn: '2026-11-20', ageInBusinessDays: 1, dueOn: '2026-11-24', dueInBusinessDays: 2,
    excess: `-${cents(random, 1e6)}`, healthRatio: ratio(random, 99), cushion: ratio(random, 90), changeSinceRaise: cents(random, 1e5), driver: `S${index % 500}`, driverShare: ratio(random, 90),
    owner: null, lastAction: null, statusReason: 'Equity is below house maintenance.', unverified: [],
  };
}

function bookInfo(rows: number): BookInfo {
  const byStatus = Object.fromEntries(MARGIN_STATUSES.map((status) => [status, 0])) as BookInfo['byStatus'];
  return { name: `made-up-${randomUUID().slice(0, 4)}`, sequence: 1, businessDate: '2026-11-20', marksAsOf: '2026-11-20', accounts: rows, positions: 100 * rows, instruments: 22_000, excluded: 0, readOnly: true, heldBy: null, lastOfficialRun: null, byStatus, packs: [] };
}
