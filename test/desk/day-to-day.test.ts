import { expect, test } from 'vitest';
import type { RunningDesk } from '../../main/desk/open-desk.ts';
import { flexFile, importBytes, testDesk, valueOf } from './desk-fixture.ts';

/** What happened in an account on a day, as a Flex file says it. */
interface Happened {
  deposits?: Record<string, string>;
  trades?: { id: string; day: string; quantity: string; price: string; symbol?: string }[];
}

async function importDay(desk: RunningDesk, day: string, cash: string, shares: string, price: string, { deposits = {}, trades = [] }: Happened = {}): Promise<void> {
  const compact = (text: string): string => text.replaceAll('-', '');
  const money = Object.entries(deposits).map(([id, amount]) => `<CashTransaction accountId="U1" currency="USD" amount="${amount}" type="Deposits/Withdrawals" dateTime="${compact(day)}" reportDate="${compact(day)}" transactionID="${id}" levelOfDetail="DETAIL" />`);
  const executions = trades.map(({ id, day: traded, quantity, price: paid, symbol = 'XYZ' }) => `<Trade accountId="U1" currency="USD" assetCategory="STK" symbol="${symbol}" description="${symbol}" multiplier="1" tradeDate="${compact(traded)}" quantity="${quantity}" tradePrice="${paid}" netCash="${String(-Number(quantity) * Number(paid))}" levelOfDetail="EXECUTION" transactionID="${id}" />`);
  const positions = shares === '0' ? [] : [{ symbol: 'XYZ', quantity: shares, price }];
  const file = new TextDecoder().decode(flexFile(day, [{ account: 'U1', cash, positions }]));
  const more = `<CashTransactions>${money.join('')}</CashTransactions><Trades>${executions.join('')}</Trades></FlexStatement>`;
  await importBytes(desk, `${day}.xml`, new TextEncoder().encode(file.replace('</FlexStatement>', more)));
}

const rowOf = async (desk: RunningDesk) => valueOf(await desk.ask('accounts.list', {})).rows.find(({ account }) => account === 'U1');
const balanceOf = async (desk: RunningDesk) => {
  const row = await rowOf(desk);
  return [row?.specialMemorandum, row?.buyingPower];
};
const run = async (desk: RunningDesk) => valueOf(await desk.ask('runs.official', {}));

test('a balance goes from day to day: it takes the gain, stands through the loss, and late trades are called for their own day', async () => {
  const desk = await testDesk();
  await importDay(desk, '2026-11-18', '10000', '0', '40', { deposits: { 1: '10000' } });
  // Only money moved, and no trade was ever reported: nothing is known of the balance.
  expect(await balanceOf(desk)).toEqual([null, '20000']);
  await run(desk);
  await importDay(desk, '2026-11-19', '-10000', '500', '40', { trades: [{ id: '2', day: '2026-11-19', quantity: '500', price: '40' }] });
  expect(await balanceOf(desk)).toEqual(['0', '0']);
  await run(desk);
  await importDay(desk, '2026-11-20', '-10000', '500', '45');
  expect(await balanceOf(desk)).toEqual(['1250', '2500']);
  await run(desk);
  // A price that is typed after the run does not become the balance that the next day starts from.
  valueOf(await desk.ask('marks.set', { instrument: 'XYZ', price: '60' }));
  expect(await balanceOf(desk)).toEqual(['5000', '10000']);
  await importDay(desk, '2026-11-23', '-18000', '700', '45', { trades: [{ id: '3', day: '2026-11-20', quantity: '200', price: '40' }] });
  // 1,250 from Friday less half of 8,000, which is below equity less Reg T: 31,500 − 18,000 − 15,750.
  expect(await balanceOf(desk)).toEqual(['-2250', '0']);
  expect(valueOf(await desk.ask('calls.queue', {})).rows).toMatchObject([{ state: 'expected', type: 'regT', called: '2750', raisedOn: '2026-11-20' }]);
  expect(await run(desk)).toMatchObject({ raised: 1 });
  expect(valueOf(await desk.ask('calls.queue', {})).rows).toMatchObject([{ state: 'issued', type: 'regT', called: '2750', raisedOn: '2026-11-20', dueOn: '2026-11-25', ageInBusinessDays: 1 }]);
  expect(valueOf(await desk.ask('book.verify', {})).differences).toEqual([]);
  // The client sells 60 at 45: half of it, 1,350, answers the call.
  await importDay(desk, '2026-11-24', '-15300', '640', '45', { trades: [{ id: '4', day: '2026-11-24', quantity: '-60', price: '45' }] });
  await run(desk);
  expect(valueOf(await desk.ask('calls.queue', {})).rows).toMatchObject([{ state: 'partMet', type: 'regT', met: '1350', outstanding: '1400' }]);
});

test('a position too large for a moment is called for, although it was gone by the evening', async () => {
  const desk = await testDesk();
  const roundTrip = [{ id: '2', day: '2026-11-20', quantity: '1000', price: '40' }, { id: '3', day: '2026-11-20', quantity: '-1000', price: '40' }];
  await importDay(desk, '2026-11-20', '10000', '0', '40', { deposits: { 1: '4000' }, trades: roundTrip });
  // Nobody holds XYZ in the evening, so no file prices it: what it traded at does. 30 % of 40,000 against 10,000.
  expect(await run(desk)).toMatchObject({ raised: 1 });
  expect(valueOf(await desk.ask('calls.queue', {})).rows).toMatchObject([{ type: 'intradayMargin', called: '2000' }]);
  const other = await testDesk();
  const held = [{ id: '2', day: '2026-11-20', quantity: '1100', price: '40' }, { id: '3', day: '2026-11-20', quantity: '-1000', price: '40' }];
  await importDay(other, '2026-11-20', '4000', '100', '40', { deposits: { 1: '4000' }, trades: held });
  // 1,100 at 40 ask 11,000 bought first; 1,000 sold first ask 12,000; 8,000 were there.
  expect(await run(other)).toMatchObject({ raised: 1 });
  expect(valueOf(await other.ask('calls.queue', {})).rows).toMatchObject([{ type: 'intradayMargin', called: '4000', dueOn: '2026-11-30' }]);
});
