import { z } from 'zod';
import { plainDecimalFromZero } from '../../../shared/calc-pack/plain-decimal.ts';
import type { Answer } from '../../../shared/question.ts';
import { Decimal } from '../../../shared/money.ts';
import { adapter, type Context } from '../adapter.ts';
import { BUSINESS_DAY, decimal, stockBook } from './book.ts';
import { dueBusinessDays } from './calls.ts';
import { parameter } from './operations.ts';
import { figure } from './trigger.ts';

type Tools = Context['tools'];
const amount = plainDecimalFromZero;
const nothing = z.strictObject({});

/** What follows the n-th call of a kind that is left unmet, as the official run notes it. */
function afterCalls(tools: Tools, packs: string[], type: string, times: number): Answer[] {
  return Array.from({ length: times }, (_, before) => tools.ask('calls.consequence', { packs, type, before: String(before), day: BUSINESS_DAY }));
}

function daysOf(answer: Answer): string {
  return z.string().parse(answer['days']);
}

/** ops/finra-imd: the rules of 2026, read off the deficit and the calls that they lead to. */
export const intradayRules = adapter(nothing, (_, { tools }) => {
  const packs = ['us-reg-t', 'us-day-trading'];
  const policy = () => tools.ask('calls.policy', { packs });
  const threshold = (equity: string) => figure(tools.ask('intraday.deMinimis', { equity }), 'threshold');
  return {
    deMinimis: () => {
      // Read off the function itself: a share of a small equity, and what a large one cannot pass.
      const share = threshold('100').div(100);
      return `min(${share.times(100).toFixed()}% of equity, ${threshold('100000000').toFixed()})`;
    },
    satisfyTriggerBusinessDay: () => dueBusinessDays(policy(), 'intradayMargin'),
    freezeCalendarDays: () => figure(z.record(z.string(), z.json()).parse(policy()['freezeDays']), 'intradayMargin'),
    outstandingMaxBusinessDays: () => figure(policy(), 'intradayOutstandingBusinessDays'),
    pmEquityExemptAtOrAbove: () => parameter(tools, 'intraday.portfolioExemptFrom', packs),
  };
});

/** ops/finra-imd/deminimis-*: the deficit that needs nothing at one equity. */
export const intradayDeMinimis = adapter(z.strictObject({ equity: amount }), ({ equity }, { tools }) => ({
  deMinimisThreshold: () => figure(tools.ask('intraday.deMinimis', { equity }), 'threshold'),
}));

/** ops/sofi-iml: a level of so many times the excess at the close before, and how its calls are treated. */
export const multipleOfExcess = adapter(z.strictObject({ priorCloseExcessEquityMultiple: amount }), ({ priorCloseExcessEquityMultiple }, { tools }) => {
  const packs = ['us-day-trading', 'house-sofi'];
  return {
    IML: () => {
      const excess = decimal('1000');
      const opened = decimal(priorCloseExcessEquityMultiple).times(excess);
      const lacking = (bought: Decimal) => figure(tools.ask('intraday.deficit', {}, boughtOnExcess(bought, excess, packs)), 'deficit');
      if (!lacking(opened).isZero() || lacking(opened.plus(1)).isZero()) throw new Error('The level is not where the multiple says.');
      return `${opened.div(excess).toFixed()}x prior-day closing excess`;
    },
    dueBusinessDays: () => dueBusinessDays(tools.ask('calls.policy', { packs }), 'intradayMargin'),
    liquidationCuresPer12m: () => parameter(tools, 'calls.intradayMargin.liquidationsPerYear', packs),
  };
});

/** An account that opened a position of a value today, with an excess at the close before. */
function boughtOnExcess(value: Decimal, excess: Decimal, packs: string[]) {
  const price = value.toFixed();
  const pack = stockBook('1', price, { cash: excess.minus(value), packs, activity: [{ kind: 'trade', instrument: 'XYZ', quantity: '1', price }] });
  return { ...pack, accounts: pack.accounts.map((account) => ({ ...account, priorExcess: excess.toFixed() })) };
}

