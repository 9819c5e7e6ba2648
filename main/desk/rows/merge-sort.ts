import type { Slices } from './slices.ts';

type Compare = (a: number, b: number) => number;

const RUN = 128;
const YIELD_EVERY = 512;

/** The slots in order, made in slices: short runs first, then runs merged two by two. Equal slots keep their order. */
export function* sorted(slots: Uint32Array, compare: Compare): Slices<Uint32Array> {
  let from = slots.slice();
  for (let start = 0; start < from.length; start += RUN) {
    from.subarray(start, start + RUN).sort(compare);
    yield;
  }
  let into = new Uint32Array(from.length);
  for (let width = RUN; width < from.length; width *= 2) {
    for (let start = 0; start < from.length; start += 2 * width) {
      const middle = Math.min(start + width, from.length);
      yield* mergeInto(into.subarray(start), from.subarray(start, middle), from.subarray(middle, Math.min(middle + width, from.length)), compare);
    }
    [from, into] = [into, from];
  }
  return from;
}

/** Two ordered lists as one; of equals, those on the left come first. */
export function* merged(left: Uint32Array, right: Uint32Array, compare: Compare): Slices<Uint32Array> {
  const into = new Uint32Array(left.length + right.length);
  yield* mergeInto(into, left, right, compare);
  return into;
}

function* mergeInto(into: Uint32Array, left: Uint32Array, right: Uint32Array, compare: Compare): Slices<void> {
  let [l, r] = [0, 0];
  for (let at = 0; at < left.length + right.length; at += 1) {
    const fromLeft = r >= right.length || (l < left.length && compare(left[l] ?? 0, right[r] ?? 0) <= 0);
    into[at] = (fromLeft ? left[l++] : right[r++]) ?? 0;
    if (at % YIELD_EVERY === YIELD_EVERY - 1) yield;
  }
}
