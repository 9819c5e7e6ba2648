/**
 * What the grid holds for a row: its key and a pointer to its values. Cells read through the pointer, so new values
 * reach the screen by pointing elsewhere and repainting, without the grid sorting or filtering anew.
 */
export interface RowSlot<Row> {
  readonly key: string;
  row: Row;
}

/** Slots for the rows in order, keeping the slots that are already there. */
export function slotsInOrder<Row>(keys: readonly string[], rowOf: (key: string) => Row | undefined, slots: Map<string, RowSlot<Row>>): RowSlot<Row>[] {
  const staying = new Set(keys);
  for (const key of slots.keys()) if (!staying.has(key)) slots.delete(key);
  return keys.flatMap((key) => {
    const row = rowOf(key);
    if (row === undefined) return [];
    const slot = slots.get(key) ?? { key, row };
    slot.row = row;
    slots.set(key, slot);
    return slot;
  });
}
