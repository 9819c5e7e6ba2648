import { expect, test } from 'vitest';
import type { Progress } from '../../shared/views.ts';
import { flexFile, temporaryFolder, testDesk, valueOf } from './desk-fixture.ts';
import { join } from 'node:path';

const DAY = '2026-11-20';
const manyAccounts = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    account: `U${index}`,
    cash: '1000',
    positions: Array.from({ length: 40 }, (__, leg) => ({ symbol: `S${leg}`, quantity: String(leg + 1), price: '10' })),
  }));

test('a cancelled import says so and leaves the book as it was', async () => {
  const desk = await testDesk();
  const before = valueOf(await desk.ask('book.info', {}));
  const progress: Progress[] = [];
  const { fileId } = valueOf(await desk.ask('files.receive', { name: 'big.xml', bytes: flexFile(DAY, manyAccounts(800)) }));
  const plan = valueOf(await desk.ask('import.plan', { fileId }));
  desk.onPush((message) => {
    if (message.push !== 'progress') return;
    progress.push(message.value);
    // The first news of the job is the moment a person would press Cancel.
    if (message.value.state === 'running') void desk.ask('jobs.cancel', { jobId: 'apply' });
  });
  const applied = await desk.ask('import.apply', { planId: plan.planId, jobId: 'apply' });
  expect(applied).toMatchObject({ ok: false, fault: { code: 'cancelled' } });
  expect(progress.at(-1)).toMatchObject({ jobId: 'apply', state: 'cancelled' });
  expect(valueOf(await desk.ask('book.info', {}))).toEqual(before);
  // The plan is still there: the same file can be applied after all.
  valueOf(await desk.ask('import.apply', { planId: plan.planId }));
  expect(valueOf(await desk.ask('book.info', {})).accounts).toBe(800);
});

test('while a file is being applied the desk answers from the last committed state', async () => {
  const desk = await testDesk();
  const { fileId } = valueOf(await desk.ask('files.receive', { name: 'big.xml', bytes: flexFile(DAY, manyAccounts(300)) }));
  const plan = valueOf(await desk.ask('import.plan', { fileId }));
  let applied = false;
  const applying = desk.ask('import.apply', { planId: plan.planId }).then(() => (applied = true));
  const during = valueOf(await desk.ask('book.info', {}));
  expect({ applied, accounts: during.accounts }).toEqual({ applied: false, accounts: 0 });
  await applying;
  expect(valueOf(await desk.ask('book.info', {})).accounts).toBe(300);
});

test('a second desk is told who holds the book, and may read beside it', async () => {
  const book = join(temporaryFolder(), 'shared.plimsoll');
  const holder = await testDesk(book);
  const { openDesk } = await import('../../main/desk/open-desk.ts');
  const second = await openDesk({ book, user: 'other', program: 'test' });
  expect(second).toMatchObject({ ok: false, fault: { code: 'book-held' } });
  expect(second.ok ? '' : second.fault.message).toContain('tester');
  const reader = valueOf(await openDesk({ book, user: 'other', program: 'test', readOnly: true }));
  expect(valueOf(await reader.ask('book.info', {}))).toMatchObject({ readOnly: true });
  expect(await reader.ask('profiles.save', { name: 'x', columns: { symbol: 'S', quantity: 'Q' }, complete: true })).toMatchObject({ ok: false, fault: { code: 'read-only' } });
  await reader.close();
  expect(valueOf(await holder.ask('book.info', {})).readOnly).toBe(false);
});
