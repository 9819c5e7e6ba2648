import type { SubType } from '../../shared/domain/facts.ts';
import type { InstrumentId } from '../../shared/domain/instrument.ts';
import type { HouseRate } from './add-ons/stock-add-on.ts';
import type { Crossings } from './bracket/crossings.ts';
import type { PairingQuality } from './strategy/pairing.ts';
import type { FigureName, PositionBadge, TriggerPrice } from '../../shared/domain/margin-state.ts';
import type { MarginStatus } from '../../shared/domain/status.ts';
import type { Decimal, DecimalText } from '../../shared/money.ts';
import type { IsoDate } from '../../shared/time.ts';
import type { AbsentFigure, Figure } from './figure/figure.ts';
import type { MarginModelId, PoolInput } from './input.ts';
import type { MarketView } from './market/market-view.ts';
import type { Rules } from './packs/rules.ts';
import type { PreparedPool } from './pool/prepare-pool.ts';

type RatioName = 'healthRatio' | 'utilisation' | 'leverage' | 'marginToLiquidation' | 'regTDueToday' | 'specialMemorandum' | 'buyingPower';

/** The figures of a pool or an account by name; the ratios, and what rests on trades, may not exist. */
export type MarginFigures = { [Name in Exclude<FigureName, RatioName>]: Figure } & { [Name in RatioName]: Figure | AbsentFigure };

/** A requirement in parts, in the pool's currency; see `optionParts` in shared/domain/margin-state.ts. */
export interface RequirementParts {
  risk: Decimal;
  shortOptionValue: Decimal;
  longPremium: Decimal;
  cashToDeposit: Decimal;
}

/** One position's share of the pool's requirements. */
export interface PositionMargin {
  instrument: InstrumentId;
  subType: SubType;
  quantity: DecimalText;
  /** Null when there is no usable mark. */
  price: DecimalText | null;
  localValue: Decimal | null;
  value: Figure | null;
  /** Null for a position that no requirement includes. */
  requirement: { regT: Figure; exchange: Figure; houseInitial: Figure; houseMaintenance: Figure } | null;
  group: string;
  /** What its price moves with, where its group is called something else; overlays look at it. */
  movesWith?: InstrumentId;
  strategy: string;
  rule: string;
  parts: RequirementParts | null;
  badges: readonly PositionBadge[];
}

/** A position that a figure does not include in full. */
export interface Unpriced {
  instrument: string;
  reason: string;
  indeterminate: boolean;
}

/** What a pool requires under its model, each stack as one tree. */
export interface Requirement {
  regT: Figure;
  exchangeInitial: Figure;
  exchangeMaintenance: Figure;
  houseInitial: Figure;
  houseMaintenance: Figure;
  /** Balance of the special memorandum account after the day; null where the day's activity is not known. */
  specialMemorandum: Memorandum | null;
  /** The requirement of a risk-based model, which then also stands as the exchange's and the house's; left out otherwise. */
  risk?: { initial: Figure; maintenance: Figure };
}

/** What one day did to the special memorandum account; nothing here is negative, but for securities that left. */
export interface MemorandumDay {
  tradeDate: IsoDate;
  /** What the day's trades leave due under Reg T beyond what was due before them. */
  due: Figure;
  /** Reg T margin that the day's trades together set free. */
  released: Figure;
  /** Loan value of the securities that came in, less that of those that left. */
  securities: Figure;
}

/** The special memorandum account of a pool after the day, in the pool's currency. */
export interface Memorandum {
  /** What carries over to the next day; below zero while something is due. */
  balance: Figure;
  /** What of it may be used. */
  usable: Figure;
  /** The days since the balance before, today last. */
  days: readonly MemorandumDay[];
}

/** A strategy of more than one leg: what a desk closes in one piece. */
export interface ChargedTogether {
  group: string;
  name: string;
  legs: readonly { instrument: InstrumentId; subType: SubType; quantity: Decimal }[];
}

/** Levels of a venue beside initial and maintenance. */
export interface PoolLevels {
  /** Below it more is asked for. */
  search: Figure;
  /** Above it money is given back. */
  release: Figure;
}

/** The margin state of one pool, every figure with its tree. */
export interface PoolMargin {
  id: string;
  mode: PoolInput['mode'];
  model: MarginModelId;
  currency: string;
  packs: readonly string[];
  figures: MarginFigures;
  specialMemorandum: Memorandum | null;
  risk: { initial: Figure; maintenance: Figure } | null;
  /** What can be lost before positions are liquidated, for searches; null where the rules name no such level. */
  leftToLiquidation: Figure | null;
  /** What a call would ask for, where the rules name a level other than maintenance; left out otherwise. */
  callAmount?: Figure;
  /** What a call that is open asks for under such rules, also once equity is back above maintenance. */
  restoreAmount?: Figure;
  /** Where a venue has more than two levels. */
  levels?: PoolLevels;
  /** Prices of one instrument at which the pool meets a line, from a model that has them in closed form. */
  crossings?: (instrument: InstrumentId) => Crossings;
  /** The prices of one instrument at which the pool is called, from a model that has to search for them: asked for one by one. */
  callPrice?: (instrument: InstrumentId) => TriggerPrice;
  /** From the same search: excess with the instrument at another price, and what goes with it moved too. */
  excessAt?: (instrument: InstrumentId, price: Decimal) => Figure;
  status: MarginStatus;
  statusReason: string;
  /** By group, instrument and sub-type; put in that order when somebody reads them. */
  readonly positions: readonly PositionMargin[];
  /** The same as they were made: those of a group that an edit leaves alone are the very list that they were. */
  positionLists: readonly (readonly PositionMargin[])[];
  unpriced: readonly Unpriced[];
  /**
   * What the shape of the trees rests on, for root searches: figures whose sign a rule branched on, and charges that a
   * pairing was chosen by, made when they are read.
   */
  thresholds: readonly Figure[];
  candidates: readonly (() => readonly Figure[])[];
  /** Legs that are charged together, in units of their holdings and signed; made when it is read. */
  strategies?: () => readonly ChargedTogether[];
  /** How the legs of each underlying were put together, where there was something to pair: what the house asks, strategy by strategy, and how good that is; made when it is read. */
  pairings?: readonly { group: string; asked: Figure; proved: boolean; quality: () => PairingQuality }[];
  /** How the house comes to its rates where account add-ons apply. */
  houseRates?: readonly HouseRate[];
}

/** A margin model: a prepared pool, the market and the rules in force give the pool's margin state. Pure. */
export type MarginModel = (pool: PreparedPool, market: MarketView, rules: Rules) => PoolMargin;
