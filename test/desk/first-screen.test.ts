import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { PushMessage } from '../../shared/contract.ts';
import { bookInfo, type QueueRow } from '../../shared/views.ts';
import { openDesk, type OpenDeskOptions, type RunningDesk } from '../../main/desk/open-desk.ts';
import { flexFile, importBytes, temporaryFolder, valueOf, type FlexAccount } from './desk-fixture.ts';

// Of six accounts an official run calls two; a window sees those first, where nothing is left of the last time.

const ACCOUNTS: FlexAccount[] = ['U1', 'U2', 'U3', 'U4', 'U5', 'U6'].map((account, place) => ({
  account,
  cash: place % 3 === 2 ? '-62000' : '5000',
  positions: [{ symbol: 'XYZ', quantity: '1000', price: '80' }, { symbol: 'ABC', quantity: String(4711 + place), price: '1' }],
}));
const OPTIONS = { user: 'tester', program: 'test' };
const WINDOW = { ...OPTIONS, snapshot: true, first: { largeFrom: 3, accounts: 2, positions: 4 } };

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-first-'));
const run = join(folder, 'run.plimsoll');
/** What lists say where nobody opened the book with others first. */
let all: Seen;

beforeAll(async () => {
  const desk = valueOf(await openDesk({ ...OPTIONS, book: run, create: true }));
  await importBytes(desk, 'flex.xml', flexFile('2026-11-20', ACCOUNTS));
  valueOf(await desk.ask('runs.official', {}));
  all = await seenOn(desk);
  await desk.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function copyTo(copy: string, book: string): void {
  for (const ending of ['', '.head']) copyFileSync(book + ending, copy + ending);
}

/** A desk on a copy of the book that nobody has had open. */
async function opened(options: Partial<OpenDeskOptions>, change: (path: string) => void = () => undefined): Promise<RunningDesk> {
  const copy = join(temporaryFolder(), 'copy.plimsoll');
  copyTo(copy, run);
  change(copy);
  const desk = valueOf(await openDesk({ ...OPTIONS, ...options, book: copy }));
  onTestFinished(() => desk.close());
  return desk;
}

type Seen = Awaited<ReturnType<typeof seenOn>>;

/** What lists say at one moment. */
async function seenOn(desk: RunningDesk) {
  const [info, queue, accounts] = await Promise.all([desk.ask('book.info', {}), desk.ask('calls.queue', {}), desk.ask('accounts.list', {})]);
  return { info: bookInfo.parse(valueOf(info)), queue: valueOf(queue).rows, accounts: valueOf(accounts).rows };
}

/** The same once the whole book is there. */
async function wholeOn(desk: RunningDesk): Promise<Seen> {
  valueOf(await desk.ask('exclusions.list', {}));
  return seenOn(desk);
}

const unranked = (rows: readonly QueueRow[], accounts: readonly string[]) => rows.filter(({ account }) => accounts.includes(account)).map((row) => ({ ...row, rank: 0 }));

test('a window shows the called accounts first, as they are among all, and then the whole', async () => {
  const desk = await opened({ ...WINDOW, readOnly: true });
  const told: PushMessage[] = [];
  desk.onPush((message) => told.push(message));
  const view = desk.ask('accounts.view', { account: 'U6' });
  const first = await seenOn(desk);
  expect(first.info).toMatchObject({ accounts: 2, accountsInAll: 6, positions: 4, readOnly: true });
  expect(first.accounts).toEqual(all.accounts.filter(({ account }) => account === 'U3' || account === 'U6'));
  expect(unranked(first.queue, ['U3', 'U6'])).toEqual(unranked(all.queue, ['U3', 'U6']));
  expect(first.queue).toHaveLength(2);
  expect(valueOf(await view).row).toEqual(first.accounts[1]);
  const whole = await wholeOn(desk);
  expect(whole).toEqual({ ...all, info: { ...all.info, name: 'copy', readOnly: true } });
  expect(told.flatMap(({ push, value }) => (push === 'book.changed' ? [value.accountsInAll] : []))).toEqual([undefined]);
});

test('who asks once and acts on the answer waits for the whole book', async () => {
  expect(await seenOn(await opened({ first: WINDOW.first }))).toEqual({ ...all, info: { ...all.info, name: 'copy' } });
});

/** The account's quantity of ABC as it was not imported. */
function damage(path: string, quantity: string): void {
  const bytes = readFileSync(path);
  for (let at = bytes.indexOf(quantity); at >= 0; at = bytes.indexOf(quantity, at + 1)) bytes.write('4710', at);
  writeFileSync(path, bytes);
}

test('damage in an account that is read later ends what was shown before it', async () => {
  const desk = await opened(WINDOW, (path) => damage(path, '4711'));
  expect((await seenOn(desk)).accounts).toEqual(all.accounts.filter(({ account }) => account === 'U3' || account === 'U6'));
  expect(await desk.ask('accounts.view', { account: 'U1' })).toMatchObject({ ok: false, fault: { code: 'book-damaged' } });
  for (const question of ['accounts.list', 'book.info', 'exclusions.list'] as const) expect(await desk.ask(question, {})).toMatchObject({ ok: false, fault: { code: 'book-damaged' } });
});

test('damage in an account that is read first is a fault at once', async () => {
  const path = join(temporaryFolder(), 'copy.plimsoll');
  copyTo(path, run);
  damage(path, '4713');
  expect(await openDesk({ ...WINDOW, book: path })).toMatchObject({ ok: false, fault: { code: 'book-damaged' } });
});
