import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Call, CallEvent, CallState, MarginRun } from '../../shared/domain/call.ts';
import { Decimal, toDecimalText } from '../../shared/money.ts';
import type { IsoDate } from '../../shared/time.ts';
import { addBusinessDays, isBusinessDay } from '../../main/calls/calendar.ts';
import { expectedCalls } from '../../main/calls/expected.ts';
import { officialRun, type AccountForCalls, type OfficialRunOutcome } from '../../main/calls/official-run.ts';
import { isOpen, LEGAL_MOVES, moveCall } from '../../main/calls/transitions.ts';
import { anAccount, officialOn, POLICY } from './an-account.ts';

/** Weeks of a small desk: every business day new figures, deposits, trades, and now and then a person's decision. */
interface Day {
  accounts: { equity: number; house: number; exchange: number; deposit: number; regT: number | null; unknown: boolean; reduced: boolean; borrows: boolean; sale: number; securities: number; growth: number; dayTrading: number | null }[];
  decisions: { pick: number; to: CallState }[];
  gap: number;
}

const ACCOUNTS = ['A1', 'A2', 'A3'];
const cents = (max: number) => fc.integer({ min: 0, max }).map((value) => value / 100);
const figures = fc.record({
  equity: fc.integer({ min: -500_000, max: 3_000_000 }).map((value) => value / 100),
  house: cents(2_000_000),
  exchange: cents(1_500_000),
  deposit: fc.oneof(fc.constant(0), fc.integer({ min: -300_000, max: 900_000 }).map((value) => value / 100)),
  regT: fc.option(cents(400_000), { freq: 3 }),
  unknown: fc.boolean(),
  reduced: fc.boolean(),
  borrows: fc.boolean(),
  sale: fc.oneof(fc.constant(0), cents(200_000)),
  securities: fc.oneof(fc.constant(0), cents(100_000)),
  growth: fc.integer({ min: -300_000, max: 600_000 }).map((value) => value / 100),
  dayTrading: fc.option(cents(300_000), { freq: 2 }),
});
const decision = fc.record({
  pick: fc.nat(5),
  to: fc.constantFrom<CallState>('acknowledged', 'disputed', 'promised', 'extended', 'liquidating', 'retracted', 'met', 'issued'),
});
const weeks: fc.Arbitrary<Day[]> = fc.array(
  fc.record({
    accounts: fc.tuple(figures, figures, figures).map((three) => [...three]),
    decisions: fc.array(decision, { maxLength: 2 }),
    gap: fc.integer({ min: 1, max: 4 }),
  }),
  { minLength: 1, maxLength: 8 },
);

const text = (value: number): string => toDecimalText(new Decimal(value));

function accountsOf(day: Day, date: IsoDate): AccountForCalls[] {
  return day.accounts.map(({ equity, house, exchange, deposit, regT, unknown, reduced, borrows, sale, securities, growth, dayTrading }, index) =>
    anAccount(
      { account: ACCOUNTS[index] ?? '', equity: text(equity), house: text(house), exchange: text(Math.min(exchange, house)), unknownShort: unknown },
      { deposits: text(deposit), regTDue: regT === null ? [] : [{ tradeDate: date, amount: text(regT) }], reduced, borrows, released: { sale: text(sale), securities: text(securities) }, marginLevelGrowth: text(growth),
        ...(dayTrading === null ? {} : { dayTrading: { type: index === 0 ? 'dayTrade' : 'intradayMargin', tradeDate: date, amount: text(dayTrading), reason: 'Too large for a moment.' } }) },
    ),
  );
}

/** One desk's calls, kept as a book would keep them. */
interface Desk {
  calls: Map<string, Call>;
  events: CallEvent[];
  last: MarginRun | null;
}

type Check = (step: { before: Desk; accounts: AccountForCalls[]; run: MarginRun; outcome: OfficialRunOutcome; desk: Desk; policy: typeof POLICY }) => void;

