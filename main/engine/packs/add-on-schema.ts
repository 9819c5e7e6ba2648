import { z } from 'zod';
import { fromDecimalText } from '../../../shared/money.ts';
import type { parameter } from './schema.ts';

type Amount = (typeof parameter)['shape']['value'];

/** What an add-on table looks a position up by; each is a ratio. */
export const ADD_ON_MEASURES = ['issuerShare', 'sectorShare', 'daysOfVolume', 'ownership'] as const;

/** The schema of add-on tables, made from what an amount and a source are in a pack. */
export function addOnTableSchema<Source extends z.core.$ZodShape>(amount: Amount, source: Source) {
  /** A limit that is reached at its value (`from`) or only beyond it (`above`). */
  const limit = z.union([z.strictObject({ from: amount }), z.strictObject({ above: amount })]);
  /** What a position is charged from this limit to the next. */
  const band = z.union([z.strictObject({ from: amount, rate: amount }), z.strictObject({ above: amount, rate: amount })]);
  return z.strictObject({
    label: z.string().min(1),
    /**
     * `issuerShare`: the position of the account's gross market value. `sectorShare`: an industry's net market value of the
     * same. `daysOfVolume`: its units of a day's usual volume. `ownership`: its units of all that are in circulation.
     */
    measure: z.enum(ADD_ON_MEASURES),
    /** `added` to the base rate, together with all other such tables; or the least that is asked in all (`atLeast`). */
    effect: z.enum(['added', 'atLeast']),
    /** Both sides when left out. */
    side: z.enum(['long', 'short']).optional(),
    /** What is looked at and charged, and what shares are taken of: stock alone, or stock, funds and bonds (which are never charged). */
    counts: z.enum(['stock', 'securities']),
    /** Shares are rounded to whole multiples of this, halves up, before they are looked up. */
    roundedTo: amount.optional(),
    /** Everything named must hold, or nothing is charged. */
    when: z
      .strictObject({
        /** What the account owes, in the pack's currency. */
        debit: limit.optional(),
        /** The position is worth at least the account's equity. */
        positionCoversEquity: z.literal(true).optional(),
        /** No issuer has a greater share than this. */
        noIssuerAbove: amount.optional(),
      })
      .optional(),
    /** Rising; below the first nothing is charged. */
    bands: z.array(band).min(1).refine((bands) => bands.every((one, index) => index === 0 || lowerEnd(bands[index - 1] as Limit).lt(lowerEnd(one))), { error: 'expected bands in rising order' }),
    ...source,
  });
}

export type Limit = { from: string } | { above: string };

export function lowerEnd(limit: Limit): ReturnType<typeof fromDecimalText> {
  return fromDecimalText('from' in limit ? limit.from : limit.above);
}
