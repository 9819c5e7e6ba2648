import type { InstrumentId } from '../../../shared/domain/instrument.ts';

/**
 * What need not be computed again where one price moves again and again, or a few positions of an account are edited:
 * groups that this does not touch. Filled on the way, for one account and one set of rules.
 */
export interface Kept extends Remembering {
  /** Instruments that may be touched. */
  touched: Pick<ReadonlySet<InstrumentId>, 'has'>;
  /** The point that the last step led away from: what the step touches, what is remembered there, and where what is made here is. */
  nearer?: Remembering & { touched: ReadonlySet<InstrumentId>; into: Remembering };
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
