import { z } from 'zod';
import { CALL_TYPES } from '../../../shared/domain/call.ts';
import { isoDate } from '../../../shared/time.ts';

/** The citation and its certainty, as everything in a pack carries them. */
type Source = Readonly<Record<string, z.ZodType>>;

/** What a firm does when a call of a kind was not met in time: the n-th time within twelve months, from `from` on. */
export const CONSEQUENCES = ['strike', 'strikeAndRaisedMargin', 'closingOnly', 'liquidationOnly'] as const;
/** Where a portfolio-margin account stands on its way back to Reg T, once its equity is below the least. */
export const DECLINE_STAGES = ['notice', 'riskReducingOnly', 'removalBegins', 'regT'] as const;

/** Choices about balances, day trading and calls, for `settings` of a pack. */
export function conductSettings<S extends Source>(source: S) {
  return {
    /**
     * What of the special memorandum account may be used: `highWater`, the greater of the balance carried and the equity
     * above the Reg T requirement; `leastOfBalanceAndExcess`, the lesser of the two, the balance moving with cash and trades alone.
     */
    'regT.memorandum': z.strictObject({ value: z.enum(['highWater', 'leastOfBalanceAndExcess']), ...source }).optional(),
    /** Which rules watch trades within the day: intraday margin of 2026, or the pattern-day-trader rules before it. */
    'dayTrading.regime': z.strictObject({ value: z.enum(['intradayMargin', 'patternDayTrader']), ...source }).optional(),
    /** From this day on intraday margin holds whatever a house pack says. */
    'dayTrading.phaseInEnds': z.strictObject({ value: isoDate, ...source }).optional(),
    /** What trading within the day is measured against: maintenance after each transaction, or a multiple of yesterday's excess. */
    'dayTrading.level': z.strictObject({ value: z.enum(['maintenanceExcess', 'multipleOfPriorExcess']), ...source }).optional(),
    /** A shortfall that grows raises the open call, or a new call for all of it takes the open one's place. */
    'calls.growing': z.strictObject({ value: z.enum(['accumulate', 'supersede']), ...source }).optional(),
    /** Whose calls do not count as a strike although they were met by liquidating. */
    'calls.strikeExemption': z.strictObject({ value: z.enum(['none', 'afterExerciseOrAssignment']), ...source }).optional(),
  };
}

/** What follows unmet calls, in steps. */
export function conductSchema<S extends Source>(source: S) {
  const step = z.strictObject({ from: z.int().min(1), consequence: z.enum(CONSEQUENCES), days: z.int().min(1).optional() });
  return z.strictObject({
    /** By type of call, in the order of `from`. */
    strikes: z.partialRecord(z.enum(CALL_TYPES), z.array(step).min(1)).optional(),
    /** Trading days below the least equity, from 1, and what begins on each. */
    portfolioDecline: z.array(z.strictObject({ day: z.int().min(1), stage: z.enum(DECLINE_STAGES) })).optional(),
    ...source,
  });
}
