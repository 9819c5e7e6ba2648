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
