import type { Instrument, InstrumentId } from '../../shared/domain/instrument.ts';
import type { Kept } from '../engine/pool/kept.ts';
import type { AccountHoldings, Holdings } from './holdings.ts';

/** What an account and its market may differ in from one edit to the next. */
export interface Editable {
  holdings: Pick<Holdings, 'instruments' | 'marks' | 'closes'>;
  account: Pick<AccountHoldings, 'positions'>;
}

/**
 * What the edits of a branch leave as it was when the branch was opened, and so need not be priced again: every position
 * and group that no changed quantity, price or term can reach. `store` holds what was made of `base`, and nothing else.
 */
export function keptSince(base: Editable, now: Editable, store: Kept['store']): Kept {
  const changed = changedSince(base, now);
  if (changed.size === 0) return { touched: () => false, store };
  const together = namedTogether([...base.account.positions, ...now.account.positions].map(({ instrument }) => instrument), now.holdings);
  const touched = new Set([...changed].map(together));
  return { touched: (instrument) => touched.has(together(instrument)), store };
}

/** Instruments of which a position, a price or the terms are others. What did not change is the same object. */
function changedSince(base: Editable, now: Editable): Set<InstrumentId> {
  const changed = new Set<InstrumentId>();
  for (const [one, other] of [[base, now], [now, base]] as const) {
    const held = new Set(other.account.positions);
    for (const position of one.account.positions) if (!held.has(position)) changed.add(position.instrument);
    for (const table of ['instruments', 'marks', 'closes'] as const) for (const id of differing(one.holdings[table], other.holdings[table])) changed.add(id);
  }
  return changed;
}

function differing(one: ReadonlyMap<InstrumentId, unknown>, other: ReadonlyMap<InstrumentId, unknown>): InstrumentId[] {
  return one === other ? [] : [...one.keys()].filter((id) => one.get(id) !== other.get(id));
}

/** Names for what has to be looked at together: instruments whose terms name each other, or a third, have one name. */
function namedTogether(held: readonly InstrumentId[], { instruments }: Editable['holdings']): (instrument: InstrumentId) => InstrumentId {
  const into = new Map<InstrumentId, InstrumentId>();
  function nameOf(instrument: InstrumentId): InstrumentId {
    let name = instrument;
    for (let next = into.get(name); next !== undefined; next = into.get(name)) name = next;
    return name;
  }
  for (const instrument of held) {
    for (const other of namedBy(instruments.get(instrument)?.terms)) {
      const [one, two] = [nameOf(instrument), nameOf(other)];
      if (one !== two) into.set(one, two);
    }
  }
  return nameOf;
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
