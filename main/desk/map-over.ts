/** What lies under a map, and what was put over it. */
interface Layers<Key, Value> {
  under: ReadonlyMap<Key, Value>;
  over: ReadonlyMap<Key, Value>;
}

const layersOf = new WeakMap<ReadonlyMap<unknown, unknown>, Layers<unknown, unknown>>();

/** The same map with one more value, or another one: a what-if changes a few of a book's thousands, and copying them would be most of an edit. */
export function mapOver<Key, Value>(map: ReadonlyMap<Key, Value>, key: Key, value: Value): ReadonlyMap<Key, Value> {
  const { under, over } = layers(map) ?? { under: map, over: new Map<Key, Value>() };
  const known: Layers<Key, Value> = { under, over: new Map(over).set(key, value) };
  const made = readable(known);
  layersOf.set(made, known);
  return made;
}

/** Null of a map that has nothing over it. */
export function layers<Key, Value>(map: ReadonlyMap<Key, Value>): Layers<Key, Value> | null {
  return (layersOf.get(map) as Layers<Key, Value> | undefined) ?? null;
}

/** In the order in which a copy would have them. */
function readable<Key, Value>({ under, over }: Layers<Key, Value>): ReadonlyMap<Key, Value> {
  const get = (key: Key): Value | undefined => over.get(key) ?? under.get(key);
  const keys = function* (): Generator<Key, undefined> {
    yield* under.keys();
    for (const key of over.keys()) if (!under.has(key)) yield key;
  };
  const values = function* (): Generator<Value, undefined> {
    for (const key of keys()) yield get(key) as Value;
  };
  const entries = function* (): Generator<[Key, Value], undefined> {
    for (const key of keys()) yield [key, get(key) as Value];
  };
  const map: ReadonlyMap<Key, Value> = {
    get,
    has: (key) => over.has(key) || under.has(key),
    get size() {
      let size = under.size;
      for (const key of over.keys()) if (!under.has(key)) size += 1;
      return size;
    },
    keys,
    entries,
    values,
    forEach: (each) => {
      for (const [key, value] of entries()) each(value, key, map);
    },
    [Symbol.iterator]: entries,
  };
  return map;
}
