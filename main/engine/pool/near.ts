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

/** These in order, the order being the last one of this name where whatever differs belongs where it stood before. */
export function nearSorted<Item>(near: Remembering | undefined, name: string, items: readonly Item[], compare: (a: Item, b: Item) => number): Item[] {
  if (!near) return items.toSorted(compare);
  const before = near.store.get(`order ${name}`) as { items: readonly Item[]; order: Int32Array } | undefined;
  const stands = before?.items.length === items.length && items.every((item, at) => item === before.items[at] || compare(item, before.items[at] as Item) === 0);
  const order = before && stands ? before.order : Int32Array.from(items.keys()).sort((a, b) => compare(items[a] as Item, items[b] as Item) || a - b);
  near.store.set(`order ${name}`, { items, order });
  const sorted: Item[] = [];
  for (const at of order) sorted.push(items[at] as Item);
  return sorted;
}
