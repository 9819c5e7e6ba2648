import { Decimal } from '../../../shared/money.ts';
import { assert } from '../../../shared/result.ts';
import type { Figure } from '../figure/figure.ts';

/** How a figure stands and moves with one price: its value there and its change for each unit of price. */
export interface Line {
  value: Decimal;
  slope: Decimal;
}

/** Up or down in price. */
export type Direction = 1 | -1;

/**
 * Follows a tree with one of its inputs at another price. Every rule is made of sums, products with rates, and the
 * greater or lesser of such, so between the prices at which another child wins a figure is a straight line. `nearest`
 * becomes the distance to the first such price in the direction asked for, or to the first at which something that the
 * tree was built on turns.
 */
export interface Walk {
  leaf: Figure;
  at: Decimal;
  direction: Direction;
  depends: (figure: Figure) => boolean;
  lines: Map<Figure, Line>;
  nearest: Decimal | null;
}

const ZERO = new Decimal(0);
const ONE = new Decimal(1);

/** Remembers which figures a price reaches: most of a book's do not depend on it. */
export function dependenceOn(leaf: Figure): (figure: Figure) => boolean {
  const known = new Map<Figure, boolean>([[leaf, true]]);
  function depends(figure: Figure): boolean {
    const before = known.get(figure);
    if (before !== undefined) return before;
    const answer = figure.children.some(depends);
    known.set(figure, answer);
    return answer;
  }
  return depends;
}

/** The figure's line at the walk's price, for the side that the walk is going to. */
export function lineOf(figure: Figure, walk: Walk): Line {
  if (figure === walk.leaf) return { value: walk.at, slope: ONE };
  if (!walk.depends(figure)) return { value: figure.amount, slope: ZERO };
  const known = walk.lines.get(figure);
  if (known) return known;
  const line = follow(figure, walk);
  walk.lines.set(figure, line);
  return line;
}

function follow(figure: Figure, walk: Walk): Line {
  // Only the child that was chosen is followed: what the choice looked at, such as a share, is no straight line.
  if (figure.op === 'choice') return lineOf(figure.children[figure.chosen] as Figure, walk);
  const lines = figure.children.map((child) => lineOf(child, walk));
  switch (figure.op) {
    case 'sum':
      return lines.reduce((total, line) => ({ value: total.value.plus(line.value), slope: total.slope.plus(line.slope) }), { value: ZERO, slope: ZERO });
    case 'difference':
      return lines.reduce((total, line) => ({ value: total.value.minus(line.value), slope: total.slope.minus(line.slope) }));
    case 'product':
      return lines.reduce(multiplied, { value: ONE, slope: ZERO });
    case 'greatest':
      return extreme(lines, walk, 1);
    case 'least':
      return extreme(lines, walk, -1);
    case 'quotient':
    case 'input':
      break;
  }
  assert(false, `a ${figure.op} does not move with a price`);
}

function multiplied(a: Line, b: Line): Line {
  assert(a.slope.isZero() || b.slope.isZero(), 'a product moves with a price in one factor only');
  return { value: a.value.times(b.value), slope: a.slope.times(b.value).plus(b.slope.times(a.value)) };
}

/** The child that wins just beyond the walk's price, and how far it is until another one does. `sign` is 1 for the greatest. */
function extreme(lines: readonly Line[], walk: Walk, sign: Direction): Line {
  const winner = lines.reduce((best, line) => {
    const order = line.value.cmp(best.value) || line.slope.times(walk.direction).cmp(best.slope.times(walk.direction));
    return order * sign > 0 ? line : best;
  });
  for (const line of lines) {
    const gap = winner.value.minus(line.value).times(sign);
    const closing = line.slope.minus(winner.slope).times(walk.direction).times(sign);
    if (closing.gt(0) && gap.gt(0)) walk.nearest = nearer(walk.nearest, gap.div(closing));
  }
  return winner;
}

/**
 * The walk must not pass the price at which this figure turns its sign. Standing on zero and about to leave it counts as a
 * turn here and now: the tree was built for this very price.
 */
export function stopWhereItTurns(figure: Figure, walk: Walk): void {
  const { value, slope } = lineOf(figure, walk);
  const approach = slope.times(walk.direction);
  if (approach.isZero() || (!value.isZero() && value.isNegative() === approach.isNegative())) return;
  walk.nearest = nearer(walk.nearest, value.div(approach).neg());
}

function nearer(known: Decimal | null, distance: Decimal): Decimal {
  return known === null || distance.lt(known) ? distance : known;
}

/** Where a straight line crosses zero: −value ÷ slope away. Null when it is level. Every root search ends in this. */
export function distanceToZero(value: Decimal, slope: Decimal): Decimal | null {
  return slope.isZero() ? null : value.neg().div(slope);
}
