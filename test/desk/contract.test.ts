import { join } from 'node:path';
import { beforeAll, afterAll, expect, test } from 'vitest';
import type { z } from 'zod';
import { buildDemo } from '../../main/desk/demo.ts';
import { answer, HOST_CHANNELS } from '../../main/desk/door.ts';
import { openDesk, type RunningDesk } from '../../main/desk/open-desk.ts';
import { contract, pushes, type Channel, type Input, type PushMessage } from '../../shared/contract.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { openChange, rowsOfChange } from '../../shared/packed-rows/change.ts';
import { openOrder } from '../../shared/packed-rows/order.ts';
import { flexFile, valueOf } from './desk-fixture.ts';

// The demo book holds a bit of everything, so whatever a handler can answer, it answers here; every answer and every
// push must satisfy the schema that the renderer and other people's scripts rely on.

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-contract-'));
let desk: RunningDesk;
const pushed: PushMessage[] = [];

beforeAll(async () => {
  const book = join(folder, 'demo.plimsoll');
  valueOf(await buildDemo(book, () => undefined));
  desk = valueOf(await openDesk({ book, user: 'tester', program: 'test' }));
  desk.onPush((message) => pushed.push(message));
}, 120_000);
afterAll(async () => {
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

const asked = new Set<Channel>();

/** Asks through the door, and holds the answer to the channel's schema. */
async function ask<C extends Channel>(channel: C, input: Input<C>): Promise<z.output<(typeof contract)[C]['output']>> {
  asked.add(channel);
  const value = valueOf(await answer(desk, channel, input, {}));
  const parsed = contract[channel].output.safeParse(value);
  expect(parsed.error?.issues.slice(0, 3), channel).toBeUndefined();
  return value as z.output<(typeof contract)[C]['output']>;
}

test('every question of the contract gives an answer that satisfies its schema', async () => {
  await ask('book.info', {});
  const { rows: queue } = await ask('calls.queue', {});
  for (const { callId } of queue.filter((row) => row.callId !== null).slice(0, 10)) await ask('calls.events', { callId: callId ?? '' });
  const { rows: accounts } = await ask('accounts.list', {});
  const { slots } = openOrder(await ask('rows.order', { table: 'accounts', sort: [{ field: 'healthRatio', descending: false }] }));
  const packed = openChange(await ask('rows.read', { table: 'accounts', slots: [...slots] }));
  expect(rowsOfChange(packed).toSorted((a, b) => (String(a['account']) < String(b['account']) ? -1 : 1))).toEqual(accounts.toSorted((a, b) => (a.account < b.account ? -1 : 1)));
  for (const { account } of accounts.filter((_, index) => index % 10 === 0)) {
    const view = await ask('accounts.view', { account });
    await ask('margin.state', { account });
    await ask('account.cures', { account });
    await ask('account.pools', { account });
    await ask('account.compare', { account, regimes: [] });
    await ask('margin.explain', { account, figure: 'maintenance' });
    for (const { packs, values } of (await ask('rules.values', { account })).pools) expect([...new Set(values.map(({ pack }) => pack))].filter((pack) => !packs.includes(pack))).toEqual([]);
    const [first] = view.positions;
    if (first && first.houseMaintenance !== '0') await ask('margin.explain', { account, figure: 'maintenance', position: first.key });
  }
  await ask('exclusions.list', {});
  expect((await ask('rules.values', {})).pools.map(({ pool }) => pool)).toEqual(['cross', 'futures']);
  const [held] = accounts.filter(({ positions }) => positions > 0);
  expect((await ask('account.pack', { account: held?.account ?? '' })).result?.accounts).toHaveLength(1);
  const verified = await ask('book.verify', {});
  expect(verified).toMatchObject({ accounts: accounts.length, columns: expect.any(Number), differences: [] });
  expect(verified.columns).toBeGreaterThan(0);
  await ask('imports.list', {});
  await ask('profiles.list', {});

  const { fileId } = await ask('files.receive', { name: 'flex.xml', bytes: flexFile('2026-11-20', [{ account: 'U1', cash: '1', positions: [{ symbol: 'XYZ', quantity: '1', price: '80' }] }]) });
  const dropped = await ask('import.plan', { fileId });
  await ask('import.planRows', { planId: dropped.planId, offset: 0, limit: 100 });
  await ask('import.discard', { planId: dropped.planId });
  const plan = await ask('import.plan', { fileId });
  await ask('import.apply', { planId: plan.planId });

  const csv = await ask('files.receive', { name: 'own.csv', bytes: new TextEncoder().encode('Acct,Ticker,Qty,Px\nC1,XYZ,10,80\n') });
  const { suggestion } = await ask('profiles.suggest', { fileId: csv.fileId });
  await ask('profiles.save', { ...suggestion, name: 'Own' });

  await ask('marks.set', { instrument: 'XYZ', price: '81' });
  await ask('runs.official', {});
  const { branchId, positions } = await ask('whatif.open', { account: 'U1' });
  await ask('whatif.edit', { branchId, edit: { kind: 'setQuantity', position: positions[0]?.key ?? '', quantity: '5' } });
  await ask('margin.explain', { account: 'U1', figure: 'excess', branchId });
  await ask('whatif.undo', { branchId });
  await ask('whatif.redo', { branchId });
  await ask('whatif.view', { branchId });
  await ask('whatif.callPrices', { branchId });
  await ask('whatif.discard', { branchId });
  // No job runs here, and saying so is the answer.
  asked.add('jobs.cancel');
  expect(await answer(desk, 'jobs.cancel', { jobId: 'none' }, {})).toMatchObject({ ok: false, fault: { code: 'no-such-job' } });

  const left = (Object.keys(contract) as Channel[]).filter((channel) => !asked.has(channel) && !(HOST_CHANNELS as readonly string[]).includes(channel));
  expect(left).toEqual([]);
});

test('what the desk pushes satisfies the schemas too', async () => {
  await ask('marks.set', { instrument: 'XYZ', price: '82' });
  await expect.poll(() => pushed.some(({ push }) => push === 'accounts.changed')).toBe(true);
  for (const { push, value } of pushed) expect(pushes[push].safeParse(value).error?.issues.slice(0, 3), push).toBeUndefined();
});

test('every account’s figures agree between the list, the view, the state and the explain tree', async () => {
  const { rows } = await ask('accounts.list', {});
  for (const row of rows.filter((_, index) => index % 5 === 0)) {
    const state = await ask('margin.state', { account: row.account });
    expect({ ...row, ...pick(state) }).toEqual(row);
    for (const figure of ['equity', 'maintenance', 'initial', 'excess', 'healthRatio'] as const) {
      const tree = await ask('margin.explain', { account: row.account, figure });
      expect(tree.amount, `${row.account} ${figure}`).toBe(row[figure]);
    }
  }
});

function pick({ status, netLiq, equity, initial, maintenance, excess, deficit, healthRatio, leverage }: z.output<(typeof contract)['margin.state']['output']>) {
  return { status, netLiq, equity, initial, maintenance, excess, deficit, healthRatio, leverage };
}

test('what the contract does not know is refused by name', async () => {
  for (const channel of ['nothing.here', '__proto__', 'constructor', 'toString', '', 'x'.repeat(10_000)]) {
    expect(await answer(desk, channel, {}, {})).toMatchObject({ ok: false, fault: { code: 'unknown-channel' } });
  }
});

test('a plan made before the book moved on is refused, and the book stays as it is', async () => {
  const { fileId } = await ask('files.receive', { name: 'flex.xml', bytes: flexFile('2026-11-20', [{ account: 'U1', cash: '2', positions: [] }]) });
  const plan = await ask('import.plan', { fileId });
  await ask('marks.set', { instrument: 'XYZ', price: '83' });
  const before = await ask('accounts.list', {});
  expect(await answer(desk, 'import.apply', { planId: plan.planId }, {})).toMatchObject({ ok: false, fault: { code: 'plan-out-of-date' } });
  expect(await ask('accounts.list', {})).toEqual(before);
});

test('an official run that is asked for again changes nothing', async () => {
  const first = await ask('runs.official', {});
  const queue = await ask('calls.queue', {});
  const again = await ask('runs.official', {});
  expect(again).toMatchObject({ raised: 0, moved: 0, met: 0 });
  expect(again.run.businessDate).toBe(first.run.businessDate);
  expect((await ask('calls.queue', {})).rows).toEqual(queue.rows);
});
