import { z } from 'zod';
import { currency, instrumentId } from '../../../shared/domain/instrument.ts';
import { MARGIN_STATUSES } from '../../../shared/domain/status.ts';
import { ruleReference } from '../../../shared/explain.ts';
import { decimalText, fromDecimalText, isDecimalText } from '../../../shared/money.ts';
import { isoDate } from '../../../shared/time.ts';
import { deltaSection } from '../delta/section.ts';
import { scanSection } from '../scan/section.ts';
import { overlaySection } from '../overlay/section.ts';
import { venueGridSection } from '../venue-grid/section.ts';
import { bracketSection } from '../bracket/section.ts';
import { addOnTableSchema } from './add-on-schema.ts';
import { parameterTrouble } from './parameter-keys.ts';
import { LENDING_RATES, lendingSettings } from '../lending/settings.ts';
import { conductSchema, conductSettings } from './conduct-schema.ts';

/** Layers in the order in which they apply; a later layer wins. */
export const LAYERS = ['regulatory', 'house', 'brokerList', 'account'] as const;

/** At most six decimals and nine whole digits: what keeps every product of a figure exact and within an amount's text. */
const rungValue = decimalText.refine((text) => isDecimalText(text) && fromDecimalText(text).decimalPlaces() <= 6 && fromDecimalText(text).abs().lt(1e9), {
  error: 'expected at most nine whole digits and six decimals',
});
/** A rate, an amount or a count: never below zero, or a requirement would be. */
const parameterValue = rungValue.refine((text) => !text.startsWith('-'), { error: 'expected 0 or more' });

const source = { cites: z.string().min(1), status: ruleReference.shape.status, note: z.string().optional() };

/** One number of a rule: its value, what it is called, what it rests on and how sure of it we are. */
export const parameter = z.strictObject({
  value: parameterValue,
  unit: z.enum(['ratio', 'USD', 'USD/share', 'months', 'days', 'count']),
  label: z.string().min(1),
  ...source,
});
export type Parameter = z.infer<typeof parameter>;

/** Rules that are a choice between formulas rather than a number. */
export const settings = z.strictObject({
  /** How a short option that nothing covers is charged. */
  'option.uncovered': z.strictObject({ value: z.enum(['percentOfUnderlying', 'cashSecured']), ...source }).optional(),
  /** How a same-expiry vertical is charged: the lesser of its largest loss and the short option alone. */
  'option.spread': z.strictObject({ value: z.enum(['largestLoss']), ...source }).optional(),
  /**
   * How stock under a short call is charged: `strikeCap` values it at no more than the strike and adds what the call is
   * in the money; `ibkr` adds the broker's floor of min(S, max(call value, m × S)); `stockOnly` charges the stock alone.
   */
  'option.coveredCall': z.strictObject({ value: z.enum(['strikeCap', 'ibkr', 'stockOnly']), ...source }).optional(),
  /** What a margin call on futures asks for once equity is below maintenance: up to the initial margin, or to maintenance. */
  'future.callRestoresTo': z.strictObject({ value: z.enum(['initial', 'maintenance']), ...source }).optional(),
  /**
   * How a short call and a short put together are charged: one side as if it stood alone and the other's market value, or
   * each alone. The side is the one that makes the two dearer, or the one that is asked more alone.
   */
  'option.straddle': z.strictObject({ value: z.enum(['dearerSide', 'greaterRequirement', 'eachAlone']), ...source }).optional(),
  /** Whether a long option lowers what its stock is asked: to what can be lost until the strike, or not at all. */
  'option.protective': z.strictObject({ value: z.enum(['untilTheStrike', 'none']), ...source }).optional(),
  /** Whether fund shares of an index cover a short call on it, by market value. Left out: they do not. */
  'option.indexCover': z.strictObject({ value: z.enum(['none', 'fund']), ...source }).optional(),
  /**
   * A long and a short option of one kind and expiry: the lesser of the largest loss and the short one alone (FINRA), or
   * the width against the short one whatever it would be asked alone (moomoo). Left out: the lesser.
   */
  'option.vertical': z.strictObject({ value: z.enum(['lesserOfAlone', 'width']), ...source }).optional(),
  /** An iron condor whose wings differ in width: by its largest loss, or as two spreads. Left out: by its largest loss. */
  'option.unequalCondor': z.strictObject({ value: z.enum(['largestLoss', 'twoSpreads']), ...source }).optional(),
  ...conductSettings(source),
  ...lendingSettings(source),
});
export type Settings = z.infer<typeof settings>;

/** Rates a house or a broker sets for a single instrument; they replace the general house rate, never the exchange's. */
export const INSTRUMENT_RATES = ['maintenance.long', 'maintenance.short', 'initial.long', 'initial.short', 'option.short', ...LENDING_RATES] as const;
export type InstrumentRateName = (typeof INSTRUMENT_RATES)[number];
const instrumentRates = z.strictObject({
  rates: z.partialRecord(z.enum(INSTRUMENT_RATES), parameterValue),
  ...source,
});

