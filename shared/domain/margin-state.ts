import { z } from 'zod';
import { explainNode } from '../explain.ts';
import { decimalText } from '../money.ts';
import { isoDate, isoInstant } from '../time.ts';
import { instrumentId } from './instrument.ts';
import { marginStatus } from './status.ts';

/** One requirement stack's totals, in the pool's currency. */
export const stack = z.strictObject({ initial: decimalText, maintenance: decimalText });

/**
 * Requirements by who asks for them, never blended silently. `house` is floored at `exchange` leg by leg and is the
 * effective one. `regT.dueToday` exists only where trades are known: a positions file shows a Reg T requirement,
 * never a Reg T call. `risk` is the portfolio-margin stack.
 */
export const stacks = z.strictObject({
  regT: z.strictObject({ initial: decimalText, dueToday: decimalText.nullable() }),
  exchange: stack,
  house: stack,
  risk: stack.nullable(),
});
export type Stacks = z.infer<typeof stacks>;

/** The price of the shocked instrument at which equity equals the requirement, all other prices frozen. */
export const triggerPrice = z.strictObject({ down: decimalText.nullable(), up: decimalText.nullable() });
export type TriggerPrice = z.infer<typeof triggerPrice>;

/**
 * An option requirement in parts, from which every published basis follows: gross = risk + shortOptionValue +
 * longPremium; net cash to deposit = risk + shortOptionValue + longPremium − market value of the short options.
 */
export const optionParts = z.strictObject({
  risk: decimalText,
  /** Market value of short options that the requirement includes. */
  shortOptionValue: decimalText,
  /** Market value of long options, paid in full. */
  longPremium: decimalText,
  cashToDeposit: decimalText,
});

/** Why a position carries a mark beside its figures. */
export const positionBadge = z.enum(['notPairedYet', 'unpriced', 'adjusted', 'expired', 'notMarginedYet', 'unverifiedRule']);
export type PositionBadge = z.infer<typeof positionBadge>;

/** Requirement of one position, by stack, in the pool's currency; a paired position carries its share. */
export const positionState = z.strictObject({
  instrument: instrumentId,
  subType: z.enum(['cash', 'margin', 'short', 'dvp', 'futures']),
  quantity: decimalText,
  /** Null when there is no usable mark. */
  price: decimalText.nullable(),
  /** Market value in the instrument's currency, and in the pool's. */
  value: decimalText.nullable(),
  valueInPoolCurrency: decimalText.nullable(),
  regTInitial: decimalText,
  exchangeMaintenance: decimalText,
  houseInitial: decimalText,
  houseMaintenance: decimalText,
  /** Underlying the position margins with, and the strategy it was paired into: `AAPL`, `covered call`. */
  group: z.string(),
  strategy: z.string(),
  /** Short citation of the rule that decided: `FINRA 4210(f)(2)(D)`. */
  rule: z.string(),
  parts: optionParts.nullable(),
  badges: z.array(positionBadge),
  liquidationPrice: triggerPrice.optional(),
  callPrice: triggerPrice.optional(),
  /** Where nothing of the pool's equity is left. */
  bankruptcyPrice: triggerPrice.optional(),
});
export type PositionState = z.infer<typeof positionState>;

/** A position that no figure includes in full, and how it was treated. */
export const unpricedPosition = z.strictObject({
  instrument: z.string(),
  reason: z.string(),
  /** True when it leaves the account indeterminate. */
  indeterminate: z.boolean(),
});

/** The figures whose explain tree can be asked for. */
export const FIGURES = ['maintenance', 'initial', 'equity', 'netLiq', 'excess', 'available', 'deficit', 'healthRatio', 'regTInitial', 'regTDueToday', 'exchangeMaintenance', 'exchangeInitial', 'utilisation', 'leverage', 'marginToLiquidation', 'specialMemorandum', 'buyingPower'] as const;
export const figureName = z.enum(FIGURES);
export type FigureName = z.infer<typeof figureName>;

const CALL_PRICE = 'callPrice:';
/** A figure to explain: one of the account by its name, or an instrument's call price, `callPrice:XYZ`. */
export const explainedFigure = z.union([figureName, z.templateLiteral([CALL_PRICE, z.string().min(1)])]);
export type ExplainedFigure = z.infer<typeof explainedFigure>;

