import { expect, test } from 'vitest';
import { call as callSchema, callEvent, dailyMarginRecord, type Call, type MarginRun } from '../../shared/domain/call.ts';
import { officialRun, type AccountForCalls, type OfficialRunOutcome } from '../../main/calls/official-run.ts';
import { aCall, anAccount, officialOn, POLICY, policyFor } from './an-account.ts';

const DAY1 = officialOn('2026-11-19');
const DAY2 = officialOn('2026-11-20');

function runOn(run: MarginRun, accounts: AccountForCalls[], open: Call[] = [], last: MarginRun | null = DAY1): OfficialRunOutcome {
  const outcome = officialRun({ run, last: last === run ? null : last, open, accounts, policyFor, by: 'mary' });
  for (const one of outcome.calls) callSchema.parse(one);
  for (const event of outcome.events) callEvent.parse(event);
  for (const record of outcome.records) dailyMarginRecord.parse(record);
  return outcome;
}
const kinds = ({ events }: OfficialRunOutcome) => events.map(({ kind }) => kind);

test('an account below house maintenance gets a house call for its deficit, due in five business days', () => {
  const { calls, events, records } = runOn(DAY1, [anAccount({ equity: '12000', house: '15500.005', exchange: '11000' })], [], null);
  expect(calls).toEqual([
    aCall({ called: '3500.01', outstanding: '3500.01', excessAtRaise: '-3500.005', dueOn: '2026-11-27' }),
  ]);
  expect(events).toEqual([
    {
      callId: 'A1-house-2026-11-19-1', kind: 'raised', from: null, to: 'issued', amount: '3500.01', satisfiedBy: null, at: DAY1.at, by: 'mary', runId: DAY1.id,
      reason: 'Equity 12,000.00 USD is below house maintenance 15,500.00 USD.',
    },
  ]);
  expect(records).toEqual([
    { account: 'A1', businessDate: '2026-11-19', type: 'house', callId: 'A1-house-2026-11-19-1', required: '3500.01', outstanding: '3500.01', satisfiedBy: null, satisfiedOn: null, runId: DAY1.id },
  ]);
});

test('below the exchange requirement too, the call is an exchange call for the house deficit, due in two days', () => {
  const { calls } = runOn(DAY1, [anAccount({ equity: '9000', house: '15000', exchange: '11000' })], [], null);
  expect(calls).toMatchObject([{ type: 'exchange', called: '6000', dueOn: '2026-11-23' }]);
});

test('equity equal to the requirement is not a breach', () => {
  expect(runOn(DAY1, [anAccount({ equity: '15000', house: '15000', exchange: '15000' })], [], null)).toEqual({ calls: [], events: [], records: [] });
});

test('a deposit that covers the call meets it, and the record says by deposit', () => {
  const { calls, events, records } = runOn(DAY2, [anAccount({ equity: '30000', house: '15000' }, { deposits: '12000' })], [aCall()]);
  expect(calls).toMatchObject([{ state: 'met', called: '10000', met: '10000', outstanding: '0', runId: DAY2.id }]);
  expect(events).toMatchObject([{ kind: 'met', amount: '10000', satisfiedBy: 'deposit', reason: '10,000.00 USD deposited since the last official run.' }]);
  expect(records).toMatchObject([{ required: '10000', outstanding: '0', satisfiedBy: 'deposit', satisfiedOn: '2026-11-20' }]);
});

test('without money, a cure after positions were reduced is a sale, otherwise the market', () => {
  const cured = { equity: '30000', house: '15000' };
  expect(runOn(DAY2, [anAccount(cured, { reduced: true })], [aCall()]).records).toMatchObject([{ satisfiedBy: 'sale' }]);
  const byMarket = runOn(DAY2, [anAccount(cured)], [aCall()]);
  expect(byMarket.records).toMatchObject([{ satisfiedBy: 'marketMove' }]);
  expect(byMarket.events[0]?.reason).toBe('The market moved: nothing more is needed, with equity 30,000.00 USD against house maintenance 15,000.00 USD.');
});

