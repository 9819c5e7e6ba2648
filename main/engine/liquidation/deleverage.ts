import { Decimal } from '../../../shared/money.ts';

/** Places of a score. Half-even. */
const SCORE_PLACES = 12;

/** A position on the winning side, as the queue ranks it. */
export interface Ranked {
  account: string;
  /** Never negative. */
  quantity: Decimal;
  /** The greater, the sooner its turn. */
  score: Decimal;
}

/** Values of a position in one currency, signed as the venue states them. */
export interface PositionValues {
  mark: Decimal;
  bankrupt: Decimal;
  entry: Decimal;
}

/**
 * Profit share × effective leverage; of a loss, profit share ÷ effective leverage. Profit share = (mark − entry) ÷
 * |entry|, leverage = |mark| ÷ (mark − bankrupt) (BitMEX). Null where a value it divides by is zero.
 */
export function deleverageScore({ mark, bankrupt, entry }: PositionValues): Decimal | null {
  const cushion = mark.minus(bankrupt);
  if (cushion.isZero() || entry.isZero() || mark.isZero()) return null;
  const leverage = mark.abs().div(cushion);
  const profit = mark.minus(entry).div(entry.abs());
  return (profit.gt(0) ? profit.times(leverage) : profit.div(leverage)).toDecimalPlaces(SCORE_PLACES, Decimal.ROUND_HALF_EVEN);
}

/** Who stands where, and who is closed for how much, at the price at which the liquidated position is bankrupt. */
export interface Deleveraging {
  queue: { account: string; quantity: Decimal; /** Fifth of all that is open which its last unit stands in: 20, 40 … 100. */ percentile: number; closed: Decimal }[];
  /** What nobody could take. */
  left: Decimal;
}

const BANDS = 5;

/** The highest score first; of equal ones by account, so that the order of the rows changes nothing. */
export function deleverage(positions: readonly Ranked[], quantity: Decimal): Deleveraging {
  const order = positions.toSorted((a, b) => b.score.cmp(a.score) || (a.account < b.account ? -1 : 1));
  const total = order.reduce((sum, { quantity: size }) => sum.plus(size), new Decimal(0));
  let before = new Decimal(0);
  let left = quantity;
  const queue = order.map(({ account, quantity: size }) => {
    before = before.plus(size);
    const closed = Decimal.min(size, left);
    left = left.minus(closed);
    const band = total.isZero() ? BANDS : before.times(BANDS).div(total).ceil().toNumber();
    return { account, quantity: size, percentile: (100 / BANDS) * Math.max(1, band), closed };
  });
  return { queue, left };
}
