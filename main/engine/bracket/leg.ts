import type { SubType } from '../../../shared/domain/facts.ts';
import type { FutureInstrument, InstrumentId, PerpetualInstrument } from '../../../shared/domain/instrument.ts';
import { Decimal, fromDecimalText } from '../../../shared/money.ts';
import type { Figure } from '../figure/figure.ts';
import { input } from '../figure/figure.ts';
import type { MarketTerms } from './terms.ts';

/** Rows of a leg that were opened, or last paid out, at one price. */
export interface Lot {
  /** Signed. */
  quantity: Decimal;
  /** Null: paid out up to the mark. */
  since: Decimal | null;
}

/** What one margins as one: a position in one contract, or in hedge mode one side of it. */
export interface Leg {
  instrument: InstrumentId;
  subType: SubType;
  terms: FutureInstrument | PerpetualInstrument;
  /** The underlying, by which sides may net. */
  group: string;
  market: MarketTerms;
  /** Signed; zero where longs and shorts cancel and only their gain is left. */
  quantity: Decimal;
  lots: readonly Lot[];
  multiplier: Decimal;
  /** Paid in coin: worth `multiplier` of the quote currency. */
  inverse: boolean;
  /** Currency of gains and requirements before conversion. */
  settlesIn: string;
  conversion: readonly Figure[];
  price: Figure;
  /** The worse of the feed's bounds for the holder; the mark where there are none. */
  worsePrice: Figure;
  /** The least that any of its rows chose; null where none did. */
  leverage: Decimal | null;
  /** Share of notional value that is owed to the other side since the last funding; positive: longs pay. Null: not known. */
  fundingShare: Figure | null;
  /** Facts of the market's size, as the file gives them. */
  stats: { openInterest: Decimal | null; skewScale: Decimal | null };
}

/** Places of a coin amount that comes of dividing by a price. Half-even. */
export const COIN_PLACES = 16;

export function isShort({ quantity }: Leg): boolean {
  return quantity.isNegative();
}

export function countFigure({ instrument }: Leg, quantity: Decimal, label = `Quantity of ${instrument}`): Figure {
  return input(quantity, 'contracts', { label, source: 'position', subject: { instrument } });
}

export function multiplierFigure({ instrument, multiplier }: Leg): Figure {
  return input(multiplier, 'factor', { label: `Multiplier of ${instrument}`, source: 'contract terms' });
}

/** The price a lot counts its gain from. */
export function referencePrice({ instrument, price }: Leg, since: Decimal): Figure {
  return input(since, price.unit, { label: () => `Price from which the gain on ${instrument} counts`, source: 'position', subject: { instrument } });
}

/** Average price of what is held, for venues that apply their rates at entry; null where a lot's is not known. */
export function entryPrice(lots: readonly Lot[]): Decimal | null {
  const total = lots.reduce((sum, { quantity }) => sum.plus(quantity), new Decimal(0));
  if (total.isZero() || lots.some(({ since }) => since === null)) return null;
  const paid = lots.reduce((sum, { quantity, since }) => sum.plus(quantity.times(since ?? 0)), new Decimal(0));
  return paid.div(total).toDecimalPlaces(ENTRY_PLACES, Decimal.ROUND_HALF_EVEN);
}

const ENTRY_PLACES = 10;

export function textOf(amount: string | undefined): Decimal | null {
  return amount === undefined ? null : fromDecimalText(amount);
}