test('a deposit and the market together: each says its part', () => {
  const { calls, events } = runOn(DAY2, [anAccount({ equity: '15000', house: '15000' }, { deposits: '4000' })], [aCall()]);
  expect(events).toMatchObject([
    { kind: 'reduced', to: 'partMet', amount: '4000', satisfiedBy: 'deposit' },
    { kind: 'met', from: 'partMet', amount: '6000', satisfiedBy: 'marketMove' },
  ]);
  expect(calls).toHaveLength(1);
});

test('a smaller deficit leaves the call part met', () => {
  const { calls } = runOn(DAY2, [anAccount({ equity: '11500', house: '15000' })], [aCall()]);
  expect(calls).toMatchObject([{ state: 'partMet', called: '10000', met: '6500', outstanding: '3500', dueOn: '2026-11-27' }]);
});

test('a larger deficit increases the call and leaves its due day', () => {
  const outcome = runOn(DAY2, [anAccount({ equity: '1000', house: '15000' })], [aCall()]);
  expect(outcome.calls).toMatchObject([{ state: 'issued', called: '14000', met: '0', outstanding: '14000', dueOn: '2026-11-27' }]);
  expect(kinds(outcome)).toEqual(['increased']);
});

test('paid in part while the market took more: what was paid counts as met, the rest is an increase', () => {
  const { calls, events } = runOn(DAY2, [anAccount({ equity: '10000', house: '15000' }, { deposits: '8000' })], [aCall()]);
  expect(calls).toMatchObject([{ state: 'partMet', called: '13000', met: '8000', outstanding: '5000' }]);
  expect(events).toMatchObject([{ kind: 'reduced', amount: '8000' }, { kind: 'increased', amount: '3000' }]);
});

test('paid in full while the market took more: the call is met and a new one is raised', () => {
  const { calls } = runOn(DAY2, [anAccount({ equity: '13000', house: '15000' }, { deposits: '10000' })], [aCall()]);
  expect(calls).toMatchObject([
    { id: 'A1-house-2026-11-19-1', state: 'met' },
    { id: 'A1-house-2026-11-20-1', state: 'issued', called: '2000', dueOn: '2026-11-30' },
  ]);
});

test('a firm that does not accumulate calls retracts the old call and calls the whole shortfall anew', () => {
  const outcome = officialRun({ run: DAY2, last: DAY1, open: [aCall()], accounts: [anAccount({ equity: '1000', house: '15000' })], policyFor: () => ({ ...POLICY, accumulate: false }), by: 'mary' });
  expect(outcome.calls).toMatchObject([
    { id: 'A1-house-2026-11-19-1', state: 'retracted', outstanding: '10000' },
    { id: 'A1-house-2026-11-20-1', state: 'issued', called: '14000', dueOn: '2026-11-30' },
  ]);
});

test('a house call that worsens below the exchange requirement is retyped and due sooner', () => {
  const outcome = runOn(DAY2, [anAccount({ equity: '5000', house: '15000', exchange: '9000' })], [aCall()]);
  expect(outcome.calls).toMatchObject([{ id: 'A1-house-2026-11-19-1', type: 'exchange', called: '10000', dueOn: '2026-11-24' }]);
  expect(kinds(outcome)).toEqual(['retyped']);
});

test('retyping never gives more time, and an exchange call that improves keeps its type', () => {
  const nearlyDue = runOn(DAY2, [anAccount({ equity: '5000', house: '15000', exchange: '9000' })], [aCall({ dueOn: '2026-11-23' })]);
  expect(nearlyDue.calls).toMatchObject([{ type: 'exchange', dueOn: '2026-11-23' }]);
  const improved = runOn(DAY2, [anAccount({ equity: '10000', house: '15000', exchange: '9000' })], [aCall({ type: 'exchange' })]);
  expect(improved.calls).toMatchObject([{ type: 'exchange', outstanding: '5000' }]);
});

