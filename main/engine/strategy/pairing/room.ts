import { ROWS_MAX, type Nexts, type Relaxation } from './relaxation.ts';

/** The arrays of a relaxation. */
type Room = Omit<Relaxation, 'program' | 'uses' | 'options' | 'rows' | 'gain' | 'steps' | 'work'>;

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
    entries: new Float64Array(ROWS_MAX), column: new Float64Array(ROWS_MAX), nonzero: new Int32Array(ROWS_MAX), nexts: nextsFor(options), trial: new Int32Array(options), held: new Uint8Array(options),
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
