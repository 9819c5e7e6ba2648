import type { Decimal } from '../../../shared/money.ts';
import type { Figure } from '../figure/figure.ts';
import type { Holding } from '../pool/holding.ts';
import type { StrategyContext } from './context.ts';

/** A holding, or part of one, inside a strategy. The quantity is positive; the holding says which side it is on. */
export interface Leg<H extends Holding = Holding> {
  holding: H;
  quantity: Decimal;
}

export const STRATEGY_KINDS = ['coveredCall', 'coveredPut', 'vertical', 'single'] as const;
export type StrategyKind = (typeof STRATEGY_KINDS)[number];

/** Legs that are charged together. */
export interface PairedStrategy {
  kind: StrategyKind;
  legs: readonly Leg[];
}

/** How the holdings of one underlying were put together. Every unit of every holding is in exactly one strategy. */
export interface Pairing {
  strategies: PairedStrategy[];
  /**
   * What the pairing depended on: lists of savings per contract in the order in which they were taken. While each list
   * stays sorted and no saving changes sign, the same pairing comes out; a root search relies on it.
   */
  savings: (readonly Figure[])[];
}

/**
 * Puts the holdings of one underlying together. The greedy pairing of this slice is one such function; an optimal one has
 * the same shape.
 */
export type PairingFunction = (holdings: readonly Holding[], context: StrategyContext) => Pairing;
