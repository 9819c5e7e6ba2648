/**
 * Where fields begin in a record of the fixed-width risk parameter file (CME's "PA2" form) and how many characters they
 * have, for what is read of it. Facts of the published layout; not held against a file of today.
 */
export const PA2 = {
  header: { clearingOrg: [2, 6], businessDate: [8, 8] },
  commodity: { code: [6, 6], currency: [13, 3] },
  /** Six times from here on: code, type, decimals of array values and their sign. */
  product: { first: 22, width: 16, count: 6, code: [0, 10], type: [10, 3], decimals: [13, 1], decimalsSign: [14, 1] },
  tiers: { code: [2, 6], first: 10, width: 14, count: 4, number: [0, 2], from: [2, 6], to: [8, 6] },
  minimum: { code: [2, 6], rate: [62, 7], method: [78, 1] },
  inter: { priority: [5, 4], credit: [9, 7], first: 16, width: 18, count: 4, commodity: [4, 6], ratio: [10, 7], side: [17, 1] },
  intra: { code: [2, 6], priority: [10, 2], charge: [14, 7], first: 21, width: 7, count: 8, tier: [2, 2], ratio: [4, 2], side: [6, 1] },
  price: { product: [5, 10], type: [15, 3], priceDecimals: [33, 3], strikeDecimals: [36, 3], factor: [41, 14] },
  array: { product: [5, 10], underlying: [15, 10], type: [25, 3], right: [28, 1], futureMonth: [29, 6], futureDay: [35, 2], optionMonth: [38, 6], optionDay: [44, 2], strike: [47, 7], first: 54, width: 6, value: [0, 5], sign: [5, 1] },
  /** Of the second array record alone. */
  second: { delta: [96, 5], deltaSign: [101, 1], price: [110, 7], priceSign: [117, 1] },
} as const;

/** Array values in the first and the second record of a contract. */
export const VALUES = { first: 9, second: 7 } as const;

/** Decimals that a number without a point has, by what it is. */
export const IMPLIED_DECIMALS = { delta: 4, ratio: 4, credit: 4, factor: 7 } as const;

type Field = readonly [from: number, length: number];

export function field(line: string, [from, length]: Field, offset = 0): string {
  return line.slice(offset + from, offset + from + length).trim();
}

/** Offsets at which a repeated part begins. */
export function repeats({ first, width, count }: { first: number; width: number; count: number }): number[] {
  return Array.from({ length: count }, (_, at) => first + at * width);
}
