import type { AccountInput, PoolInput } from '../input.ts';

/** A pool of an account, as the engine takes it. */
export interface PoolRow {
  account: AccountInput;
  pool: PoolInput;
}
