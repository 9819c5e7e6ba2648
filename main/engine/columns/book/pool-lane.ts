import type { Sliced } from '../sliced.ts';
import type { Unverified } from './beside.ts';
import type { Exact } from './exact.ts';

/**
 * What a pool's lane knows of it, in whole units of 10^−`digits` of its currency. Figures that rest on these are made in
 * pool-figures.ts, the same way for every model.
 */
export interface PoolAmounts {
  digits: number;
  netLiq: number;
  equity: number;
  regT: number;
  exchange: number;
  exchangeInitial: number;
  initial: number;
  maintenance: number;
  /** What leverage divides by equity: Σ |market value|, of futures |notional value|. */
  gross: number;
  /** Σ market value, or gains not paid out yet, with their signs. */
  invested: number;
  hasShort: boolean;
  /** Positions of groups whose pairing is not proved. */
  notPairedYet: number;
  /** Beside whole units: of both initial requirements, and of cash. */
  beyondInitial: Exact | null;
  beyondCash: Exact | null;
  /** Of a loan. */
  health: { covers: number; owes: number } | null;
  /** Which requirements rest on a rule that nobody has checked. */
  unverified: Unverified;
}

/** Takes a group of a pool: Σ |value| and Σ house maintenance of its positions, in whole units. Each comes once, in the order of names. */
export type TakeGroup = (name: string, gross: number, maintenance: number) => void;

/** Pools under one stack of packs, opened as columns. Instruments are the book's numbers, pools places within the lane. */
export interface PoolLane {
  /** False where the book's marks of these instruments want the lane opened anew, counting in more decimals. */
  fits: (instruments: readonly number[]) => boolean;
  /** Takes in the book's marks of these instruments; gives the pools that they touch, each once. Whole only when it is done. */
  tick: (instruments: readonly number[]) => Sliced<Int32Array>;
  /** Null where the explaining engine must compute the pool. */
  amounts: (pool: number) => PoolAmounts | null;
  eachGroup: (pool: number, take: TakeGroup) => void;
  /** Bytes of what stays in memory for as long as the lane is open, but for what grows with instruments alone. */
  bytes: number;
}