/** ops/tasty-*: one broker's calls by the letters it calls them, and what follows them. */
export const brokerCalls = adapter(z.strictObject({ callType: z.enum(['DT', 'RM', 'RT']) }), ({ callType }, { tools }) => {
  const packs = ['us-day-trading', 'house-tastytrade'];
  const policy = () => tools.ask('calls.policy', { packs });
  const type = { DT: 'dayTrade', RM: 'house', RT: 'regT' }[callType];
  return {
    dueBusinessDays: () => dueBusinessDays(policy(), type),
    ifPastDueOpen: () => figure(policy(), 'dayTradeDueWhenOpen'),
    consequence: () => `${figure(z.record(z.string(), z.json()).parse(policy()['freezeDays']), 'dayTrade').toFixed()}-day closing-only`,
    cumulative: () => z.boolean().parse(policy()['accumulate']),
    cures: () => curesOf(tools),
    strikes: () => {
      const steps = afterCalls(tools, packs, type, 5);
      const last = steps.findIndex(({ consequence }) => consequence !== 'strike');
      const words = (answer: Answer | undefined): string => (answer?.['consequence'] === 'strike' ? 'strike issued' : answer?.['consequence'] === 'closingOnly' ? `${daysOf(answer)}-day closing-only` : 'unknown');
      return { [`1-${last}`]: words(steps[0]), [`${last + 1}+`]: words(steps[last]) };
    },
    exemption: () => (tools.ask('calls.consequence', { packs, type, before: '0', day: BUSINESS_DAY })['sparesAssigned'] === true ? 'liquidation on day following exercise/assignment' : null),
  };
});

/** What eases a house call, each tried on an account that is short of something. */
function curesOf(tools: Tools): string[] {
  const price = '100';
  const lacking = (shares: string, at: string, cash: Decimal) => figure(tools.ask('margin.state', {}, stockBook(shares, at, { cash, packs: ['house-tastytrade'] })), 'deficit');
  const borrowed = decimal('-8500');
  const before = lacking('100', price, borrowed);
  const eases = (after: Decimal): boolean => before.gt(0) && after.lt(before);
  const tried: [string, Decimal][] = [
    ['deposit cash', lacking('100', price, borrowed.plus(500))],
    ['deposit securities', lacking('105', price, borrowed)],
    ['market appreciation', lacking('100', '101', borrowed)],
    ['close positions', lacking('90', price, borrowed.plus(1000))],
  ];
  return tried.filter(([, after]) => eases(after)).map(([name]) => name);
}

/** ops/optionshouse-fed: the ladder of what follows Regulation T calls. */
export const strikeLadder = adapter(nothing, (_, { tools }) => {
  const packs = ['house-optionshouse'];
  return {
    due: () => `T+${dueBusinessDays(tools.ask('calls.policy', { packs }), 'regT').toFixed()}`,
    strikeLadder: () =>
      afterCalls(tools, packs, 'regT', 5).map((answer) => {
        if (answer['consequence'] === 'strike') return 'strike';
        if (answer['consequence'] === 'strikeAndRaisedMargin') return `strike+raised margin ${daysOf(answer)}d`;
        return answer['consequence'] === 'liquidationOnly' ? `liquidation-only ${daysOf(answer)}d` : null;
      }),
  };
});

/** ops/tasty-pm-downgrade-*: what begins on which trading day below the least equity. */
export const portfolioDecline = adapter(z.strictObject({ closeEquityBetween: z.tuple([amount, amount]) }), ({ closeEquityBetween: [least, most] }, { tools }) => {
  const packs = ['house-tastytrade'];
  const on = (day: string, equity = least) => tools.ask('portfolio.decline', { packs, day, equity });
  const keep = () => figure(on('1'), 'minimumEquity');
  const begins = (day: string): string => {
    if (day !== '1' && on(day)['stage'] === on(String(Number(day) - 1))['stage']) throw new Error(`Nothing begins on day ${day}.`);
    const cent = decimal('0.01');
    const stages = [least, most, decimal(most).plus(cent).toFixed(), decimal(least).minus(cent).toFixed()].map((equity) => on(day, equity)['stage']);
    if (stages[0] !== stages[1] || stages[2] !== null || stages[3] !== null) throw new Error('The band of equity is not the one that the rules name.');
    const words: Record<string, string> = { notice: 'notice', riskReducingOnly: `risk-reducing only; must close >${keep().div(1000).toFixed()}k`, removalBegins: 'removal begins', regT: 'Reg T' };
    return words[z.string().parse(on(day)['stage'])] ?? 'unknown';
  };
  return { day1: () => begins('1'), day6: () => begins('6'), day7: () => begins('7'), day9: () => begins('9') };
});

