import type { Figure } from '../figure/figure.ts';
import type { PoolMargin, PositionMargin, Unpriced } from '../margin-model.ts';
import type { Holding } from '../pool/holding.ts';
import type { StrategyContext } from './context.ts';
import type { LegCharge } from './leg-charge.ts';
import type { PairedStrategy, Pairing, PairingQuality } from './pairing.ts';

/** A strategy with the charges of its legs. */
export interface PricedStrategy {
  name: string;
  strategy: PairedStrategy;
  charges: LegCharge[];
  /** What its legs ask together in each stack. */
  stacks: Readonly<Record<StackName, Figure>>;
}

/** The holdings that margin together under one underlying, paired and charged. */
export interface PricedGroup {
  id: string;
  holdings: readonly Holding[];
  strategies: PricedStrategy[];
  notPairedYet: ReadonlySet<Holding>;
  pairing: Pairing;
  /** What was made for its holdings on the way; see `StrategyContext`. */
  made: Pick<StrategyContext, 'naked' | 'longRates' | 'amounts'>;
  /** How good the pairing is; null where there was nothing to pair. */
  quality: (() => PairingQuality) | null;
  told: NonNullable<PoolMargin['pairings']>[number] | null;
  /** Positions whose rule lacks an input, and rules that do; see `StrategyContext`. */
  unpriced: readonly Unpriced[];
  problems: StrategyContext['problems'];
  /** Of the group in each stack: strategy → leg. */
  stacks: Readonly<Record<StackName, Figure>>;
  /** What is asked of each holding, but for add-ons. */
  positions: readonly PositionMargin[];
}

/** The stacks of a leg's charges. */
export const STACKS = ['regT', 'exchange', 'exchangeInitial', 'houseInitial', 'houseMaintenance'] as const;
export type StackName = (typeof STACKS)[number];
