import { z } from 'zod';
import { plainDecimal, plainDecimalFromZero } from '../../../shared/calc-pack/plain-decimal.ts';
import { Decimal, fromDecimalText, toDecimalText } from '../../../shared/money.ts';
import { questionRow, type QuestionTable } from '../../../shared/question.ts';
import { succeed } from '../../../shared/result.ts';
import { input } from '../figure/figure.ts';
import { withBuffer } from '../overlay/buffer.ts';
import { ewmaVariance, filteredReturns, quantileOfSize } from '../overlay/volatility.ts';

const DIGITS = 15;
const share = plainDecimalFromZero.refine((text) => Number(text) <= 1, { error: 'expected a share from 0 to 1' });
const ASKED = { pack: 'question', cites: 'As asked', status: 'house' as const };

/** Questions about requirements that move with the market. */
export const DYNAMIC_QUESTIONS: QuestionTable = {
  'dynamic.ewma': questionRow('Exponentially weighted variance and volatility after one more return.', z.strictObject({ lambda: share, variance: plainDecimalFromZero, return: plainDecimal }), ({ lambda, variance, return: daily }) => {
    const next = ewmaVariance(Number(variance), Number(lambda), Number(daily));
    return succeed({ variance: text(next), volatility: text(Math.sqrt(next)) });
  }),
  'dynamic.filteredHistory': questionRow(
    'Past returns rescaled to today’s volatility, and the size that a share of them does not exceed.',
    z.strictObject({ lambda: share, quantile: share, returns: z.array(plainDecimal).min(1) }),
    ({ lambda, quantile, returns }) => {
      const filtered = filteredReturns(returns.map(Number), Number(lambda));
      return succeed({ returns: filtered.map(text), move: text(quantileOfSize(filtered, Number(quantile))) });
    },
  ),
  'dynamic.buffer': questionRow(
    'A requirement with a buffer that is used up while it rises.',
    z.strictObject({ requirement: plainDecimalFromZero, before: plainDecimalFromZero.nullable(), share: plainDecimalFromZero }),
    ({ requirement, before, share: buffer }) => {
      const calculated = input(fromDecimalText(requirement), 'amount', { label: 'Calculated', source: 'question' });
      return succeed({ requirement: toDecimalText(withBuffer(calculated, before, buffer, ASKED, 'amount', 'Requirement').amount) });
    },
  ),
};

function text(value: number): string {
  return toDecimalText(new Decimal(value).toSignificantDigits(DIGITS));
}
