import { z } from 'zod';
import { instrumentId } from '../../../shared/domain/instrument.ts';
import { ruleReference } from '../../../shared/explain.ts';
import { decimalText } from '../../../shared/money.ts';

const source = { cites: z.string().min(1), status: ruleReference.shape.status, note: z.string().optional() };
const fromZero = decimalText.refine((text) => !text.startsWith('-'), { error: 'expected 0 or more' });

/** One move of the whole market: spot and forwards times `price`, volatilities as `vol` says, the result times `counts`. */
export const gridScenario = z.strictObject({
  price: fromZero,
  /** up, down, none: by the days to expiry. linear, absolute: along the strikes. */
  vol: z.enum(['up', 'down', 'none', 'linear', 'absolute']),
  counts: fromZero.default('1'),
  /** Beyond the range of the grid: shown apart. */
  tail: z.boolean().default(false),
});
export type GridScenario = z.infer<typeof gridScenario>;

/** Parts of a grid that may rest on something else than the whole. */
export const gridPart = z.enum(['scenarios', 'tails', 'factors', 'worstPlaces', 'vol', 'skew', 'discount', 'basis', 'contingencies', 'confidence', 'peg', 'collateral', 'roll', 'deltaShock', 'dampener', 'futuresOffset', 'inverse']);
export type GridPart = z.infer<typeof gridPart>;

/** The numbers of a venue's portfolio margin. Parts that a venue does not have are left out. */
export const venueGridSection = z.strictObject({
  /** Whose spot the collateral that moves goes with, where the manager is of one underlying. */
  underlying: instrumentId.optional(),
  scenarios: z.array(gridScenario).min(1).max(200),
  /** Multiples of the worst loss. */
  factors: z.strictObject({ initial: fromZero, maintenance: fromZero }),
  /** Decimals that the worst loss is rounded to before anything is added. */
  worstPlaces: z.int().min(0).max(18).optional(),
  /** Volatilities times 1 ± range × (30 days / days)^power; the days are at least `floorDays`. */
  vol: z.strictObject({ rangeUp: fromZero, rangeDown: fromZero, powerUpTo30Days: fromZero, powerBeyond: fromZero, floorDays: fromZero, leastUp: fromZero }).optional(),
  /** Skew: a volatility times 1 + cap × ln(strike / forward) / width; cap = cap0 + capSlope √T, width = scale × √T × (vol0 + volSlope √T). */
  skew: z.strictObject({ linearCap: decimalText, linearCapSlope: decimalText, absoluteCap: decimalText, absoluteCapSlope: decimalText, leastWidth: fromZero, widthScale: decimalText, vol0: decimalText, volSlope: decimalText }).optional(),
  /** What an expiry's value counts after a move: long × e^(−T (rate × multiple + added)), short the other way, at most undiscounted. */
  discount: z.strictObject({ long: fromZero, short: fromZero, longRateMultiple: decimalText, longRateAdded: decimalText, shortRateMultiple: decimalText, shortRateAdded: decimalText }).optional(),
  /** Forwards apart from spot: the worse of both moves of an expiry alone, times added + multiple × T. */
  basis: z.strictObject({ up: fromZero, down: fromZero, added: fromZero, multiple: fromZero }).optional(),
  /** Charges by spot value, initial beyond maintenance. */
  contingencies: z.strictObject({ perpetualMaintenance: fromZero, perpetualInitial: fromZero, optionMaintenance: fromZero, optionInitial: fromZero }).optional(),
  /** On opening: doubt of a feed below `threshold`, as a share of what it prices. */
  confidence: z.strictObject({ threshold: fromZero, factor: fromZero }).optional(),
  /** On opening: what the settlement coin lacks to `threshold`, times this, on top of the initial factor. */
  peg: z.strictObject({ threshold: fromZero, factor: fromZero }).optional(),
  /** By asset: parts of its value that do not count, initial beyond maintenance; `moves` where it moves with the spot of the pool. */
  collateral: z.record(instrumentId, z.strictObject({ maintenance: fromZero, initial: fromZero, moves: z.boolean(), ...source })).optional(),
  /** Rolling over: the greater of `least` and e^(rate T) − 1 of each expiry's delta. */
  roll: z.strictObject({ least: fromZero, rate: fromZero }).optional(),
  /** Large deltas: beyond `threshold` of the quote currency, of each delta `increment` a unit beyond it, but no more than `most`. */
  deltaShock: z.strictObject({ threshold: fromZero, increment: fromZero, most: fromZero }).optional(),
  /**
   * What far moves lose is made less by `amount` of the quote currency for each `range` that a move goes beyond the first; in
   * a pool kept in coin at the price at the end of the range. Never more than what was lost.
   */
  dampener: z.strictObject({ amount: fromZero, range: fromZero.refine((text) => text !== '0', { error: 'expected more than 0' }) }).optional(),
  /**
   * What options paid out in coin are divided by: the spot, their value in money being discounted; or the forward of their
   * expiry, undiscounted. By the spot where it is left out.
   */
  inverse: z.strictObject({ pricedBy: z.enum(['spot', 'forward']) }).optional(),
  /** Share of futures that offset each other. */
  futuresOffset: fromZero.optional(),
  /** What a part rests on, where that is not what the whole rests on. */
  sources: z.partialRecord(gridPart, z.strictObject(source)).optional(),
  ...source,
});
export type VenueGridSection = z.infer<typeof venueGridSection>;
