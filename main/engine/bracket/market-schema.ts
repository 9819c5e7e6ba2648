import { z } from 'zod';
import { ruleReference } from '../../../shared/explain.ts';
import { decimalText, fromDecimalText, isDecimalText } from '../../../shared/money.ts';

/** What a number of a venue rests on. */
export const source = { cites: z.string().min(1), status: ruleReference.shape.status, note: z.string().optional() };

/** Digits that every figure built on a venue's numbers stays exact with. */
export const amount = decimalText.refine(
  (text) => isDecimalText(text) && !text.startsWith('-') && fromDecimalText(text).decimalPlaces() <= 12 && fromDecimalText(text).lt(1e15),
  { error: 'expected 0 or more, with at most fifteen whole digits and twelve decimals' },
);
const positive = amount.refine((text) => text !== '0', { error: 'expected more than 0' });

/** One bracket: up to which size it goes, and what it asks. A rate left out follows from the greatest leverage. */
export const tier = z.strictObject({
  /** Null: without an end. Only the last tier may have none. */
  upTo: positive.nullable(),
  maintenance: amount.optional(),
  initial: amount.optional(),
  leverageMax: positive.optional(),
  /** What the venue deducts so that its tiers join; worked out where it is left out. */
  amount: amount.optional(),
});
export type Tier = z.infer<typeof tier>;

const tiers = z
  .strictObject({
    kind: z.literal('tiers'),
    /** What a tier is found by. */
    by: z.enum(['notional', 'contracts']),
    /** `amount`: the tier's rate on all of it, less an amount; `step`: the rate on all of it; `slices`: each slice at its own. */
    apply: z.enum(['amount', 'step', 'slices']),
    /** Maintenance rate as a share of the initial rate that the greatest leverage stands for. */
    maintenanceShare: positive.optional(),
    tiers: z.array(tier).min(1),
  })
  .superRefine(({ tiers: rows, maintenanceShare }, context) => {
    for (const [index, { upTo, maintenance, leverageMax }] of rows.entries()) {
      const complain = (message: string): void => context.addIssue({ code: 'custom', message, path: ['tiers', index] });
      const before = rows[index - 1]?.upTo;
      if (upTo === null ? index < rows.length - 1 : before !== undefined && before !== null && isDecimalText(upTo) && fromDecimalText(upTo).lte(before)) complain('expected tiers in rising order, and an end of all but the last');
      if (maintenance === undefined && (maintenanceShare === undefined || leverageMax === undefined)) complain('expected a maintenance rate, or a greatest leverage and maintenanceShare');
    }
  });

/** How a market's rates grow with a position's size. Sizes are in units of what the contract is on. */
const rate = z.discriminatedUnion('kind', [
  tiers,
  /** Rates that rise by `perUnit` for each unit held. */
  z.strictObject({ kind: z.literal('linear'), initial: amount, maintenance: amount, perUnit: amount }),
  /** The greater of the rate, and `share` of it plus `factor` times the square root of the size. */
  z.strictObject({ kind: z.literal('root'), initial: amount, maintenance: amount, factor: amount, share: amount }),
  /** Initial: size ÷ the market's skew scale × factor + minimum; maintenance a share of it; both with an amount a position. */
  z.strictObject({ kind: z.literal('skew'), minimum: amount, factor: amount, maintenanceShare: amount, perPosition: amount }),
  /** Initial rises to 100 % as open interest goes from `lower` to `upper`; maintenance is a share of the initial that does not. */
  z.strictObject({ kind: z.literal('openInterest'), initial: amount, maintenanceShare: amount, lower: amount, upper: amount }),
  /** A factor for each side and an allowance for closing. */
  z.strictObject({ kind: z.literal('riskFactors'), long: amount, short: amount, slippage: amount }),
  /** The same, with factors from a lognormal price: the average loss in the worst share of cases over the time to close. */
  z.strictObject({ kind: z.literal('lognormal'), riskAversion: positive.refine((text) => text.startsWith('0.'), { error: 'expected a share below 1' }), years: amount, volatility: amount, slippage: amount }),
]);
export type MarketRate = z.infer<typeof rate>;
export type TierRate = Extract<MarketRate, { kind: 'tiers' }>;

/** The margin terms of one market of a venue. */
export const bracketMarket = z.strictObject({
  title: z.string().min(1),
  /** Other names an instrument or its underlying may go by. */
  names: z.array(z.string().min(1)).optional(),
  rate,
  /** Fee of closing, as a share of notional value, kept ready beside maintenance. */
  closingFee: amount.optional(),
  ...source,
});
export type BracketMarket = z.infer<typeof bracketMarket>;
