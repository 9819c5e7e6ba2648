import type { CalcPack } from '../../../shared/calc-pack.ts';
import type { PackInstrument } from '../../../shared/calc-pack/instruments.ts';
import type { PackMark } from '../../../shared/calc-pack/market.ts';
import type { FxFact, MarkFact } from '../../../shared/domain/facts.ts';
import type { Currency, Instrument, InstrumentId } from '../../../shared/domain/instrument.ts';
import type { IsoDate } from '../../../shared/time.ts';
import type { MarketInput } from '../input.ts';

/** What explain trees name as the source of a price that a pack gives without one. */
const PACK_SOURCE = 'calc pack';

/** The business day of a pack: its own, or the day of its moment. */
export function businessDateOf(pack: CalcPack): IsoDate {
  return pack.businessDate ?? pack.asOf.slice(0, 10);
}

/** Instruments, marks and exchange rates of a pack as the engine takes them. Cash instruments are no instruments here. */
export function marketOfPack(pack: CalcPack): MarketInput {
  const instruments = new Map<InstrumentId, Instrument>();
  const marks = new Map<InstrumentId, MarkFact>();
  for (const [id, instrument] of Object.entries(pack.instruments)) {
    const terms = termsOf(pack, instrument);
    if (terms) instruments.set(id, terms);
    const mark = markOf(pack, id, instrument, pack.market?.marks?.[id]);
    if (mark) marks.set(id, mark);
  }
  return { asOf: pack.asOf, businessDate: businessDateOf(pack), instruments, marks, fx: ratesOf(pack), ...beyondPrices(pack) };
}

/** Market data that the risk-based models use; left out where the pack has none. */
function beyondPrices({ instruments, market, riskArrays }: CalcPack): Partial<MarketInput> {
  const impliedVols = Object.entries(instruments).flatMap(([id, terms]) => (terms.kind === 'cash' || terms.impliedVol === undefined ? [] : [[id, terms.impliedVol] as const]));
  const bounds = Object.entries(market?.marks ?? {}).flatMap(([id, { value, low, high }]) => (low === undefined && high === undefined ? [] : [[id, { low: low ?? value, high: high ?? value }] as const]));
  const confidences = Object.entries(market?.marks ?? {}).flatMap(([id, { confidence }]) => (confidence === undefined ? [] : [[id, confidence] as const]));
  return {
    ...(impliedVols.length > 0 ? { impliedVols: new Map(impliedVols) } : {}),
    ...(bounds.length > 0 ? { bounds: new Map(bounds) } : {}),
    ...(confidences.length > 0 ? { confidences: new Map(confidences) } : {}),
    ...(market?.curves ? { curves: new Map(Object.entries(market.curves)) } : {}),
    ...(market?.dividends ? { dividends: new Map(Object.entries(market.dividends)) } : {}),
    ...(market?.history ? { history: new Map(Object.entries(market.history)) } : {}),
    ...(market?.forwards ? { forwards: market.forwards } : {}),
    ...(market?.stats ? { stats: new Map(Object.entries(market.stats)) } : {}),
    ...(riskArrays ? { riskArrays: new Map(Object.entries(riskArrays)) } : {}),
  };
}

/** The instrument's terms without its market data; null for cash, which is money and not an instrument. */
function termsOf(pack: CalcPack, instrument: PackInstrument): Instrument | null {
  if (instrument.kind === 'cash') return null;
  const { price: _price, impliedVol: _impliedVol, ...terms } = instrument;
  return terms.kind === 'option' ? { ...terms, currency: optionCurrency(pack, terms) } : terms;
}

/** What an option is quoted in when it does not say: what its underlying is. */
function optionCurrency({ instruments, baseCurrency }: CalcPack, { currency, underlying }: Extract<PackInstrument, { kind: 'option' }>): Currency {
  return currency ?? instruments[underlying]?.currency ?? baseCurrency;
}

/** A mark of the market section wins over the price beside the terms. */
function markOf(pack: CalcPack, id: InstrumentId, instrument: PackInstrument, stated: PackMark | undefined): MarkFact | null {
  if (stated) {
    const { value, bid, ask, kind, asOf, source } = stated;
    return { instrument: id, value, bid: bid ?? null, ask: ask ?? null, kind: kind ?? 'last', asOf: asOf ?? pack.asOf, source: source ?? PACK_SOURCE };
  }
  if (instrument.kind === 'cash' || instrument.price === undefined) return null;
  return { instrument: id, value: instrument.price, bid: null, ask: null, kind: 'close', asOf: pack.asOf, source: PACK_SOURCE };
}

function ratesOf(pack: CalcPack): FxFact[] {
  const plain = Object.entries(pack.fx).map(([currency, rate]) => ({ currency, base: pack.baseCurrency, rate, asOf: pack.asOf, source: PACK_SOURCE }));
  return [...(pack.market?.fx ?? []), ...plain];
}
