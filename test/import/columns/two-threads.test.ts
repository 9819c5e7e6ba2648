import { expect, test } from 'vitest';
import { cutIntoRing, leaveRing, rowRing, rowsOfRing } from '../../../main/import/columns/row-ring.ts';
import { COUNT } from '../../../main/import/columns/row-chunk.ts';
import type { RowShape } from '../../../main/import/columns/cut-rows.ts';
import { readColumns } from '../../../main/import/columns/read-columns.ts';
import type { MappingProfile } from '../../../shared/domain/import-plan.ts';
import { withoutColumns } from './both-ways.ts';
import { inLockstep, shared, type Lockstep } from './lockstep.ts';

const PROFILE: MappingProfile = { name: 'Desk', columns: { account: 'account', symbol: 'symbol', quantity: 'quantity', entryPrice: 'entry', price: 'price', currency: 'currency', asOf: 'day' }, complete: true };
const row = (account: string, symbol: string, quantity: string, { entry = '', price = '10', note = '' } = {}) => `${note},${account},${symbol},${quantity},${entry},${price},USD,2026-11-20`;

/** Every kind of row there is, again and again, so that each is met known and unknown and at either end of a chunk. */
const KINDS = [
  row('U1', 'ABC', '5'),
  row('U2', 'ABC', '-5', { entry: '8.50' }),
  row('U1', '"A, B"', '1'),
  row('U2', '"TWO\nLINES"', '2'),
  row('U3', 'CASH', '12.5', { price: '' }),
  row('U2', 'DEF', '0'),
  row('U1', 'DEF', '(3)'),
  row('U1', 'ABC', '1', { price: '11' }),
  row('U1', 'ABC', '1', { note: 'Total' }),
  row('U4', 'GHI', '123456789012345678901.25', { entry: 'x' }),
  row('U4', 'GHI', '7', { entry: '9' }),
  `${row('U5', 'ABC', '2')},more,cells`,
  '',
  ',,,,,,,',
];
const LINES = Array.from({ length: 300 }, (_, index) => KINDS[(index * 5 + Math.floor(index / 40)) % KINDS.length] ?? '');

function read(text: string, lockstep: Lockstep | null, tick?: () => void): unknown {
  const bytes = shared(new TextEncoder().encode(text));
  const file = readColumns({ name: 'x.csv', bytes }, { profile: PROFILE, profiles: [], ...(tick ? { tick } : {}) }, lockstep ? inLockstep(bytes, lockstep) : undefined);
  return file && withoutColumns(file);
}

test.each([
  ['line feeds', '', '\n', '\n'],
  ['carriage returns, and a last line that nothing ends', '', '\r\n', ''],
  ['a byte order mark', '\ufeff', '\n', '\r\n'],
])('a file of every kind of row is read the same by two threads: %s', (_, before, lineEnd, after) => {
  const text = before + ['note,account,symbol,quantity,entry,price,currency,day', ...LINES].join(lineEnd) + after;
  const byOne = read(text, null);
  expect(byOne).not.toBe(null);
  for (const [rows, chunks, turns] of [[1, 1, [1]], [7, 3, [0, 0, 1, 5]], [3, 9, [0, 2]], [64, 2, [2]], [1000, 4, [0]]] as const) {
    expect(read(text, { rows, chunks, turns })).toEqual(byOne);
    expect(read(text, { rows, chunks, turns, gone: { after: 3, says: rows === 7 } })).toEqual(byOne);
  }
});

test('whoever cancels in the middle stops the thread that cuts, too', () => {
  const bytes = shared(new TextEncoder().encode(['note,account,symbol,quantity,entry,price,currency,day', ...LINES].join('\n')));
  let stopped = 0;
  let ticks = 0;
  const tick = (): void => {
    ticks += 1;
    if (ticks === 5) throw new Error('cancelled');
  };
  const cutRows = inLockstep(bytes, { rows: 4, chunks: 8, turns: [3] }, () => (stopped += 1));
  expect(() => readColumns({ name: 'x.csv', bytes }, { profile: PROFILE, profiles: [], tick }, cutRows)).toThrow('cancelled');
  expect({ stopped, ticks }).toEqual({ stopped: 1, ticks: 5 });
});

const ONE_COLUMN: RowShape = { from: 0, delimiter: 0x2c, point: 0x2e, columnCount: 1, naming: [], owning: [], quantity: 0, entryPrice: -1 };

test('rows are cut here until the other thread has overtaken; from then on it is waited for, and taken for gone when nothing comes of that', () => {
  const bytes = shared(new TextEncoder().encode('1\n2\n3\n4\n5\n6\n'));
  const ring = rowRing(1, 2);
  const cutting = cutIntoRing(ring, bytes, ONE_COLUMN);
  const source = rowsOfRing(ring, bytes, ONE_COLUMN, () => false);
  const step = () => cutting.next().value;
  const next = () => source.next()?.quantity.units[0];
  // Cut here; the other one then has that to cut as well before it comes to rows that are wanted.
  expect([next(), next(), step(), step(), step(), step()]).toEqual([1, 2, null, null, null, 1]);
  const third = source.next();
  // There is room for two that were not given back, and this one was not.
  expect([third?.quantity.units[0], step(), step(), third?.quantity.units[0]]).toEqual([3, null, 2, 3]);
  expect([next(), next(), step(), step()]).toEqual([4, undefined, null, null]);
  leaveRing(ring);
  expect(source.next()).toBe(null);
});

test('the end of the file is a chunk without rows, after which nothing is cut', () => {
  const bytes = shared(new TextEncoder().encode('1\n2\n'));
  const ring = rowRing(8, 2);
  expect([...cutIntoRing(ring, bytes, ONE_COLUMN)]).toEqual([null]);
  const rows = rowsOfRing(ring, bytes, ONE_COLUMN, () => false);
  expect([rows.next()?.about[COUNT], rows.next()?.about[COUNT]]).toEqual([2, 0]);
});
