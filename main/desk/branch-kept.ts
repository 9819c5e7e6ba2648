import type { Instrument, InstrumentId } from '../../shared/domain/instrument.ts';
import type { Kept } from '../engine/pool/kept.ts';
import type { AccountHoldings, Holdings } from './holdings.ts';

/** The instruments that have to be looked at together with one, itself among them. */
export type Together = (instrument: InstrumentId) => Iterable<InstrumentId>;

/** Which instruments of an account have to be looked at together: those whose terms name each other, or a third. */
export function togetherIn({ positions }: Pick<AccountHoldings, 'positions'>, { instruments }: Pick<Holdings, 'instruments'>): Together {
  const sets = new Map<InstrumentId, Set<InstrumentId>>();
  const setOf = (instrument: InstrumentId): Set<InstrumentId> => {
    const known = sets.get(instrument) ?? new Set([instrument]);
    sets.set(instrument, known);
    return known;
  };
  for (const { instrument } of positions) {
    for (const other of namedBy(instruments.get(instrument)?.terms)) {
      const [one, two] = [setOf(instrument), setOf(other)];
      if (one === two) continue;
      const [into, from] = one.size < two.size ? [two, one] : [one, two];
      for (const each of from) {
        into.add(each);
        sets.set(each, into);
      }
    }
  }
  return (instrument) => sets.get(instrument) ?? [instrument];
}

/**
 * What changes of a branch leave as it was at a point, and so need not be priced again: every position and group that no
 * changed quantity, price or term can reach. `store` holds what was made at that point, and nothing else.
 */
export function keptBeside(changed: Iterable<InstrumentId>, together: Together, { instruments }: Pick<Holdings, 'instruments'>, store: Kept['store']): Kept & { reached: ReadonlySet<InstrumentId> } {
  const touched = new Set<InstrumentId>();
  // An instrument that edits brought in may stand between some that had nothing to do with each other; it is a changed one.
  for (const id of changed) for (const near of [id, ...namedBy(instruments.get(id)?.terms)]) for (const each of together(near)) touched.add(each);
  return { reached: touched, touched: (instrument) => touched.has(instrument), store };
}

function namedBy(terms: Instrument | undefined): InstrumentId[] {
  if (!terms) return [];
  return [
    ...('underlying' in terms && terms.underlying ? [terms.underlying] : []),
    ...('deliverable' in terms ? (terms.deliverable ?? []) : []).map(({ instrument }) => instrument),
    ...('exchangeableInto' in terms && terms.exchangeableInto ? [terms.exchangeableInto.instrument] : []),
    ...('tracks' in terms && terms.tracks ? [terms.tracks] : []),
  ];
}
