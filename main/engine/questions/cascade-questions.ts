import { z } from 'zod';
import { plainDecimalFromZero } from '../../../shared/calc-pack/plain-decimal.ts';
import { Decimal, toDecimalText } from '../../../shared/money.ts';
import { questionRow, type Answer, type QuestionTable } from '../../../shared/question.ts';
import { fail, succeed } from '../../../shared/result.ts';
import { fireSale, type Round } from '../cascade/fire-sale.ts';
import { dropOfForcedSales } from '../cascade/fixed-point.ts';

/** A size of a simulation: read as a double, which is what simulations are made of. */
const size = plainDecimalFromZero.transform(Number);
const above = size.refine((value) => value > 0, { error: 'expected more than 0' });
const DIGITS = 15;

/** Questions about forced sales that force further sales. */
export const CASCADE_QUESTIONS: QuestionTable = {
  'cascade.fireSale': questionRow(
    'Rounds of forced sales into a market with depth: leverage, sales, impact, losses and equity of each holder in each round.',
    z.strictObject({
      holders: z.array(z.strictObject({ securities: size, equity: size, illiquid: z.array(size) })).min(1),
      shock: z.array(size),
      price: above,
      floor: size,
      averageVolume: above,
      volatility: above,
      depthFactor: above,
      days: above,
      maximumLeverage: above,
      targetLeverage: above,
      soldBears: size,
      rounds: z.string().regex(/^\d{1,3}$/, 'expected a number of rounds').transform(Number),
    }),
    ({ rounds, ...sale }) => {
      if (sale.floor >= sale.price) return fail({ code: 'bad-question', message: 'The floor must be below the price.', at: 'params.floor' });
      const result = fireSale(sale, rounds);
      return succeed({ marketDepth: text(result.marketDepth), impactScale: text(result.impactScale), rounds: result.rounds.map(roundText) });
    },
  ),
  'cascade.fixedPoint': questionRow(
    'The price drop at which what leveraged holders must sell makes just that drop; from no drop, or from the largest one.',
    z.strictObject({ holders: z.array(z.strictObject({ equity: size, securities: size, loans: size })).min(1), bound: above, coefficient: size, from: z.enum(['none', 'largest']) }),
    ({ holders, bound, coefficient, from }) => {
      const { drop, sold, iterations } = dropOfForcedSales(holders, bound, coefficient, from);
      return succeed({ drop: text(drop), sold: sold.map(text), iterations: String(iterations) });
    },
  ),
};

function roundText(round: Round): Answer {
  return Object.fromEntries(Object.entries(round).map(([key, value]) => [key, Array.isArray(value) ? value.map(text) : text(value as number)]));
}

function text(value: number): string {
  return toDecimalText(new Decimal(value).toSignificantDigits(DIGITS));
}