test('one isolated pool below its exchange requirement makes the call an exchange call', () => {
  const account = anAccount({ equity: '50000', house: '60000', exchange: '40000' });
  const pool = (equity: string, maintenance: string) => ({ equity, deficit: '0', stacks: { exchange: { initial: maintenance, maintenance } } });
  const pools = [pool('49000', '30000'), pool('1000', '10000')];
  expect(runOn(DAY1, [{ ...account, state: { ...account.state, pools } }], [], null).calls).toMatchObject([{ type: 'exchange' }]);
});

test('no market move meets a call while the account is indeterminate; money does', () => {
  const unknown = { equity: '30000', house: '15000', unknownShort: true };
  expect(runOn(DAY2, [anAccount(unknown)], [aCall()]).calls).toEqual([]);
  expect(runOn(DAY2, [anAccount(unknown, { deposits: '10000' })], [aCall()]).calls).toMatchObject([{ state: 'met' }]);
  expect(runOn(DAY2, [anAccount({ equity: '1000', house: '15000', unknownShort: true })], [aCall()]).calls).toMatchObject([{ outstanding: '14000' }]);
});

test('a Reg T call comes from trade records only, above the de-minimis amount, due three business days after the trade', () => {
  const healthy = { equity: '30000', house: '15000' };
  expect(runOn(DAY2, [anAccount(healthy)]).calls).toEqual([]);
  expect(runOn(DAY2, [anAccount(healthy, { regTDue: [{ tradeDate: '2026-11-20', amount: '1000' }] })]).calls).toEqual([]);
  const { calls, events } = runOn(DAY2, [anAccount(healthy, { regTDue: [{ tradeDate: '2026-11-20', amount: '1000.01' }] })]);
  expect(calls).toMatchObject([{ id: 'A1-regT-2026-11-20-1', type: 'regT', called: '1000.01', raisedOn: '2026-11-20', dueOn: '2026-11-25', excessAtRaise: '15000' }]);
  expect(events[0]?.reason).toBe('Trades of 2026-11-20 leave 1,000.01 USD of initial margin due (12 CFR 220.12).');
});

test('a Reg T call stands whatever the market does, and is answered by deposits, the oldest first', () => {
  const old = aCall({ id: 'A1-regT-2026-11-18-1', type: 'regT', called: '3000', outstanding: '3000', raisedOn: '2026-11-18' });
  const young = aCall({ id: 'A1-regT-2026-11-19-1', type: 'regT', called: '5000', outstanding: '5000' });
  expect(runOn(DAY2, [anAccount({ equity: '900000', house: '15000' })], [young, old]).calls).toEqual([]);
  const { calls } = runOn(DAY2, [anAccount({ equity: '900000', house: '15000' }, { deposits: '4000' })], [young, old]);
  expect(calls).toMatchObject([{ id: old.id, state: 'met' }, { id: young.id, state: 'partMet', met: '1000', outstanding: '4000' }]);
});

test('trades of an earlier day raise their Reg T call dated from that day', () => {
  const account = anAccount({ equity: '30000', house: '15000' }, { regTDue: [{ tradeDate: '2026-11-18', amount: '5000' }, { tradeDate: '2026-11-20', amount: '3000' }] });
  expect(runOn(DAY2, [account]).calls).toMatchObject([
    { id: 'A1-regT-2026-11-18-in-2026-11-20-1', raisedOn: '2026-11-18', dueOn: '2026-11-23', called: '5000' },
    { id: 'A1-regT-2026-11-20-1', raisedOn: '2026-11-20', dueOn: '2026-11-25', called: '3000' },
  ]);
});

