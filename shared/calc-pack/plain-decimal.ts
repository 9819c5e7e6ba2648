import { z } from 'zod';
import { isLeverageText, leverage } from '../domain/instrument.ts';
import { decimalText, isPositiveText, parseDecimal, positiveDecimalText } from '../money.ts';

/** A number as a person writes it: sign, digits, point. No exponent, no separators, no "Infinity". */
const PLAIN = /^[+-]?(?:\d+\.?\d*|\.\d+)$/;

/**
 * An amount, price, quantity or rate in a calc pack: text in any plain spelling (`"95.50"`, `"0.10"`, `"+3"`), read
 * into its one canonical spelling. A JSON number is refused: it may already have lost digits before we see it.
 */
export const plainDecimal = z
  .string({ error: 'expected an amount as text in quotes, such as "-1250.50" (JSON numbers are refused)' })
  .transform((text, context) => {
    const canonical = PLAIN.test(text) ? parseDecimal(text) : null;
    if (canonical !== null) return canonical;
    context.addIssue({ code: 'custom', message: `expected a plain decimal of at most 50 digits, such as "-1250.50", not ${JSON.stringify(text.slice(0, 60))}` });
    return z.NEVER;
  });

/** As plainDecimal, and not below zero: prices of stock, volatilities, multipliers. */
export const plainDecimalFromZero = plainDecimal.refine((text) => !text.startsWith('-'), { error: 'expected zero or more' });

/** The domain's amounts, and how each is spelled by people. */
const SPELLED = new Map<z.core.$ZodType, z.core.$ZodType>([
  [decimalText, plainDecimal],
  [positiveDecimalText, plainDecimal.refine(isPositiveText, { error: 'expected a decimal above zero' })],
  [leverage, plainDecimal.refine(isLeverageText, { error: 'expected a leverage of at least 1' })],
]);

/**
 * The same object shape with every canonical amount replaced by its plain spelling, so that the domain's schemas are
 * written once and a calc pack may still spell amounts as people do. The output type does not change.
 */
export function spelledByPeople<S extends z.core.$ZodShape>(shape: S): S {
  return Object.fromEntries(Object.entries(shape).map(([key, schema]) => [key, respelled(schema)])) as unknown as S;
}

function respelled(schema: z.core.$ZodType): z.core.$ZodType {
  const spelled = SPELLED.get(schema);
  if (spelled) return spelled;
  if (schema instanceof z.ZodOptional) return z.optional(respelled(schema.unwrap()));
  if (schema instanceof z.ZodNullable) return z.nullable(respelled(schema.unwrap()));
  if (schema instanceof z.ZodArray) return z.array(respelled(schema.element));
  if (schema instanceof z.ZodObject) return z.strictObject(spelledByPeople(schema.shape));
  return schema;
}
