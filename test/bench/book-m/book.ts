import { cashM } from './cash.ts';
import { positionsM, type PositionsM } from './holdings.ts';
import { sizesM, type SizesM } from './sizes.ts';
import { universeM, type UniverseM } from './universe.ts';

/** What to make: see `bookM`. */
export interface BookMOptions {
  /** `scan`: every account on portfolio margin by 31 scenarios. `mixed`: 40 % scan, 40 % strategy, 15 % bracket, 5 % lending or fixed. */
  kind: 'scan' | 'mixed';
  /** One million is book M itself. */
  positions?: number;
  seed?: number;
  /** A hundredth of the positions, where it is left out. */
  accounts?: number;
  /** One for every 2,000 positions, from 50 to 500, where it is left out. */
  underlyings?: number;
  /** Options of every second underlying are American; otherwise all are European. Left out: only in a mixed book. */
  american?: boolean;
}

/** Reference book M as columns; `facts.ts` has the same accounts as the engine's input, `files.ts` as files. */
export interface BookM {
  kind: 'scan' | 'mixed';
  accounts: number;
  universe: UniverseM;
  /** Kind of each account (index into ACCOUNT_KINDS) and how many positions it has. */
  sizes: SizesM;
  positions: PositionsM;
  /** By trade date, of each account, in cents. */
  cashCents: Float64Array;
}

/**
 * The reference book of every measurement: the same for the same options, on every machine. At one million positions:
 * 10,000 accounts, 22,000 instruments of 500 underlyings, the largest account near 6,000 positions and the largest
 * underlying near 13,000. Takes about a second.
 */
export function bookM({ kind, positions = 1_000_000, seed = 1, accounts = Math.max(10, Math.round(positions / 100)), underlyings = Math.min(500, Math.max(50, Math.ceil(positions / 2000))), american = kind === 'mixed' }: BookMOptions): BookM {
  const universe = universeM(underlyings, american, seed);
  const sizes = sizesM(kind, accounts, positions, underlyings, seed);
  const held = positionsM(universe, sizes, seed);
  return { kind, accounts, universe, sizes, positions: held, cashCents: cashM(universe, sizes, held, seed) };
}

/** `M000001` of the first account. */
export function accountName(account: number): string {
  return `M${String(account + 1).padStart(6, '0')}`;
}