function live(days: readonly Day[], accumulate: boolean, check: Check): void {
  const policy = {
    ...POLICY,
    accumulate,
    dueBusinessDays: { ...POLICY.dueBusinessDays, intradayMargin: 5, dayTrade: 5 },
    dayTradeDueWhenOpen: 1,
    intradayOutstandingBusinessDays: 6,
    strikes: { regT: [{ from: 1, consequence: 'strike' as const }], intradayMargin: [{ from: 2, consequence: 'closingOnly' as const, days: 90 }] },
  };
  const desk: Desk = { calls: new Map(), events: [], last: null };
  let date = '2026-11-18';
  for (const day of days) {
    decide(desk, day);
    date = addBusinessDays(date, day.gap);
    const before: Desk = { calls: new Map(desk.calls), events: [...desk.events], last: desk.last };
    const run = officialOn(date);
    const accounts = accountsOf(day, date);
    const outcome = officialRun({ run, last: desk.last, open: openOf(desk), accounts, policyFor: () => policy, by: 'desk' });
    for (const call of outcome.calls) desk.calls.set(call.id, call);
    desk.events.push(...outcome.events);
    desk.last = run;
    check({ before, accounts, run, outcome, desk, policy });
  }
}

function decide(desk: Desk, day: Day): void {
  const open = openOf(desk);
  for (const { pick, to } of day.decisions) {
    const call = open[pick % Math.max(open.length, 1)];
    const moved = call && moveCall(desk.calls.get(call.id) ?? call, to, { by: 'mary', at: '2026-11-20T12:00:00Z', reason: 'asked' });
    if (!moved?.ok) continue;
    desk.calls.set(moved.value.call.id, moved.value.call);
    desk.events.push(moved.value.event);
  }
}

const openOf = (desk: Desk): Call[] => [...desk.calls.values()].filter(({ state }) => isOpen(state));
/** Weeks that each property lives through; `npm run properties` takes 1,000. */
const RUNS = Number(process.env['PLIMSOLL_CALL_RUNS'] ?? 300);
const holds = (check: Check): void => fc.assert(fc.property(weeks, fc.boolean(), (days, accumulate) => live(days, accumulate, check)), { numRuns: RUNS });

test('property: called is met plus outstanding, and nothing is negative', () => {
  holds(({ desk }) => {
    for (const { called, met, outstanding } of desk.calls.values()) {
      expect(new Decimal(met).plus(outstanding).eq(called)).toBe(true);
      expect(new Decimal(met).gte(0) && new Decimal(outstanding).gte(0) && new Decimal(called).gt(0)).toBe(true);
    }
  });
});

test('property: every step a run takes is in the table of moves, and starts where the last step ended', () => {
  holds(({ before, outcome }) => {
    const at = new Map([...before.calls].map(([id, { state }]) => [id, state]));
    for (const { callId, kind, from, to } of outcome.events) {
      expect(from).toBe(at.get(callId) ?? null);
      const legal = from === null ? kind === 'raised' && to === 'issued' : from === to || LEGAL_MOVES[from][to] !== undefined;
      expect({ callId, kind, from, to, legal }).toMatchObject({ legal: true });
      at.set(callId, to);
    }
    for (const call of outcome.calls) expect(call.state).toBe(at.get(call.id));
  });
});

test('property: a call that is closed is never touched again', () => {
  holds(({ before, outcome }) => {
    const closed = new Set([...before.calls.values()].filter(({ state }) => !isOpen(state)).map(({ id }) => id));
    expect(outcome.calls.filter(({ id }) => closed.has(id))).toEqual([]);
    expect(outcome.records.filter(({ callId }) => closed.has(callId))).toEqual([]);
  });
});

test('property: the events alone give back every amount', () => {
  holds(({ desk }) => {
    const sums = new Map<string, { called: Decimal; met: Decimal }>();
    for (const { callId, kind, amount } of desk.events) {
      const sum = sums.get(callId) ?? { called: new Decimal(0), met: new Decimal(0) };
      if (kind === 'raised' || kind === 'increased') sum.called = sum.called.plus(amount ?? 0);
      if (kind === 'reduced' || kind === 'met') sum.met = sum.met.plus(amount ?? 0);
      sums.set(callId, sum);
    }
    for (const call of desk.calls.values()) {
      expect(sums.get(call.id)?.called.toFixed()).toBe(call.called);
      expect(sums.get(call.id)?.met.toFixed()).toBe(call.met);
    }
  });
});

test('property: after a run, what is outstanding on maintenance is the deficit, unless the account cannot be told', () => {
  holds(({ accounts, desk }) => {
    for (const { account, state } of accounts) {
      const maintenance = openOf(desk).filter((call) => call.account === account && (call.type === 'house' || call.type === 'exchange'));
      expect(maintenance.length).toBeLessThanOrEqual(1);
      const outstanding = new Decimal(maintenance[0]?.outstanding ?? '0');
      const known = state.unpriced.length === 0;
      expect(known ? outstanding.toFixed() : Decimal.min(outstanding, state.deficit).toFixed()).toBe(state.deficit);
    }
  });
});

