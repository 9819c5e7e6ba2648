import { SUB_TYPE_ORDER, grown, positionColumns, putAmount, type PositionColumns } from '../../../shared/domain/position-columns.ts';
import type { PositionFact } from '../../../shared/domain/facts.ts';

/** Positions as they are gathered from a file of one day: columns in the order of the rows, and what each name's number is. */
export interface Gathering {
  columns: PositionColumns;
  accountNumbers: Map<string, number>;
  instrumentNumbers: Map<string, number>;
}

const FIRST_ROWS = 4096;
const SAMPLE_BYTES = 64 * 1024;
const LINE_FEED = 0x0a;

/** Begins with room for as many rows as the file is likely to have, since columns that grow are copied each time. */
export function startGathering(bytes: Uint8Array): Gathering {
  return { columns: positionColumns(likelyRows(bytes)), accountNumbers: new Map(), instrumentNumbers: new Map() };
}

function likelyRows(bytes: Uint8Array): number {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  let lines = 1;
  for (const byte of sample) if (byte === LINE_FEED) lines += 1;
  return Math.max(FIRST_ROWS, Math.ceil((bytes.length / sample.length) * lines * 1.05));
}

/** The columns with room for so many more rows. */
export function roomFor(gathering: Gathering, rows: number): PositionColumns {
  gathering.columns = grown(gathering.columns, gathering.columns.count + rows);
  return gathering.columns;
}

export function numberOf(numbers: Map<string, number>, names: string[], name: string): number {
  let number = numbers.get(name);
  if (number === undefined) numbers.set(name, (number = names.push(name) - 1));
  return number;
}

/** Adds a position that the careful reader has read. False when it is of another day than those before it. */
export function gather(gathering: Gathering, fact: PositionFact, line: number): boolean {
  const columns = roomFor(gathering, 1);
  const row = columns.count;
  if (columns.days.length === 0) columns.days.push(fact.asOf);
  if (columns.days[0] !== fact.asOf) return false;
  columns.account[row] = numberOf(gathering.accountNumbers, columns.accounts, fact.account);
  columns.subType[row] = SUB_TYPE_ORDER.indexOf(fact.subType);
  columns.instrument[row] = numberOf(gathering.instrumentNumbers, columns.instruments, fact.instrument);
  putAmount(columns.quantity, row, fact.quantity);
  putAmount(columns.entryPrice, row, fact.entryPrice);
  columns.line[row] = line;
  columns.count = row + 1;
  return true;
}