/** ops/pm-margin-cap-*: the limit on all portfolio-margin requirements, tried at its edges. */
export const aggregateCap = adapter(nothing, (_, { tools }) => {
  const at = (requirements: string, daysBeyond: string) => tools.ask('portfolio.aggregateLimit', { packs: ['us-reg-t'], requirements, netCapital: '1', daysBeyond });
  const firstStopped = (): number => Array.from({ length: 20 }, (_unused, day) => day).findIndex((day) => at('1000', String(day))['mayOpenAccounts'] === false);
  return {
    aggregatePMRequirementMaxTimesNetCapital: () => figure(at('1000', '0'), 'limit'),
    gracedBusinessDays: () => new Decimal(firstStopped()).minus(1),
    stopNewAccountsFromDay: () => new Decimal(firstStopped()),
  };
});

/** ops/longrun-*: rungs of a ladder in per cent of equity to requirement, and the longest follow-up. */
export const riskRate = adapter(nothing, (_, { tools }) => {
  const packs = ['house-longrun'];
  const rungs = () => z.array(z.strictObject({ status: z.string(), metric: z.string(), comparison: z.string(), strict: z.boolean(), value: z.string() })).parse(tools.ask('rules.statusLadder', { packs })['rungs']);
  const percent = (status: string) => {
    const rung = rungs().find((one) => one.status === status && one.metric === 'equityToMaintenance' && one.comparison === 'below');
    if (!rung) throw new Error(`No rung of the ladder is ${status}.`);
    return decimal(rung.value).times(100);
  };
  return { callAtRiskRatePct: () => percent('call'), autoLiquidateBelowPct: () => percent('liquidation'), followUpMaxDays: () => dueBusinessDays(tools.ask('calls.policy', { packs }), 'house') };
});

/** ops/drivewealth-*: how the balance moves, tried with one of each, and the house's line. */
export const balanceMoves = adapter(nothing, (_, { tools }) => {
  const packs = ['house-drivewealth'];
  const balance = (activity: NonNullable<NonNullable<Parameters<typeof stockBook>[2]>['activity']>) =>
    figure(tools.ask('margin.regT', {}, stockBook('100', '10', { cash: '50000', packs, prior: { sma: '5000', equity: '0' }, activity })), 'balance');
  const signed = (moved: Decimal): string => `${moved.isNegative() ? '' : '+'}${moved.toFixed()}`;
  const before = () => balance([]);
  const delta = (activity: Parameters<typeof balance>[0]) => signed(balance(activity).minus(before()).div(100));
  return {
    restrictedBelowEquityPct: () => parameter(tools, 'regT.stock.long', packs).times(100),
    houseCallBelowEquityPct: () => parameter(tools, 'house.stock.long.maintenance', packs).times(100),
    smaDelta: () => ({
      deposit: delta([{ kind: 'deposit', amount: '100' }]),
      withdrawal: delta([{ kind: 'withdrawal', amount: '-100' }]),
      buy: delta([{ kind: 'trade', instrument: 'XYZ', quantity: '10', price: '10' }]),
      sell: delta([{ kind: 'trade', instrument: 'XYZ', quantity: '-10', price: '10' }]),
    }),
    effectiveSMA: () => {
      const usable = (cash: string) => figure(tools.ask('margin.regT', {}, stockBook('100', '10', { cash, packs, prior: { sma: '5000', equity: '0' }, activity: [] })), 'sma');
      // Equity above Reg T is the cash and half of 1,000: once more than the balance, once less.
      const isLeast = usable('50000').eq(5000) && usable('100').eq(600);
      return isLeast ? 'min(daySMA, rtExcessEquity)' : 'something else';
    },
  };
});
