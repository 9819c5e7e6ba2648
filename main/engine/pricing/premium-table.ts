import { exp, log } from './elementary.ts';
import { earlyExercisePremium, MOST_TOTAL } from './early-exercise.ts';
import { exerciseBoundary } from './exercise-boundary.ts';

// Early-exercise premiums from a table, for what is priced again and again: with strike and life 1 a put depends on
// a = rate × years, b = yield × years, s = σ√years and the spot eˣ. One table per (a, b), so per expiry and yield, serves
// all strikes and underlyings that share them. Its columns stand at fixed ln s, each from its own boundary; a column's rows
// lie at fixed shares of the way from the boundary to infinity, because the premium is smooth there and not across it. Both
// ways four points are joined by a cubic. A column depends on nothing but a, b and its place: the order of asking is no matter.

const COLUMNS_PER_UNIT = 8;
/** ln s of the first column. */
const FIRST = -9;
const COLUMNS = Math.ceil((log(MOST_TOTAL) - FIRST) * COLUMNS_PER_UNIT) + 3;
const ROWS = 48;
/** Tables kept before all are forgotten: 38 MB of them. A market needs two for each expiry and currency. */
const TABLES_MAX = 1_024;

/** The premiums for one a and b, its columns computed when they are first needed. */
export interface PremiumTable {
  readonly a: number;
  readonly b: number;
  readonly isBuilt: Uint8Array;
  /** ln of the boundary, by column. */
  readonly boundaries: Float64Array;
  /** Of the strike, by column and row; the last row, infinitely far from the boundary, is 0. */
  readonly premiums: Float64Array;
}

const tables = new Map<number, Map<number, PremiumTable>>();
let kept = 0;

/** The table of puts for rate × years and yield × years; for a call the two are changed. See exerciseKind for what has one. */
export function premiumTable(a: number, b: number): PremiumTable {
  const found = tables.get(a)?.get(b);
  if (found) return found;
  if (kept >= TABLES_MAX) forgetPremiumTables();
  kept += 1;
  const made = { a, b, isBuilt: new Uint8Array(COLUMNS), boundaries: new Float64Array(COLUMNS), premiums: new Float64Array(COLUMNS * ROWS) };
  const ofRate = tables.get(a);
  if (ofRate) ofRate.set(b, made);
  else tables.set(a, new Map([[b, made]]));
  return made;
}

/** Forgets all tables, as if nothing had been priced yet: for measuring what building them costs. */
export function forgetPremiumTables(): void {
  tables.clear();
  kept = 0;
}

/** The premium as a function of the spot at one total volatility; filled by `readCurve`. */
export interface PremiumCurve {
  /** ln of the spot at and below which the put is exercised. */
  boundary: number;
  /** 1 ÷ the distance from the boundary that is half way to infinity. */
  nearness: number;
  premiums: Float64Array;
  /** Where the first of its four columns begins. */
  from: number;
  share0: number;
  share1: number;
  share2: number;
  share3: number;
}

export function newCurve(): PremiumCurve {
  return { boundary: 0, nearness: 0, premiums: new Float64Array(0), from: 0, share0: 0, share1: 0, share2: 0, share3: 0 };
}

/** False below the first column, where the boundary has to be computed for itself. `s` up to MOST_TOTAL. */
export function readCurve(curve: PremiumCurve, table: PremiumTable, s: number): boolean {
  const place = (log(s) - FIRST) * COLUMNS_PER_UNIT;
  if (!(place >= 1)) return false;
  const below = Math.floor(place);
  const first = below - 1;
  for (let column = first; column < first + 4; column++) if (table.isBuilt[column] === 0) build(table, column);
  const f = place - below;
  curve.share0 = (-f * (f - 1) * (f - 2)) / 6;
  curve.share1 = ((f + 1) * (f - 1) * (f - 2)) / 2;
  curve.share2 = (-(f + 1) * f * (f - 2)) / 2;
  curve.share3 = ((f + 1) * f * (f - 1)) / 6;
  const { boundaries } = table;
  curve.boundary = between(curve, boundaries[first] as number, boundaries[first + 1] as number, boundaries[first + 2] as number, boundaries[first + 3] as number);
  curve.nearness = nearness(table.a, s);
  curve.premiums = table.premiums;
  curve.from = first * ROWS;
  return true;
}

function between({ share0, share1, share2, share3 }: PremiumCurve, v0: number, v1: number, v2: number, v3: number): number {
  return share0 * v0 + share1 * v1 + share2 * v2 + share3 * v3;
}

/** Without much volatility the premium fades as an endless put's does, over s² ÷ a; otherwise over s. */
function nearness(a: number, s: number): number {
  return (s + a) / (s * s);
}

/** The premium at a spot of eˣ above the boundary. */
export function premiumOn(curve: PremiumCurve, x: number): number {
  const distance = (x - curve.boundary) * curve.nearness;
  if (!(distance < 1e9)) return 0;
  const place = ((ROWS - 1) * distance) / (1 + distance);
  let below = Math.floor(place);
  if (below < 1) below = 1;
  else if (below > ROWS - 3) below = ROWS - 3;
  const f = place - below;
  const down = f - 1;
  const up = f + 1;
  const w1 = 0.5 * up * down * (f - 2);
  const w2 = -0.5 * up * f * (f - 2);
  const w0 = (-f * down * (f - 2)) / 6;
  const w3 = (up * f * down) / 6;
  const { premiums, share0, share1, share2, share3 } = curve;
  const at = curve.from + below - 1;
  const p0 = w0 * (premiums[at] as number) + w1 * (premiums[at + 1] as number) + w2 * (premiums[at + 2] as number) + w3 * (premiums[at + 3] as number);
  const at1 = at + ROWS;
  const p1 = w0 * (premiums[at1] as number) + w1 * (premiums[at1 + 1] as number) + w2 * (premiums[at1 + 2] as number) + w3 * (premiums[at1 + 3] as number);
  const at2 = at1 + ROWS;
  const p2 = w0 * (premiums[at2] as number) + w1 * (premiums[at2 + 1] as number) + w2 * (premiums[at2 + 2] as number) + w3 * (premiums[at2 + 3] as number);
  const at3 = at2 + ROWS;
  const p3 = w0 * (premiums[at3] as number) + w1 * (premiums[at3 + 1] as number) + w2 * (premiums[at3 + 2] as number) + w3 * (premiums[at3 + 3] as number);
  const premium = share0 * p0 + share1 * p1 + share2 * p2 + share3 * p3;
  return premium > 0 ? premium : 0;
}

function build({ a, b, isBuilt, boundaries, premiums }: PremiumTable, column: number): void {
  const s = exp(FIRST + column / COLUMNS_PER_UNIT);
  const boundary = exerciseBoundary(a, b, s);
  const near = nearness(a, s);
  for (let row = 0; row < ROWS - 1; row++) {
    const share = row / (ROWS - 1);
    premiums[column * ROWS + row] = earlyExercisePremium(boundary, boundary.today + share / (1 - share) / near);
  }
  boundaries[column] = boundary.today;
  isBuilt[column] = 1;
}
