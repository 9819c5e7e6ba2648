import { inverseNormal } from '../../../main/engine/pricing/normal.ts';

/** A stream of numbers that look random and are the same on every machine: 32-bit integers, and our own normal distribution. */
export interface Stream {
  /** A whole number from 0 to `below` − 1. */
  whole: (below: number) => number;
  /** Above 0 and below 1. */
  share: () => number;
  normal: () => number;
}

/** A stream by seed and purpose, so that what one part of the book draws never shifts another part. */
export function streamOf(seed: number, purpose: number): Stream {
  let state = Math.imul(seed ^ 0x5bd1e995, 0x27d4eb2f) ^ Math.imul(purpose + 1, 0x165667b1);
  const next = (): number => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
  const share = (): number => (next() + 0.5) / 4294967296;
  return { whole: (below) => Math.floor(share() * below), share, normal: () => inverseNormal(share()) };
}

/** Puts the first `count` elements of `items` in random order out of all of them; the rest follow in no useful order. */
export function shuffleFirst(items: Int32Array, count: number, stream: Stream): void {
  for (let at = 0; at < count; at += 1) {
    const other = at + stream.whole(items.length - at);
    const held = items[at] as number;
    items[at] = items[other] as number;
    items[other] = held;
  }
}
