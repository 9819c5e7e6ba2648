import { noCoefficients, type Row, type Tie } from './program.ts';
import { doubles } from './numbers.ts';

/** A use's part in a tie: how much one contract counts. */
export interface Share {
  use: number;
  amount: number;
}

/** Σ amount × contracts is at most `limit`: lots of stock, or no more calls short than long. Shares in the order of their uses. */
export function limitTie(shares: readonly Share[], limit: number): Tie {
  return {
    loss: -1,
    broken: (values, _, tolerance) => {
      let total = 0;
      for (let index = 0; index < shares.length; index += 1) {
        const { use, amount } = shares[index] as Share;
        total += amount * (values[use] as number);
      }
      if (!(total > limit + tolerance)) return null;
      const { from, coefficients } = emptyRow(shares, shares);
      for (let index = 0; index < shares.length; index += 1) {
        const { use, amount } = shares[index] as Share;
        coefficients[use - from] = amount;
      }
      return { from, coefficients, limit, loss: -1 };
    },
    least: nothing,
  };
}

function nothing(): number {
  return 0;
}

/** A use with its place on a scale of strikes or of risk. */
export interface Placed {
  use: number;
  at: number;
}

/**
 * Every short call of a collar has a long put of its own at its strike or below: at each strike no more of the calls up
 * to there than of the puts up to there. The neighbourhoods are nested, so these rows are all that matching needs.
 */
export function matchingTie(calls: readonly Placed[], puts: readonly Placed[]): Tie {
  const rowAt = (end: number): Row => {
    const { from, coefficients } = emptyRow(calls, puts);
    for (const { use, at } of calls) if (at <= end) coefficients[use - from] = 1;
    for (const { use, at } of puts) if (at <= end) coefficients[use - from] = -1;
    return { from, coefficients, limit: 0, loss: -1 };
  };
  return {
    loss: -1,
    broken: (values, _, tolerance) => {
      let most = tolerance;
      let worst: number | null = null;
      for (const { at: end } of calls) {
        const over = upTo(calls, end, values) - upTo(puts, end, values);
        // Of equally broken rows the one at the lowest strike.
        if (over < most || (over === most && (worst === null || end >= worst))) continue;
        most = over;
        worst = end;
      }
      return worst === null ? null : rowAt(worst);
    },
    least: nothing,
  };
}

function upTo(side: readonly Placed[], end: number, values: readonly number[]): number {
  let total = 0;
  for (const { use, at } of side) if (at <= end) total += values[use] as number;
  return total;
}

/**
 * Short straddles and strangles. A pair saves the lesser of its sides' risks, so the most that chosen calls and puts can
 * save is, over every stretch between neighbouring risks, its length times the lesser of the calls and the puts above
 * it: sorted matching reaches all of them at once. Calls gain their whole risk; the loss is what of that is not saved.
 */
export function straddleTie(calls: readonly Placed[], puts: readonly Placed[], loss: number): Tie {
  const sorted = byRisk(calls, puts);
  /** What of the calls' risk is not saved. */
  const lossAt = (values: readonly number[]): number => {
    let open = 0;
    let held = 0;
    let total = 0;
    for (let index = 0; index < sorted.length; index += 1) {
      const { use, call, width } = sorted[index] as Side;
      if (call) open += values[use] as number;
      else held += values[use] as number;
      total += width * (open - (open < held ? open : held));
    }
    return total;
  };
  /** Each stretch by the side that limits it. */
  const rowAt = (values: readonly number[]): Row => {
    const { from, coefficients } = emptyRow(calls, puts);
    let open = 0;
    let held = 0;
    for (let index = 0; index < sorted.length; index += 1) {
      const side = sorted[index] as Side;
      if (side.call) open += values[side.use] as number;
      else held += values[side.use] as number;
      side.byCalls = open < held;
    }
    let limitedByCalls = 0;
    let limitedByPuts = 0;
    for (let index = sorted.length - 1; index >= 0; index -= 1) {
      const { use, at, call, width, byCalls } = sorted[index] as Side;
      if (byCalls) limitedByCalls += width;
      else limitedByPuts += width;
      coefficients[use - from] = call ? at - limitedByCalls : -limitedByPuts;
    }
    return { from, coefficients, limit: 0, loss };
  };
  return { loss, broken: (values, known, tolerance) => (lossAt(values) > known + tolerance ? rowAt(values) : null), least: lossAt };
}

/** A side of straddles, with the stretch to the next lesser risk and which side limited that when last looked at. */
interface Side extends Placed {
  call: boolean;
  width: number;
  byCalls: boolean;
}

