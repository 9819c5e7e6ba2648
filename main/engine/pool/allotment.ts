import { Decimal } from '../../../shared/money.ts';

/** Part of a pool's requirement, and whom it is for with what weight (zero or more; alike where none has any). */
export interface Allotment {
  amount: Decimal;
  among: readonly (readonly [holder: object, weight: Decimal])[];
}

const PLACES = 20;

/** Adds each holder's part to `totals`; the last takes what is left by rounding, so that parts add up to the whole. */
export function allot({ amount, among }: Allotment, totals: Map<object, Decimal>): void {
  const weights = among.reduce((sum, [, weight]) => sum.plus(weight), new Decimal(0));
  let left = amount;
  among.forEach(([holder, weight], index) => {
    const share = weights.isZero() ? amount.div(among.length) : amount.times(weight).div(weights);
    const part = index === among.length - 1 ? left : share.toDecimalPlaces(PLACES);
    left = left.minus(part);
    totals.set(holder, (totals.get(holder) ?? new Decimal(0)).plus(part));
  });
}

/**
 * What holders lose each and what they are charged together seldom agree: each bears its own, and of the difference a part
 * by the size of its own.
 */
export function ownAndRest(amount: Decimal, own: readonly (readonly [holder: object, loss: Decimal])[], totals: Map<object, Decimal>): void {
  for (const [holder, loss] of own) allot({ amount: loss, among: [[holder, loss.abs()]] }, totals);
  const rest = own.reduce((left, [, loss]) => left.minus(loss), amount);
  if (!rest.isZero()) allot({ amount: rest, among: own.map(([holder, loss]) => [holder, loss.abs()] as const) }, totals);
}
