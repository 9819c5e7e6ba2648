/**
 * What the grid holds for a row: its key and a pointer to its values. Cells read through the pointer, so new values
 * reach the screen by pointing elsewhere and repainting, without the grid sorting or filtering anew.
 */
export interface RowSlot<Row> {
  readonly key: string;
  row: Row;
}

/** What the grid holds of a live list: a place. Which row stands there is looked up at every look. */
export interface PlaceSlot<Row> extends Readonly<RowSlot<Row>> {
  readonly at: number;
}

/** Which place it is; null for a row of an answer. */
export function placeOfSlot(slot: object | undefined): number | null {
  return slot && 'at' in slot ? (slot as PlaceSlot<unknown>).at : null;
}

/** Makes places `from` to `to`; what stands in a place is asked of `standing`. */
export function placeSlots<Row>(standing: (at: number) => RowSlot<Row>): (from: number, to: number) => PlaceSlot<Row>[] {
  // Thousands of them are made at once: each is its number, and shares how that is looked up.
  const prototype = {
    get key(): string {
      return standing((this as unknown as PlaceSlot<Row>).at).key;
    },
    get row(): Row {
      return standing((this as unknown as PlaceSlot<Row>).at).row;
    },
  };
  return (from, to) => Array.from({ length: to - from }, (_, index) => Object.assign(Object.create(prototype) as PlaceSlot<Row>, { at: from + index }));
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
