import type { Row, Tie } from './program.ts';

/** A use's part in a tie: how much one contract counts. */
export interface Share {
  use: number;
  amount: number;
}

/** Σ amount × contracts is at most `limit`: lots of stock, or no more calls short than long. */
export function limitTie(shares: readonly Share[], limit: number): Tie {
  const [from, to] = stretchOf(shares);
  const coefficients = new Float64Array(to - from);
  for (const { use, amount } of shares) coefficients[use - from] = amount;
  const row: Row = { from, coefficients, limit, loss: -1 };
  return {
    loss: -1,
    broken: (values, _, tolerance) => (dot(row, values) > limit + tolerance ? [row] : []),
    least: () => 0,
  };
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
  const [from, to] = stretchOf([...calls, ...puts]);
  const ends = [...new Set(calls.map(({ at }) => at))].toSorted((a, b) => a - b);
  const rowAt = (end: number): Row => {
    const coefficients = new Float64Array(to - from);
    for (const { use, at } of calls) if (at <= end) coefficients[use - from] = 1;
    for (const { use, at } of puts) if (at <= end) coefficients[use - from] = -1;
    return { from, coefficients, limit: 0, loss: -1 };
  };
  const upTo = (side: readonly Placed[], end: number, values: Float64Array): number => side.reduce((total, { use, at }) => (at <= end ? total + (values[use] as number) : total), 0);
  return {
    loss: -1,
    broken: (values, _, tolerance) => {
      let most = tolerance;
      let worst: number | null = null;
      for (const end of ends) {
        const over = upTo(calls, end, values) - upTo(puts, end, values);
        if (over > most) [most, worst] = [over, end];
      }
      return worst === null ? [] : [rowAt(worst)];
    },
    least: () => 0,
  };
}

/**
 * Short straddles and strangles. A pair saves the lesser of its sides' risks, so the most that chosen calls and puts can
 * save is, over every stretch between neighbouring risks, its length times the lesser of the calls and the puts above
 * it: sorted matching reaches all of them at once. Calls gain their whole risk; the loss is what of that is not saved.
 */
export function straddleTie(calls: readonly Placed[], puts: readonly Placed[], loss: number): Tie {
  const [from, to] = stretchOf([...calls, ...puts]);
  const sorted = [...calls.map((side) => ({ ...side, call: true })), ...puts.map((side) => ({ ...side, call: false }))].toSorted((a, b) => b.at - a.at);
  /** What of the calls' risk is not saved; fills in which side limits each stretch. */
  const lossAt = (values: Float64Array, byCalls?: Uint8Array): number => {
    let [open, held, total] = [0, 0, 0];
    sorted.forEach(({ use, at, call }, index) => {
      if (call) open += values[use] as number;
      else held += values[use] as number;
      const width = at - (sorted[index + 1]?.at ?? 0);
      if (byCalls) byCalls[index] = open < held ? 1 : 0;
      total += width * (open - Math.min(open, held));
    });
    return total;
  };
  const rowOf = (byCalls: Uint8Array): Row => {
    const coefficients = new Float64Array(to - from);
    let [limitedByCalls, limitedByPuts] = [0, 0];
    for (let index = sorted.length - 1; index >= 0; index -= 1) {
      const { use, at, call } = sorted[index] as (typeof sorted)[number];
      const width = at - (sorted[index + 1]?.at ?? 0);
      if (byCalls[index] === 1) limitedByCalls += width;
      else limitedByPuts += width;
      coefficients[use - from] = call ? at - limitedByCalls : -limitedByPuts;
    }
    return { from, coefficients, limit: 0, loss };
  };
  return {
    loss,
    broken: (values, known, tolerance) => {
      const byCalls = new Uint8Array(sorted.length);
      return lossAt(values, byCalls) > known + tolerance ? [rowOf(byCalls)] : [];
    },
    least: (values) => lossAt(values),
  };
}

/** A leg of a group, with the index of its strike among the group's points. */
export interface GroupLeg {
  use: number;
  point: number;
  call: boolean;
  short: boolean;
}

/** A group charged by its largest loss: at nothing and at every strike what the short options pay less what the long ones bring. */
export function groupTie(legs: readonly GroupLeg[], points: readonly number[], loss: number): Tie {
  const [from, to] = stretchOf(legs);
  const lossesAt = (values: Float64Array): Float64Array => {
    const calls = new Float64Array(points.length);
    const puts = new Float64Array(points.length);
    for (const { use, point, call, short } of legs) {
      const side = call ? calls : puts;
      side[point] = (side[point] as number) + (short ? (values[use] as number) : -(values[use] as number));
    }
    const at = new Float64Array(points.length);
    for (let point = 1, count = 0, value = 0; point < points.length; point += 1) {
      count += calls[point - 1] as number;
      value += count * ((points[point] as number) - (points[point - 1] as number));
      at[point] = value;
    }
    for (let point = points.length - 2, count = 0, value = 0; point >= 0; point -= 1) {
      count += puts[point + 1] as number;
      value += count * ((points[point + 1] as number) - (points[point] as number));
      at[point] = (at[point] as number) + value;
    }
    return at;
  };
  const rowAt = (point: number): Row => {
    const coefficients = new Float64Array(to - from);
    for (const leg of legs) {
      const by = (points[point] as number) - (points[leg.point] as number);
      const pays = Math.max(0, leg.call ? by : -by);
      coefficients[leg.use - from] = leg.short ? pays : -pays;
    }
    return { from, coefficients, limit: 0, loss };
  };
  return {
    loss,
    broken: (values, known, tolerance) => {
      const at = lossesAt(values);
      let most = known + tolerance;
      let worst = -1;
      at.forEach((value, point) => {
        if (value > most) [most, worst] = [value, point];
      });
      return worst < 0 ? [] : [rowAt(worst)];
    },
    least: (values) => lossesAt(values).reduce((most, value) => Math.max(most, value), 0),
  };
}

function dot({ from, coefficients }: Row, values: Float64Array): number {
  let total = 0;
  for (let index = 0; index < coefficients.length; index += 1) total += (coefficients[index] as number) * (values[from + index] as number);
  return total;
}

function stretchOf(shares: readonly { use: number }[]): [from: number, to: number] {
  let [from, to] = [Infinity, 0];
  for (const { use } of shares) [from, to] = [Math.min(from, use), Math.max(to, use + 1)];
  return [from, to];
}
