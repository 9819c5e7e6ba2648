import { positionColumns, sameAmount, SUB_TYPE_ORDER, type PositionColumns } from '../../../shared/domain/position-columns.ts';
import type { PlannedPositions } from '../../../shared/domain/import-plan.ts';

/** A book without positions. */
export const NO_POSITIONS: PositionColumns = positionColumns(0);

/** What the file's positions do to those held, and the rows of `held` that the file does not list. */
export interface ComparedPositions {
  planned: PlannedPositions;
  unlisted: number[];
}

/**
 * Compares positions with those the book holds, account by account. Those held must stand together by account; the
 * order within one does not matter. As with facts, the day alone makes no change.
 */
export function comparePositions(file: PositionColumns, held: PositionColumns): ComparedPositions {
  const before = new Int32Array(file.count).fill(-1);
  const rows = new Int32Array(file.count);
  const isListed = new Uint8Array(held.count);
  const finder = heldFinder(file, held);
  let found = 0;
  let isNew = 0;
  for (let row = 0; row < file.count; row += 1) {
    const known = finder(row);
    before[row] = known;
    if (known >= 0) isListed[known] = 1;
    if (known < 0) isNew += 1;
    else if (sameAmount(file.quantity, row, held.quantity, known) && sameAmount(file.entryPrice, row, held.entryPrice, known)) continue;
    rows[found] = row;
    found += 1;
  }
  const unlisted: number[] = [];
  for (let row = 0; row < held.count; row += 1) if (isListed[row] === 0) unlisted.push(row);
  return { planned: { file, held, before, rows: rows.slice(0, found), isNew }, unlisted };
}

/** Finds the held row of the same account, part and instrument; -1 when there is none. Asked for the file's rows in their order. */
function heldFinder(file: PositionColumns, held: PositionColumns): (row: number) => number {
  const heldAccounts = new Map(held.accounts.map((name, number) => [name, number]));
  const fileInstruments = new Map(file.instruments.map((name, number) => [name, number]));
  const instrumentInFile = Int32Array.from(held.instruments, (name) => fileInstruments.get(name) ?? -1);
  const ranges = rangesByAccount(held);
  const places = new Int32Array(SUB_TYPE_ORDER.length * file.instruments.length).fill(-1);
  const placeOf = (part: number, instrument: number) => part * file.instruments.length + instrument;
  let loaded = -1;
  let range: readonly [number, number] = [0, 0];

  function load(account: number): void {
    enter(range, () => -1);
    const known = heldAccounts.get(file.accounts[account] ?? '');
    range = (known === undefined ? undefined : ranges[known]) ?? [0, 0];
    enter(range, (row) => row);
    loaded = account;
  }
  function enter([from, to]: readonly [number, number], value: (row: number) => number): void {
    for (let row = from; row < to; row += 1) {
      const instrument = instrumentInFile[held.instrument[row] as number] as number;
      if (instrument >= 0) places[placeOf(held.subType[row] as number, instrument)] = value(row);
    }
  }
  return (row) => {
    const account = file.account[row] as number;
    if (account !== loaded) load(account);
    return places[placeOf(file.subType[row] as number, file.instrument[row] as number)] as number;
  };
}

function rangesByAccount({ account, accounts, count }: PositionColumns): (readonly [number, number])[] {
  const ranges: [number, number][] = accounts.map(() => [0, 0]);
  for (let row = 0; row < count; ) {
    const from = row;
    while (row < count && account[row] === account[from]) row += 1;
    ranges[account[from] as number] = [from, row];
  }
  return ranges;
}
