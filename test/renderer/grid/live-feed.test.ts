import type { GridApi } from 'ag-grid-community';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPackedStore, type Ask, type PackedStore } from '../../../renderer/desk/packed-store.ts';
import { createLiveFeed, type LiveFeed } from '../../../renderer/grid/live-feed.ts';
import type { RowSlot } from '../../../renderer/grid/row-slot.ts';
import { noOrders, orderedRows } from '../../../main/desk/rows/row-orders.ts';
import { changedSlots, emptyTable, packSlots } from '../../../main/desk/rows/row-table.ts';
import { setRows } from '../../desk/rows/set-rows.ts';
import { finish } from '../../../main/desk/rows/slices.ts';
import { succeed } from '../../../shared/result.ts';
import type { AccountRow } from '../../../shared/views.ts';

// The feed over a real store and the desk's own list; the grid library is a record of what it was asked for, and
// frames come when the test says so.

const row = (account: string, excess: string): AccountRow => ({ account, excess, client: null, regime: 'regT', status: 'healthy', statusReason: '', currency: 'USD', unverified: [], calls: 0, positions: 1, excluded: 0, notPairedYet: 0, indicative: false, healthRatio: null, cushion: null }) as unknown as AccountRow;

let frames: (() => void)[] = [];
beforeEach(() => {
  frames = [];
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => frames.push(run));
  vi.stubGlobal('cancelAnimationFrame', () => undefined);
});
afterEach(() => vi.unstubAllGlobals());

interface Scene {
  store: PackedStore<AccountRow>;
  feed: LiveFeed;
  push: (rows: readonly AccountRow[]) => void;
  frame: () => void;
  /** Each repaint as the excess of the rows it was for. */
  repaints: string[][];
  waiting: boolean[];
  shown: () => string[];
}

/** A grid of three accounts ordered by excess, held or not. */
async function scene(isHeld: boolean): Promise<Scene> {
  const [list, orders] = [emptyTable('accounts'), noOrders()];
  setRows(list, [row('A', '1'), row('B', '2'), row('C', '3')]);
  const ask = ((channel: string, { sort, slots }: { sort: []; slots: number[] }) =>
    Promise.resolve(channel === 'rows.order' ? finish(orderedRows(list, orders, sort)) : succeed(packSlots(list, 0, list.version, slots)))) as unknown as Ask;
  const store = createPackedStore('accounts', ask);
  await store.sortBy([{ field: 'excess', descending: false }]);
  await store.load();
  let data: RowSlot<AccountRow>[] = [];
  const repaints: string[][] = [];
  const waiting: boolean[] = [];
  const nodes = () => data.map((each, rowIndex) => ({ data: each, rowIndex }));
  const api = {
    setGridOption: (_: string, rows: RowSlot<AccountRow>[]) => (data = rows),
    applyTransaction: ({ add = [], remove = [] }: { add?: RowSlot<AccountRow>[]; remove?: RowSlot<AccountRow>[] }) => (data = [...data, ...add].slice(0, data.length + add.length - remove.length)),
    isAnyFilterPresent: () => false,
    getRenderedNodes: nodes,
    refreshCells: ({ rowNodes }: { rowNodes?: ReturnType<typeof nodes> }) => rowNodes && repaints.push(rowNodes.map((node) => node.data.row.excess)),
  } as unknown as GridApi<RowSlot<AccountRow>>;
  const element = { querySelectorAll: () => [] } as unknown as HTMLElement;
  const feed = createLiveFeed({ api, element, store, compare: (a, b) => Number(a.excess) - Number(b.excess), isHeld: () => isHeld, onWaiting: (each) => waiting.push(each) });
  let told = list.version;
  return {
    store,
    feed,
    repaints,
    waiting,
    shown: () => data.map(({ key }) => key),
    push(rows) {
      setRows(list, rows);
      store.take(packSlots(list, told, list.version, changedSlots(list, told)));
      told = list.version;
    },
    frame: () => frames.splice(0).forEach((run) => run()),
  };
}

test('whatever comes within a frame is painted once, and the newest of each row wins', async () => {
  const { push, frame, repaints, feed } = await scene(false);
  push([row('A', '1.1'), row('B', '2'), row('C', '3')]);
  push([row('A', '1.2'), row('B', '2.5'), row('C', '3')]);
  push([row('A', '1.3'), row('B', '2.5'), row('C', '3')]);
  expect(repaints).toEqual([]);
  frame();
  expect(repaints).toEqual([['1.3', '2.5']]);
  frame();
  expect(repaints).toHaveLength(1);
  feed.stop();
});

test('rows that are held stay where they are while their figures change, say that an order waits, and move when asked', async () => {
  const { push, frame, repaints, waiting, shown, feed } = await scene(true);
  push([row('A', '9'), row('B', '2'), row('C', '3')]);
  frame();
  expect([shown(), repaints, waiting]).toEqual([['A', 'B', 'C'], [['9']], [true]]);
  feed.rankNow();
  await vi.waitFor(() => expect(shown()).toEqual(['B', 'C', 'A']));
  expect(waiting).toEqual([true, false]);
  feed.stop();
});

test('a row that comes joins at once where nobody works, and waits where somebody does', async () => {
  for (const isHeld of [false, true]) {
    const { push, shown, waiting, store, feed } = await scene(isHeld);
    push([row('A', '1'), row('B', '2'), row('C', '3'), row('D', '0')]);
    await store.rank();
    expect([shown(), waiting.at(-1) ?? false]).toEqual(isHeld ? [['A', 'B', 'C'], true] : [['D', 'A', 'B', 'C'], false]);
    push([row('B', '2'), row('D', '0')]);
    await store.rank();
    expect(shown()).toEqual(isHeld ? ['A', 'B', 'C'] : ['D', 'B']);
    feed.stop();
  }
});
