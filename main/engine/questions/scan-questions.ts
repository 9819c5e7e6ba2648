import { z } from 'zod';
import { plainDecimalFromZero } from '../../../shared/calc-pack/plain-decimal.ts';
import { fromDecimalText, toDecimalText } from '../../../shared/money.ts';
import { questionRow, type Answer, type QuestionTable } from '../../../shared/question.ts';
import { fail, succeed, type Result } from '../../../shared/result.ts';
import { resolveRules, shippedPacks } from '../packs/shelf.ts';
import { scanRules } from '../scan/rules.ts';
import { beforeSpan } from '../scan/span/before-span.ts';
import { FORMULAS } from '../scan/span/commodity.ts';

/** Questions about risk arrays and the clearing houses that use them. */
export const SCAN_QUESTIONS: QuestionTable = {
  'scan.formula': questionRow('How a stack of shipped SPAN packs puts scan risk, charges, credit and the short option minimum together.', z.strictObject({ packs: z.array(z.string()).min(1) }), ({ packs }) => formulaOf(packs)),
  'span.before': questionRow(
    'What a short option on a future was asked beside its future before SPAN: the future’s margin, the premium, less half of what it is out of the money.',
    z.strictObject({ futureMargin: plainDecimalFromZero, premium: plainDecimalFromZero, outOfTheMoney: plainDecimalFromZero }),
    ({ futureMargin, premium, outOfTheMoney }) => succeed({ requirement: toDecimalText(beforeSpan(fromDecimalText(futureMargin), fromDecimalText(premium), fromDecimalText(outOfTheMoney))) }),
  ),
};

function formulaOf(packs: readonly string[]): Result<Answer> {
  const rules = resolveRules(shippedPacks(), packs);
  if (!rules.ok) return rules;
  if (rules.value.model !== 'scan' || scanRules(rules.value).method !== 'commodities') return fail({ code: 'bad-question', message: 'These packs are not for SPAN.', at: 'params.packs' });
  const { value, rule } = scanRules(rules.value).order;
  return succeed({ ...FORMULAS[value], cites: rule.cites, status: rule.status });
}
