import type { GroupPlan, StockPlan } from './formulation.ts';
import { ordered } from './ordered.ts';
import type { Program, Row } from './program.ts';
import type { GroupLeg } from './ties.ts';
import { doubles, wholes } from './numbers.ts';

const ALMOST_WHOLE = 1e-6;
const REPAIRS_MAX = 20;

/** Every contract alone: always allowed, and saves nothing. Into an array of as many uses, where one is given. */
export function aloneValues({ counts, gains }: Program, values: number[] = doubles(gains.length)): number[] {
  for (let use = 0; use < gains.length; use += 1) values[use] = use < counts.length ? (counts[use] as number) : 0;
  return values;
}

/** What whole numbers of contracts by use save, their losses taken off. */
export function gainOf({ gains, ties }: Program, values: number[]): number {
  let gain = 0;
  for (let use = 0; use < gains.length; use += 1) gain += (gains[use] as number) * (values[use] as number);
  for (const tie of ties) if (tie.loss >= 0) gain -= tie.least(values);
  return gain;
}

/** Room that every look at values uses anew, and every rounding. */
let left = doubles(64);
let near = doubles(64);
let seen = wholes(64);

/** True when values are a pairing: every contract in one use, and no limit broken. */
export function fits(program: Program, values: number[]): boolean {
  const { counts, optionOf, gains } = program;
  if (left.length < counts.length) left = doubles(2 * counts.length);
  for (let option = 0; option < counts.length; option += 1) left[option] = counts[option] as number;
  for (let use = 0; use < gains.length; use += 1) {
    if ((values[use] as number) < 0) return false;
    const option = optionOf[use] as number;
    left[option] = (left[option] as number) - (values[use] as number);
  }
  for (let option = 0; option < counts.length; option += 1) if (left[option] !== 0) return false;
  return isAllowed(program, values);
}

/** True when no limit is broken; losses always adapt. */
export function isAllowed({ ties }: Program, values: number[]): boolean {
  for (const tie of ties) if (tie.loss < 0 && tie.broken(values, 0, ALMOST_WHOLE) !== null) return false;
  return true;
}

/** What the greedy pairing looks at; an expiry is anything that compares. */
export interface GreedyPlan {
  program: Program;
  stock: readonly Pick<StockPlan, 'covered' | 'lots' | 'lotOf'>[];
  groups: readonly GroupPlan[];
  expiryOf: (option: number) => string | number | undefined;
}

/**
 * The greedy pairing as whole numbers by use: stock covers first, then same-expiry verticals, best saving first. A group
 * loses no more than its verticals, so that what is found from here never asks more than the greedy pairing.
 */
export function greedyValues(plan: GreedyPlan, into?: number[]): number[] {
  const { program, stock } = plan;
  const { gains, optionOf } = program;
  const values = aloneValues(program, into);
  const left = (use: number): number => values[optionOf[use] as number] as number;
  const move = (use: number, count: number): void => {
    values[optionOf[use] as number] = left(use) - count;
    values[use] = (values[use] as number) + count;
  };
  for (const { covered, lots, lotOf } of stock) {
    let open = lots;
    for (const use of ordered(covered.slice(), (a, b) => (gains[b] as number) - (gains[a] as number))) {
      const count = Math.min(left(use), Math.floor(open / lotOf(use)));
      if (count > 0) {
        move(use, count);
        open -= count * lotOf(use);
      }
    }
  }
  for (const { short, long } of verticalsOf(plan)) {
    const count = Math.min(left(short), left(long));
    if (count > 0) {
      move(short, count);
      move(long, count);
    }
  }
  return values;
}

interface Vertical {
  short: number;
  long: number;
  saving: number;
}

