import type { InstrumentId } from '../../../../shared/domain/instrument.ts';
import type { Sliced } from '../sliced.ts';
import { sharedWords } from './shared-columns.ts';

/** The order in which lanes hold positions, and so what margins together side by side. */
export interface Ranks {
  /** Place in the order of underlyings, then in that in which the explaining engine sorts holdings. */
  rank: Int32Array;
  /** Instruments by their place. What margins with one, itself and options on it, is byRank[groupFrom[it]] up to groupTo[it]. */
  byRank: Int32Array;
  groupFrom: Int32Array;
  groupTo: Int32Array;
}

/** Instruments that are sorted in one stretch. */
const SORTED_AT_ONCE = 512;

export function* ranking(ids: readonly InstrumentId[], underlying: Int32Array): Sliced<Ranks> {
  const size = ids.length;
  const ranks: Ranks = { rank: sharedWords(size), byRank: sharedWords(size), groupFrom: sharedWords(size), groupTo: sharedWords(size) };
  // Holdings are sorted by instrument and sub-type, written one under the other.
  const keyOf = (at: number): string => `${ids[at] ?? ''}\n`;
  const members = new Map<number, { key: string; at: number }[]>();
  for (let at = 0; at < size; at += 1) {
    const own = underlying[at] as number;
    const known = members.get(own);
    if (known) known.push({ key: keyOf(at), at });
    else members.set(own, [{ key: keyOf(at), at }]);
    if (at % SORTED_AT_ONCE === 0) yield;
  }
  let place = 0;
  let since = 0;
  for (const own of [...members.keys()].map((at) => ({ key: at < 0 ? '' : keyOf(at), at })).sort(byKey)) {
    const group = (members.get(own.at) ?? []).sort(byKey);
    if (own.at >= 0) ranks.groupFrom[own.at] = place;
    for (const { at } of group) {
      ranks.rank[at] = place;
      ranks.byRank[place] = at;
      place += 1;
    }
    if (own.at >= 0) ranks.groupTo[own.at] = place;
    if (place - since < SORTED_AT_ONCE) continue;
    since = place;
    yield;
  }
  return ranks;
}

function byKey(a: { key: string }, b: { key: string }): number {
  return a.key < b.key ? -1 : 1;
}
