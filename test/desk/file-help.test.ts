import { expect, test } from 'vitest';
import { digestOfBytes } from '../../main/books/digests/digest.ts';
import { packFile } from '../../main/books/writing/pack-file.ts';
import { fileHelp, type FileWork } from '../../main/desk/file-help.ts';
import { startThread } from '../../main/desk/threads.ts';
import { shared } from '../import/columns/lockstep.ts';
import type { CutRows } from '../../main/import/columns/cut-rows.ts';
import { readColumns } from '../../main/import/columns/read-columns.ts';
import { rowRing, rowsOfRing } from '../../main/import/columns/row-ring.ts';
import type { MappingProfile, ReadFile } from '../../shared/domain/import-plan.ts';

const PROFILE: MappingProfile = { name: 'Desk', columns: { account: 'account', symbol: 'symbol', quantity: 'quantity', price: 'price', currency: 'currency', asOf: 'day' }, complete: true };
const LINES = Array.from({ length: 20_000 }, (_, row) => `U${row >> 6},S${(row * 7) % 900},${(row % 50) - 25},10,USD,2026-11-20${row % 3000 === 2000 ? ',"one cell more"' : ''}`);
const BYTES = shared(new TextEncoder().encode(['account,symbol,quantity,price,currency,day', ...LINES].join('\n')));

function read(cutRows: CutRows | undefined): ReadFile | null {
  return readColumns({ name: 'x.csv', bytes: BYTES }, { profile: PROFILE, profiles: [] }, cutRows);
}

test('the file thread cuts the rows of a file, to the same facts and columns as are read without it', async () => {
  const thread = startThread('file-thread', null);
  const byTwo = read((shape) => {
    const ring = rowRing(1000);
    thread.postMessage({ do: 'cut', bytes: BYTES, ring: ring.memory, shape } satisfies FileWork);
    // It is there, and has overtaken, before this one begins.
    expect(Atomics.wait(ring.state, 0, 0, 20_000)).not.toBe('timed-out');
    return rowsOfRing(ring, BYTES, shape);
  });
  expect(byTwo?.columns?.count).toBeGreaterThan(15_000);
  expect(byTwo).toEqual(read(undefined));
  await thread.terminate();
});

test('it digests and packs a file as a book does; what nobody is asked to pack is undefined', async () => {
  const help = fileHelp(BYTES);
  expect(help.packed()).toBe(undefined);
  help.pack();
  expect(help.sha256()).toBe(digestOfBytes(BYTES));
  expect([help.packed(), help.packed()].map((bytes) => Buffer.from(bytes ?? []).equals(packFile(BYTES)))).toEqual([true, true]);
  help.end();
  expect([help.packed(), help.sha256()]).toEqual([undefined, digestOfBytes(BYTES)]);
});

test('a file whose thread ended before it began is read all the same', () => {
  const help = fileHelp(BYTES);
  help.end();
  expect(read(help.cutRows)).toEqual(read(undefined));
});
