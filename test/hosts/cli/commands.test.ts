import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDesk } from '../../../main/desk/open-desk.ts';
import type { AccountCures, AccountRow, AccountView, QueueRow } from '../../../shared/views.ts';
import type { ExplainNode } from '../../../shared/explain.ts';
import { temporaryFolder, valueOf } from '../../desk/desk-fixture.ts';
import { importedBook, plimsoll } from './book-fixture.ts';

// One book for all that only ask; who changes one makes their own.
const shared = mkdtempSync(join(tmpdir(), 'plimsoll-'));
let book: string;
beforeAll(async () => {
  ({ book } = await importedBook(undefined, shared));
});
afterAll(() => rmSync(shared, { recursive: true, force: true }));

test('the queue lists who is called, and with --fail-on call the exit status says so', async () => {
  const { rows } = JSON.parse((await plimsoll('queue', book, '--json')).out) as { rows: QueueRow[] };
  expect(rows.map(({ account }) => account)).toEqual(['U200']);
  expect(rows[0]?.type).not.toBeNull();
  const table = await plimsoll('queue', book);
  expect(table.status).toBe(0);
  expect(table.out).toContain('Quill Partners');
  expect((await plimsoll('queue', book, '--fail-on', 'call')).status).toBe(1);
});

test('a book where nobody is called passes --fail-on call and says that the queue is empty', async () => {
  const { book } = await importedBook([{ account: 'U100', cash: '50000', positions: [] }]);
  const { status, out } = await plimsoll('queue', book, '--fail-on', 'call');
  expect([status, out]).toEqual([0, 'The call queue is empty: no account is called, or would be called now.']);
});

test('accounts are listed worst first, in amounts that are those of --json', async () => {
  const { rows } = JSON.parse((await plimsoll('accounts', book, '--json')).out) as { rows: AccountRow[] };
  expect(rows.map(({ account, equity, netLiq }) => [account, equity, netLiq])).toEqual([['U200', '7000', '7000'], ['U100', '59500', '59500']]);
  const { out } = await plimsoll('accounts', book);
  const lines = out.split('\n');
  expect(lines[2]).toMatch(/^U200 +Quill Partners .* 7,000\.00 /);
  expect(lines[3]).toMatch(/^U100 +Adler and Sons +● healthy .* 59,500\.00 /);
  expect(lines[4]).toMatch(/^2 accounts: /);
});

test('accounts of one status only', async () => {
  const { rows } = JSON.parse((await plimsoll('accounts', book, '--status', 'healthy', '--json')).out) as { rows: AccountRow[] };
  expect(rows.map(({ account }) => account)).toEqual(['U100']);
  expect(await plimsoll('accounts', book, '--status', 'fine')).toMatchObject({ status: 2, errors: [expect.stringContaining('Statuses are healthy')] });
});

test('positions show the account, its requirements by who asks, and its cash', async () => {
  const view = JSON.parse((await plimsoll('positions', book, 'U100', '--json')).out) as AccountView;
  expect(view.stacks).toMatchObject({ regT: { initial: '4750', dueToday: null }, exchange: { maintenance: '2375' } });
  const { out } = await plimsoll('positions', book, 'U100');
  expect(out).toMatch(/^U100 · Adler and Sons · Reg T · as of 2026-11-20 · USD\n● healthy: /);
  expect(out).toMatch(/XYZ +100 +95\.00 +9,500\.00 +USD +4,750\.00 +2,375\.00/);
  expect(out).toMatch(/trade date +USD +50,000\.00 +50,000\.00/);
});

test('explain tells a call price, and where there is none says so', async () => {
  const { status, out } = await plimsoll('explain', book, 'U200', '--figure', 'callPrice:XYZ');
  expect(status).toBe(0);
  expect(out).toMatch(/Call price of XYZ/);
  expect(out).toMatch(/"plimsoll rules PAGE", with call-price/);
  expect(await plimsoll('explain', book, 'U200', '--figure', 'callPrice:MOON')).toMatchObject({ status: 2, errors: [expect.stringContaining('No instrument here is called "MOON"')] });
});

