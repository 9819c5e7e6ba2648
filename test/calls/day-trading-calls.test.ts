import { describe, expect, test } from 'vitest';
import type { ActivityFact } from '../../shared/domain/facts.ts';
import type { Call, MarginRun } from '../../shared/domain/call.ts';
import { aggregateLimit, declineStage, isInDecline } from '../../main/calls/portfolio-margin.ts';
import { isPatternDayTrader } from '../../main/calls/pattern-day-trader.ts';
import { officialRun, type AccountForCalls, type OfficialRunInput, type OfficialRunOutcome } from '../../main/calls/official-run.ts';
import { aCall, anAccount, officialOn, POLICY } from './an-account.ts';

const WATCHING = {
  ...POLICY,
  dueBusinessDays: { ...POLICY.dueBusinessDays, intradayMargin: 5, dayTrade: 5 },
  dayTradeDueWhenOpen: 1,
  intradayOutstandingBusinessDays: 15,
  freezeDays: { intradayMargin: 90, dayTrade: 90 },
};
const DAY = officialOn('2026-11-20');
const healthy = { equity: '30000', house: '15000' };

function runOn(accounts: AccountForCalls[], open: Call[] = [], more: Partial<OfficialRunInput> = {}, run: MarginRun = DAY): OfficialRunOutcome {
  return officialRun({ run, last: officialOn('2026-11-19'), open, accounts, policyFor: () => WATCHING, by: 'mary', ...more });
}
const deficit = (amount: string, type: 'intradayMargin' | 'dayTrade' = 'intradayMargin') => ({ dayTrading: { type, tradeDate: '2026-11-20', amount, reason: 'Equity was below maintenance.' } });
const intraday = (more: Partial<Call> = {}): Call => aCall({ id: 'A1-intradayMargin-2026-11-19-1', type: 'intradayMargin', called: '5000', outstanding: '5000', ...more });

describe('an intraday margin deficit', () => {
  test('is called for on the fifth business day', () => {
    const { calls, events, records } = runOn([anAccount(healthy, deficit('5000.001'))]);
    // Thursday of that week is Thanksgiving.
    expect(calls).toMatchObject([{ id: 'A1-intradayMargin-2026-11-20-1', type: 'intradayMargin', called: '5000.01', raisedOn: '2026-11-20', dueOn: '2026-11-30' }]);
    expect(events).toMatchObject([{ kind: 'raised', reason: 'Equity was below maintenance.' }]);
    expect(records).toMatchObject([{ type: 'intradayMargin', required: '5000.01' }]);
  });
  test('is met by money, and by more being left above maintenance', () => {
    const paid = runOn([anAccount(healthy, { deposits: '2000', marginLevelGrowth: '3500' })], [intraday()]);
    expect(paid.events.map(({ satisfiedBy, amount }) => [satisfiedBy, amount])).toEqual([['deposit', '2000'], ['marketMove', '1500']]);
    expect(paid.calls).toMatchObject([{ state: 'partMet', outstanding: '1500' }]);
    const sold = runOn([anAccount(healthy, { marginLevelGrowth: '6000', reduced: true })], [intraday()]);
    expect(sold.calls).toMatchObject([{ state: 'met' }]);
    expect(sold.events.at(-1)).toMatchObject({ satisfiedBy: 'sale' });
  });
  test('does not grow with the market and is not met by shrinking', () => {
    expect(runOn([anAccount(healthy, { marginLevelGrowth: '-9000' })], [intraday()]).calls).toEqual([]);
  });
  test('that is overdue says from when no new risk may be taken', () => {
    const { events } = runOn([anAccount(healthy)], [intraday({ dueOn: '2026-11-19' })]);
    expect(events).toMatchObject([{ kind: 'overdue', reason: '5,000.00 USD was due on 2026-11-19 and is still outstanding. Where it is a practice, no short position or debit may be opened or increased until 2027-02-17, or until the call is met.' }]);
  });
  test('is outstanding until the close of the fifteenth business day and not after it', () => {
    const old = intraday({ raisedOn: '2026-10-30', dueOn: '2026-11-06' });
    expect(runOn([anAccount(healthy)], [old]).calls).toEqual([]);
    const after = runOn([anAccount(healthy)], [old], { last: DAY }, officialOn('2026-11-23'));
    expect(after.calls).toMatchObject([{ state: 'retracted' }]);
  });
});

describe('a day-trade call', () => {
  test('is due on the fifth business day, or on the next one while another is open', () => {
    expect(runOn([anAccount(healthy, deficit('5000', 'dayTrade'))]).calls).toMatchObject([{ type: 'dayTrade', dueOn: '2026-11-30' }]);
    const other = intraday({ id: 'A1-dayTrade-2026-11-18-1', type: 'dayTrade' });
    expect(runOn([anAccount(healthy, deficit('5000', 'dayTrade'))], [other]).calls).toMatchObject([{ dueOn: '2026-11-23' }]);
  });
  test('is met by money alone', () => {
    const open = intraday({ id: 'A1-dayTrade-2026-11-18-1', type: 'dayTrade' });
    expect(runOn([anAccount(healthy, { marginLevelGrowth: '9000' })], [open]).calls).toEqual([]);
    expect(runOn([anAccount(healthy, { deposits: '5000' })], [open]).calls).toMatchObject([{ state: 'met' }]);
  });
});

