import { z } from 'zod';
import { currency, instrumentId } from '../../../shared/domain/instrument.ts';
import { ruleReference } from '../../../shared/explain.ts';
import { decimalText, fromDecimalText, isDecimalText } from '../../../shared/money.ts';

/** What every rule of a scan pack rests on, and how sure of it we are. */
const source = { cites: z.string().min(1), status: ruleReference.shape.status, note: z.string().optional() };

/** At most six decimals and nine whole digits, never below zero: what keeps every product of a figure exact. */
const amount = decimalText.refine((text) => isDecimalText(text) && !text.startsWith('-') && fromDecimalText(text).decimalPlaces() <= 6 && fromDecimalText(text).lt(1e9), {
  error: 'expected 0 or more, with at most nine whole digits and six decimals',
});

/** A share of a range: `1/3`, `-2/3`, `0.6`. */
const fraction = z.string().regex(/^-?(?:\d{1,4}\/[1-9]\d{0,3}|\d{1,4}(?:\.\d{1,6})?)$/, 'expected a fraction such as -2/3 or 0.6');

/** One scenario: how far the price and the volatility move within their ranges, and how much of the result counts. */
export const scenario = z.strictObject({
  label: z.string().min(1),
  /** Of the price range on its side. */
  price: fraction,
  /** Of the volatility range. */
  vol: fraction.default('0'),
  /** The price moves by the extreme multiplier, and only the covered fraction counts; see `extreme`. */
  extreme: z.boolean().optional(),
  /** Share of the result that counts. */
  weight: amount.optional(),
  /** Number, from 1, of the scenario that differs in volatility alone: the two are averaged where volatility is taken out. */
  pairedWith: z.int().positive().optional(),
  /** Weight of the delta at this point in a composite delta that is computed here. */
  deltaWeight: amount.optional(),
});
export type Scenario = z.infer<typeof scenario>;

export const scenarioSet = z.strictObject({ id: z.string().min(1), title: z.string().min(1), scenarios: z.array(scenario).min(1).max(200), ...source }).refine(({ scenarios }) => scenarios.every(({ pairedWith = 1 }) => pairedWith <= scenarios.length), { error: 'a scenario is paired with one that is not there', path: ['scenarios'] });
export type ScenarioSet = z.infer<typeof scenarioSet>;

/** Contract months from and to, both included; left out: open on that side. A day names one expiry of several in a month. */
const month = z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])(?:-\d{2})?$/, 'expected a month such as 2026-12, or a day');
const tier = z.strictObject({ from: month.optional(), to: month.optional() });
/** One side of a spread within a commodity. Legs of side A are held against legs of side B. */
const intraLeg = z.strictObject({ tier: z.string().min(1), ratio: amount, side: z.enum(['A', 'B']) });
const interLeg = z.strictObject({ commodity: z.string().min(1), tier: z.string().min(1).optional(), ratio: amount, side: z.enum(['A', 'B']), credit: amount.optional() });

export const interSpread = z.strictObject({ priority: z.int().positive(), credit: amount, legs: z.array(interLeg).min(2).max(12), ...source });
export type InterSpread = z.infer<typeof interSpread>;

const WEIGHTED_RISKS = ['normal', 'scanRange', 'scanRangeCap'] as const;

/** Instruments that offset each other in full under one set of risk arrays, and what is charged where they do not. */
export const commodity = z.strictObject({
  title: z.string().min(1),
  currency,
  /** Names of instruments, or product roots, that belong to it; options belong with what they are on. */
  contracts: z.array(instrumentId).min(1),
  /** Money that one contract moves by over the whole range; arrays of its contracts are computed from it where none is given. */
  priceScanRange: amount.optional(),
  /** Volatility points, as a fraction, over the whole range. */
  volScanRange: amount.optional(),
  extreme: z.strictObject({ multiplier: amount, coveredFraction: amount }).optional(),
  /** Deltas of one contract are scaled by this. */
  deltaScale: amount.optional(),
  tiers: z.record(z.string().min(1), tier).optional(),
  intraSpreads: z.array(z.strictObject({ priority: z.int().positive(), charge: amount, legs: z.array(intraLeg).min(2).max(12) })).optional(),
  /** Charges of the delivery month for each delta that spreads use and for each that stays outright. */
  spotMonths: z.array(z.strictObject({ month, spread: amount, outright: amount })).optional(),
  shortOptionMinimum: z.strictObject({ rate: amount, counts: z.enum(['all', 'dearerSide']) }).optional(),
  /** What one delta is worth when it earns credit, where it is not as the packs say for all. */
  weightedRisk: z.enum(WEIGHTED_RISKS).optional(),
  /** What a client is asked, as multiples of the clearing requirement, rounded to so many places. */
  client: z.strictObject({ initial: amount, maintenance: amount, rounding: z.strictObject({ name: z.enum(['half-even', 'up', 'down']), places: z.int().min(0).max(8) }).optional() }).optional(),
  ...source,
}).refine(({ tiers = {}, intraSpreads = [] }) => intraSpreads.every(({ legs }) => legs.every(({ tier: name }) => Object.hasOwn(tiers, name))), { error: 'a spread has a leg in a tier that the commodity does not have', path: ['intraSpreads'] });
export type Commodity = z.infer<typeof commodity>;

/** How far the price of a kind of underlying moves. */
export const portfolioType = z.strictObject({
  title: z.string().min(1),
  down: amount,
  up: amount,
  /** Volatility points, as a fraction, that the scenarios' shares of volatility are of; left out: volatility stays. */
  vol: amount.optional(),
  /** Underlyings by name; `kinds` takes what no list names. */
  members: z.array(instrumentId).optional(),
  kinds: z.array(z.enum(['equity', 'narrowIndex', 'broadIndex'])).optional(),
  ...source,
});
export type PortfolioType = z.infer<typeof portfolioType>;

/** Underlyings whose gains offset each other's losses in part, scenario by scenario. */
export const productGroup = z.strictObject({ title: z.string().min(1), members: z.array(instrumentId).min(2), offset: amount, ...source });
export type ProductGroup = z.infer<typeof productGroup>;

const choiceOf = <const Values extends readonly [string, ...string[]]>(values: Values) => z.strictObject({ value: z.enum(values), ...source }).optional();

/** The scan part of a rule pack. Layers add to each other part by part; within a table, by name. */
export const scanSection = z.strictObject({
  /** classes: by underlying, with offsets between them. commodities: SPAN, with charges for spreads and credit between them. standardOptions and venueGrid: see the rooms of those names. */
  method: choiceOf(['classes', 'commodities', 'standardOptions', 'venueGrid']),
  scenarioSet: scenarioSet.optional(),
  extreme: z.strictObject({ multiplier: amount, coveredFraction: amount, ...source }).optional(),
  /** Where the credit between commodities is taken off: before the short option minimum, or after it. */
  order: choiceOf(['creditThenMinimum', 'minimumThenCredit']),
  /** What one delta of a commodity is worth when it earns credit: from the scan risk, from the scan range, or the lesser. */
  weightedRisk: choiceOf(WEIGHTED_RISKS),
  commodities: z.record(z.string().min(1), commodity).optional(),
  interSpreads: z.array(interSpread).optional(),
  /** As interSpreads, but before the spreads within each commodity. */
  superSpreads: z.array(interSpread).optional(),
  portfolioTypes: z.record(z.string().min(1), portfolioType).optional(),
  productGroups: z.record(z.string().min(1), productGroup).optional(),
});
export type ScanSection = z.infer<typeof scanSection>;
