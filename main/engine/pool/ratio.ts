import { absentQuotient, quotient, type AbsentFigure, type Figure } from '../figure/figure.ts';

/** Places of a ratio that people read. */
const RATIO_PLACES = 6;

/** A quotient for people, half-even; with the reason in `otherwise` where its divisor is not positive. */
export function ratio(label: string, dividend: Figure, divisor: Figure, otherwise: string, places: number = RATIO_PLACES): Figure | AbsentFigure {
  // A plain number, not a percentage: 1.00 is the line.
  return divisor.amount.gt(0) ? quotient('times', dividend, divisor, places, { label }) : absentQuotient('times', dividend, divisor, { label, arithmetic: otherwise });
}
