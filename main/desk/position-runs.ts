import type { AccountId, PositionFact } from '../../shared/domain/facts.ts';
import { positionAt, positionColumns, putAmount, sameAmount, SUB_TYPE_ORDER, type PositionColumns } from '../../shared/domain/position-columns.ts';
import type { InstrumentId } from '../../shared/domain/instrument.ts';
import type { Slices } from './rows/slices.ts';

/**
 * The positions of a whole book stay in columns, thirty bytes each; as objects they are made for the account that is
 * looked at, or computed. An account's are one run of rows.
 */
export interface PositionRun {
  columns: PositionColumns;
  from: number;
  to: number;
}

export function positionsIn({ columns, from, to }: PositionRun): PositionFact[] {
  return Array.from({ length: to - from }, (_, at) => positionAt(columns, from + at));
}

/** Positions as columns, each account's together and in the order they were given in. */
export function columnsOf(positions: readonly PositionFact[]): PositionColumns {
  const byAccount = Map.groupBy(positions, ({ account }) => account);
  const columns = positionColumns(positions.length);
  const [instruments, days] = [numbersInto(columns.instruments), numbersInto(columns.days)];
  for (const [account, held] of byAccount) {
    const place = columns.accounts.push(account) - 1;
    for (const { subType, instrument, quantity, entryPrice, asOf } of held) {
      const row = columns.count;
      columns.account[row] = place;
      columns.subType[row] = SUB_TYPE_ORDER.indexOf(subType);
      columns.instrument[row] = instruments(instrument);
      putAmount(columns.quantity, row, quantity);
      putAmount(columns.entryPrice, row, entryPrice);
      columns.day[row] = days(asOf);
      columns.count += 1;
    }
  }
  return columns;
}

/** Gives names their numbers, and puts new ones at the end of the list. */
function numbersInto(names: string[]): (name: string) => number {
  const known = new Map<string, number>();
  return (name) => {
    const number = known.get(name) ?? names.push(name) - 1;
    known.set(name, number);
    return number;
  };
}

const RUNS_AT_ONCE = 256;

/** By account, the rows that are its own; rows of one account stand together. */
export function* findingRuns(columns: PositionColumns): Slices<Map<AccountId, PositionRun>> {
  const runs = new Map<AccountId, PositionRun>();
  for (let from = 0; from < columns.count; ) {
    const place = columns.account[from] as number;
    let to = from + 1;
    while (to < columns.count && columns.account[to] === place) to += 1;
    runs.set(columns.accounts[place] ?? '', { columns, from, to });
    from = to;
    if (runs.size % RUNS_AT_ONCE === 0) yield;
  }
  return runs;
}

const NAMES_AT_ONCE = 1_024;

/** Tells whether two runs, each of its own reading of the book, hold the same positions in the same order. */
export function* comparingRuns(before: PositionColumns, after: PositionColumns): Slices<(before: PositionRun | undefined, after: PositionRun | undefined) => boolean> {
  const places = new Map<InstrumentId, number>();
  for (const id of after.instruments) if (places.set(id, places.size).size % NAMES_AT_ONCE === 0) yield;
  const instrument = new Int32Array(before.instruments.length);
  for (const [at, id] of before.instruments.entries()) {
    instrument[at] = places.get(id) ?? -1;
    if (at % NAMES_AT_ONCE === 0) yield;
  }
  const day = Int32Array.from(before.days, (date) => after.days.indexOf(date));
  const isSameRow = (a: number, b: number): boolean =>
    instrument[before.instrument[a] as number] === after.instrument[b] &&
    before.subType[a] === after.subType[b] &&
    day[before.day[a] as number] === after.day[b] &&
    sameAmount(before.quantity, a, after.quantity, b) &&
    sameAmount(before.entryPrice, a, after.entryPrice, b);
  return (a, b) => {
    const length = a ? a.to - a.from : 0;
    if (length !== (b ? b.to - b.from : 0)) return false;
    for (let at = 0; at < length; at += 1) if (!isSameRow((a?.from ?? 0) + at, (b?.from ?? 0) + at)) return false;
    return true;
  };
}