test('trades reported after their day’s call add to it while it is open, and its due day stands', () => {
  const open = aCall({ id: 'A1-regT-2026-11-19-1', type: 'regT', called: '5000', outstanding: '2000', met: '3000', dueOn: '2026-11-24' });
  const account = anAccount({ equity: '30000', house: '15000' }, { regTDue: [{ tradeDate: '2026-11-19', amount: '1500' }] });
  const { calls, events } = runOn(DAY2, [account], [open]);
  expect(calls).toMatchObject([{ id: open.id, called: '6500', outstanding: '3500', dueOn: '2026-11-24' }]);
  expect(events).toMatchObject([{ kind: 'increased', amount: '1500' }]);
});

test('a Reg T call is met by money, then securities at their loan value, then margin that sales set free', () => {
  const open = aCall({ id: 'A1-regT-2026-11-19-1', type: 'regT', called: '5000', outstanding: '5000' });
  const account = anAccount({ equity: '30000', house: '15000' }, { deposits: '1000', released: { securities: '1500', sale: '2500' } });
  const { calls, events, records } = runOn(DAY2, [account], [open]);
  expect(calls).toMatchObject([{ state: 'met', met: '5000', outstanding: '0' }]);
  expect(events.map(({ satisfiedBy, amount }) => [satisfiedBy, amount])).toEqual([['deposit', '1000'], ['securities', '1500'], ['sale', '2500']]);
  expect(records).toMatchObject([{ satisfiedBy: 'sale', satisfiedOn: '2026-11-20' }]);
});

test('what sales set free beyond one Reg T call goes to the next one, and no further', () => {
  const older = aCall({ id: 'A1-regT-2026-11-18-1', type: 'regT', called: '1000', outstanding: '1000', raisedOn: '2026-11-18' });
  const younger = aCall({ id: 'A1-regT-2026-11-19-1', type: 'regT', called: '5000', outstanding: '5000' });
  const { calls } = runOn(DAY2, [anAccount({ equity: '30000', house: '15000' }, { released: { securities: '0', sale: '2500' } })], [younger, older]);
  expect(calls).toMatchObject([{ id: older.id, state: 'met' }, { id: younger.id, outstanding: '3500' }]);
});

test('a call on futures asks for the initial margin until it is met, although equity is above maintenance again', () => {
  const futures = (callAmount: string, restoreAmount: string, deficit: string): Partial<AccountForCalls> => {
    const plain = anAccount({ equity: '9000', house: '10000' }).state;
    const pool = { id: 'futures', model: 'fixed', deficit, equity: '9000', callAmount, restoreAmount, stacks: { exchange: { initial: '0', maintenance: '0' } } };
    return { state: { ...plain, deficit, pools: [pool] } };
  };
  const raised = runOn(DAY1, [anAccount({ equity: '9000', house: '10000' }, futures('2000', '2000', '1000'))], [], null);
  expect(raised.calls).toMatchObject([{ id: 'A1-futures-2026-11-19-1', called: '2000' }]);
  // 1,200 came in: above maintenance by 200, and 800 short of the initial margin.
  const paid = runOn(DAY2, [anAccount({ equity: '10200', house: '10000' }, { ...futures('0', '800', '0'), deposits: '1200' })], raised.calls);
  expect(paid.calls).toMatchObject([{ state: 'partMet', met: '1200', outstanding: '800' }]);
  expect(runOn(DAY2, [anAccount({ equity: '11000', house: '10000' }, { ...futures('0', '0', '0'), deposits: '1200' })], raised.calls).calls).toMatchObject([{ state: 'met' }]);
  // Without such a call the same figures ask for nothing.
  expect(runOn(DAY2, [anAccount({ equity: '10200', house: '10000' }, futures('0', '800', '0'))]).calls).toEqual([]);
});

test('one deposit counts for a maintenance call and a Reg T call alike', () => {
  const regT = aCall({ id: 'A1-regT-2026-11-19-1', type: 'regT', called: '3000', outstanding: '3000' });
  const { calls } = runOn(DAY2, [anAccount({ equity: '15000', house: '15000' }, { deposits: '10000' })], [aCall(), regT]);
  expect(calls.map(({ state }) => state)).toEqual(['met', 'met']);
});

