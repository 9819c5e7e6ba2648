import type { PackCollateral, PackDebt, PackExternal, PackOrder } from '../../shared/calc-pack/accounts.ts';
import type { CurvePoint, Dividend, Forward, MarketStats, PriceHistory, RiskArray } from '../../shared/calc-pack/market.ts';
import type { ActivityFact, CashKind, FxFact, MarkFact, Regime, SubType } from '../../shared/domain/facts.ts';
import type { Currency, Instrument, InstrumentId } from '../../shared/domain/instrument.ts';
import type { DecimalText } from '../../shared/money.ts';
import type { IsoDate, IsoInstant } from '../../shared/time.ts';

/** Which function computes a pool; see models.ts. */
export type MarginModelId = 'strategy' | 'scan' | 'bracket' | 'fixed' | 'lending' | 'delta';

export interface PositionInput {
  instrument: InstrumentId;
  subType: SubType;
  /** Signed: long positive, short negative. */
  quantity: DecimalText;
  entryPrice: DecimalText | null;
  /** Of a future: the price up to which gains were last paid out. Left out: up to the mark. Null: not known. */
  settledPrice?: DecimalText | null;
  /** In a bracket pool: the leverage the client chose. */
  leverage?: DecimalText;
}

export interface CashInput {
  currency: Currency;
  kind: CashKind;
  amount: DecimalText;
  /** Of a pending deposit: the day it counts. */
  valueDate: IsoDate | null;
  /** Of a pending deposit: the moment it arrives, where that is known to the minute; it wins over the day. */
  arrivesAt?: IsoInstant | undefined;
}

/** A position the importer could not take in: it carries no figures, only its consequence. */
export interface ExcludedInput {
  symbol: string;
  reason: string;
  short: boolean;
}

/** What margins together: positions, cash and debt under one model and one stack of packs. */
export interface PoolInput {
  id: string;
  mode: 'cross' | 'isolated' | 'venue';
  model: MarginModelId;
  /** The pool's own margin currency. */
  currency: Currency;
  /** Pack ids in layer order: regulatory → house → broker list → account override; later wins. */
  packs: readonly string[];
  cash: readonly CashInput[];
  positions: readonly PositionInput[];
  excluded: readonly ExcludedInput[];
  /** The rest is left out where there is none; models.ts says which model uses what. */
  collateral?: readonly PackCollateral[];
  debt?: readonly PackDebt[];
  orders?: readonly PackOrder[];
  external?: PackExternal;
  /** What the house asked the day before, in the pool's currency: a buffer is used up against it. */
  priorRequirement?: { initial: DecimalText; maintenance: DecimalText };
}

/** Pool `to` is kept at its maintenance requirement out of pool `from`, and hands on what it has beyond it. */
export interface Sweep {
  from: string;
  to: string;
}

/** A way for free collateral from one pool to another: what is lost on it, and how long it takes. */
export interface TransferRoute {
  from: string;
  to: string;
  /** From 0 to 1. */
  haircut: DecimalText;
  /** Whole minutes. */
  delayMinutes: DecimalText;
}

export interface AccountInput {
  id: string;
  baseCurrency: Currency;
  regime: Regime;
  /** True before the account's first transaction: the $2,000 rule of FINRA 4210(b) is then a deposit rule. */
  newAccount: boolean;
  prior: { sma: DecimalText; equity: DecimalText } | null;
  /** Equity less exchange maintenance at the close before, where it is known. */
  priorExcess?: DecimalText | undefined;
  /** Trades and money movements of the business day; null when the source knows only positions. */
  activity: readonly ActivityFact[] | null;
  /** `sincePrior`: activity of earlier days is what `prior` does not know yet, and counts. Left out: the business day's only. */
  activityCovers?: 'day' | 'sincePrior';
  pools: readonly PoolInput[];
  /** Ids of two pools between which the broker moves money by itself; see sweep.ts. */
  sweep?: Sweep | null;
  /** Ways between its pools; none when left out. */
  routes?: readonly TransferRoute[];
}

/** Everything a figure depends on that is not the account itself. The engine is told the time. */
export interface MarketInput {
  asOf: IsoInstant;
  businessDate: IsoDate;
  instruments: ReadonlyMap<InstrumentId, Instrument>;
  marks: ReadonlyMap<InstrumentId, MarkFact>;
  /** By currency: its rate into `base`. Cross rates go through the base of the rate. */
  fx: readonly FxFact[];
  /** By instrument: a year's volatility as a fraction. */
  impliedVols?: ReadonlyMap<InstrumentId, DecimalText>;
  /** By instrument: the venue's own bounds of its price feed. */
  bounds?: ReadonlyMap<InstrumentId, { low: DecimalText; high: DecimalText }>;
  /** By instrument: how far a venue trusts its own price, 0 to 1. */
  confidences?: ReadonlyMap<InstrumentId, DecimalText>;
  curves?: ReadonlyMap<Currency, readonly CurvePoint[]>;
  dividends?: ReadonlyMap<InstrumentId, readonly Dividend[]>;
  forwards?: readonly Forward[];
  /** By underlying: daily returns as fractions, oldest first. */
  history?: ReadonlyMap<InstrumentId, PriceHistory>;
  /** By instrument or market: sizes that some rules scale with. */
  stats?: ReadonlyMap<string, MarketStats>;
  riskArrays?: ReadonlyMap<InstrumentId, RiskArray>;
}
