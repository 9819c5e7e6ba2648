/** Whole numbers that look drawn and are the same on every machine. */
export interface RandomNumbers {
  /** At least 0, less than `limit`. */
  below: (limit: number) => number;
}

/** Lehmer's generator with 31 bits: its products stay below 2⁵³. */
export function randomNumbers(seed: number): RandomNumbers {
  let state = seed % 2_147_483_647;
  return {
    below(limit) {
      state = (state * 48_271) % 2_147_483_647;
      return Math.floor((state / 2_147_483_647) * limit);
    },
  };
}
