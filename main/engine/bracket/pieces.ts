import { Decimal } from '../../../shared/money.ts';

/**
 * A function of one price that is a straight line between bounds: `a + b × x` above `from`, up to and including the next
 * piece's `from`. At a bound it may jump. The first piece begins at zero.
 */
export interface Piece {
  from: Decimal;
  a: Decimal;
  b: Decimal;
}
export type Pieces = readonly Piece[];

const ZERO = new Decimal(0);

export function line(a: Decimal, b: Decimal): Pieces {
  return [{ from: ZERO, a, b }];
}

export function added(parts: readonly Pieces[]): Pieces {
  return aligned(parts).map(({ from, pieces }) => pieces.reduce<Piece>((total, { a, b }) => ({ from, a: total.a.plus(a), b: total.b.plus(b) }), { from, a: ZERO, b: ZERO }));
}

export function scaled(pieces: Pieces, factor: Decimal): Pieces {
  return pieces.map(({ from, a, b }) => ({ from, a: a.times(factor), b: b.times(factor) }));
}

/** The greater of two, piece by piece; where they cross a bound is added. */
export function greater(left: Pieces, right: Pieces): Pieces {
  const both = aligned([left, right]);
  return both.flatMap(({ from, pieces }, index): Piece[] => {
    const [first, second] = pieces as [Piece, Piece];
    const end = both[index + 1]?.from ?? null;
    const slope = first.b.minus(second.b);
    const crossing = slope.isZero() ? null : second.a.minus(first.a).div(slope);
    const inside = crossing !== null && crossing.gt(from) && (end === null || crossing.lt(end)) ? crossing : null;
    const middle = inside ? from.plus(inside).div(2) : end ? from.plus(end).div(2) : from.plus(1);
    const winner = at(first, middle).gte(at(second, middle)) ? first : second;
    const loser = winner === first ? second : first;
    return inside ? [{ from, a: winner.a, b: winner.b }, { from: inside, a: loser.a, b: loser.b }] : [{ from, a: winner.a, b: winner.b }];
  });
}

export function lesser(left: Pieces, right: Pieces): Pieces {
  const minus = new Decimal(-1);
  return scaled(greater(scaled(left, minus), scaled(right, minus)), minus);
}

export function valueAt(pieces: Pieces, x: Decimal): Decimal {
  return at(pieces[indexAt(pieces, x)] as Piece, x);
}

/**
 * The nearest x below or above the start at which the function is zero, or jumps across it; null when there is none
 * above zero. Standing on zero counts as there.
 */
export function nearestZero(pieces: Pieces, start: Decimal, direction: -1 | 1): Decimal | null {
  let index = indexAt(pieces, start);
  let position = start;
  if (valueAt(pieces, start).isZero()) return start;
  for (;;) {
    const piece = pieces[index] as Piece;
    const end = direction < 0 ? piece.from : (pieces[index + 1]?.from ?? null);
    const zero = zeroOf(piece);
    if (zero && isBetween(zero, position, end, direction)) return zero;
    if (end === null) return null;
    const next = pieces[index + direction];
    if (!next) return null;
    if (signOf(at(piece, end)) !== signOf(at(next, end))) return end;
    index += direction;
    position = end;
  }
}

function zeroOf({ a, b }: Piece): Decimal | null {
  return b.isZero() ? null : a.neg().div(b);
}

function isBetween(x: Decimal, position: Decimal, end: Decimal | null, direction: -1 | 1): boolean {
  if (direction < 0) return x.lte(position) && x.gte(end ?? ZERO);
  return x.gte(position) && (end === null || x.lte(end));
}

function indexAt(pieces: Pieces, x: Decimal): number {
  const found = pieces.findLastIndex(({ from }) => from.lt(x));
  return Math.max(found, 0);
}

function at({ a, b }: Piece, x: Decimal): Decimal {
  return a.plus(b.times(x));
}

function signOf(value: Decimal): number {
  return value.isZero() ? 0 : value.isNegative() ? -1 : 1;
}

/** All bounds of several functions in order, each with the functions' pieces above it. */
function aligned(parts: readonly Pieces[]): { from: Decimal; pieces: Piece[] }[] {
  const bounds = parts.flatMap((part) => part.map(({ from }) => from)).toSorted((a, b) => a.cmp(b));
  const distinct = bounds.filter((from, index) => index === 0 || !from.eq(bounds[index - 1] as Decimal));
  return distinct.map((from) => ({ from, pieces: parts.map((part) => part.findLast((piece) => piece.from.lte(from)) as Piece) }));
}
