import { z } from 'zod';
import { instrumentId } from '../../../shared/domain/instrument.ts';
import { ruleReference } from '../../../shared/explain.ts';
import { decimalText } from '../../../shared/money.ts';

const source = { cites: z.string().min(1), status: ruleReference.shape.status, note: z.string().optional() };
const fromZero = decimalText.refine((text) => !text.startsWith('-'), { error: 'expected 0 or more' });
const aboveZero = fromZero.refine((text) => text !== '0', { error: 'expected more than 0' });
const share = fromZero.refine((text) => text === '0' || text === '1' || text.startsWith('0.'), { error: 'expected a share from 0 to 1' });

const move = z.discriminatedUnion('method', [
  /** √days × (e^(multiple × σ) − 1), σ exponentially weighted. */
  z.strictObject({ method: z.literal('ewma'), lambda: share, multiple: aboveZero, days: aboveZero }),
  /** √days × the quantile of |past return × today's σ / the σ of its day|. */
  z.strictObject({ method: z.literal('filteredHistory'), lambda: share, quantile: share, days: aboveZero }),
]);
export type MoveTerms = z.infer<typeof move>;

/** What moves requirements with the market, on top of any model. */
export const overlaySection = z.strictObject({
  volatility: z
    .strictObject({
      move,
      /** The move that the rates of the packs were set for, as a fraction; by underlying where they differ. */
      baseMove: aboveZero,
      baseMoves: z.record(instrumentId, aboveZero).optional(),
      least: fromZero,
      most: aboveZero,
      /** Weight of stressed observations. */
      stressWeight: share.optional(),
      /** Not below the factor that a long past gives. */
      longRunFloor: z.boolean().optional(),
      ...source,
    })
    .optional(),
  /** Beyond a share of all requirements, an underlying is asked this much more, as a fraction of its own. */
  concentration: z.strictObject({ bands: z.array(z.strictObject({ above: share, adds: fromZero })).min(1), ...source }).optional(),
  /** Days to sell at a share of the average daily volume; beyond `days` the requirement grows with the square root. */
  liquidity: z.strictObject({ volumeShare: aboveZero, days: aboveZero, most: aboveZero, ...source }).optional(),
  /** Added to the whole, and used up while requirements rise above what was asked before. */
  buffer: z.strictObject({ share: fromZero, ...source }).optional(),
});
export type OverlaySection = z.infer<typeof overlaySection>;