test('cures are ranked with their amounts and the account after each; who misses nothing is told so', async () => {
  const cures = JSON.parse((await plimsoll('cure', book, 'U200', '--json')).out) as AccountCures;
  const [pool] = cures.pools;
  const { out, status } = await plimsoll('cure', book, 'U200');
  expect(status).toBe(0);
  expect(out).toMatch(/^U200 misses [\d,.]+ USD/);
  expect(out).toMatch(/\n1 +Deposit [\d,.]+ USD +[\d,.]+ +nothing/);
  expect(pool?.cures.map(({ kind }) => kind)).toContain('cash');
  for (const cure of pool?.cures ?? []) expect(cure.restores).toBe(cure.missingAfter === '0');
  expect((await plimsoll('cure', book, 'U100')).out).toBe('U100 misses nothing: equity covers house maintenance.');
  expect(await plimsoll('cure', book, 'U999')).toMatchObject({ status: 2, errors: [expect.stringContaining('no account')] });
});

test('no printed line is longer than 120 characters', async () => {
  for (const args of [['queue', book], ['accounts', book], ['positions', book, 'U200']]) {
    const { out } = await plimsoll(...args);
    // Sentences (why an account is called) wrap as the terminal likes; tables must not.
    const tooLong = out.split('\n').filter((line) => line.length > 120 && !line.includes(': '));
    expect(tooLong).toEqual([]);
  }
});

test('explain prints the tree of a figure, of one position, or of a figure by name', async () => {
  const tree = JSON.parse((await plimsoll('explain', book, 'U100', '--json')).out) as ExplainNode;
  const view = JSON.parse((await plimsoll('positions', book, 'U100', '--json')).out) as AccountView;
  expect(tree.amount).toBe(view.row.maintenance);
  const { out } = await plimsoll('explain', book, 'U100');
  expect(out).toContain('└─ ');
  expect(out).toMatch(/4210/);
  const equity = JSON.parse((await plimsoll('explain', book, 'U100', '--figure', 'equity', '--json')).out) as ExplainNode;
  expect(equity.amount).toBe('59500');
  const position = JSON.parse((await plimsoll('explain', book, 'U100', '--instrument', 'xyz', '--json')).out) as ExplainNode;
  expect(position.amount).toBe(view.positions[0]?.houseMaintenance);
});

test('a figure, an account or a position that does not exist is one line and exit status 2', async () => {
  const attempts = [['explain', book, 'U100', '--figure', 'vibes'], ['explain', book, 'U999'], ['explain', book, 'U100', '--instrument', 'ABC'], ['positions', book, 'U999']];
  for (const args of attempts) {
    const { status, out, errors } = await plimsoll(...args);
    expect([args, status, out, errors.length]).toEqual([args, 2, '', 1]);
  }
});

test('a day that is none is refused in the words of the command line', async () => {
  const { status, errors } = await plimsoll('run', book, '--date', '2026-02-30');
  expect([status, errors]).toEqual([2, [expect.stringContaining("'2026-02-30' is invalid. A day is written YYYY-MM-DD")]]);
});

test('a price set by hand moves the figures, and an official run raises the call', async () => {
  const { book } = await importedBook();
  expect(await plimsoll('mark', book, 'XYZ', '60.50')).toMatchObject({ status: 0, out: expect.stringMatching(/^XYZ is marked at 60\.50 \(journal \d+\)\.$/) });
  const { rows } = JSON.parse((await plimsoll('accounts', book, '--json')).out) as { rows: AccountRow[] };
  expect(rows.find(({ account }) => account === 'U100')?.equity).toBe('56050');
  const run = await plimsoll('run', book, '--date', '2026-11-20');
  expect(run).toMatchObject({ status: 0, out: expect.stringMatching(/^Official run of 2026-11-20: 1 raised, 0 moved, 0 met\.$/) });
  const queue = JSON.parse((await plimsoll('queue', book, '--json')).out) as { rows: QueueRow[] };
  expect(queue.rows[0]).toMatchObject({ account: 'U200', state: 'issued', raisedOn: '2026-11-20' });
});

test('a price or a day that is none changes nothing', async () => {
  const attempts = [['mark', book, 'XYZ', '0x10'], ['mark', book, 'XYZ', 'abc'], ['mark', book, 'XYZ', 'Infinity'], ['mark', book, 'NOBODY', '1'], ['run', book, '--date', '2026-02-30'], ['run', book, '--date', 'today']];
  for (const args of attempts) {
    const { status, errors } = await plimsoll(...args);
    expect([args, status, errors.length]).toEqual([args, 2, 1]);
  }
  const { rows } = JSON.parse((await plimsoll('accounts', book, '--json')).out) as { rows: AccountRow[] };
  expect(rows.find(({ account }) => account === 'U100')?.equity).toBe('59500');
});

