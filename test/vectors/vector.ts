import { z } from 'zod';
import { plainDecimalFromZero } from '../../shared/calc-pack/plain-decimal.ts';

/** A published figure and what it depends on, as the vector files hold it. Numbers arrive as the text they were printed in. */
export const vector = z.looseObject({
  id: z.string().min(1),
  source: z.string(),
  /** The formula, where the file names one: families whose ids are free text. */
  model: z.string().optional(),
  inputs: z.record(z.string(), z.json()),
  expected: z.record(z.string(), z.json()),
  /** account: through a calc pack; component, simulation: through a question; fact: a rule pack or the calendar. */
  kind: z.enum(['account', 'component', 'simulation', 'fact']),
  tolerance: z.union([
    z.strictObject({ abs: plainDecimalFromZero, why: z.string().optional() }),
    z.strictObject({ rel: z.string(), why: z.string().optional() }),
  ]),
  /** Expected keys that the source gives without the data behind them: not checked. */
  unsupported: z.array(z.string()).default([]),
  basis: z.string().optional(),
});
export type Vector = z.infer<typeof vector>;

/** All of an id but its last part: `trigger/long/openexam` is of the family `trigger/long`. */
export function familyOf(id: string): string {
  const end = id.lastIndexOf('/');
  return end < 0 ? id : id.slice(0, end);
}