/** Largest risk first; of equals calls, in their order. */
function byRisk(calls: readonly Placed[], puts: readonly Placed[]): Side[] {
  const sorted: Side[] = [];
  for (let index = 0; index < calls.length + puts.length; index += 1) {
    const call = index < calls.length;
    const { use, at } = (call ? calls[index] : puts[index - calls.length]) as Placed;
    const side = { use, at, call, width: 0, byCalls: false };
    let place = index;
    for (; place > 0 && (sorted[place - 1] as Side).at < at; place -= 1) sorted[place] = sorted[place - 1] as Side;
    sorted[place] = side;
  }
  for (let index = 0; index < sorted.length; index += 1) {
    const side = sorted[index] as Side;
    side.width = side.at - (sorted[index + 1]?.at ?? 0);
  }
  return sorted;
}

/** A leg of a group, with the index of its strike among the group's points. */
export interface GroupLeg {
  use: number;
  point: number;
  call: boolean;
  short: boolean;
}

/** No more of a group's short calls than of its long ones, or of its puts. */
export function coverTie(legs: readonly GroupLeg[], calls: boolean): Tie {
  return {
    loss: -1,
    broken: (values, _, tolerance) => {
      let uncovered = 0;
      for (let index = 0; index < legs.length; index += 1) {
        const { use, call, short } = legs[index] as GroupLeg;
        if (call === calls) uncovered += short ? (values[use] as number) : -(values[use] as number);
      }
      if (!(uncovered > tolerance)) return null;
      const side = legs.filter(({ call }) => call === calls);
      const { from, coefficients } = emptyRow(side, side);
      for (const { use, short } of side) coefficients[use - from] = short ? 1 : -1;
      return { from, coefficients, limit: 0, loss: -1 };
    },
    least: nothing,
  };
}

/** Room that every look at a group's losses uses anew. */
let room = { calls: doubles(64), puts: doubles(64), at: doubles(64) };

/** A group charged by its largest loss: at nothing and at every strike what the short options pay less what the long ones bring. */
export function groupTie(legs: readonly GroupLeg[], points: readonly number[], loss: number): Tie {
  const size = points.length;
  const rowAt = (point: number): Row => {
    const { from, coefficients } = emptyRow(legs, legs);
    for (let index = 0; index < legs.length; index += 1) {
      const leg = legs[index] as GroupLeg;
      const by = leg.call ? (points[point] as number) - (points[leg.point] as number) : (points[leg.point] as number) - (points[point] as number);
      if (by > 0) coefficients[leg.use - from] = leg.short ? by : -by;
    }
    return { from, coefficients, limit: 0, loss };
  };
  return {
    loss,
    broken: (values, known, tolerance) => {
      const at = lossesAt(legs, points, values);
      let most = known + tolerance;
      let worst = -1;
      for (let point = 0; point < size; point += 1) {
        if ((at[point] as number) <= most) continue;
        most = at[point] as number;
        worst = point;
      }
      return worst < 0 ? null : rowAt(worst);
    },
    least: (values) => {
      const at = lossesAt(legs, points, values);
      let most = 0;
      for (let point = 0; point < size; point += 1) if ((at[point] as number) > most) most = at[point] as number;
      return most;
    },
  };
}

function lossesAt(legs: readonly GroupLeg[], points: readonly number[], values: readonly number[]): number[] {
  const size = points.length;
  if (room.at.length < size) room = { calls: doubles(2 * size), puts: doubles(2 * size), at: doubles(2 * size) };
  const { calls, puts, at } = room;
  for (let point = 0; point < size; point += 1) {
    calls[point] = 0;
    puts[point] = 0;
  }
  for (let index = 0; index < legs.length; index += 1) {
    const { use, point, call, short } = legs[index] as GroupLeg;
    const side = call ? calls : puts;
    side[point] = (side[point] as number) + (short ? (values[use] as number) : -(values[use] as number));
  }
  at[0] = 0;
  for (let point = 1, count = 0, value = 0; point < size; point += 1) {
    count += calls[point - 1] as number;
    value += count * ((points[point] as number) - (points[point - 1] as number));
    at[point] = value;
  }
  for (let point = size - 2, count = 0, value = 0; point >= 0; point -= 1) {
    count += puts[point + 1] as number;
    value += count * ((points[point + 1] as number) - (points[point] as number));
    at[point] = (at[point] as number) + value;
  }
  return at;
}

/** More than any program has. */
const USES_MAX = 2 ** 30;

/** A row of nothing over the stretch of uses that two lists span. */
function emptyRow(shares: readonly { use: number }[], more: readonly { use: number }[]): { from: number; coefficients: number[] } {
  let from = USES_MAX;
  let to = 0;
  for (let index = 0; index < shares.length; index += 1) {
    const { use } = shares[index] as { use: number };
    if (use < from) from = use;
    if (use >= to) to = use + 1;
  }
  if (more !== shares) for (let index = 0; index < more.length; index += 1) {
    const { use } = more[index] as { use: number };
    if (use < from) from = use;
    if (use >= to) to = use + 1;
  }
  return { from, coefficients: noCoefficients(to - from) };
}