test('questions are answered while the workstation holds the book, and changes are refused naming who holds it', async () => {
  const holder = valueOf(await openDesk({ book, user: 'mary', program: 'Plimsoll workstation' }));
  try {
    expect((await plimsoll('queue', book)).status).toBe(0);
    const { status, errors } = await plimsoll('mark', book, 'XYZ', '1');
    expect([status, errors.length]).toEqual([2, 1]);
    expect(errors[0]).toContain('mary');
  } finally {
    await holder.close();
  }
});

test('a book that is not there, a folder and a file that is no book are told apart and left alone', async () => {
  const folder = temporaryFolder();
  const other = join(folder, 'letter.txt');
  writeFileSync(other, 'Dear Sir,');
  mkdirSync(join(folder, 'books'));
  for (const wrong of [join(folder, 'nowhere.plimsoll'), join(folder, 'books'), other]) {
    const { status, out, errors } = await plimsoll('queue', wrong);
    expect([wrong, status, out, errors.length]).toEqual([wrong, 2, '', 1]);
  }
  expect(existsSync(join(folder, 'nowhere.plimsoll'))).toBe(false);
});

test('bad usage is one line and exit status 2; help and version are answers', async () => {
  const attempts = [['qeueu', 'x'], ['queue'], ['queue', 'a', 'b'], ['queue', 'a', '--nope'], ['queue', 'a', '--fail-on', 'rain'], ['serve', '--port', '70000'], ['serve', '--port', '1e3'], ['import', 'book-only']];
  for (const args of attempts) {
    const { status, out, errors } = await plimsoll(...args);
    expect([args, status, out, errors.length]).toEqual([args, 2, '', 1]);
    expect(errors[0]).toMatch(/^plimsoll: [^\n]+$/);
  }
  expect(await plimsoll('--version')).toMatchObject({ status: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
  expect(await plimsoll('--help')).toMatchObject({ status: 0, out: expect.stringContaining('import [options] <book> <files...>') });
});

test('the self-check passes and says what it runs on', async () => {
  const { status, out } = await plimsoll('self-check');
  expect(JSON.parse(out)).toMatchObject({ ok: true, fault: null, node: process.versions.node, engine: expect.stringMatching(/^\d+\.\d+\.\d+$/), sqlite: expect.stringMatching(/^3\.\d+\.\d+$/) });
  expect(status).toBe(0);
});

test('a calc pack is computed without a book', async () => {
  const pack = join(temporaryFolder(), 'pack.json');
  const account = { id: 'A1', pools: [{ id: 'cross', mode: 'cross', model: 'strategy', rulePack: 'us-reg-t', cash: { USD: '10000' }, positions: [{ instrument: 'XYZ', quantity: '100' }], collateral: [], debt: [] }] };
  writeFileSync(pack, JSON.stringify({ format: 'plimsoll/calc-pack@1', asOf: '2026-11-20T21:00:00Z', baseCurrency: 'USD', minEngine: '0.1.0', fx: {}, instruments: { XYZ: { kind: 'equity', currency: 'USD', price: '95' } }, rulePacks: {}, accounts: [account] }));
  const { status, out } = await plimsoll('margin', pack, '--json');
  expect(JSON.parse(out)).toMatchObject({ accounts: [{ id: 'A1', equity: '19500', pools: [{ stacks: { regT: { initial: '4750' }, exchange: { maintenance: '2375' } } }] }] });
  expect(status).toBe(0);
  expect((await plimsoll('margin', pack)).out).toMatch(/^A1 +● healthy +19,500\.00 /m);
  for (const broken of ['', '{', '[]', '{"format":"plimsoll/calc-pack@2"}']) {
    writeFileSync(pack, broken);
    const refused = await plimsoll('margin', pack, '--json');
    expect([broken, refused.status, refused.out, refused.errors.length]).toEqual([broken, 2, '', 1]);
    expect(refused.errors[0]).toContain('pack.json');
  }
});
