import { assert } from '../result.ts';
import { packCell, readCell, type CellValue, type PackedCell, TEXT } from './cell.ts';
import { TABLE_FIELDS, TABLES, type TableName, type TableRows } from './tables.ts';

/**
 * Rows on their way from the desk to a screen, as one piece of bytes that no host looks into. A row is known by its
 * slot, a small number that stays its own while the desk runs. Columns lie one after the other: the numbers of a field
 * for all rows, then those of the next; then the tags in the same way; then the texts.
 */
export interface RowChange<Table extends TableName> {
  table: Table;
  /** Whoever had everything up to `from` has everything up to `to` with this. */
  from: number;
  to: number;
  slots: ArrayLike<number>;
  rows: readonly TableRows[Table][];
  /** Rows that are in the table no more. */
  removed: ArrayLike<number>;
}

/** Packed rows, opened: views on the bytes, nothing copied. */
export interface PackedChange {
  table: TableName;
  from: number;
  to: number;
  slots: Uint32Array;
  removed: Uint32Array;
  /** Of field `f`, row `r`: at `f × rows + r`. A cell tagged `TEXT` has the number of its text in `texts`. */
  numbers: Float64Array;
  tags: Uint8Array;
  texts: readonly string[];
}

// Numbers lie as the machine writes them: both ends are always the same machine.
const HEADER = 8;

export function packChange<Table extends TableName>({ table, from, to, slots, rows, removed }: RowChange<Table>): Uint8Array {
  const fields = TABLE_FIELDS[table];
  const cells = fields.length * rows.length;
  const texts: string[] = [];
  const known = new Map<string, number>();
  const numbers = new Float64Array(cells);
  const tags = new Uint8Array(cells);
  const cell: PackedCell = { number: 0, tag: 0, text: '' };

  function textNumber(text: string): number {
    const number = known.get(text) ?? texts.push(text) - 1;
    known.set(text, number);
    return number;
  }

  fields.forEach(({ name, kind }, field) => {
    rows.forEach((row, index) => {
      packCell(kind, (row as unknown as Record<string, CellValue>)[name] ?? null, cell);
      const at = field * rows.length + index;
      numbers[at] = cell.tag === TEXT ? textNumber(cell.text) : cell.number;
      tags[at] = cell.tag;
    });
  });

  const words = new TextEncoder().encode(JSON.stringify(texts));
  const start = numbersStart(rows.length, removed.length);
  const bytes = new Uint8Array(start + 9 * cells + words.length);
  const heads = new Uint32Array(bytes.buffer, 0, HEADER + rows.length + removed.length);
  heads.set([TABLES.indexOf(table), from, to, rows.length, removed.length, words.length]);
  heads.set(slots, HEADER);
  heads.set(removed, HEADER + rows.length);
  new Float64Array(bytes.buffer, start, cells).set(numbers);
  bytes.set(tags, start + 8 * cells);
  bytes.set(words, start + 9 * cells);
  return bytes;
}

/** Doubles begin at a multiple of their size. */
function numbersStart(rows: number, removed: number): number {
  return Math.ceil((4 * (HEADER + rows + removed)) / 8) * 8;
}

/** The table of a packed change, from its first word. */
export function tableOf(bytes: Uint8Array): TableName {
  const table = TABLES[bytes[0] ?? TABLES.length];
  assert(table !== undefined, 'these bytes are no packed rows');
  return table;
}

export function openChange(given: Uint8Array): PackedChange {
  // Views need an even start; bytes that a host cut out of a larger piece are copied once.
  const bytes = given.byteOffset % 8 === 0 ? given : new Uint8Array(given);
  const { buffer, byteOffset } = bytes;
  const table = tableOf(bytes);
  const [, from = 0, to = 0, rows = 0, removed = 0, wordBytes = 0] = new Uint32Array(buffer, byteOffset, HEADER);
  const cells = TABLE_FIELDS[table].length * rows;
  const start = numbersStart(rows, removed);
  assert(bytes.length === start + 9 * cells + wordBytes, 'packed rows of another length than they say');
  const head = byteOffset + 4 * HEADER;
  return {
    table,
    from,
    to,
    slots: new Uint32Array(buffer, head, rows),
    removed: new Uint32Array(buffer, head + 4 * rows, removed),
    numbers: new Float64Array(buffer, byteOffset + start, cells),
    tags: new Uint8Array(buffer, byteOffset + start + 8 * cells, cells),
    texts: JSON.parse(new TextDecoder().decode(bytes.subarray(start + 9 * cells))) as string[],
  };
}

/** The rows as objects, for whoever needs them whole; screens read them cell by cell. The rank of a queue row is not here. */
export function rowsOfChange(change: PackedChange): Record<string, CellValue>[] {
  return Array.from(change.slots, (_, index) => rowOfChange(change, index));
}

function rowOfChange({ table, slots, numbers, tags, texts }: PackedChange, index: number): Record<string, CellValue> {
  return Object.fromEntries(
    TABLE_FIELDS[table].map(({ name, kind }, field) => {
      const at = field * slots.length + index;
      const number = numbers[at] ?? 0;
      const tag = tags[at] ?? 0;
      return [name, readCell(kind, number, tag, tag === TEXT ? (texts[number] ?? '') : '')];
    }),
  );
}

/** One change of a table that does to a screen what these would have done one after the other: the first, and those that came later. Each row is read once. */
export function mergeChanges(first: Uint8Array, ...later: readonly Uint8Array[]): Uint8Array {
  const changes = [first, ...later].map(openChange);
  const lastIn = new Map<number, PackedChange>();
  const removed = new Set<number>();
  for (const change of changes) {
    for (const slot of change.removed) {
      lastIn.delete(slot);
      removed.add(slot);
    }
    for (const slot of change.slots) {
      lastIn.set(slot, change);
      removed.delete(slot);
    }
  }
  const slots: number[] = [];
  const rows: unknown[] = [];
  for (const change of changes) {
    change.slots.forEach((slot, index) => {
      if (lastIn.get(slot) !== change) return;
      slots.push(slot);
      rows.push(rowOfChange(change, index));
    });
  }
  const { table, to } = changes.at(-1) as PackedChange;
  return packChange({ table, from: Math.min(...changes.map(({ from }) => from)), to, slots, rows: rows as TableRows[TableName][], removed: [...removed] });
}
