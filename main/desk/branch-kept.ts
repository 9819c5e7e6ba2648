import { instrumentsNamedBy, type InstrumentId } from '../../shared/domain/instrument.ts';
import type { Kept } from '../engine/pool/kept.ts';
import type { AccountHoldings, Holdings } from './holdings.ts';

/** The instruments that have to be looked at together with one, itself among them: whichever of them is asked for. */
export type Together = (instrument: InstrumentId) => ReadonlySet<InstrumentId>;

type Known = Pick<Holdings, 'instruments'>;

/** Which instruments of an account have to be looked at together: those whose terms name each other, or a third. */
export function togetherIn({ positions }: Pick<AccountHoldings, 'positions'>, known: Known): Together {
  return togetherWith((instrument) => new Set([instrument]), positions.map(({ instrument }) => instrument), known);
}

/**
 * The same where these stand in the account as well. A leg that an edit brought in may be worth something by an instrument
 * it does not stand on, and may stand between some that had nothing to do with each other.
 */
export function togetherWith(before: Together, brought: Iterable<InstrumentId>, { instruments }: Known): Together {
  const sets = new Map<InstrumentId, Set<InstrumentId>>();
  const setOf = (instrument: InstrumentId): Set<InstrumentId> => {
    const known = sets.get(instrument) ?? new Set(before(instrument));
    if (!sets.has(instrument)) for (const each of known) sets.set(each, known);
    return known;
  };
  for (const instrument of brought) {
    for (const other of instrumentsNamedBy(instruments.get(instrument)?.terms)) {
      if (before(instrument).has(other)) continue;
      const [one, two] = [setOf(instrument), setOf(other)];
      if (one === two) continue;
      const [into, from] = one.size < two.size ? [two, one] : [one, two];
      for (const each of from) {
        into.add(each);
        sets.set(each, into);
      }
    }
  }
  return (instrument) => sets.get(instrument) ?? before(instrument);
}

/**
 * What changes of a branch leave as it was at a point, and so need not be priced again: every position and group that no
 * changed quantity, price or term can reach. `together` is of all that stands there or at the point the changes lead to,
 * and `store` holds what was made at that point, and nothing else.
 */
export function keptBeside(changed: Iterable<InstrumentId>, together: Together, store: Kept['store']): Kept & { touched: ReadonlySet<InstrumentId> } {
  const touched = new Set<InstrumentId>();
  for (const id of changed) if (!touched.has(id)) for (const each of together(id)) touched.add(each);
  return { touched, store };
}

/** What changes can reach, for whoever asks of a few: those that are looked at together share a set. */
export function reachedBy(changed: Iterable<InstrumentId>, together: Together): Kept['touched'] {
  const own = new Set(changed);
  const sets = new Set([...own].map(together));
  return { has: (instrument) => own.has(instrument) || sets.has(together(instrument)) };
}
