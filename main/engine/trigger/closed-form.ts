import { Decimal } from '../../../shared/money.ts';

/** Where a straight line crosses zero: −value ÷ slope away. Null when it is level. Every root search ends in this. */
export function distanceToZero(value: Decimal, slope: Decimal): Decimal | null {
  return slope.isZero() ? null : value.neg().div(slope);
}

/** Long stock on a loan: equity n·P − L meets m·n·P at P = L ÷ (n·(1 − m)). Null when m is 1: no price helps. */
export function longCallPrice(loan: Decimal, shares: Decimal, maintenanceRate: Decimal): Decimal | null {
  const kept = new Decimal(1).minus(maintenanceRate);
  return distanceToZero(loan.neg(), shares.times(kept));
}

/** Market value of long stock at which a debit is called: debit ÷ (1 − m). */
export function marketValueAtCall(debit: Decimal, maintenanceRate: Decimal): Decimal | null {
  return longCallPrice(debit, new Decimal(1), maintenanceRate);
}

/** Short stock against a credit balance: CR − n·P meets m·n·P at P = CR ÷ (n·(1 + m)). */
export function shortCallPrice(credit: Decimal, shares: Decimal, maintenanceRate: Decimal): Decimal | null {
  return distanceToZero(credit, shares.times(maintenanceRate.plus(1)).neg());
}
