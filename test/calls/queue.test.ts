import { expect, test } from 'vitest';
import { queueRow, type QueueRow } from '../../shared/views.ts';
import type { Call } from '../../shared/domain/call.ts';
import { expectedCalls } from '../../main/calls/expected.ts';
import type { AccountForCalls } from '../../main/calls/official-run.ts';
import { buildQueue, type QueueInput } from '../../main/calls/queue.ts';
import { aCall, anAccount, officialOn, policyFor } from './an-account.ts';

const TODAY = '2026-11-20';

function queueOf(accounts: AccountForCalls[], open: Call[] = [], more: Partial<QueueInput> = {}): QueueRow[] {
  const rows = buildQueue({ open, accounts, policyFor, today: TODAY, clients: new Map(), drivers: new Map(), lastActions: new Map(), ...more });
  for (const row of rows) queueRow.parse(row);
  return rows;
}

test('an open call is a row with its amounts, its days left and what changed since it was raised', () => {
  const rows = queueOf([anAccount({ equity: '8500', house: '15000', netLiq: '10000' })], [aCall({ state: 'partMet', met: '3500', outstanding: '6500', owner: 'mary' })], {
    clients: new Map([['A1', 'Ada Wells']]),
    drivers: new Map([['A1', { group: 'TSLA', share: '0.62' }]]),
    lastActions: new Map([['A1-house-2026-11-19-1', 'reduced by 3,500']]),
  });
  expect(rows).toEqual([
    {
      key: 'A1/A1-house-2026-11-19-1', rank: 1, account: 'A1', client: 'Ada Wells', status: 'call', type: 'house', state: 'partMet', callId: 'A1-house-2026-11-19-1', currency: 'USD',
      called: '10000', met: '3500', outstanding: '6500', raisedAt: '2026-11-19T22:00:00Z', raisedOn: '2026-11-19', dueOn: '2026-11-27', dueInBusinessDays: 4, ageInBusinessDays: 1, excess: '-6500',
      healthRatio: '0.566667', cushion: '-0.65', changeSinceRaise: '3500', driver: 'TSLA', driverShare: '0.62', owner: 'mary', lastAction: 'reduced by 3,500',
      statusReason: 'Equity 8500 against house maintenance 15000',
      unverified: [],
    },
  ]);
});

test('between runs a new shortfall is an expected call and a grown one an expected increase, both unstored', () => {
  const accounts = [anAccount({ account: 'A1', equity: '1000', house: '15000' }), anAccount({ account: 'A2', equity: '4000', house: '5000' })];
  const rows = queueOf(accounts, [aCall()]);
  expect(rows.map(({ key, state, outstanding, callId }) => ({ key, state, outstanding, callId }))).toEqual([
    { key: 'A1/A1-house-2026-11-19-1', state: 'issued', outstanding: '10000', callId: 'A1-house-2026-11-19-1' },
    { key: 'A1/expected', state: 'expected', outstanding: '4000', callId: 'A1-house-2026-11-19-1' },
    { key: 'A2/expected', state: 'expected', outstanding: '1000', callId: null },
  ]);
});

test('an expected call keeps its id while its amount and type change with prices', () => {
  const at = (equity: string) => expectedCalls([], [anAccount({ equity, house: '15000', exchange: '10000' })], policyFor, TODAY);
  expect(at('14000')).toMatchObject([{ id: 'A1/expected', type: 'house', outstanding: '1000', dueOn: '2026-11-30' }]);
  expect(at('9000')).toMatchObject([{ id: 'A1/expected', type: 'exchange', outstanding: '6000', dueOn: '2026-11-24' }]);
});

test('nothing is expected of an account whose figures are another model’s', () => {
  expect(queueOf([anAccount({ equity: '1000', house: '15000' }, { indicative: true })])).toEqual([]);
});

test('a Reg T call is expected for trades since the last run only', () => {
  const account = anAccount({ equity: '30000', house: '15000' }, { regTDue: [{ tradeDate: '2026-11-20', amount: '4000' }] });
  expect(queueOf([account], [], { last: officialOn('2026-11-19') })).toMatchObject([{ key: 'A1/expected-regT', type: 'regT', outstanding: '4000', dueOn: '2026-11-25' }]);
  expect(queueOf([account], [], { last: officialOn('2026-11-20') })).toEqual([]);
});

test('an account that cannot be told is in the queue without a call, once', () => {
  expect(queueOf([anAccount({ equity: '30000', house: '15000', unknownShort: true })])).toMatchObject([
    { key: 'A1/indeterminate', type: null, state: null, callId: null, outstanding: null, dueInBusinessDays: null, status: 'indeterminate', changeSinceRaise: null },
  ]);
  expect(queueOf([anAccount({ equity: '30000', house: '15000', unknownShort: true })], [aCall()])).toHaveLength(1);
});

test('healthy accounts and closed calls are not in the queue', () => {
  expect(queueOf([anAccount({ equity: '30000', house: '15000' })], [aCall({ state: 'met', met: '10000', outstanding: '0' })])).toEqual([]);
});

test('the queue runs from the firm’s own risk over overdue, open and expected calls to accounts that cannot be told', () => {
  const accounts = [
    anAccount({ account: 'unknown', equity: '30000', house: '15000', unknownShort: true }),
    anAccount({ account: 'expected', equity: '14000', house: '15000' }),
    anAccount({ account: 'later', equity: '5000', house: '15000' }),
    anAccount({ account: 'soon', equity: '5000', house: '15000' }),
    anAccount({ account: 'overdue', equity: '5000', house: '15000' }),
    anAccount({ account: 'bankrupt', equity: '-10', house: '15000' }),
  ];
  const call = (account: string, dueOn: string) => aCall({ id: account, account, dueOn });
  const rows = queueOf(accounts, [call('later', '2026-11-27'), call('soon', '2026-11-23'), call('overdue', '2026-11-19')]);
  expect(rows.map(({ account }) => account)).toEqual(['bankrupt', 'overdue', 'soon', 'later', 'expected', 'unknown']);
  expect(rows.map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(rows.find(({ account }) => account === 'overdue')?.dueInBusinessDays).toBe(-1);
});

test('of two calls due on one day the heavier type is first, then the worse health', () => {
  const accounts = ['a', 'b', 'c'].map((account, index) => anAccount({ account, equity: String(6000 - 1000 * index), house: '15000' }));
  const rows = queueOf(accounts, [aCall({ id: 'a', account: 'a', type: 'exchange' }), aCall({ id: 'b', account: 'b' }), aCall({ id: 'c', account: 'c' })]);
  expect(rows.filter(({ state }) => state === 'issued').map(({ account }) => account)).toEqual(['a', 'c', 'b']);
});

test('the cushion is blank without a positive value to measure against', () => {
  expect(queueOf([anAccount({ equity: '-10', house: '15000', netLiq: '0' })])[0]?.cushion).toBeNull();
});
