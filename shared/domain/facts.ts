import type { DecimalText } from '../money.ts';
import type { IsoDate, IsoInstant } from '../time.ts';
import type { Currency, Identifiers, Instrument, InstrumentId } from './instrument.ts';

/**
 * What a book knows: one fact per row. A file is read into facts, a plan compares them with the book's, and the
 * engine is fed from them. Every fact says when it was true (`asOf`, a day or a moment); when we learned it is the
 * journal's business (sequence ranges, in main/books).
 */

export type AccountId = string;

/** Which rules govern the account; `regimeSource` says who told us: the broker's file, a mapping, a default. */
export const REGIMES = ['cash', 'regT', 'portfolio', 'venue'] as const;
export type Regime = (typeof REGIMES)[number];

export interface AccountFact {
  account: AccountId;
  /** The client's name as a person reads it; null when the file has none. */
  name: string | null;
  baseCurrency: Currency;
  regime: Regime;
  regimeSource: string;
  asOf: IsoDate;
}

export interface InstrumentFact {
  id: InstrumentId;
  terms: Instrument;
  identifiers: Identifiers;
}

/** The part of the account a position sits in. Part of the position's key. */
export const SUB_TYPES = ['cash', 'margin', 'short', 'dvp', 'futures'] as const;
export type SubType = (typeof SUB_TYPES)[number];

export interface PositionFact {
  account: AccountId;
  subType: SubType;
  instrument: InstrumentId;
  /** Signed: long positive, short negative. Shares, contracts, or face value for bonds. */
  quantity: DecimalText;
  /** Price paid per unit, in the instrument's currency. */
  entryPrice: DecimalText | null;
  asOf: IsoDate;
}

/**
 * Cash by kind. `tradeDate` is the ledger balance including proceeds of short sales; `settled` is the settled part
 * of the same money and never added to it. A source that keeps short proceeds apart reports `shortProceeds`.
 */
export const CASH_KINDS = [
  'tradeDate',
  'settled',
  'shortProceeds',
  'pendingDeposit',
  'accruedInterest',
  'accruedDividend',
  'securitiesLendingCollateral',
  'futuresSegment',
] as const;
export type CashKind = (typeof CASH_KINDS)[number];

export interface CashFact {
  account: AccountId;
  currency: Currency;
  kind: CashKind;
  amount: DecimalText;
  /** Of a pending deposit: the day it counts. */
  valueDate: IsoDate | null;
  asOf: IsoDate;
}

export const MARK_KINDS = ['close', 'last', 'mid', 'model', 'manual'] as const;
export type MarkKind = (typeof MARK_KINDS)[number];

/** A price of one instrument, in its currency. */
export interface MarkFact {
  instrument: InstrumentId;
  value: DecimalText;
  bid: DecimalText | null;
  ask: DecimalText | null;
  kind: MarkKind;
  asOf: IsoDate | IsoInstant;
  /** Who said so: `IBKR Flex flex.xml`, `typed by mary`. */
  source: string;
}

/** Units of `base` for one unit of `currency`. */
export interface FxFact {
  currency: Currency;
  base: Currency;
  rate: DecimalText;
  asOf: IsoDate | IsoInstant;
  source: string;
}

export const ACTIVITY_KINDS = [
  'trade',
  'deposit',
  'withdrawal',
  'transfer',
  'exercise',
  'assignment',
  'expiry',
  'dividend',
  'interest',
  'fee',
  'corporateAction',
  'other',
] as const;
export type ActivityKind = (typeof ACTIVITY_KINDS)[number];

/** Something that happened in an account. `id` is the broker's own, or a hash of the row where it has none. */
export interface ActivityFact {
  account: AccountId;
  id: string;
  kind: ActivityKind;
  instrument: InstrumentId | null;
  tradeDate: IsoDate;
  settleDate: IsoDate | null;
  /** Signed as a position: buys positive. */
  quantity: DecimalText | null;
  price: DecimalText | null;
  /** Effect on cash, signed. */
  amount: DecimalText | null;
  currency: Currency;
  detail: string | null;
}

/** A figure as the broker states it, kept beside ours: `netLiq`, `stock`, `options`, `maintenance`, `sma` … */
export interface BrokerFigureFact {
  account: AccountId;
  name: string;
  amount: DecimalText;
  currency: Currency;
  asOf: IsoDate;
}

/**
 * Something in a file that no margin figure includes, and why. A short exclusion leaves the account indeterminate;
 * nothing is ever dropped silently.
 */
export interface ExclusionFact {
  account: AccountId;
  symbol: string;
  code: string;
  reason: string;
  quantity: DecimalText | null;
  /** True when the position is short, or when we cannot tell. */
  short: boolean;
  /** `flex.xml:41`. */
  at: string;
  asOf: IsoDate;
}

/** Inside this scope, and only there, a position missing from the file means that it was closed. */
export interface ImportScope {
  account: AccountId;
  /** Instrument kinds the file claims to list in full. */
  kinds: readonly Instrument['kind'][];
  /** True when the file also lists all cash of the account. */
  cash: boolean;
  asOf: IsoDate;
}

/** Every fact that an import can bring, by name. */
export interface FactTypes {
  account: AccountFact;
  instrument: InstrumentFact;
  position: PositionFact;
  cash: CashFact;
  mark: MarkFact;
  fx: FxFact;
  activity: ActivityFact;
  brokerFigure: BrokerFigureFact;
  exclusion: ExclusionFact;
}
export type FactName = keyof FactTypes;
export type Facts = { [Name in FactName]: FactTypes[Name][] };

export function noFacts(): Facts {
  return { account: [], instrument: [], position: [], cash: [], mark: [], fx: [], activity: [], brokerFigure: [], exclusion: [] };
}

/** The fact's key: two facts with one key are the same fact at two moments. */
export const factKey: { [Name in FactName]: (fact: FactTypes[Name]) => string } = {
  account: (fact) => fact.account,
  instrument: (fact) => fact.id,
  position: (fact) => JSON.stringify([fact.account, fact.subType, fact.instrument]),
  cash: (fact) => JSON.stringify([fact.account, fact.currency, fact.kind, fact.valueDate]),
  mark: (fact) => fact.instrument,
  fx: (fact) => JSON.stringify([fact.currency, fact.base]),
  activity: (fact) => JSON.stringify([fact.account, fact.id]),
  brokerFigure: (fact) => JSON.stringify([fact.account, fact.name, fact.currency]),
  exclusion: (fact) => JSON.stringify([fact.account, fact.symbol, fact.code, fact.at]),
};
