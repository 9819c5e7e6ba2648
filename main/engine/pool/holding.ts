import type { SubType } from '../../../shared/domain/facts.ts';
import type { z } from 'zod';
import type { BondInstrument, Instrument, InstrumentId, OptionInstrument, otherInstrument } from '../../../shared/domain/instrument.ts';
import type { PositionBadge } from '../../../shared/domain/margin-state.ts';
import type { Decimal, DecimalText } from '../../../shared/money.ts';
import type { Figure } from '../figure/figure.ts';

interface HoldingBase {
  instrument: InstrumentId;
  subType: SubType;
  /** Signed: long positive, short negative; never zero. */
  quantity: Decimal;
  /** What the quantity counts. */
  unit: 'shares' | 'contracts' | 'face';
  /** Mark, in the instrument's currency per unit of price. */
  price: Figure;
  /** Factors that turn the instrument's currency into the pool's: none or one. */
  conversion: readonly Figure[];
  /** Market value of one unit at a price of 1. */
  multiplier: Figure;
  /** Signed market value, in the instrument's currency and in the pool's. */
  localValue: Decimal;
  value: Figure;
}

/** Stock, a fund or a warrant: charged by its market value. */
export interface StockHolding extends HoldingBase {
  class: 'stock';
  terms: Extract<Instrument, { kind: 'equity' | 'etf' }> | (z.infer<typeof otherInstrument> & { kind: 'warrant' });
}
export interface BondHolding extends HoldingBase {
  class: 'bond';
  terms: BondInstrument;
}
export interface OptionHolding extends HoldingBase {
  class: 'option';
  terms: OptionInstrument;
}

/** A position of a pool that the engine can value: rows with the same key added up. */
export type Holding = StockHolding | BondHolding | OptionHolding;

/** A position that no requirement includes, why, and what follows from it. */
export interface SetAside {
  instrument: string;
  subType: SubType;
  quantity: DecimalText;
  price: DecimalText | null;
  group: string;
  reason: string;
  /** True when it could make things worse: the pool is then indeterminate. */
  indeterminate: boolean;
  badges: readonly PositionBadge[];
}