describe('strikes', () => {
  const ladder = { ...WATCHING, strikes: { regT: [{ from: 1, consequence: 'strike' as const }, { from: 4, consequence: 'closingOnly' as const, days: 90 }] } };
  const late = aCall({ id: 'A1-regT-2026-11-16-1', type: 'regT', raisedOn: '2026-11-16', dueOn: '2026-11-19' });
  const noted = (before: number, account: AccountForCalls, open: Call, policy: typeof ladder & { sparesAssigned?: boolean } = ladder) =>
    runOn([account], [open], { policyFor: () => policy, strikesBefore: () => before }).events.filter(({ kind }) => kind === 'note').map(({ reason }) => reason);
  const sold = anAccount(healthy, { released: { sale: '10000', securities: '0' } });
  const due = { ...late, dueOn: '2026-11-23' };

  test('follow a Reg T call that is left unmet', () => {
    expect(noted(0, anAccount(healthy), late)).toEqual(['Strike 1 within twelve months: a strike is issued.']);
    expect(noted(3, anAccount(healthy), late)).toEqual(['Strike 4 within twelve months: only closing trades are taken until 2027-02-18.']);
  });
  test('follow one that is met by selling, but not by money', () => {
    expect(noted(1, sold, due)).toEqual(['Strike 2 within twelve months: a strike is issued.']);
    expect(noted(1, anAccount(healthy, { deposits: '10000' }), due)).toEqual([]);
  });
  test('are not issued twice for one call, nor after an exercise or assignment where the firm spares those', () => {
    const before = { ...late, dueOn: '2026-11-18' };
    expect(noted(1, sold, before)).toEqual([]);
    const assigned = { ...sold, assigned: true };
    expect(noted(0, assigned, due)).toHaveLength(1);
    expect(noted(0, assigned, due, { ...ladder, sparesAssigned: true })).toEqual([]);
  });
  test('of a call that may be met by selling only so often: the one too many is noted', () => {
    const policy = { ...WATCHING, salesPerYear: { intradayMargin: 3 } };
    const met = (before: number) => runOn([anAccount(healthy, { marginLevelGrowth: '6000', reduced: true })], [intraday()], { policyFor: () => policy, strikesBefore: () => before }).events.map(({ kind }) => kind);
    expect([met(2), met(3)]).toEqual([['met'], ['met', 'note']]);
  });
  test('are counted by no firm that names no ladder', () => {
    expect(runOn([anAccount(healthy)], [late]).events.map(({ kind }) => kind)).toEqual(['overdue']);
  });
});

describe('a pattern day trader', () => {
  const RULE = { trades: '4', businessDays: '5', shareOfTrades: '0.06' };
  const row = (tradeDate: string, quantity: string, instrument = 'XYZ'): ActivityFact => ({ account: 'A1', id: `${tradeDate}${quantity}${instrument}`, kind: 'trade', instrument, tradeDate, settleDate: null, quantity, price: '10', amount: null, currency: 'USD', detail: null });
  const roundTrip = (day: string, instrument?: string) => [row(day, '10', instrument), row(day, '-10', instrument)];
  const four = ['2026-11-16', '2026-11-17', '2026-11-18', '2026-11-20'].flatMap((day) => roundTrip(day));
  test('trades four times within a day in five business days', () => {
    expect(isPatternDayTrader(four, '2026-11-20', RULE)).toBe(true);
    expect(isPatternDayTrader(four.slice(2), '2026-11-20', RULE)).toBe(false);
    // A day later the first of them is six business days old.
    expect(isPatternDayTrader(four, '2026-11-23', RULE)).toBe(false);
  });
  test('is not one whose day trades are few among many', () => {
    const many = Array.from({ length: 60 }, (_, index) => row('2026-11-19', '1', `S${index}`));
    expect(isPatternDayTrader([...four, ...many], '2026-11-20', RULE)).toBe(false);
    expect(isPatternDayTrader([...four, ...many.slice(0, 58)], '2026-11-20', RULE)).toBe(true);
  });
});

test('only a band of equity below the least is given those days', () => {
  const inside = (equity: string, bears: string | null) => isInDecline(equity, '150000', bears);
  expect([inside('150000', '100000'), inside('149999.99', '100000'), inside('100000', '100000'), inside('99999.99', '100000'), inside('1', null)]).toEqual([false, true, true, false, true]);
});

test('a portfolio-margin account below its least equity goes down step by step', () => {
  const steps = [{ day: 1, stage: 'notice' as const }, { day: 6, stage: 'riskReducingOnly' as const }, { day: 9, stage: 'regT' as const }];
  expect([0, 1, 5, 6, 8, 9, 20].map((day) => declineStage(steps, day))).toEqual([null, 'notice', 'notice', 'riskReducingOnly', 'riskReducingOnly', 'regT', 'regT']);
});

test('a firm beyond ten times its net capital opens no accounts from the fourth business day on', () => {
  const rule = { times: '10', graceBusinessDays: '3' };
  const at = (requirements: string, days: number) => aggregateLimit(requirements, '100', days, rule);
  expect(at('1000', 9)).toMatchObject({ mayOpenAccounts: true });
  expect([at('1000.01', 3).mayOpenAccounts, at('1000.01', 4).mayOpenAccounts, at('1000.01', 4).beyond.toFixed()]).toEqual([true, false, '0.01']);
});
