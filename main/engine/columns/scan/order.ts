import type { Instrument, InstrumentId } from '../../../../shared/domain/instrument.ts';
import type { MarketView } from '../../market/market-view.ts';
import type { Sliced } from '../sliced.ts';

/** Instruments underlying by underlying, in the order of names, and where each of those that were given went. */
export interface Order {
  id: InstrumentId[];
  placeOf: Int32Array;
  groupId: InstrumentId[];
  /** By place. */
  groupOf: Int32Array;
  /** Where each underlying's instruments begin; one more entry than underlyings. */
  groupStart: Int32Array;
}

/** Instruments in one stretch. */
const SORTED_AT_ONCE = 1_024;

export function* ordering(given: readonly InstrumentId[], market: MarketView): Sliced<Order> {
  const members = new Map<InstrumentId, number[]>();
  const series: Series[] = [];
  for (let at = 0; at < given.length; at += 1) {
    const instrument = given[at] as InstrumentId;
    const terms = market.terms(instrument);
    const underlying = underlyingOf(instrument, terms);
    const known = members.get(underlying);
    if (known) known.push(at);
    else members.set(underlying, [at]);
    if (series.push(seriesOf(terms)) % SORTED_AT_ONCE === 0) yield;
  }
  const groupId = [...members.keys()].toSorted();
  const order: Order = { id: [], placeOf: new Int32Array(given.length), groupId, groupOf: new Int32Array(given.length), groupStart: new Int32Array(groupId.length + 1) };
  for (let group = 0; group < groupId.length; group += 1) {
    const own = (members.get(groupId[group] as InstrumentId) ?? []).sort((a, b) => bySeries(series[a] as Series, series[b] as Series) || a - b);
    for (const at of own) {
      const place = order.id.push(given[at] as InstrumentId) - 1;
      order.placeOf[at] = place;
      order.groupOf[place] = group;
      if (place % SORTED_AT_ONCE === 0) yield;
    }
    order.groupStart[group + 1] = order.id.length;
  }
  return order;
}

function underlyingOf(instrument: InstrumentId, terms: Instrument | null): InstrumentId {
  return terms?.kind === 'option' || terms?.kind === 'future' ? (terms.underlying ?? instrument) : instrument;
}

/** Of an option its expiry and strike; of everything else neither. */
interface Series {
  expiry: string;
  strike: number;
}

function seriesOf(terms: Instrument | null): Series {
  return terms?.kind === 'option' ? { expiry: terms.expiry, strike: Number(terms.strike) } : { expiry: '', strike: 0 };
}

/** Options last, calls and puts of one expiry and strike side by side: what they share is then computed once. */
function bySeries(a: Series, b: Series): number {
  if (a.expiry !== b.expiry) return a.expiry < b.expiry ? -1 : 1;
  return a.strike - b.strike;
}
