import { expect, test } from 'vitest';
import { cellTooltip } from '../../../renderer/grid/cell-text.ts';
import { noteColumns, planColumns } from '../../../renderer/import/plan-columns.ts';
import { accountColumns } from '../../../renderer/screens/accounts-columns.ts';
import { positionColumns, type CallPricesStanding } from '../../../renderer/screens/positions-columns.ts';
import { queueColumns } from '../../../renderer/screens/queue-columns.ts';
import type { AccountRow } from '../../../shared/views.ts';
import { positionOf } from './rows.ts';

const context = { currency: 'USD', branchId: 'b1', byRule: true, liquidates: false, callPrices: () => 'found' as const, onClose: () => undefined, onRevert: () => undefined };
const positions = positionColumns(context);
const all = { queue: queueColumns, accounts: accountColumns, positions, plan: planColumns, notes: noteColumns };

test.each(Object.entries(all))('the columns of %s have names of their own and each says what it is', (_, columns) => {
  const ids = columns.map((column) => column.id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(columns.filter((column) => column.hint === '').map((column) => column.id)).toEqual([]);
});

test('the requirement columns of a branch open their explanation on that branch and for that position', () => {
  const maintenance = positions.find((column) => column.id === 'houseMaintenance');
  expect(maintenance?.explains?.(positionOf({ key: 'p9' }))).toEqual({ account: 'U1', figure: 'maintenance', position: 'p9', branchId: 'b1' });
});

test('a cell that the branch changed is marked and its tooltip has the live value', () => {
  const quantity = positions.find((column) => column.id === 'quantity');
  const row = positionOf({ quantity: '50', live: { quantity: '1000', mark: '10', houseMaintenance: '300' } });
  expect(quantity?.tone?.(row)).toBe('changed');
  expect(quantity && cellTooltip(quantity, row)).toBe('Live: 1,000');
  const mark = positions.find((column) => column.id === 'mark');
  expect(mark?.tone?.(row)).toBeNull();
});

test('close and revert are there on a branch only, and only where they do something', () => {
  const live = positionColumns({ ...context, branchId: null });
  expect(live.some((column) => column.id === 'close' || column.id === 'revert')).toBe(false);
  const revert = positions.find((column) => column.id === 'revert');
  expect(revert?.show?.(positionOf({}))).toBe('');
  expect(revert?.show?.(positionOf({ added: true }))).toBe('Revert');
});

test('text that its column may cut off is whole in the tooltip', () => {
  const account = accountColumns.find((column) => column.id === 'account');
  const tooltip = (name: string): string | null | undefined => account && cellTooltip(account, { account: name } as AccountRow);
  expect(tooltip('Individual margin ...482')).toBe('Individual margin ...482');
  expect(tooltip('U1')).toBeNull();
});

test('a venue account has the liquidation prices of its positions in the grid and no Reg T column; an account under rules has none of these', () => {
  const shown = (different: Partial<typeof context>): string[] => positionColumns({ ...context, ...different }).filter(({ hidden }) => hidden !== true).map(({ id }) => id);
  const venue = shown({ byRule: false, liquidates: true });
  expect(venue).toEqual(expect.arrayContaining(['liquidationDown', 'liquidationUp', 'houseInitial']));
  expect(venue).not.toContain('regTInitial');
  expect(shown({})).toContain('regTInitial');
  expect(shown({}).filter((id) => id.startsWith('liquidation'))).toEqual([]);
  const up = positionColumns({ ...context, liquidates: true }).find(({ id }) => id === 'liquidationUp');
  expect([up?.read(positionOf({ liquidation: { down: null, up: '81000' } })), up?.read(positionOf({}))]).toEqual(['81000', null]);
});

test('a blank call price says whether there is none, or none was looked for', () => {
  const saidOf = (standing: CallPricesStanding) => {
    const down = positionColumns({ ...context, callPrices: () => standing }).find(({ id }) => id === 'callPriceDown');
    return down && cellTooltip(down, positionOf({ callPriceDown: null }));
  };
  expect((['found', 'searching', 'leftOut'] as const).map(saidOf)).toEqual(['No price below makes them equal', 'Still being searched for', 'Not searched for in a what-if of 60 positions and more']);
});
