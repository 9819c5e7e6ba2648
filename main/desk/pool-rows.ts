import type { AccountId } from '../../shared/domain/facts.ts';
import { positionAt, SUB_TYPE_ORDER } from '../../shared/domain/position-columns.ts';
import type { PoolRow, PositionRows } from '../engine/columns/pool-row.ts';
import type { AccountHoldings, Holdings } from './holdings.ts';
import { accountInput } from './margin-inputs.ts';
import { FUTURES_POOL, positionInput, type Part, type Parts } from './pools.ts';
import { findingRuns, type PositionRun } from './position-runs.ts';
import type { Slices } from './rows/slices.ts';
import { settledPrice } from './settled-price.ts';

const INSTRUMENTS_A_SLICE = 1_024;
const FUTURES = SUB_TYPE_ORDER.indexOf('futures');

/**
 * The book's pools one after the other, with where their positions stand in columns: objects of a million positions, each
 * looked at once, would take most of a second. Each pool is made when its turn comes and kept by nobody.
 */
export function* poolRows(holdings: Holdings): Slices<Iterable<PoolRow>> {
  const { positions: columns, instruments } = holdings;
  const runs = yield* findingRuns(columns);
  const isFuture = new Uint8Array(columns.instruments.length);
  for (const [at, id] of columns.instruments.entries()) {
    if (at % INSTRUMENTS_A_SLICE === 0) yield;
    if (instruments.get(id)?.terms.kind === 'future') isFuture[at] = 1;
  }
  return rowByRow(holdings, runs, isFuture);
}

function* rowByRow(holdings: Holdings, runs: ReadonlyMap<AccountId, PositionRun>, isFuture: Uint8Array): Generator<PoolRow> {
  const { positions: columns, accounts } = holdings;
  const numbers = new Int32Array(columns.instruments.length).fill(-1);
  for (const [id, held] of accounts) {
    const { futures, securities } = rowsOf(runs.get(id) ?? { columns, from: 0, to: 0 }, isFuture);
    const account = accountInput(held, holdings, partsIn(holdings, held, { futures, securities }));
    const settled = (row: number): ReturnType<typeof settledPrice> => settledPrice(holdings, columns.instruments[columns.instrument[row] as number] as string, held.account.asOf);
    for (const pool of account.pools) {
      const rows: PositionRows = pool.id === FUTURES_POOL ? { columns, numbers, rows: futures, settledPrice: settled } : { columns, numbers, rows: securities };
      yield { account, pool, rows };
    }
  }
}

/** Rows of an account by the part that they margin in; what is held at zero is not margined. */
type RowsOfParts = Record<keyof Parts, Int32Array>;

function rowsOf({ columns: { instrument, subType, quantity: { units, places } }, from, to }: PositionRun, isFuture: Uint8Array): RowsOfParts {
  const rows = new Int32Array(to - from);
  // Securities from the front, futures from the back.
  let [first, last] = [0, to - from];
  for (let row = from; row < to; row += 1) {
    if (units[row] === 0 && places[row] === 0) continue;
    if (subType[row] === FUTURES || isFuture[instrument[row] as number] === 1) rows[(last -= 1)] = row;
    else rows[first++] = row;
  }
  return { securities: rows.subarray(0, first), futures: rows.subarray(last).reverse() };
}

function partsIn(holdings: Holdings, { account: { asOf } }: AccountHoldings, { futures, securities }: RowsOfParts): Parts {
  const partOf = (rows: Int32Array): Part => ({
    isEmpty: rows.length === 0,
    positions: () => Array.from(rows, (row) => positionInput(positionAt(holdings.positions, row), asOf, holdings)),
  });
  return { futures: partOf(futures), securities: partOf(securities) };
}
