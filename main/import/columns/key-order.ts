import { positionAt, positionColumns, putAmount, SUB_TYPE_ORDER, type AmountColumn, type PositionColumns } from '../../../shared/domain/position-columns.ts';
import type { Collected } from '../facts/collect.ts';
import { addedUp } from '../facts/finish.ts';

/**
 * The positions in the order of their keys, with names numbered in that order, and the rows of one position as one. The
 * order is that of `factKey.position`, so that a plan lists what a file says in one order however it was read. Accounts
 * are those that hold something: rows of quantity 0, and rows that add up to nothing, say nothing of an account's day.
 */
export function inKeyOrder(gathered: PositionColumns, collected: Collected): PositionColumns {
  const accounts = ranked(gathered.accounts);
  const instruments = ranked(gathered.instruments);
  const { count } = gathered;
  const instrument = new Int32Array(count);
  const part = new Int32Array(count);
  const inFile = new Int32Array(count);
  for (let row = 0; row < count; row += 1) {
    instrument[row] = instruments.rankOf[gathered.instrument[row] as number] as number;
    part[row] = (accounts.rankOf[gathered.account[row] as number] as number) * SUB_TYPE_ORDER.length + (gathered.subType[row] as number);
    inFile[row] = row;
  }
  const order = sortedBy(part, accounts.names.length * SUB_TYPE_ORDER.length, sortedBy(instrument, instruments.names.length, inFile));

  const columns = { ...positionColumns(count), instruments: instruments.names, days: gathered.days };
  columns.quantity.wide = gathered.quantity.wide;
  columns.entryPrice.wide = gathered.entryPrice.wide;
  for (let at = 0; at < count; ) {
    const first = order[at] as number;
    let next = at + 1;
    while (next < count && part[order[next] as number] === part[first] && instrument[order[next] as number] === instrument[first]) next += 1;
    const row = columns.count;
    columns.subType[row] = gathered.subType[first] as number;
    columns.instrument[row] = instrument[first] as number;
    if (next === at + 1) copyRow(gathered, first, columns);
    else addUp(gathered, order.subarray(at, next), collected, columns);
    if (columns.count > row) putAccount(columns, row, gathered.accounts[gathered.account[first] as number] as string);
    at = next;
  }
  return columns;
}

/** The rows of one account come one after the other. */
function putAccount({ accounts, account }: PositionColumns, row: number, name: string): void {
  if (accounts.at(-1) !== name) accounts.push(name);
  account[row] = accounts.length - 1;
}

/** Names in the order of the keys they are part of, which are written as JSON. */
function ranked(names: readonly string[]): { names: string[]; rankOf: Int32Array } {
  const written = names.map((name, number) => ({ name, number, text: JSON.stringify(name) }));
  written.sort((a, b) => (a.text < b.text ? -1 : 1));
  const rankOf = new Int32Array(names.length);
  for (const [rank, { number }] of written.entries()) rankOf[number] = rank;
  return { names: written.map(({ name }) => name), rankOf };
}

/** Rows by a small number, those of one number in the order they came in. */
function sortedBy(key: Int32Array, keys: number, rows: Int32Array): Int32Array {
  const starts = new Int32Array(keys + 1);
  const sorted = new Int32Array(rows.length);
  for (let at = 0; at < rows.length; at += 1) {
    const next = (key[rows[at] as number] as number) + 1;
    starts[next] = (starts[next] as number) + 1;
  }
  for (let at = 0; at < keys; at += 1) starts[at + 1] = (starts[at + 1] as number) + (starts[at] as number);
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at] as number;
    const place = starts[key[row] as number] as number;
    starts[key[row] as number] = place + 1;
    sorted[place] = row;
  }
  return sorted;
}

// Texts of long amounts are shared with the gathered columns, so that their places stay the same.
function copyRow(from: PositionColumns, fromRow: number, to: PositionColumns): void {
  copyAmount(from.quantity, fromRow, to.quantity, to.count);
  copyAmount(from.entryPrice, fromRow, to.entryPrice, to.count);
  to.line[to.count] = from.line[fromRow] as number;
  to.count += 1;
}

function copyAmount(from: AmountColumn, fromRow: number, to: AmountColumn, row: number): void {
  to.units[row] = from.units[fromRow] as number;
  to.places[row] = from.places[fromRow] as number;
}

/** The rows of one position as one; nothing when they add up to nothing. */
function addUp(from: PositionColumns, rows: Int32Array, collected: Collected, to: PositionColumns): void {
  const line = rows.reduce((least, row) => Math.min(least, from.line[row] as number), from.line[rows[0] as number] as number);
  const sum = addedUp(collected, Array.from(rows, (row) => positionAt(from, row)), line);
  if (sum === null) return;
  putAmount(to.quantity, to.count, sum.quantity);
  putAmount(to.entryPrice, to.count, sum.entryPrice);
  to.line[to.count] = line;
  to.count += 1;
}
