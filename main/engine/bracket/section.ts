import { z } from 'zod';
import { instrumentId } from '../../../shared/domain/instrument.ts';
import type { ruleReference } from '../../../shared/explain.ts';
import { decimalText, fromDecimalText, isDecimalText } from '../../../shared/money.ts';
import { bracketMarket, source } from './market-schema.ts';

const share = decimalText.refine((text) => isDecimalText(text) && !text.startsWith('-') && fromDecimalText(text).lte(1), { error: 'expected a share from 0 to 1' });
const multiple = decimalText.refine((text) => isDecimalText(text) && fromDecimalText(text).gte(1) && fromDecimalText(text).decimalPlaces() <= 6, { error: 'expected a multiple of at least 1' });

function choiceOf<const Values extends readonly [string, ...string[]]>(values: Values) {
  return z.strictObject({ value: z.enum(values), ...source });
}

const roundingName = z.enum(['up', 'down', 'half-even', 'none']);

/**
 * What a venue's rules hold beyond parameters: the tables of its markets, and the choices in which venues differ. Each
 * with its citation and how sure of it we are. A later layer's choice, market or haircut takes the place of an earlier one.
 */
export const bracketSection = z.strictObject({
  /**
   * What margins as one position: `oneWay` nets a market's longs and shorts; `hedge` margins them apart; `greaterSide`
   * asks the dearer of all longs and all shorts of an underlying.
   */
  netting: choiceOf(['oneWay', 'hedge', 'greaterSide']).optional(),
  /** Price of the notional value that rates and tiers are applied to. */
  notionalAt: choiceOf(['mark', 'entry']).optional(),
  /** Price a stack is computed at: the mark, or whichever of the feed's bounds is worse for the holder. */
  initialPrice: choiceOf(['mark', 'worse']).optional(),
  maintenancePrice: choiceOf(['mark', 'worse']).optional(),
  /** One rounding of each position's requirement, and of the levels that are multiples of it. */
  rounding: z.strictObject({ places: z.int().min(0).max(12), initial: roundingName, maintenance: roundingName, levels: roundingName, ...source }).optional(),
  /** Multiples of maintenance: below `search` more is asked for, up to `initial`; above `release` it is given back. */
  levels: z.strictObject({ search: multiple, initial: multiple, release: multiple, ...source }).optional(),
  /** What liquidating the whole account would cost, as a share of notional value, up to a most. */
  liquidationReward: z.strictObject({ rate: share, most: decimalText.optional(), ...source }).optional(),
  /** What of an asset's value counts towards equity is one less its haircut. */
  collateral: z.record(instrumentId, z.strictObject({ haircut: share, ...source })).optional(),
  /**
   * Options by underlying (`*`: every other). Short ones are asked their value and, as shares of the underlying's price, for
   * opening `initial` less what they are out of the money but at least `least`, for keeping `maintenance` (of the option's
   * own price where that is more) and the fee of closing.
   */
  options: z.record(instrumentId, z.strictObject({ initial: share, least: share, maintenance: share, closingFee: share, ...source })).optional(),
  markets: z.record(instrumentId, bracketMarket).optional(),
  /** Terms of every market that is not named. */
  otherMarkets: bracketMarket.optional(),
});
export type BracketSection = z.infer<typeof bracketSection>;
export type OptionRates = NonNullable<BracketSection['options']>[string];
export type RuleStatus = z.infer<typeof ruleReference>['status'];
