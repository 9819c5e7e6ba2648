import { z } from 'zod';
import { callPolicy } from '../calls/policy.ts';
import { addBusinessDays, businessDaysBetween, holidayName } from '../calls/calendar.ts';
import { answerFrom } from '../engine/questions/answer.ts';
import { ENGINE_QUESTIONS } from '../engine/questions/table.ts';
import { resolveRules, shippedPacks } from '../engine/packs/shelf.ts';
import { questionRow, type Answer, type Question, type QuestionTable } from '../../shared/question.ts';
import { succeed, type Result } from '../../shared/result.ts';
import { isoDate } from '../../shared/time.ts';

const wholeDays = z.string().regex(/^-?\d{1,4}$/, 'expected a whole number of days in quotes').transform(Number);

/** Questions about due dates and the business-day calendar, which the engine does not know. */
const CALL_QUESTIONS: QuestionTable = {
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
    'How soon calls are due, and from what amount, under a stack of shipped rule packs.',
    z.strictObject({ packs: z.array(z.string()).min(1) }),
    ({ packs }) => policyOf(packs),
  ),
};

const QUESTIONS: QuestionTable = { ...ENGINE_QUESTIONS, ...CALL_QUESTIONS };

/** Answers any question: the engine's own, and those about calls and the calendar. */
export function answerQuestion(question: Question): Result<Answer> {
  return answerFrom(QUESTIONS, question);
}

function policyOf(packs: readonly string[]): Result<Answer> {
  const rules = resolveRules(shippedPacks(), packs);
  if (!rules.ok) return rules;
  const policy = callPolicy(rules.value);
  const due = Object.entries(policy.dueBusinessDays).map(([type, days]) => [type, String(days)] as const);
  return succeed({
    dueBusinessDays: Object.fromEntries(due),
    regTDeMinimis: policy.regTDeMinimis,
    minimumEquity: policy.minimumEquity,
    amountQuantum: policy.amountQuantum,
  });
}
