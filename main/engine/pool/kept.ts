import type { InstrumentId } from '../../../shared/domain/instrument.ts';

/**
 * What need not be computed again where one price moves again and again, or a few positions of an account are edited:
 * groups that this does not touch. Filled on the way, for one account and one set of rules.
 */
export interface Kept extends Remembering {
  /** Instruments that may be touched. */
  touched: ReadonlySet<InstrumentId>;
  /** The same beside a nearer point, for what is touched; and where that is remembered for points beside this one. */
  nearer?: { kept: Kept; into: Remembering };
}

/** What was made for `key` before, where nothing it rests on is touched; else made now. */
export function keep<Value>(kept: Kept | undefined, key: string, isTouched: (touched: Kept['touched']) => boolean, make: () => Value): Value {
  if (!kept) return make();
  if (!isTouched(kept.touched)) return madeOf(kept, key, make);
  const { nearer } = kept;
  if (!nearer) return make();
  return madeOf(nearer.into, key, () => keep(nearer.kept, key, isTouched, make));
}

/** Something that remembers what was made of it, by a name that says what that is. */
export interface Remembering {
  store: Map<string, unknown>;
}

/** What was made of it before under this name, or is made now: the same name always holds the same kind of value. */
export function madeOf<Value>({ store }: Remembering, name: string, make: () => Value): Value {
  const known = store.get(name);
  if (known !== undefined) return known as Value;
  const value = make();
  store.set(name, value);
  return value;
}
