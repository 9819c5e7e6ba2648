import { z } from 'zod';
import { packAccount, packGroup } from './calc-pack/accounts.ts';
import { packInstrument } from './calc-pack/instruments.ts';
import { packMarket, riskArray } from './calc-pack/market.ts';
import { plainDecimalFromZero } from './calc-pack/plain-decimal.ts';
import { calcPackResult, engineVersion } from './calc-pack/result.ts';
import { currency, instrumentId } from './domain/instrument.ts';
import { isoDate, isoInstant } from './time.ts';

/**
 * A calc pack: everything that a margin figure depends on, and, once computed, the figure. Unknown keys are an error,
 * every amount is decimal text, the order of keys does not matter. Within it, names are resolved: each position's
 * instrument, each group's account must be there (`readCalcPack` in main/engine/calc-pack checks that).
 */
export const calcPack = z.strictObject({
  format: z.literal('plimsoll/calc-pack@1'),
  asOf: isoInstant,
  /** The business day the figures are for; the day of `asOf` (UTC) when left out. */
  businessDate: isoDate.optional(),
  baseCurrency: currency,
  /** An older engine refuses the pack: it might compute something else from it. */
  minEngine: engineVersion.default('1.0.0'),
  /** Units of base currency for one unit. */
  fx: z.record(currency, plainDecimalFromZero.refine((rate) => rate !== '0', { error: 'an exchange rate of zero is no rate' })).default({}),
  instruments: z.record(instrumentId, packInstrument).default({}),
  market: packMarket.optional(),
  riskArrays: z.record(instrumentId, riskArray).optional(),
  /** Rule packs by id, in the rule packs' own schema; each overrides the shipped pack of the same id. */
  rulePacks: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
  groups: z.array(packGroup).default([]),
  accounts: z.array(packAccount).min(1),
  result: calcPackResult.optional(),
});
export type CalcPack = z.infer<typeof calcPack>;
/** A calc pack as a person or program writes it: parts with a default may be missing. */
export type CalcPackInput = z.input<typeof calcPack>;
export type { CalcPackResult } from './calc-pack/result.ts';
