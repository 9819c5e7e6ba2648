import { expect, test } from 'vitest';
import type { RunningDesk } from '../../main/desk/open-desk.ts';
import { flexFile, importBytes, testDesk, valueOf, type FlexAccount } from './desk-fixture.ts';

const FRIDAY = '2026-11-20';
const short = (cash: string, price = '80'): FlexAccount => ({ account: 'U1', cash, positions: [{ symbol: 'XYZ', quantity: '1000', price }] });

async function queueOf(desk: RunningDesk) {
  return valueOf(await desk.ask('calls.queue', {})).rows;
}

test('between runs a deficit is an expected call; the official run issues it with its due day', async () => {
  const desk = await testDesk();
  await importBytes(desk, 'friday.xml', flexFile(FRIDAY, [short('-58000')]));
  expect(await queueOf(desk)).toMatchObject([{ account: 'U1', state: 'expected', type: 'house', called: '2000' }]);
  expect(valueOf(await desk.ask('runs.official', {}))).toMatchObject({ raised: 1, met: 0 });
  // Five business days from Friday; Thursday is Thanksgiving.
  expect(await queueOf(desk)).toMatchObject([{ state: 'issued', called: '2000', outstanding: '2000', dueOn: '2026-11-30' }]);
});

test('figures of one day cannot be put on record as another day’s', async () => {
  const desk = await testDesk();
  await importBytes(desk, 'friday.xml', flexFile(FRIDAY, [short('-58000')]));
  for (const businessDate of ['2026-11-19', '2026-11-23', '2062-11-20', '2026-11-21']) {
    expect(await desk.ask('runs.official', { businessDate })).toMatchObject({ ok: false, fault: { code: 'not-the-books-day' } });
  }
  expect(valueOf(await desk.ask('book.info', {})).lastOfficialRun).toBeNull();
});

test('a file of a weekend is run as the trading day before it', async () => {
  const desk = await testDesk();
  await importBytes(desk, 'saturday.xml', flexFile('2026-11-21', [short('-58000')]));
  expect(valueOf(await desk.ask('runs.official', {})).run.businessDate).toBe(FRIDAY);
});

test('a deposit that is reported late still counts as what met the call', async () => {
  const desk = await testDesk();
  await importBytes(desk, 'friday.xml', flexFile(FRIDAY, [short('-58000')]));
  valueOf(await desk.ask('runs.official', {}));
  const [call] = await queueOf(desk);
  // The wire is of Friday, before the run, but nobody had told us of it then.
  const wire = `<CashTransactions><CashTransaction accountId="U1" currency="USD" amount="6000" type="Deposits/Withdrawals" dateTime="20261120" reportDate="20261120" transactionID="7" levelOfDetail="DETAIL" /></CashTransactions>`;
  const monday = new TextDecoder().decode(flexFile('2026-11-23', [short('-52000')])).replace('</FlexStatement>', `${wire}</FlexStatement>`);
  await importBytes(desk, 'monday.xml', new TextEncoder().encode(monday));
  expect(valueOf(await desk.ask('runs.official', {}))).toMatchObject({ met: 1 });
  const { events } = valueOf(await desk.ask('calls.events', { callId: call?.callId ?? '' }));
  expect(events.at(-1)).toMatchObject({ kind: 'met', satisfiedBy: 'deposit' });
});

test('money that leaves without a trade is no Reg T call', async () => {
  const desk = await testDesk();
  const wire = `<CashTransactions><CashTransaction accountId="U1" currency="USD" amount="-12000" type="Deposits/Withdrawals" dateTime="20261120" reportDate="20261120" transactionID="8" levelOfDetail="DETAIL" /></CashTransactions>`;
  const friday = new TextDecoder().decode(flexFile(FRIDAY, [short('-50000')])).replace('</FlexStatement>', `${wire}</FlexStatement>`);
  await importBytes(desk, 'friday.xml', new TextEncoder().encode(friday));
  expect(valueOf(await desk.ask('runs.official', {}))).toMatchObject({ raised: 0 });
  expect(valueOf(await desk.ask('accounts.view', { account: 'U1' })).stacks.regT.dueToday).toBeNull();
});

test('a cash account is not called for maintenance', async () => {
  const desk = await testDesk();
  const cash = new TextDecoder().decode(flexFile(FRIDAY, [short('-70000')])).replace('accountCapabilities="Margin"', 'accountCapabilities="Cash"');
  await importBytes(desk, 'cash.xml', new TextEncoder().encode(cash));
  expect(valueOf(await desk.ask('runs.official', {}))).toMatchObject({ raised: 0 });
  expect(valueOf(await desk.ask('accounts.view', { account: 'U1' })).row.status).not.toBe('healthy');
});

test('a position whose row cannot be read is not taken for closed', async () => {
  const desk = await testDesk();
  await importBytes(desk, 'friday.xml', flexFile(FRIDAY, [{ account: 'U1', cash: '0', positions: [{ symbol: 'XYZ', quantity: '1000', price: '80' }, { symbol: 'ABC', quantity: '10', price: '5' }] }]));
  const broken = flexFile('2026-11-23', [{ account: 'U1', cash: '0', positions: [{ symbol: 'XYZ', quantity: 'many', price: '80' }] }]);
  const plan = await importBytes(desk, 'monday.xml', broken);
  // ABC is missing and was closed; XYZ is there, unreadable.
  expect(plan.counts).toMatchObject({ closed: 1, rejected: 1 });
  const view = valueOf(await desk.ask('accounts.view', { account: 'U1' }));
  expect(view.positions.map(({ instrument, quantity }) => [instrument, quantity])).toEqual([['XYZ', '1000']]);
  expect(view.row.excluded).toBe(1);
});

test('a file of a far future day is refused, one of a near one remarked on', async () => {
  const desk = await testDesk();
  const far = valueOf(await desk.ask('files.receive', { name: 'far.xml', bytes: flexFile('2062-11-20', [short('0')]) }));
  expect(await desk.ask('import.plan', { fileId: far.fileId })).toMatchObject({ ok: false, fault: { code: 'as-of-in-future' } });
});
