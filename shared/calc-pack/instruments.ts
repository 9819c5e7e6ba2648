import { z } from 'zod';
import { bond, currency, equity, etf, future, index, option, otherInstrument, perpetual } from '../domain/instrument.ts';
import { plainDecimal, plainDecimalFromZero, spelledByPeople } from './plain-decimal.ts';

/** The market data that may stand beside an instrument's terms. Without a price the instrument is unpriced. */
const quote = {
  /** In the instrument's currency; per cent of face value for a bond. Futures may be negative. */
  price: plainDecimal.optional(),
  /** A year's volatility as a fraction: "0.35" is 35 %. */
  impliedVol: plainDecimalFromZero.optional(),
};

function priced<S extends z.core.$ZodShape>(terms: z.ZodObject<S>) {
  return z.strictObject({ ...spelledByPeople(terms.shape), ...quote });
}

/** An amount of money held as a position: it counts as trade-date cash of its currency, one for one. */
export const cashInstrument = z.strictObject({ kind: z.literal('cash'), currency });

/** An option is paid for in what its underlying is quoted in, so only one that is not has to say so. */
const pricedOption = priced(option).extend({
  /** The underlying's when left out; the pack's base currency where the pack does not hold the underlying. */
  currency: currency.optional(),
});

/** An instrument of a calc pack: the terms of its kind (`shared/domain/instrument.ts`) plus `price` and `impliedVol`. */
export const packInstrument = z.discriminatedUnion('kind', [
  cashInstrument,
  priced(equity),
  priced(etf),
  priced(index),
  priced(bond),
  pricedOption,
  priced(future),
  priced(perpetual),
  priced(otherInstrument),
]);
export type PackInstrument = z.infer<typeof packInstrument>;
