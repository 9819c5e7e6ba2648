import { doubles, wholes } from './numbers.ts';

/** The arrays of a relaxation, which may have room beyond what its program needs. */
export interface Room {
  /** Variable of each line of the basis, its value, and the inverse of the basis, line by line; as many lines as rows. */
  working: number[];
  values: number[];
  inverse: number[][];
  /** Key use of each option, and what is left for it. */
  keys: number[];
  keyValues: number[];
  /** Where each variable is: a line of the basis, or one of the constants of relaxation.ts. */
  place: number[];
  /** Bounds of the uses, which branching moves. */
  lower: number[];
  upper: number[];
  /** Price of each row, and each use's gain less what its rows' prices take. */
  prices: number[];
  net: number[];
  /** Uses of each option, one after the other, and whether branching has moved a bound of one of them. */
  usesFrom: number[];
  usesOf: number[];
  bounded: number[];
  /** What every pivot and every look at a solution uses anew. */
  scratch: number[];
  lossRates: number[];
  entries: number[];
  column: number[];
  nonzero: number[];
  at: number[];
  solution: number[];
  taken: number[];
  nexts: Nexts;
  /** The first loss or slack outside the basis that would change, and how far off that is. */
  outside: { variable: number; at: number };
  /** What the next step takes out: a line of the basis, or with line −1 an option whose key it is. */
  leaving: { line: number; option: number; below: boolean };
  /** What branching keeps: costs seen, the latest look at both directions of a use, and the solution without whole numbers. */
  costs: Costs;
  rates: { down: number; up: number };
  topLoses: number[];
  topUpper: number[];
  trial: number[];
  held: number[];
}

/** What a contract more or less in a use has cost, by direction: sums and how often it was seen. */
export interface Costs {
  down: number[];
  downSeen: number[];
  up: number[];
  upSeen: number[];
}

/** For every option the first use that would do better than its key, kept in arrays that each pivot fills anew. */
export interface Nexts {
  use: number[];
  at: number[];
  helps: number[];
  /** Options that have one, as many as `some` says: few, so that only these are gone through. */
  having: number[];
  /** What the keys move the line by, and their net gains: beside each other, since every use is compared with them. */
  keyRaw: number[];
  keyNet: number[];
  some: number;
}

/** Far beyond what any book has needed; a search that came here would stop. */
export const ROWS_MAX = 4_000;

const ROWS_AT_FIRST = 32;

let uses = 0;
let options = 0;
let kept: Room | null = null;

/**
 * Arrays for a program of this size: those of the search before, where they are large enough. Making them anew took
 * longer than solving a program of a few options, and nothing of one search is looked at by the next.
 */
export function roomFor(usesNeeded: number, optionsNeeded: number, losses: number): Room {
  const most = usesNeeded + losses;
  if (!kept || most > uses || optionsNeeded > options) {
    uses = Math.max(64, 2 * most, uses);
    options = Math.max(32, 2 * optionsNeeded, options);
    kept = made(uses, options, kept);
  }
  return kept;
}

function made(uses: number, options: number, before: Room | null): Room {
  const byUse = (): number[] => doubles(uses);
  return {
    working: wholes(ROWS_MAX), values: doubles(ROWS_MAX), prices: doubles(ROWS_MAX), inverse: before?.inverse ?? [],
    keys: wholes(options), keyValues: doubles(options), place: wholes(uses + ROWS_MAX),
    lower: byUse(), upper: byUse(), net: byUse(), scratch: byUse(), at: byUse(), solution: byUse(), lossRates: byUse(),
    usesFrom: wholes(options + 1), usesOf: wholes(uses), bounded: wholes(options), taken: doubles(options),
    entries: doubles(ROWS_MAX), column: doubles(ROWS_MAX), nonzero: wholes(ROWS_MAX), nexts: nextsFor(options), outside: { variable: -1, at: Infinity }, leaving: { line: -1, option: -1, below: false },
    costs: { down: byUse(), downSeen: byUse(), up: byUse(), upSeen: byUse() }, rates: { down: 0.5, up: 0.5 }, topLoses: byUse(), topUpper: byUse(),
    trial: wholes(options), held: wholes(options),
  };
}

function nextsFor(options: number): Nexts {
  return { use: wholes(options), at: doubles(options), helps: doubles(options), having: wholes(options), keyRaw: doubles(options), keyNet: doubles(options), some: 0 };
}

/** A line of the inverse with room for at least so many entries: the one that is there, grown where it is too short. */
export function lineFor(inverse: number[][], line: number, entries: number): number[] {
  const before = inverse[line];
  if (before && before.length >= entries) return before;
  const own = doubles(Math.max(ROWS_AT_FIRST, 2 * entries));
  if (before) for (let index = 0; index < before.length; index += 1) own[index] = before[index] as number;
  inverse[line] = own;
  return own;
}