/** What a house asks of concentrated or illiquid positions beyond its rates; by a name of the table's own. */
export const addOnTable = addOnTableSchema(parameterValue, source);
export type AddOnTable = z.infer<typeof addOnTable>;

const perContract = parameterValue.refine((text) => !text.startsWith('-'), { error: 'expected zero or more' });

/** Margin of one contract from a day on. Where the source states maintenance alone, the initial margin follows from it. */
export const futureRate = z.strictObject({ effectiveFrom: isoDate, maintenance: perContract, initial: perContract.optional(), ...source });
export type FutureRate = z.infer<typeof futureRate>;

/** A futures product: what one contract counts, and its margins by date in the product's currency. */
export const futureProduct = z.strictObject({
  title: z.string().min(1),
  currency,
  multiplier: parameterValue,
  /** Last day for which the rates are known to be complete; after it they are not used. */
  knownUntil: isoDate.optional(),
  rates: z.array(futureRate).min(1),
});
export type FutureProduct = z.infer<typeof futureProduct>;

/** What a rung of the status ladder looks at. Ratios are compared by cross-multiplying. */
export const STATUS_METRICS = ['netLiq', 'excess', 'equityToMaintenance', 'equityToExchangeMaintenance', 'healthRatio', 'cushion'] as const;
export type StatusMetric = (typeof STATUS_METRICS)[number];
/** One rung: the status when the metric stands below (or above) the value; strict: standing on it is not a breach. */
export const statusRung = z.strictObject({
  status: z.enum(MARGIN_STATUSES).exclude(['healthy', 'indeterminate']),
  metric: z.enum(STATUS_METRICS),
  comparison: z.enum(['below', 'above']),
  strict: z.boolean(),
  value: rungValue,
  cites: source.cites,
  /** As a parameter's `status`, which is the rung's own word here. */
  certainty: source.status,
  note: source.note,
});
export type StatusRung = z.infer<typeof statusRung>;

/** A rule pack: the data a margin model runs on. Every number carries its citation and how sure of it we are. */
export const rulePack = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,60}$/, 'expected lower-case letters, digits and dashes'),
  version: z.string().min(1).max(40),
  title: z.string().min(1),
  layer: z.enum(LAYERS),
  model: z.enum(['strategy', 'scan', 'bracket', 'fixed', 'lending', 'delta']),
  /** A pack whose rules apply beneath this one's, so that this one can be named alone. */
  extends: z.string().optional(),
  effectiveFrom: isoDate,
  /** Currency of the pack's money amounts. */
  currency: currency.optional(),
  /** Which side carries option value: the requirement, or the equity it is stated against. */
  optionValueIn: z.enum(['requirement', 'equity']).optional(),
  /** Step money is counted in, by margin currency; `*` for all others. `none` is exact. */
  moneyQuantum: z.record(z.union([z.literal('*'), currency]), z.union([z.literal('none'), decimalText])).optional(),
  /** Quantities are whole multiples of this. */
  quantityLot: decimalText.refine((text) => isDecimalText(text) && fromDecimalText(text).gt(0), { error: 'expected a lot greater than 0' }).optional(),
  /** Worst first is not required: the worst status whose rung is breached wins. */
  statusLadder: z.array(statusRung).optional(),
  /** By the names in known-parameters.ts, in the unit that stands there. */
  parameters: z.record(z.string().regex(/^[A-Za-z0-9.]{1,80}$/, 'expected a dotted name'), parameter).superRefine((parameters, context) => {
    for (const [key, stated] of Object.entries(parameters)) {
      const trouble = parameterTrouble(key, stated);
      if (trouble) context.addIssue({ code: 'custom', path: trouble.field === null ? [key] : [key, trouble.field], message: trouble.message, params: { fix: trouble.fix } });
    }
  }),
  settings: settings.optional(),
  perInstrument: z.record(instrumentId, instrumentRates).optional(),
  /** Tables of account add-ons; one of the same name in a later layer takes its place. */
  addOns: z.record(z.string().regex(/^[A-Za-z0-9]{1,40}$/, 'expected a name of letters and digits'), addOnTable).optional(),
  /** What follows when calls go unmet, or a portfolio-margin account falls below its least equity. */
  conduct: conductSchema(source).optional(),
  /** Scenario sets, ranges, groups and charges of the scan model. */
  scan: scanSection.optional(),
  /** Shares of net and gross delta of the delta model. */
  delta: deltaSection.optional(),
  /** Markets, tiers and choices of a venue for the bracket model. */
  bracket: bracketSection.optional(),
  /** Scenarios and contingencies of a venue's portfolio margin. */
  venueGrid: venueGridSection.optional(),
  /** What moves requirements with the market, on top of the model. */
  overlay: overlaySection.optional(),
  /** Futures products by their root: `ES`. */
  futures: z.record(z.string().regex(/^[A-Z0-9]{1,8}$/, 'expected a product root such as ES'), futureProduct).optional(),
});
export type RulePack = z.infer<typeof rulePack>;