test('property: repeating a run, whatever the accounts look like by then, changes nothing', () => {
  holds(({ run, outcome, desk, accounts, policy }) => {
    const worse = accounts.map((account) => ({ ...account, deposits: '777' }));
    expect(officialRun({ run, last: run, open: openOf(desk), accounts: worse, policyFor: () => policy, by: 'desk' })).toEqual({ calls: [], events: [], records: [] });
    expect(new Set(outcome.records.map(({ callId }) => callId)).size).toBe(outcome.records.length);
  });
});

test('property: right after a run nothing more is expected', () => {
  holds(({ accounts, desk, run, policy }) => {
    expect(expectedCalls(openOf(desk), accounts, () => policy, run.businessDate, desk.last)).toEqual([]);
  });
});

test('property: what is expected before a run is what the run raises or increases, where no money came in', () => {
  holds(({ before, accounts, outcome, run, policy }) => {
    const expected = expectedCalls([...before.calls.values()].filter(({ state }) => isOpen(state)), accounts, () => policy, run.businessDate, before.last);
    for (const { account } of accounts.filter(({ deposits }) => new Decimal(deposits).lte(0))) {
      const grown = new Decimal(expected.filter((call) => call.account === account).reduce((sum, { called }) => sum.plus(called), new Decimal(0)));
      const asked = outcome.events.filter(({ callId, kind }) => callId.startsWith(`${account}-`) && !/-(?:intradayMargin|dayTrade)-/.test(callId) && (kind === 'raised' || kind === 'increased'));
      const retracted = outcome.calls.filter((call) => call.account === account && call.state === 'retracted' && call.type !== 'intradayMargin');
      const replaced = retracted.reduce((sum, { outstanding }) => sum.plus(outstanding), new Decimal(0));
      expect(asked.reduce((sum, { amount }) => sum.plus(amount ?? 0), new Decimal(0)).minus(replaced).toFixed()).toBe(grown.toFixed());
    }
  });
});

test('property: calls fall due on business days, and a due day never moves away', () => {
  holds(({ before, outcome }) => {
    for (const call of outcome.calls) {
      expect(isBusinessDay(call.dueOn)).toBe(true);
      expect(call.dueOn <= (before.calls.get(call.id)?.dueOn ?? call.dueOn)).toBe(true);
    }
  });
});

test('property: an overdue call is noted once', () => {
  holds(({ desk }) => {
    const noted = desk.events.filter(({ kind }) => kind === 'overdue').map(({ callId }) => callId);
    const retyped = new Set(desk.events.filter(({ kind }) => kind === 'retyped').map(({ callId }) => callId));
    const once = noted.filter((id) => !retyped.has(id));
    expect(new Set(once).size).toBe(once.length);
  });
});

test('property: the order in which accounts and calls are handed over does not matter', () => {
  holds(({ before, accounts, outcome, run, policy }) => {
    const open = [...before.calls.values()].filter(({ state }) => isOpen(state)).reverse();
    const again = officialRun({ run, last: before.last, open, accounts: [...accounts].reverse(), policyFor: () => policy, by: 'desk' });
    expect(again.calls).toEqual(outcome.calls);
    expect(again.events).toEqual(outcome.events);
  });
});

test('property: calls on trades never grow, and nothing pays more on Reg T calls than came in, was sold or was brought', () => {
  holds(({ before, accounts, outcome }) => {
    const grown = outcome.events.filter(({ callId, kind }) => kind === 'increased' && /-(?:intradayMargin|dayTrade)-/.test(callId));
    expect(grown).toEqual([]);
    for (const { account, deposits, released } of accounts) {
      const paid = outcome.events.filter(({ callId, satisfiedBy }) => satisfiedBy !== null && before.calls.get(callId)?.type === 'regT' && before.calls.get(callId)?.account === account);
      const bySource = (source: string) => paid.filter(({ satisfiedBy }) => satisfiedBy === source).reduce((sum, { amount }) => sum.plus(amount ?? 0), new Decimal(0));
      const within = [bySource('deposit').lte(Decimal.max(0, deposits)), bySource('sale').lte(released?.sale ?? 0), bySource('securities').lte(released?.securities ?? 0), bySource('marketMove').isZero()];
      expect(within).toEqual([true, true, true, true]);
    }
  });
});
