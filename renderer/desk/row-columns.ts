import { ABSENT, readCell, TEXT, type CellValue } from '../../shared/packed-rows/cell.ts';
import type { PackedChange } from '../../shared/packed-rows/change.ts';
import { TABLE_FIELDS, TABLE_KEYS, type FieldKind, type TableName, type TableRows } from '../../shared/packed-rows/tables.ts';

/** One field of all rows, by slot. */
interface Column {
  kind: FieldKind;
  numbers: Float64Array;
  tags: Uint8Array;
  /** Of the cells that are tagged as text. */
  texts: (string | undefined)[];
}

/** The rows of a list as columns, by slot; no object is made for a row before somebody looks at it. */
export interface RowColumns<Table extends TableName> {
  /** Copies row `index` of a change into its slot. */
  put: (change: PackedChange, index: number) => void;
  /** The row as its type has it, read from the columns at every look; `rank` is what the caller says. */
  view: (slot: number) => TableRows[Table];
  /** The row as an object of its own that stays as it is. */
  whole: (slot: number) => TableRows[Table];
  keyOf: (slot: number) => string;
  /** Whether the field has a value. */
  isFilled: (slot: number, field: string) => boolean;
}

interface Placed {
  slot: number;
}

const FIRST_ROWS = 256;

function grown(column: Column, rows: number): Column {
  const numbers = new Float64Array(rows);
  const tags = new Uint8Array(rows).fill(ABSENT);
  numbers.set(column.numbers);
  tags.set(column.tags);
  return { ...column, numbers, tags };
}

export function rowColumns<Table extends TableName>(table: Table, rankOf: (slot: number) => number): RowColumns<Table> {
  const fields = TABLE_FIELDS[table];
  let columns = fields.map(({ kind }): Column => ({ kind, numbers: new Float64Array(), tags: new Uint8Array(), texts: [] }));
  const at = new Map(fields.map(({ name }, index) => [name, index]));

  function read(slot: number, field: number): CellValue {
    const column = columns[field];
    if (!column) return null;
    const tag = column.tags[slot] ?? ABSENT;
    return readCell(column.kind, column.numbers[slot] ?? 0, tag, tag === TEXT ? (column.texts[slot] ?? '') : '');
  }

  // A row is an object of its slot alone; its fields are read through the prototype that all rows of the list share.
  const prototype = {};
  fields.forEach(({ name }, field) => {
    Object.defineProperty(prototype, name, { get(this: Placed) { return read(this.slot, field); } });
  });
  Object.defineProperty(prototype, 'rank', { get(this: Placed) { return rankOf(this.slot); } });

  return {
    put(change, index) {
      const slot = change.slots[index] ?? 0;
      const rows = change.slots.length;
      if (slot >= (columns[0]?.tags.length ?? 0)) columns = columns.map((column) => grown(column, Math.max(FIRST_ROWS, 2 * slot)));
      columns.forEach((column, field) => {
        const from = field * rows + index;
        const tag = change.tags[from] ?? ABSENT;
        const number = change.numbers[from] ?? 0;
        column.numbers[slot] = number;
        column.tags[slot] = tag;
        if (tag === TEXT) column.texts[slot] = change.texts[number];
      });
    },
    view: (slot) => Object.assign(Object.create(prototype) as object, { slot }) as unknown as TableRows[Table],
    whole: (slot) => Object.fromEntries([...fields.map(({ name }, field) => [name, read(slot, field)]), ['rank', rankOf(slot)]]),
    keyOf: (slot) => String(read(slot, at.get(TABLE_KEYS[table]) ?? 0) ?? ''),
    isFilled: (slot, field) => (columns[at.get(field) ?? -1]?.tags[slot] ?? ABSENT) !== ABSENT,
  };
}
