import { z } from 'zod';
import { plainDecimalFromZero } from '../../shared/calc-pack/plain-decimal.ts';
import { CALL_TYPES } from '../../shared/domain/call.ts';
import { toDecimalText } from '../../shared/money.ts';
import { questionRow, type Answer, type QuestionTable } from '../../shared/question.ts';
import { fail, succeed, type Result } from '../../shared/result.ts';
import { isoDate } from '../../shared/time.ts';
import { addBusinessDays, businessDaysBetween, holidayName } from '../calls/calendar.ts';
import { callPolicy } from '../calls/policy.ts';
import { aggregateLimit, declineStage, isInDecline } from '../calls/portfolio-margin.ts';
import { consequenceOf, strikeLine } from '../calls/strikes.ts';
import type { Rules } from '../engine/packs/rules.ts';
import { resolveRules, shippedPacks } from '../engine/packs/shelf.ts';

const wholeDays = z.string().regex(/^-?\d{1,4}$/, 'expected a whole number of days in quotes').transform(Number);
const count = z.string().regex(/^\d{1,4}$/, 'expected a whole number in quotes').transform(Number);
const packs = z.array(z.string()).min(1);
const on = isoDate.optional();

/** Questions about due dates, the business-day calendar and what follows calls, which the engine does not know. */
export const CALL_QUESTIONS: QuestionTable = {
  'calendar.addBusinessDays': questionRow(
    'The day a number of business days after a day (before it when negative).',
    z.strictObject({ day: isoDate, businessDays: wholeDays }),
    ({ day, businessDays }) => succeed({ day: addBusinessDays(day, businessDays) }),
  ),
  'calendar.businessDaysBetween': questionRow(
    'Business days after one day up to and including another.',
    z.strictObject({ from: isoDate, to: isoDate }),
    ({ from, to }) => succeed({ businessDays: String(businessDaysBetween(from, to)) }),
  ),
  'calendar.holiday': questionRow('What the market is closed for on a day, if anything.', z.strictObject({ day: isoDate }), ({ day }) =>
    succeed({ holiday: holidayName(day) }),
  ),
  'calls.policy': questionRow(
    'How soon calls are due, from what amount, and what becomes of those that grow, under a stack of shipped rule packs.',
    z.strictObject({ packs, on }),
    (asked) => underRules(asked, policyOf),
  ),
  'calls.consequence': questionRow(
    'What follows one more call of a type that is left unmet, or met by selling, after some within twelve months.',
    z.strictObject({ packs, type: z.enum(CALL_TYPES), before: count, day: isoDate, on }),
    ({ type, before, day, ...asked }) =>
      underRules(asked, (rules) => {
        const policy = callPolicy(rules);
        const consequence = consequenceOf(policy, type, before, day);
        const line = consequence && strikeLine(before + 1, consequence);
        return { consequence: consequence?.step.consequence ?? null, days: daysText(consequence?.step.days), until: consequence?.until ?? null, line, sparesAssigned: policy.sparesAssigned === true };
      }),
  ),
  'portfolio.decline': questionRow(
    'Where a portfolio-margin account with an equity stands on a trading day below its least equity; null where it is not given those days.',
    z.strictObject({ packs, equity: plainDecimalFromZero, day: count, on }),
    ({ equity, day, ...asked }) =>
      underRules(asked, (rules) => {
        const least = rules.optional('portfolio.minimumEquity')?.value ?? null;
        const isIn = least !== null && isInDecline(equity, least, rules.optional('portfolio.minimumEquity.downgradeBelow')?.value ?? null);
        return { stage: isIn ? declineStage(rules.conduct('portfolioDecline')?.value ?? [], day) : null, minimumEquity: least };
      }),
  ),
  'portfolio.aggregateLimit': questionRow(
    'How far a firm’s portfolio-margin requirements are beyond their multiple of net capital, and whether it may open accounts.',
    z.strictObject({ packs, requirements: plainDecimalFromZero, netCapital: plainDecimalFromZero, daysBeyond: count, on }),
    ({ requirements, netCapital, daysBeyond, ...asked }) =>
      underRules(asked, (rules) => {
        const [times, graceBusinessDays] = ['timesNetCapital', 'graceBusinessDays'].map((key) => rules.parameter(`portfolio.aggregate.${key}`).value);
        const { limit, beyond, mayOpenAccounts } = aggregateLimit(requirements, netCapital, daysBeyond, { times: times ?? '0', graceBusinessDays: graceBusinessDays ?? '0' });
        return { limit: toDecimalText(limit), beyond: toDecimalText(beyond), mayOpenAccounts };
      }),
  ),
};

function underRules({ packs: ids, on: day }: { packs: string[]; on?: string | undefined }, answer: (rules: Rules) => Answer): Result<Answer> {
  const rules = resolveRules(shippedPacks(), ids, day);
  if (!rules.ok) return fail(rules.fault);
  return succeed(answer(rules.value));
}

function daysText(days: number | undefined): string | null {
  return days === undefined ? null : String(days);
}

function policyOf(rules: Rules): Answer {
  const policy = callPolicy(rules);
  const due = Object.entries(policy.dueBusinessDays).map(([type, days]) => [type, String(days)] as const);
  const freeze = Object.entries(policy.freezeDays ?? {}).map(([type, days]) => [type, String(days)] as const);
  return {
    dueBusinessDays: Object.fromEntries(due),
    dayTradeDueWhenOpen: daysText(policy.dayTradeDueWhenOpen),
    intradayOutstandingBusinessDays: daysText(policy.intradayOutstandingBusinessDays),
    freezeDays: Object.fromEntries(freeze),
    regTDeMinimis: policy.regTDeMinimis,
    minimumEquity: policy.minimumEquity,
    amountQuantum: policy.amountQuantum,
    accumulate: policy.accumulate,
  };
}
