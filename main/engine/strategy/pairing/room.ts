/** The arrays of a relaxation, which may have room beyond what its program needs. */
export interface Room {
  /** Variable of each line of the basis, its value, and the inverse of the basis, line by line; as many lines as rows. */
  working: Int32Array;
  values: Float64Array;
  inverse: Float64Array[];
  /** Key use of each option, and what is left for it. */
  keys: Int32Array;
  keyValues: Float64Array;
  /** Where each variable is: a line of the basis, or one of the constants of relaxation.ts. */
  place: Int32Array;
  /** Bounds of the uses, which branching moves. */
  lower: Float64Array;
  upper: Float64Array;
  /** Price of each row, and each use's gain less what its rows' prices take. */
  prices: Float64Array;
  net: Float64Array;
  /** Uses of each option, one after the other, and whether branching has moved a bound of one of them. */
  usesFrom: Int32Array;
  usesOf: Int32Array;
  bounded: Uint8Array;
  /** What every pivot and every look at a solution uses anew. */
  scratch: Float64Array;
  lossRates: Float64Array;
  entries: Float64Array;
  column: Float64Array;
  nonzero: Int32Array;
  at: Float64Array;
  solution: Float64Array;
  taken: Float64Array;
  nexts: Nexts;
  /** The first loss or slack outside the basis that would change, and how far off that is. */
  outside: { variable: number; at: number };
  /** What the next step takes out: a line of the basis, or with line −1 an option whose key it is. */
  leaving: { line: number; option: number; below: boolean };
  /** What branching keeps: costs seen, the latest look at both directions of a use, and the solution without whole numbers. */
  costs: Costs;
  rates: { down: number; up: number };
  topLoses: Float64Array;
  topUpper: Float64Array;
  trial: Int32Array;
  held: Uint8Array;
}

/** What a contract more or less in a use has cost, by direction: sums and how often it was seen. */
export interface Costs {
  down: Float64Array;
  downSeen: Float64Array;
  up: Float64Array;
  upSeen: Float64Array;
}

/** For every option the first use that would do better than its key, kept in arrays that each pivot fills anew. */
export interface Nexts {
  use: Int32Array;
  at: Float64Array;
  helps: Float64Array;
  /** Options that have one, as many as `some` says: few, so that only these are gone through. */
  having: Int32Array;
  /** What the keys move the line by, and their net gains: beside each other, since every use is compared with them. */
  keyRaw: Float64Array;
  keyNet: Float64Array;
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
  const byUse = (): Float64Array => new Float64Array(uses);
  return {
    working: new Int32Array(ROWS_MAX), values: new Float64Array(ROWS_MAX), prices: new Float64Array(ROWS_MAX), inverse: before?.inverse ?? [],
    keys: new Int32Array(options), keyValues: new Float64Array(options), place: new Int32Array(uses + ROWS_MAX),
    lower: byUse(), upper: byUse(), net: byUse(), scratch: byUse(), at: byUse(), solution: byUse(), lossRates: byUse(),
    usesFrom: new Int32Array(options + 1), usesOf: new Int32Array(uses), bounded: new Uint8Array(options), taken: new Float64Array(options),
    entries: new Float64Array(ROWS_MAX), column: new Float64Array(ROWS_MAX), nonzero: new Int32Array(ROWS_MAX), nexts: nextsFor(options), outside: { variable: -1, at: Infinity }, leaving: { line: -1, option: -1, below: false },
    costs: { down: byUse(), downSeen: byUse(), up: byUse(), upSeen: byUse() }, rates: { down: 0.5, up: 0.5 }, topLoses: byUse(), topUpper: byUse(),
    trial: new Int32Array(options), held: new Uint8Array(options),
  };
}

function nextsFor(options: number): Nexts {
  return { use: new Int32Array(options), at: new Float64Array(options), helps: new Float64Array(options), having: new Int32Array(options), keyRaw: new Float64Array(options), keyNet: new Float64Array(options), some: 0 };
}

/** A line of the inverse with room for at least so many entries: the one that is there, grown where it is too short. */
export function lineFor(inverse: Float64Array[], line: number, entries: number): Float64Array {
  const before = inverse[line];
  if (before && before.length >= entries) return before;
  const own = new Float64Array(Math.max(ROWS_AT_FIRST, 2 * entries));
  if (before) own.set(before);
  inverse[line] = own;
  return own;
}
