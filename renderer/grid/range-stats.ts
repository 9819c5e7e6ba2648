import { Decimal, toDecimalText, type DecimalText } from '../../shared/money.ts';
import { createValueStore } from '../desk/value-store.ts';

/** One cell of a range as the statistics see it: no amount when it is text or blank. */
export interface RangeCell {
  amount: DecimalText | null;
  /** `USD`, or the column's kind where figures have no currency. */
  unit: string;
}

/** What the status bar says of a range. Sum and average are null over mixed units: such a sum would mean nothing. */
export interface RangeStats {
  cells: number;
  numbers: number;
  sum: DecimalText | null;
  average: DecimalText | null;
  unit: string | null;
}

const AVERAGE_PLACES = 6;

/** Counts and adds a range, exactly. */
export function statsOf(cells: readonly RangeCell[]): RangeStats {
  const amounts = cells.filter((cell) => cell.amount !== null);
  const units = new Set(amounts.map((cell) => cell.unit));
  const unit = units.size === 1 ? ([...units][0] ?? null) : null;
  if (unit === null) return { cells: cells.length, numbers: amounts.length, sum: null, average: null, unit: null };
  const sum = amounts.reduce((total, cell) => total.plus(cell.amount ?? 0), new Decimal(0));
  const average = sum.div(amounts.length).toDecimalPlaces(AVERAGE_PLACES, Decimal.ROUND_HALF_EVEN);
  return { cells: cells.length, numbers: amounts.length, sum: toDecimalText(sum), average: toDecimalText(average), unit };
}

/** The statistics of the range selected in whichever grid has it. */
export const rangeStats = createValueStore<RangeStats | null>(null);
