import { z } from 'zod';
import { currency } from './domain/instrument.ts';
import { marginStatus } from './domain/status.ts';
import { decimalText } from './money.ts';

/** Figures that regimes are compared by, in reading order. */
export const COMPARED_FIGURES = ['netLiq', 'equity', 'initial', 'maintenance', 'available', 'excess', 'healthRatio'] as const;
export type ComparedFigure = (typeof COMPARED_FIGURES)[number];

/** One pool under a regime: `moved` where the regime's rules took the place of its own. */
export const regimePool = z.strictObject({ pool: z.string(), model: z.string(), packs: z.array(z.string()), moved: z.boolean(), status: marginStatus });

/** The account under one regime. */
export const regimeColumn = z.strictObject({
  /** As it was asked for: `now`, `portfolio`, `us-reg-t+house-standard`. */
  regime: z.string(),
  title: z.string(),
  pools: z.array(regimePool),
  status: marginStatus,
  statusReason: z.string(),
  /** What the figures leave out or count at nothing, and what else a reader must know of this column. */
  notes: z.array(z.string()),
  unverified: z.boolean(),
});
export type RegimeColumn = z.infer<typeof regimeColumn>;

/** One amount under each regime, and what it is more or less than under the first; null where it does not exist. */
const beside = { amounts: z.array(decimalText.nullable()), differences: z.array(decimalText.nullable()) };

export const comparedFigure = z.strictObject({ figure: z.enum(COMPARED_FIGURES), ...beside });

/**
 * One underlying under each regime. `amounts` is what it takes of excess beyond what its options are worth: the
 * maintenance its positions are asked, and, where a regime leaves option value out of equity, less the value of its
 * options. Regimes differ in where they put option value, so only this can be set side by side.
 */
export const comparedGroup = z.strictObject({
  /** The underlying; null for what no single underlying is asked: minimums, offsets and add-ons of the whole. */
  group: z.string().nullable(),
  ...beside,
  /** What the positions are asked in the regime's own terms. */
  maintenance: z.array(decimalText),
  /** What decides it under each regime: the strategy and its rule, the worst scenario, the tier. */
  reasons: z.array(z.string()),
  /** Index of the regime that asks most; null when all ask the same. */
  most: z.int().nonnegative().nullable(),
});
export type ComparedGroup = z.infer<typeof comparedGroup>;

/** An account under several regimes side by side, amounts in its base currency; differences are to the first. */
export const comparison = z.strictObject({
  account: z.string(),
  currency,
  regimes: z.array(regimeColumn),
  figures: z.array(comparedFigure),
  groups: z.array(comparedGroup),
  /** Regimes that were asked for and that this account cannot be under. */
  refused: z.array(z.strictObject({ regime: z.string(), reason: z.string() })),
});
export type Comparison = z.infer<typeof comparison>;

/** A regime that an account could be compared under, for whoever chooses one. */
export const regimeOffer = z.strictObject({ regime: z.string(), title: z.string() });
export type RegimeOffer = z.infer<typeof regimeOffer>;

/** The account under the rules that it is under. */
export const AS_IT_IS = 'now';

/** A comparison, and the other regimes that would take what the account holds. */
export const comparisonWithOffers = z.strictObject({ ...comparison.shape, offers: z.array(regimeOffer) });
export type ComparisonWithOffers = z.infer<typeof comparisonWithOffers>;
