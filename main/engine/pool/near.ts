import type { Remembering } from './kept.ts';

/** Of each of these a part that is made of nothing else: where it is the very one that stood there the last time under this name, the very part it had. */
export function nearEach<Item, Part>(near: Remembering | undefined, name: string, items: readonly Item[], make: (item: Item) => Part): readonly Part[] {
  if (!near) return items.map(make);
  const before = near.store.get(`each ${name}`) as { items: readonly Item[]; parts: readonly Part[] } | undefined;
  const parts = before?.items.length === items.length ? changedParts(before, items, make) : items.map(make);
  near.store.set(`each ${name}`, { items, parts });
  return parts;
}

function changedParts<Item, Part>(before: { items: readonly Item[]; parts: readonly Part[] }, items: readonly Item[], make: (item: Item) => Part): readonly Part[] {
  let parts: Part[] | null = null;
  for (let at = 0; at < items.length; at += 1) {
    if (items[at] === before.items[at]) continue;
    parts ??= [...before.parts];
    parts[at] = make(items[at] as Item);
  }
  return parts ?? before.parts;
}

function standAlike<Item>(before: readonly Item[], items: readonly Item[], compare: (a: Item, b: Item) => number): boolean {
  if (before.length !== items.length) return false;
  for (let at = 0; at < items.length; at += 1) if (items[at] !== before[at] && compare(items[at] as Item, before[at] as Item) !== 0) return false;
  return true;
}

/** These in order, the order being the last one of this name where whatever differs belongs where it stood before. */
export function nearSorted<Item>(near: Remembering | undefined, name: string, items: readonly Item[], compare: (a: Item, b: Item) => number): Item[] {
  if (!near) return items.toSorted(compare);
  const before = near.store.get(`order ${name}`) as { items: readonly Item[]; order: Int32Array } | undefined;
  const order = before && standAlike(before.items, items, compare) ? before.order : Int32Array.from(items.keys()).sort((a, b) => compare(items[a] as Item, items[b] as Item) || a - b);
  near.store.set(`order ${name}`, { items, order });
  const sorted = [...items];
  for (let place = 0; place < order.length; place += 1) sorted[place] = items[order[place] as number] as Item;
  return sorted;
}
