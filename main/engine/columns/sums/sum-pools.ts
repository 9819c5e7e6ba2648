/** Pools whose requirement is a sum over positions, as columns: positions by pool, no pool with an instrument twice. */
export interface SumPools {
  count: number;
  start: Int32Array;
  instrument: Int32Array;
  /** Signed, whole units. */
  quantity: Float64Array;
  /** Price from which a gain counts, in units of price; −1 where it is paid out up to the mark. */
  since: Float64Array;
  /** All of the pool's money, in the lane's unit. */
  cash: Float64Array;
  /** 1 for a pool that holds what columns cannot say: the explaining engine computes it. */
  outside: Uint8Array;
}
