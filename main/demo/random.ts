/** A stream of numbers that look random and are the same on every machine: 32-bit integer arithmetic only. */
export interface Random {
  /** A whole number from `min` to `max`, both included. */
  between(min: number, max: number): number;
  pick<T>(from: readonly T[]): T;
  /** True `percent` times in a hundred. */
  chance(percent: number): boolean;
  /** `count` different elements, in the order of `from`. */
  some<T>(from: readonly T[], count: number): T[];
}

/** A stream named by a text, so that adding an account changes no other account's numbers. */
export function randomOf(name: string): Random {
  let state = hash(name);
  const next = (): number => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
  const between = (min: number, max: number): number => min + (next() % (max - min + 1));
  return {
    between,
    pick: (from) => from[between(0, from.length - 1)] as (typeof from)[number],
    chance: (percent) => between(1, 100) <= percent,
    some: (from, count) => {
      let left = Math.min(count, from.length);
      return from.filter((_, index) => {
        const taken = between(1, from.length - index) <= left;
        if (taken) left -= 1;
        return taken;
      });
    },
  };
}

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const letter of text) value = Math.imul(value ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return value | 0;
}
