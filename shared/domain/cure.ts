import { z } from 'zod';
import { decimalText } from '../money.ts';
import { currency, instrumentId } from './instrument.ts';
import { marginStatus } from './status.ts';

/** What one position has to do with a cure. `left` is the signed quantity afterwards. */
export const cureLeg = z.strictObject({
  pool: z.string(),
  instrument: instrumentId,
  subType: z.enum(['cash', 'margin', 'short', 'dvp', 'futures']),
  does: z.enum(['sell', 'buyBack', 'bringIn']),
  units: decimalText,
  left: decimalText,
});
export type CureLegView = z.infer<typeof cureLeg>;

/** The account after a cure, in its base currency. */
export const cureAfter = z.strictObject({
  status: marginStatus,
  equity: decimalText,
  maintenance: decimalText,
  excess: decimalText,
  deficit: decimalText,
});

/** One way to meet a house call, in the currency of its pool, confirmed by computing the account again. */
export const cure = z.strictObject({
  kind: z.enum(['cash', 'securities', 'close', 'closeStrategy', 'plan']),
  strategy: z.string().nullable(),
  /** Cash to deposit, or market value to bring in or to trade. */
  amount: decimalText,
  legs: z.array(cureLeg),
  by: z.enum(['formula', 'reprice']),
  /** Why the desk's formula does not hold; null where it does. */
  whyNoFormula: z.string().nullable(),
  restores: z.boolean(),
  /** What is still missing afterwards. */
  missingAfter: decimalText,
  after: cureAfter,
});
export type CureView = z.infer<typeof cure>;

/** What one pool misses, and its cures: new money first, then trades by the market value they move. */
export const poolCures = z.strictObject({
  pool: z.string(),
  currency,
  missing: decimalText,
  cures: z.array(cure),
  /** Why no trade is proposed; null where some are. */
  noTrades: z.string().nullable(),
});
export type PoolCuresView = z.infer<typeof poolCures>;
