import { expect, test } from 'vitest';
import type { Output } from '../../shared/contract.ts';
import type { RunningDesk } from '../../main/desk/open-desk.ts';
import { flexFile, importBytes, testDesk, valueOf } from './desk-fixture.ts';

// Importing a file again changes nothing, whatever came in between.

const account = (price: string, quantity = '100') => [{ account: 'U1', cash: '-4000', positions: [{ symbol: 'XYZ', quantity, price }] }];
const other = (price: string) => [{ account: 'U2', cash: '500', positions: [{ symbol: 'XYZ', quantity: '10', price }] }];

const MONDAY = flexFile('2026-11-16', account('80'));
const TUESDAY = flexFile('2026-11-17', account('82', '120'));

async function planAgain(desk: RunningDesk, name: string, bytes: Uint8Array): Promise<Output<'import.plan'>> {
  const { fileId } = valueOf(await desk.ask('files.receive', { name, bytes }));
  return valueOf(await desk.ask('import.plan', { fileId }));
}

const nothingNew = { new: 0, changed: 0, closed: 0 };

test('the same file twice in a row', async () => {
  const desk = await testDesk();
  await importBytes(desk, 'monday.xml', MONDAY);
  const plan = await planAgain(desk, 'monday.xml', MONDAY);
  expect(plan.counts).toMatchObject(nothingNew);
  expect(plan.appliedBefore).not.toBeNull();
  const before = valueOf(await desk.ask('book.info', {}));
  expect(valueOf(await desk.ask('import.apply', { planId: plan.planId }))).toEqual({ sequence: before.sequence, changes: 0 });
});

test('an older file again, after a newer day is known', async () => {
  const desk = await testDesk();
  await importBytes(desk, 'monday.xml', MONDAY);
  await importBytes(desk, 'tuesday.xml', TUESDAY);
  const plan = await planAgain(desk, 'monday.xml', MONDAY);
  expect(plan.backDated).toEqual(['U1']);
  expect(plan.counts).toMatchObject(nothingNew);
});

test('an older file that is new to the book is kept as history and leaves today alone', async () => {
  const desk = await testDesk();
  await importBytes(desk, 'tuesday.xml', TUESDAY);
  const today = valueOf(await desk.ask('margin.state', { account: 'U1' }));
  const plan = await importBytes(desk, 'monday.xml', MONDAY);
  expect(plan.counts.new).toBeGreaterThan(0);
  expect(valueOf(await desk.ask('margin.state', { account: 'U1' }))).toEqual(today);
  expect((await planAgain(desk, 'monday.xml', MONDAY)).counts).toMatchObject(nothingNew);
});

test('two files of one day that price an instrument differently do not turn each other round', async () => {
  const desk = await testDesk();
  const first = flexFile('2026-11-17', account('82'));
  const second = flexFile('2026-11-17', other('83'));
  await importBytes(desk, 'first.xml', first);
  await importBytes(desk, 'second.xml', second);
  expect((await planAgain(desk, 'first.xml', first)).counts).toMatchObject(nothingNew);
  expect((await planAgain(desk, 'second.xml', second)).counts).toMatchObject(nothingNew);
});

test('a typed price is of its day: the close of a later day replaces it, an older file does not', async () => {
  const desk = await testDesk();
  await importBytes(desk, 'monday.xml', MONDAY);
  valueOf(await desk.ask('marks.set', { instrument: 'XYZ', price: '77' }));
  const priced = async () => valueOf(await desk.ask('accounts.view', { account: 'U1' })).positions[0]?.mark;
  expect((await planAgain(desk, 'monday.xml', MONDAY)).counts).toMatchObject(nothingNew);
  expect(await priced()).toBe('77');
  const typedOn = valueOf(await desk.ask('accounts.view', { account: 'U1' })).positions[0]?.markAsOf ?? '';
  // The evening's file of the very day on which the price was typed.
  await importBytes(desk, 'evening.xml', flexFile(typedOn, account('79')));
  expect(await priced()).toBe('79');
});
