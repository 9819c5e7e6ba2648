import type { PositionColumns } from '../../../shared/domain/position-columns.ts';
import type { DecimalText } from '../../../shared/money.ts';
import type { AccountInput, PoolInput } from '../input.ts';

/** A pool of an account, as the engine takes it. */
export interface PoolRow {
  account: AccountInput;
  pool: PoolInput;
  /** Where all its positions stand in columns: they are read there, and `pool.positions` are looked at only where that is not enough. */
  rows?: PositionRows;
}

/** Positions of one pool as rows of columns. */
export interface PositionRows {
  columns: PositionColumns;
  rows: Int32Array;
  /** By place among the columns' instruments: the number that they have in a book of lanes, −1 until it is known. One for all pools. */
  numbers: Int32Array;
  /** Of futures: the price up to which gains were last paid out, as `PositionInput` has it. */
  settledPrice?: (row: number) => DecimalText | null | undefined;
}