/** Same-expiry pairs that save something, best first; ties in the order of the book. */
function verticalsOf({ program: { counts, gains, optionOf }, expiryOf, groups }: GreedyPlan): Vertical[] {
  const verticals: Vertical[] = [];
  if (seen.length < optionOf.length) seen = wholes(2 * optionOf.length);
  for (let option = 0; option < counts.length; option += 1) seen[option] = 0;
  for (let group = 0; group < groups.length; group += 1) {
    const { legs, strikes } = groups[group] as GroupPlan;
    for (let index = 0; index < legs.length; index += 1) {
      const { use, point, call, short } = legs[index] as GroupLeg;
      const option = optionOf[use] as number;
      // The first group that an option is in holds every long option that could stand against it.
      if (!short || seen[option] === 1) continue;
      seen[option] = 1;
      const expiry = expiryOf(option);
      for (let other = 0; other < legs.length; other += 1) {
        const long = legs[other] as GroupLeg;
        if (long.short || long.call !== call || expiryOf(optionOf[long.use] as number) !== expiry) continue;
        const by = (strikes[long.point] as number) - (strikes[point] as number);
        const saving = (gains[use] as number) + (gains[long.use] as number) - Math.min(gains[use] as number, Math.max(0, call ? by : -by));
        if (saving > 0) verticals.push({ short: use, long: long.use, saving });
      }
    }
  }
  const rank = (use: number): number => optionOf[use] as number;
  return ordered(verticals, (a, b) => b.saving - a.saving || rank(a.short) - rank(b.short) || rank(a.long) - rank(b.long));
}

/**
 * Whole numbers near a solution without them: every use rounded down, then the contracts left over tried one option at a
 * time where the solution had part of them, long ones first, wherever that saves more and nothing forbids it. Good until
 * the next rounding; the array may have room beyond.
 */
export function rounded(program: Program, relaxed: number[], longs: number[]): number[] | null {
  const { counts, optionOf, gains } = program;
  const uses = gains.length;
  if (near.length < uses) near = doubles(2 * uses);
  const values = near;
  const broken: number[] = [];
  for (let option = 0; option < counts.length; option += 1) values[option] = counts[option] as number;
  for (let use = counts.length; use < uses; use += 1) {
    values[use] = Math.max(0, Math.floor((relaxed[use] as number) + ALMOST_WHOLE));
    if ((relaxed[use] as number) - (values[use] as number) > ALMOST_WHOLE) broken.push(use);
    values[optionOf[use] as number] = (values[optionOf[use] as number] as number) - (values[use] as number);
  }
  for (let option = 0; option < counts.length; option += 1) if ((values[option] as number) < 0) return null;
  const isLong = (use: number): boolean => longs[optionOf[use] as number] === 1;
  const part = (use: number): number => (relaxed[use] as number) % 1;
  const order = ordered(broken, (a, b) => Number(isLong(b)) - Number(isLong(a)) || part(b) - part(a));
  const put = (use: number, count: number): void => {
    values[use] = (values[use] as number) + count;
    values[optionOf[use] as number] = (values[optionOf[use] as number] as number) - count;
  };
  // A long option in a group costs next to nothing, and may be what allows the rest.
  for (const use of order) if (isLong(use) && (values[optionOf[use] as number] as number) > 0) put(use, 1);
  if (!repair(program, values)) return null;
  let gain = gainOf(program, values);
  for (const use of order) {
    if (isLong(use) || (values[optionOf[use] as number] as number) <= 0) continue;
    put(use, 1);
    const better = isAllowed(program, values) ? gainOf(program, values) : -Infinity;
    if (better > gain) gain = better;
    else put(use, -1);
  }
  return values;
}

/** Takes contracts out of broken limits until they hold; false where that does not come to an end. */
function repair(program: Program, values: number[]): boolean {
  for (let round = 0; round < REPAIRS_MAX; round += 1) {
    const rows: Row[] = [];
    for (const tie of program.ties) {
      const row = tie.loss < 0 ? tie.broken(values, 0, ALMOST_WHOLE) : null;
      if (row) rows.push(row);
    }
    if (rows.length === 0) return true;
    for (const { from, coefficients, limit } of rows) {
      let over = -limit;
      coefficients.forEach((coefficient, index) => {
        over += coefficient * (values[from + index] as number);
      });
      for (let index = 0; index < coefficients.length && over > ALMOST_WHOLE; index += 1) {
        const coefficient = coefficients[index] as number;
        const use = from + index;
        if (coefficient <= 0 || (values[use] as number) <= 0) continue;
        const count = Math.min(values[use] as number, Math.ceil(over / coefficient - ALMOST_WHOLE));
        const option = program.optionOf[use] as number;
        values[use] = (values[use] as number) - count;
        values[option] = (values[option] as number) + count;
        over -= count * coefficient;
      }
    }
  }
  return false;
}
