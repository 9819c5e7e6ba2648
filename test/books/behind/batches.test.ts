import { expect, test } from 'vitest';
import { batched, doBatch, type Batch } from '../../../main/books/behind/batches.ts';
import type { Writes } from '../../../main/books/sql/writes.ts';
import { partitionTable, sourceFileTable } from '../../../main/books/tables/record-tables.ts';
import { cash, mark, position } from '../../../main/books/tables/versioned-tables.ts';

/** Writes down what it is asked to write, as it is at that moment. */
function recorder(): Writes & { asked: unknown[] } {
  const asked: unknown[] = [];
  const note = (what: string) => (...details: unknown[]): void => void asked.push([what, ...structuredClone(details)]);
  return { asked, rows: note('rows'), removeCurrent: note('remove'), withdraw: note('withdraw'), positions: note('positions'), past: note('past') };
}

const WIDTHS = { instrument: 16, quantity: 8, entryPrice: 0 };

/** Every kind of write, several times, in memory that is used again. */
function writeAll(to: Writes): void {
  const memory = new Uint8Array(600_000);
  for (let turn = 0; turn < 3; turn += 1) {
    const records = memory.subarray(0, [3, 0, 600_000][turn]).fill(turn + 65);
    const rows = [[turn, 'account/1'], [turn + 100, '"Ä\\ \u0001\ud83d\ude00']];
    to.rows(partitionTable, rows, 'INSERT');
    rows.length = 0;
    to.rows(mark, Array.from({ length: 700 }, (_, row) => [0, row, '1.5', null, null, 'close', 'me', '2026-11-20', null, 3, null]), 'REPLACE');
    to.positions(WIDTHS, { account: turn, day: '2026-11-20', sequence: 7, records, count: 1, ends: [0, 0, 0, 1, 1], isPriced: turn === 1, replaces: turn === 2 });
    to.rows(sourceFileTable, [[`hash ${turn}`, 3, 'none', records.slice(0, 3)]], 'INSERT');
    to.past({ account: turn, ended: 5, records, length: 80, width: 8, count: 1 });
    to.removeCurrent(position, [[1, 'cash', 3]]);
    to.withdraw(cash, [4, 1, 'USD', 'settled', '', '5', '2026-11-20', null, 1, null], 9);
  }
}

test('what another thread is asked to write is what was asked for, in that order', () => {
  const [meant, done] = [recorder(), recorder()];
  const batches: number[] = [];
  const writes = batched((batch: Batch) => {
    batches.push(batch.records.length);
    doBatch(done, structuredClone(batch));
  });
  writeAll(meant);
  writeAll(writes);
  writes.flush();
  const verbs = (asked: unknown[]) => (asked as unknown[][]).map((one) => (one[0] === 'rows' && one.length === 3 ? [...one, 'INSERT'] : one));
  expect(verbs(done.asked)).toEqual(verbs(meant.asked));
  expect(batches.length).toBeGreaterThan(3);
});

test('a table that no entry writes to is refused', () => {
  expect(() => doBatch(recorder(), { writes: '[{"do":"rows","table":"sqlite_schema","rows":[],"verb":"INSERT"}]', records: new Uint8Array() })).toThrow('sqlite_schema is a table that entries write to');
});
