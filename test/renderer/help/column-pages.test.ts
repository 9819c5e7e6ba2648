import { expect, test } from 'vitest';
import { pageOfCell } from '../../../renderer/help/column-pages.ts';
import type { Column } from '../../../renderer/grid/column.ts';
import { accountColumns } from '../../../renderer/screens/accounts-columns.ts';
import { positionColumns } from '../../../renderer/screens/positions-columns.ts';
import { queueColumns } from '../../../renderer/screens/queue-columns.ts';
import { pageById } from '../../../shared/help/find.ts';

const nothing = (): void => undefined;
const positions = positionColumns({ currency: 'USD', branchId: null, byRule: true, liquidates: false, callPrices: () => 'found', onClose: nothing, onRevert: nothing });

/** Names and counts that no rule is about. */
const PLAIN = ['account', 'client', 'positions', 'asOf'];

const pagesOf = <Row>(columns: readonly Column<Row>[], row: unknown): Map<string, string | null> => new Map(columns.map((column) => [column.id, pageOfCell(column, row as Row)]));

test('F1 on any column of the queue, the accounts or the positions opens a page that is there, but for names and counts', () => {
  const row = { account: 'U1', strategy: 'covered call', key: 'k' };
  for (const columns of [pagesOf(queueColumns, row), pagesOf(accountColumns, row), pagesOf(positions, row)]) {
    const without = [...columns].filter(([, page]) => page === null).map(([id]) => id);
    expect(without.filter((id) => !PLAIN.includes(id))).toEqual([]);
    for (const page of columns.values()) if (page !== null) expect(pageById(page)?.id).toBe(page);
  }
});

test('a requirement of a position leads to its strategy, a figure of an account to that figure', () => {
  expect(pagesOf(positions, { strategy: 'short iron condor + long call' }).get('houseMaintenance')).toBe('spreads');
  expect(pagesOf(positions, { strategy: 'uncovered put' }).get('strategy')).toBe('uncovered-options');
  expect(pagesOf(accountColumns, { account: 'U1' }).get('excess')).toBe('ratios');
  expect(pagesOf(accountColumns, { account: 'U1' }).get('maintenance')).toBe('requirements');
});
