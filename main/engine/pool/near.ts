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
    const part = make(items[at] as Item);
    if (part === before.parts[at]) continue;
    parts ??= [...before.parts];
    parts[at] = part;
  }
  return parts ?? before.parts;
}

/** What is made of these and of nothing else: the very one of the last time under this name, where they are the very ones of then. */
export function nearMade<Item, Made>(near: Remembering | undefined, name: string, items: readonly Item[], make: (items: readonly Item[]) => Made): Made {
  if (!near) return make(items);
  const before = near.store.get(`made ${name}`) as { items: readonly Item[]; made: Made } | undefined;
  if (before && areThose(before.items, items)) return before.made;
  const made = make(items);
  near.store.set(`made ${name}`, { items, made });
  return made;
}

/** Whether the items are the very same, one by one. */
export function areThose<Item>(before: readonly Item[], items: readonly Item[]): boolean {
  if (before === items) return true;
  if (before.length !== items.length) return false;
  for (let at = 0; at < items.length; at += 1) if (items[at] !== before[at]) return false;
  return true;
}

const NOTHING: readonly never[] = [];

/** The lists of all of these in one: few have any, and where those lists are the very ones of the last time, so is the one. */
export function nearFlat<Item, Part>(near: Remembering | undefined, name: string, items: readonly Item[], listOf: (item: Item) => readonly Part[]): readonly Part[] {
  const lists = nearEach(near, name, items, (item) => {
    const list = listOf(item);
    return list.length === 0 ? NOTHING : list;
  });
  return nearMade(near, name, lists, () => lists.flat());
}
