import type { InstrumentId } from '../../../shared/domain/instrument.ts';

/**
 * What need not be computed again where one price moves again and again, or a few positions of an account are edited:
 * positions and groups that this does not touch. Filled on the way, for one account and one set of rules.
 */
export interface Kept {
  /** True for instruments that may be touched. */
  touched: (instrument: InstrumentId) => boolean;
  store: Map<string, unknown>;
}

/** What was made for `key` before, where none of the instruments it rests on is touched; else made now. */
export function keep<Value>(kept: Kept | undefined, key: string, instruments: readonly InstrumentId[], make: () => Value): Value {
  if (!kept || instruments.some((instrument) => kept.touched(instrument))) return make();
  const known = kept.store.get(key);
  // A key is made of what the value is of, so the same key holds the same kind of value.
  if (known !== undefined) return known as Value;
  const value = make();
  kept.store.set(key, value);
  return value;
}
