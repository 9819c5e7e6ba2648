import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { bookInfo, type AccountRow } from '../../shared/views.ts';
import { fromJsonSection, jsonSection, snapshotPath, writeSnapshot } from '../../main/books/snapshot/snapshot-file.ts';
import { readSections, type SnapshotOf } from '../../main/books/snapshot/format.ts';
import { openDesk, type RunningDesk } from '../../main/desk/open-desk.ts';
import { flexFile, importBytes, temporaryFolder, valueOf, type FlexAccount } from './desk-fixture.ts';

const DAY = '2026-11-20';
const ACCOUNTS: FlexAccount[] = [
  { account: 'U1', name: 'Ann', cash: '-9000', positions: [{ symbol: 'XYZ', quantity: '4711', price: '2' }] },
  { account: 'U2', cash: '5000', positions: [{ symbol: 'ABC', quantity: '-100', price: '30' }] },
];

/** A desk as windows open it; closed by the test, or when it ends. */
async function windowOn(book: string): Promise<RunningDesk> {
  const desk = valueOf(await openDesk({ book, user: 'tester', program: 'test', create: true, snapshot: true }));
  onTestFinished(() => desk.close());
  return desk;
}

/** A book that a desk has had open and left its lists beside. */
async function leftBook(): Promise<{ book: string; rows: AccountRow[] }> {
  const book = join(temporaryFolder(), 'test.plimsoll');
  const desk = await windowOn(book);
  await importBytes(desk, 'flex.xml', flexFile(DAY, ACCOUNTS));
  const { rows } = valueOf(await desk.ask('accounts.list', {}));
  await desk.close();
  return { book, rows };
}

/** The contents list of a snapshot says what it is of. */
function ofSnapshot(bytes: Buffer): SnapshotOf {
  const length = bytes.readUInt32LE(24);
  return JSON.parse(bytes.toString('utf8', 32, 32 + length)) as SnapshotOf;
}

/** Writes the snapshot again with another equity in every row, as nobody's desk would have written it. */
function withEquity(book: string, equity: string): void {
  rewrite(book, 'accounts 0', (rows) => (rows as AccountRow[]).map((row) => ({ ...row, equity })));
}

function rewrite(book: string, section: string, change: (rows: unknown) => unknown): void {
  const bytes = readFileSync(snapshotPath(book));
  const of = ofSnapshot(bytes);
  const read = readSections(new Uint8Array(bytes), of);
  if (typeof read === 'string') throw new Error(read);
  const { sections } = read;
  writeSnapshot(book, { sequence: of.sequence, head: of.head, engineVersion: of.engineVersion }, { ...sections, [section]: jsonSection(change(fromJsonSection(sections[section] as Uint8Array))) });
}

test('a desk shows the lists of the last time, and computes them anew: what was wrong in them is put right and told', async () => {
  const { book, rows } = await leftBook();
  withEquity(book, '1');
  const desk = await windowOn(book);
  const told = new Promise((resolve) => desk.onPush(({ push }) => push === 'accounts.changed' && resolve(push)));
  expect(valueOf(await desk.ask('accounts.list', {})).rows.map(({ equity }) => equity)).toEqual(['1', '1']);
  expect(bookInfo.parse(valueOf(await desk.ask('book.info', {})))).toMatchObject({ name: 'test', accounts: 2, positions: 2, readOnly: false });
  expect(await told).toBe('accounts.changed');
  expect(valueOf(await desk.ask('accounts.list', {})).rows).toEqual(rows);
  expect(valueOf(await desk.ask('accounts.view', { account: 'U1' })).row).toEqual(rows[0]);
});

test('an official run that is asked for at once is of figures that were computed, not of those of the last time', async () => {
  const { book } = await leftBook();
  // As if U1, which has 422 against 4,711 shares at 2, were as well off as U2.
  rewrite(book, 'summaries 0', (summaries) => {
    const [[first], [second, healthy]] = summaries as [[string, unknown], [string, unknown]];
    return [[first, healthy], [second, healthy]];
  });
  const desk = await windowOn(book);
  expect(valueOf(await desk.ask('runs.official', {}))).toMatchObject({ raised: 1 });
  expect(valueOf(await desk.ask('calls.queue', {})).rows).toMatchObject([{ account: 'U1', state: 'issued' }]);
});

test('a snapshot is of one state of the book: after another import nothing of it is shown', async () => {
  const { book } = await leftBook();
  withEquity(book, '1');
  const other = valueOf(await openDesk({ book, user: 'tester', program: 'test' }));
  await importBytes(other, 'later.xml', flexFile('2026-11-23', ACCOUNTS));
  await other.close();
  const desk = await windowOn(book);
  expect(valueOf(await desk.ask('accounts.list', {})).rows.map(({ equity }) => equity)).not.toContain('1');
});

test('who asks once and acts on the answer is not shown a snapshot, and leaves none', async () => {
  const { book, rows } = await leftBook();
  withEquity(book, '1');
  const desk = valueOf(await openDesk({ book, user: 'tester', program: 'test' }));
  onTestFinished(() => desk.close());
  expect(valueOf(await desk.ask('accounts.list', {})).rows).toEqual(rows);
  const fresh = join(temporaryFolder(), 'fresh.plimsoll');
  await valueOf(await openDesk({ book: fresh, user: 'tester', program: 'test', create: true })).close();
  expect(existsSync(snapshotPath(fresh))).toBe(false);
});

test('a book that turns out to be damaged behind its snapshot answers nothing but that', async () => {
  const { book } = await leftBook();
  const bytes = readFileSync(book);
  // The position that is held now, wherever SQLite keeps it.
  for (let at = bytes.indexOf('4711'); at >= 0; at = bytes.indexOf('4711', at + 1)) bytes.write('4712', at);
  writeFileSync(book, bytes);
  const desk = await windowOn(book);
  expect(await desk.ask('accounts.view', { account: 'U1' })).toMatchObject({ ok: false, fault: { code: 'book-damaged' } });
  expect(await desk.ask('accounts.list', {})).toMatchObject({ ok: false, fault: { code: 'book-damaged' } });
});
