/** What was learned of things that have numbers: two answers of each, of the first and the second kind (0 and 1). */
export interface Learned {
  values: Int32Array;
}

export const UNKNOWN = -1;
const FIRST_VALUES = 1024;

export function nothingLearned(): Learned {
  return { values: new Int32Array(FIRST_VALUES).fill(UNKNOWN) };
}

/** What was learned of this number; `UNKNOWN` when nothing was. */
export function learnedOf({ values }: Learned, number: number, kind: number): number {
  return values[number * 2 + kind] ?? UNKNOWN;
}

export function learn(learned: Learned, number: number, kind: number, value: number): void {
  const place = number * 2 + kind;
  if (place >= learned.values.length) {
    const room = new Int32Array(Math.max(place + 1, learned.values.length * 2)).fill(UNKNOWN, learned.values.length);
    room.set(learned.values);
    learned.values = room;
  }
  learned.values[place] = value;
}

export function forget(learned: Learned): void {
  learned.values.fill(UNKNOWN);
}