test('a borrowing margin account below 2,000 of equity is called for what the maintenance call leaves', () => {
  const small = anAccount({ equity: '1200', house: '1500' }, { borrows: true });
  const { calls } = runOn(DAY1, [small], [], null);
  expect(calls).toMatchObject([{ type: 'house', called: '300' }, { type: 'minimumEquity', called: '500', dueOn: '2026-11-27' }]);
  expect(runOn(DAY1, [anAccount({ equity: '1200', house: '500' })], [], null).calls).toEqual([]);
  expect(runOn(DAY1, [anAccount({ equity: '2000', house: '500' }, { borrows: true })], [], null).calls).toEqual([]);
});

test('an overdue call says so once, in the first run after its due day', () => {
  const due = aCall({ dueOn: '2026-11-20' });
  const still = [anAccount({ equity: '5000', house: '15000' })];
  expect(runOn(DAY2, still, [due], DAY1).events).toEqual([]);
  const monday = runOn(officialOn('2026-11-23'), still, [due], DAY2);
  expect(monday.events).toMatchObject([{ kind: 'overdue', amount: '10000', reason: '10,000.00 USD was due on 2026-11-20 and is still outstanding.' }]);
  expect(runOn(officialOn('2026-11-24'), still, monday.calls, officialOn('2026-11-23')).events).toEqual([]);
});

test('the record lists open calls on days when nothing moves', () => {
  const outcome = runOn(DAY2, [anAccount({ equity: '5000', house: '15000' })], [aCall()]);
  expect(outcome.calls).toEqual([]);
  expect(outcome.records).toMatchObject([{ required: '10000', outstanding: '10000', businessDate: '2026-11-20' }]);
});

test('the calls of an account that left the book stand, and stay on the record', () => {
  const outcome = runOn(DAY2, [], [aCall()]);
  expect(outcome.calls).toEqual([]);
  expect(outcome.records).toMatchObject([{ account: 'A1', outstanding: '10000' }]);
});

test('a disputed call keeps being disputed through a part payment, and ends when the rest is in', () => {
  const disputed = aCall({ state: 'disputed' });
  expect(runOn(DAY2, [anAccount({ equity: '9000', house: '15000' }, { deposits: '4000' })], [disputed]).calls).toMatchObject([{ state: 'disputed', outstanding: '6000' }]);
  expect(runOn(DAY2, [anAccount({ equity: '15000', house: '15000' }, { deposits: '10000' })], [disputed]).calls).toMatchObject([{ state: 'met' }]);
});

test('a liquidation that cures the call ends as liquidated', () => {
  const { calls } = runOn(DAY2, [anAccount({ equity: '15000', house: '15000' }, { reduced: true })], [aCall({ state: 'liquidating' })]);
  expect(calls).toMatchObject([{ state: 'liquidated', outstanding: '0' }]);
});

test('nobody is called on figures of another margin model', () => {
  const indicative = anAccount({ equity: '1000', house: '15000' }, { indicative: true });
  expect(runOn(DAY2, [indicative], []).calls).toEqual([]);
});

test('a second run of the business date changes nothing, even at other prices', () => {
  const again = officialRun({ run: { ...DAY1, id: 'another' }, last: DAY1, open: [aCall()], accounts: [anAccount({ equity: '-5000', house: '15000' })], policyFor, by: 'mary' });
  expect(again).toEqual({ calls: [], events: [], records: [] });
});

test('an intraday run moves no call, and no run goes back in time', () => {
  const input = { last: DAY2, open: [], accounts: [], policyFor, by: 'mary' };
  expect(() => officialRun({ ...input, run: { ...DAY2, kind: 'intraday' } })).toThrow(/only an official run/);
  expect(() => officialRun({ ...input, run: DAY1 })).toThrow(/after one of/);
});
