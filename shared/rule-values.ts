import { z } from 'zod';
import { ruleReference } from './explain.ts';
import { isoDate } from './time.ts';

/** One number or choice of the rules in force, as a help page shows it. */
export const ruleValue = z.strictObject({
  /** As the pack names it: `exchange.stock.long`, `statusLadder.call`, `futures.ES`. */
  key: z.string(),
  label: z.string(),
  /** As people read it, with its unit: `25%`, `2,000.00 USD`, `largestLoss`. */
  value: z.string(),
  pack: z.string(),
  layer: z.string(),
  cites: z.string(),
  status: ruleReference.shape.status,
  note: z.string().nullable(),
  /** What layers beneath had in its place, the lowest first. */
  replaces: z.array(z.strictObject({ value: z.string(), pack: z.string() })),
});
export type RuleValue = z.infer<typeof ruleValue>;

/** The rules of one pool: its packs in layer order, and everything they set. */
export const poolRules = z.strictObject({
  pool: z.string(),
  model: z.string(),
  packs: z.array(z.string()),
  /** The day whose rates are shown; null where the newest are. */
  on: isoDate.nullable(),
  values: z.array(ruleValue),
});
export type PoolRules = z.infer<typeof poolRules>;
