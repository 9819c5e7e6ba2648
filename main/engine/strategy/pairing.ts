import type { Decimal } from '../../../shared/money.ts';
import type { Figure } from '../figure/figure.ts';
import type { Holding } from '../pool/holding.ts';
import type { StrategyContext } from './context.ts';

/** A holding, or part of one, inside a strategy. The quantity is positive; the holding says which side it is on. */
export interface Leg<H extends Holding = Holding> {
  holding: H;
  quantity: Decimal;
}

export const STRATEGY_KINDS = ['coveredCall', 'coveredPut', 'protectivePut', 'protectiveCall', 'collar', 'reversal', 'straddle', 'vertical', 'spread', 'box', 'exchangeable', 'single'] as const;
export type StrategyKind = (typeof STRATEGY_KINDS)[number];

/** Legs that are charged together. */
export interface PairedStrategy {
  kind: StrategyKind;
  legs: readonly Leg[];
}

/** How good a pairing is, in house maintenance of its underlying, in the pool's currency. */
export interface PairingQuality {
  /** What the rules ask under this pairing. */
  cost: Decimal;
  /** No pairing asks less: the cost itself where the search ended, else the relaxed bound. */
  lowerBound: Decimal;
  /** The bound without whole contracts, proved with exact arithmetic from the dual of the linear program. Made when it is read. */
  relaxed: () => Decimal;
  /** Cost less bound: 0 means that this pairing is proved to be the least. */
  gap: Decimal;
  /** True when no other pairing asks less. */
  proved: boolean;
  /** What pairing stock first and then verticals, best saving first, would ask. Made when it is read. */
  greedy: () => Decimal;
  /** Greedy less cost, never negative. */
  saving: () => Decimal;
}

/** How the holdings of one underlying were put together. Every unit of every holding is in exactly one strategy. */
export interface Pairing {
  strategies: PairedStrategy[];
  /**
   * Charges the pairing was chosen by, made when they are read. Between the prices at which one of them bends, the least
   * requirement is a concave function of the price; a root search relies on it.
   */
  candidates: () => readonly Figure[];
  /** Null where nothing could be paired; made when it is read. Takes what the strategies ask where they are charged already. */
  quality: ((charged?: Decimal) => PairingQuality) | null;
  /** True when no other pairing asks less. */
  proved: boolean;
}

/** Puts the holdings of one underlying together. */
export type PairingFunction = (holdings: readonly Holding[], context: StrategyContext) => Pairing;