export function isFigureName(figure: ExplainedFigure): figure is FigureName {
  return !figure.startsWith(CALL_PRICE);
}

/** The instrument whose call price is meant. */
export function callPriceOf(figure: Exclude<ExplainedFigure, FigureName>): string {
  return figure.slice(CALL_PRICE.length);
}

export const marginFigures = z.strictObject({
  status: marginStatus,
  /** Why, in one sentence: `Equity 12,000 is below house maintenance 15,500`. */
  statusReason: z.string(),
  /** Cash + accruals + Σ signed market value, options included. */
  netLiq: decimalText,
  /** What the requirement is stated against; strategy packs leave option value out. */
  equity: decimalText,
  initial: decimalText,
  maintenance: decimalText,
  available: decimalText,
  excess: decimalText,
  deficit: decimalText,
  /**
   * equity / maintenance, half-even to 6 places; null when maintenance is 0. Of loans what counts of assets / what is owed, to
   * 18 places, as protocols state a health factor; null when nothing is owed.
   */
  healthRatio: decimalText.nullable(),
  /** initial / equity; null when equity ≤ 0. */
  utilisation: decimalText.nullable(),
  /** Gross market value / equity; null when equity ≤ 0. */
  leverage: decimalText.nullable(),
  /**
   * (equity − the level at which positions are liquidated) / equity, half-even to 6 places; null when equity ≤ 0 and where
   * the rules name no such level. Of an account: the least of its pools.
   */
  marginToLiquidation: decimalText.nullable().optional(),
  /** Stock that could be bought and held overnight; null or left out where no model of the account knows it. */
  buyingPower: decimalText.nullable().optional(),
  /** Those of the figures that rest on a rule nobody has checked against its text. Left out by engines that did not say. */
  unverified: z.array(figureName).optional(),
});

/**
 * The special memorandum account of Reg T after the day: what carries over, what of it may be used, and what each day
 * since the balance before did. `due` is what the day's trades leave due, `released` the margin that its sales set free,
 * `securities` the loan value of what came in, all in the pool's currency.
 */
export const memorandum = z.strictObject({
  balance: decimalText,
  usable: decimalText,
  days: z.array(z.strictObject({ tradeDate: isoDate, due: decimalText, released: decimalText, securities: decimalText })),
});
export type MemorandumState = z.infer<typeof memorandum>;

export const poolState = marginFigures.extend({
  id: z.string(),
  mode: z.enum(['cross', 'isolated', 'venue']),
  model: z.string(),
  currency: z.string(),
  /** Packs in layer order, each `id@version`. */
  packs: z.array(z.string()),
  stacks,
  /** What a call asks for where that is more than the deficit: futures are called back to initial margin. */
  callAmount: decimalText.optional(),
  /** Of such a pool: what an open call asks for, also once equity is back above maintenance. */
  restoreAmount: decimalText.optional(),
  /** Of a venue with more than two levels: below `search` more is asked for, above `release` money is given back. */
  levels: z.strictObject({ search: decimalText, release: decimalText }).optional(),
  /** Left out where trades are not known, and by models that Reg T does not apply to. */
  specialMemorandum: memorandum.optional(),
  positions: z.array(positionState),
  /** Underlyings of options in the pool that it does not hold itself, with the prices at which they call it. Left out where there are none. */
  underlyings: z.array(z.strictObject({ instrument: instrumentId, callPrice: triggerPrice })).optional(),
  unpriced: z.array(unpricedPosition),
  explain: explainNode,
});
export type PoolState = z.infer<typeof poolState>;

/** The margin state of an account: the roll-up of its pools, worst status wins. */
export const accountState = marginFigures.extend({
  id: z.string(),
  /** The pool whose health is the account's. */
  healthPool: z.string().nullable(),
  unpriced: z.array(unpricedPosition),
  pools: z.array(poolState),
  /** What pools could send each other: `free` in the sender's currency, `amount` in `currency` once it has arrived. In no other figure. */
  movable: z.array(z.strictObject({ from: z.string(), to: z.string(), free: decimalText, amount: decimalText, currency: z.string(), arrivesAt: isoInstant })).optional(),
});
export type AccountState = z.infer<typeof accountState>;
