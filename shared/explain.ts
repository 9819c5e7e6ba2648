import { z } from 'zod';
import { decimalText } from './money.ts';
import { pairingView, type PairingView } from './pairing.ts';

/** How a node's amount follows from its children's amounts. */
export const explainOperation = z.enum([
  'sum', // all children added
  'difference', // the first child less all the others
  'product', // all children multiplied
  'quotient', // the first child divided by the second, then the named rounding
  'greatest', // the child with the greatest amount; `chosen` names it
  'least', // the child with the least amount; `chosen` names it
  'choice', // the child at `chosen`, for the reason in `arithmetic`
  'input', // no children: taken from the file, the market or the rule pack
]);
export type ExplainOperation = z.infer<typeof explainOperation>;

/** Where a rule or parameter comes from, and how sure of it we are. */
export const ruleReference = z.strictObject({
  /** Pack id and version: `us-reg-t@2026-06-04`. */
  pack: z.string(),
  /** The paragraph it rests on: `FINRA 4210(f)(2)(D)`. */
  cites: z.string(),
  /** The parameter in the pack, where the node is one. */
  parameter: z.string().optional(),
  /** verified: read in the rule; secondary: read in a summary; house: set by the firm; unverified: recalled. */
  status: z.enum(['verified', 'secondary', 'house', 'unverified']),
});
export type RuleReference = z.infer<typeof ruleReference>;

/** What a node is about, so that a screen can go there. */
export const explainSubject = z.strictObject({
  account: z.string().optional(),
  pool: z.string().optional(),
  group: z.string().optional(),
  instrument: z.string().optional(),
});

export interface ExplainNode {
  /** What the amount is, in the desk's words: `Maintenance requirement`. */
  label: string;
  op: ExplainOperation;
  /** Exactly `op` applied to the children's amounts, then `rounding`. Null: the figure does not exist here. */
  amount: string | null;
  /** `USD`, `ratio`, `percent`, `shares`, `contracts`, `USD/share` … */
  unit: string;
  /** For greatest, least and choice: the index of the child that won. */
  chosen?: number | undefined;
  /** The one named rounding applied after `op`. */
  rounding?: { name: 'half-even' | 'up' | 'down'; places: number } | undefined;
  rule?: RuleReference | undefined;
  /** The line a clerk would write: `20% × 95.00 − 15.00 = 4.00`. */
  arithmetic?: string | undefined;
  /** Of an input: where it was taken from (`close 2026-11-20, flex.xml`). */
  source?: string | undefined;
  subject?: z.infer<typeof explainSubject> | undefined;
  /** Of an underlying's line: how its legs were put together, and how sure it is that no other way asks less. */
  pairing?: PairingView | undefined;
  /** In a part of a large tree: the children were left out, and are there when the tree is asked for from this node on. */
  left?: { at: number[]; unverified: boolean } | undefined;
  children: ExplainNode[];
}

export const explainNode: z.ZodType<ExplainNode> = z.lazy(() =>
  z.strictObject({
    label: z.string(),
    op: explainOperation,
    amount: decimalText.nullable(),
    unit: z.string(),
    chosen: z.int().nonnegative().optional(),
    rounding: z.strictObject({ name: z.enum(['half-even', 'up', 'down']), places: z.int() }).optional(),
    rule: ruleReference.optional(),
    arithmetic: z.string().optional(),
    source: z.string().optional(),
    subject: explainSubject.optional(),
    pairing: pairingView.optional(),
    left: z.strictObject({ at: z.array(z.int().nonnegative()), unverified: z.boolean() }).optional(),
    children: z.array(explainNode),
  }),
);
