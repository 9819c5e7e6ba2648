import { z } from 'zod';
import { ACTIVITY_KINDS, CASH_KINDS, REGIMES, SUB_TYPES } from '../domain/facts.ts';
import { currency, instrumentId } from '../domain/instrument.ts';
import { isoDate, isoInstant } from '../time.ts';
import { plainDecimal, plainDecimalFromZero } from './plain-decimal.ts';

/** The margin models a pool can name. */
export const MARGIN_MODELS = ['strategy', 'scan', 'bracket', 'fixed', 'lending', 'delta'] as const;

export const packPosition = z.strictObject({
  instrument: instrumentId,
  /** Signed: long positive, short negative. Shares, contracts, or face value for bonds. */
  quantity: plainDecimal,
  /** Price paid per unit, in the instrument's currency. */
  entryPrice: plainDecimal.nullable().optional(),
  /** Default: `cash` in a cash account, `short` for short stock, else `margin`. */
  subType: z.enum(SUB_TYPES).optional(),
  /** Of futures and perpetuals: the price at which gains were last paid out. Left out: at the mark. Null: not known. */
  settledPrice: plainDecimal.nullable().optional(),
  /** Of bracket pools: the leverage the client chose. */
  leverage: plainDecimalFromZero.optional(),
});
export type PackPosition = z.infer<typeof packPosition>;

/** Cash that is not simply the trade-date balance: accruals, proceeds kept apart, a deposit on its way. */
export const packCashRow = z.strictObject({
  currency,
  kind: z.enum(CASH_KINDS),
  amount: plainDecimal,
  /** Of a pending deposit: the day it counts. */
  valueDate: isoDate.nullable().optional(),
  /** The moment it arrives, where that is known to the minute. */
  arrivesAt: isoInstant.optional(),
});

/** Something lent against, apart from the positions. Terms left out come from the rule pack. */
export const packCollateral = z.strictObject({
  instrument: instrumentId,
  quantity: plainDecimalFromZero,
  haircut: plainDecimalFromZero.optional(),
  loanToValue: plainDecimalFromZero.optional(),
  liquidationThreshold: plainDecimalFromZero.optional(),
});
export const packDebt = z.strictObject({ instrument: instrumentId, quantity: plainDecimalFromZero, rate: plainDecimal.optional() });

/** An order that is in the market and reserves margin. */
export const packOrder = z.strictObject({ instrument: instrumentId, quantity: plainDecimal, price: plainDecimal.optional() });

/** Totals known only from outside, such as positions at a venue that we do not see one by one. */
export const packExternal = z.strictObject({
  maintenance: plainDecimalFromZero.optional(),
  unrealisedPnl: plainDecimal.optional(),
  reserved: plainDecimalFromZero.optional(),
});

export type PackCollateral = z.infer<typeof packCollateral>;
export type PackDebt = z.infer<typeof packDebt>;
export type PackOrder = z.infer<typeof packOrder>;
export type PackExternal = z.infer<typeof packExternal>;

/** A position that could not be read in: it has no figures, only a consequence. */
export const packExcluded = z.strictObject({ symbol: z.string().min(1), reason: z.string(), short: z.boolean() });

export const packPool = z.strictObject({
  id: z.string().min(1),
  mode: z.enum(['cross', 'isolated', 'venue']).default('cross'),
  model: z.enum(MARGIN_MODELS),
  /** The pool's own margin currency; the base currency when left out. */
  currency: currency.optional(),
  /** The regulatory layer; `packs` lists further layers on top of it, later wins. One of the two must be given. */
  rulePack: z.string().min(1).optional(),
  packs: z.array(z.string().min(1)).optional(),
  /** Trade-date balance by currency; a negative balance is a debit. */
  cash: z.record(currency, plainDecimal).default({}),
  cashRows: z.array(packCashRow).default([]),
  positions: z.array(packPosition).default([]),
  excluded: z.array(packExcluded).default([]),
  collateral: z.array(packCollateral).default([]),
  debt: z.array(packDebt).default([]),
  orders: z.array(packOrder).default([]),
  external: packExternal.optional(),
  /** What was asked the day before, where a rule pack has a buffer against procyclicality. */
  priorRequirement: z.strictObject({ initial: plainDecimalFromZero, maintenance: plainDecimalFromZero }).optional(),
});
export type PackPool = z.infer<typeof packPool>;

/** A trade or a movement of money on the business day. */
export const packActivity = z.strictObject({
  kind: z.enum(ACTIVITY_KINDS),
  id: z.string().optional(),
  instrument: instrumentId.nullable().optional(),
  /** The business day of the pack when left out. */
  tradeDate: isoDate.optional(),
  settleDate: isoDate.nullable().optional(),
  /** Signed: buys positive. */
  quantity: plainDecimal.nullable().optional(),
  price: plainDecimal.nullable().optional(),
  /** Effect on cash, signed. */
  amount: plainDecimal.nullable().optional(),
  currency: currency.optional(),
  detail: z.string().nullable().optional(),
});
export type PackActivity = z.infer<typeof packActivity>;

export const packAccount = z.strictObject({
  id: z.string().min(1),
  regime: z.enum(REGIMES).default('regT'),
  /** The account's own base currency; the pack's when left out. */
  baseCurrency: currency.optional(),
  /** True before the first transaction: the minimum equity of FINRA 4210(b) then adds to the deposit. */
  newAccount: z.boolean().default(false),
  /** At the end of the day before. */
  prior: z.strictObject({ sma: plainDecimal, equity: plainDecimal }).nullable().default(null),
  /** Equity less exchange maintenance at the close before: what day trading is measured by at some firms. */
  priorExcess: plainDecimal.optional(),
  /** Left out or null when only positions are known: then nothing is due under Reg T, there is only a requirement. */
  activity: z.array(packActivity).nullable().default(null),
  /** `sincePrior`: rows of earlier days are what `prior` does not know yet. Left out: only the business day's rows count. */
  activityCovers: z.enum(['day', 'sincePrior']).optional(),
  pools: z.array(packPool).min(1),
  /** Two of the pools, by id: `to` is kept at its maintenance requirement out of `from`, which also gets what is beyond it. */
  sweep: z.strictObject({ from: z.string().min(1), to: z.string().min(1) }).nullable().optional(),
  /** Ways for free collateral between the pools: what is lost, and the minutes it takes. */
  routes: z.array(z.strictObject({ from: z.string().min(1), to: z.string().min(1), haircut: plainDecimalFromZero.refine((text) => Number(text) <= 1, { error: 'expected a haircut from 0 to 1' }), delayMinutes: z.string().regex(/^\d{1,6}$/, 'expected whole minutes in quotes, such as "120"') })).optional(),
});
export type PackAccount = z.infer<typeof packAccount>;

/** Accounts that margin or are watched together. */
export const packGroup = z.strictObject({
  id: z.string().min(1),
  kind: z.enum(['household', 'crossGuarantee', 'omnibus', 'subAccounts']),
  accounts: z.array(z.string().min(1)).min(1),
});
