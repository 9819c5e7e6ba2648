import { Decimal } from '../../../shared/money.ts';
import { difference, input, product, type Figure } from '../figure/figure.ts';
import type { MarketView } from '../market/market-view.ts';
import type { Rules } from '../packs/rules.ts';
import type { Allotment } from '../pool/allotment.ts';
import type { Linear } from './linear.ts';
import type { Expiry } from './expiry.ts';
import { confidenceOf, pegOf, type Quote } from './feed.ts';

/** A charge on opening, and whom it is for. */
export interface Contingency {
  figure: Figure;
  among: Allotment['among'];
}

/** On opening: a feed that is not sure of itself, and a settlement coin off its peg, by the spot value of what they price. */
export function contingencies(linear: readonly Linear[], expiries: readonly Expiry[], spots: ReadonlyMap<string, Quote>, currency: string, market: MarketView, rules: Rules): Contingency[] {
  const [threshold, factor] = [rules.parameter('standardOptions.oracle.threshold'), rules.parameter('standardOptions.oracle.factor')];
  const exposures = exposuresOf(linear, expiries, spots, currency, market);
  const unsure = exposures.filter(({ confidence }) => confidence.lt(threshold.value)).map(({ name, value, confidence, among }) => {
    const doubt = input(new Decimal(1).minus(confidence), 'ratio', { label: `Doubt of the feed of ${name}`, source: `1 − confidence ${confidence.toFixed()}` });
    return { figure: product(currency, [doubt, factor.figure, ...value], { label: `${name}: the feed is not sure`, rule: factor.rule }), among };
  });
  const peg = pegOf(currency, market);
  const [line, weight] = [rules.parameter('standardOptions.peg.threshold'), rules.parameter('standardOptions.peg.factor')];
  if (!peg || peg.amount.gte(line.value)) return unsure;
  const off = difference('ratio', [line.figure, peg], { label: `${currency} off its peg` });
  const pegged = exposures.filter((exposure) => exposure.pegged).map(({ name, value, among }) => ({ figure: product(currency, [off, weight.figure, ...value], { label: `${name}: ${currency} is off its peg`, rule: weight.rule }), among }));
  return [...unsure, ...pegged];
}

interface Exposure {
  name: string;
  /** Multiplied: its spot value. */
  value: readonly [Figure, ...Figure[]];
  pegged: boolean;
  confidence: Decimal;
  among: Allotment['among'];
}

function exposuresOf(linear: readonly Linear[], expiries: readonly Expiry[], spots: ReadonlyMap<string, Quote>, currency: string, market: MarketView): Exposure[] {
  const spotOf = (underlying: string): Figure => spots.get(underlying)?.price ?? input(new Decimal(0), currency, { label: 'No spot', source: 'market' });
  const sizeOf = (name: string, size: Decimal): Figure => input(size, 'units', { label: `Size of ${name}`, source: 'positions' });
  const ofLinear = linear.map((row): Exposure => {
    const { instrument, kind, underlying, quantity, quote } = row;
    return { name: instrument, value: [spotOf(underlying), sizeOf(instrument, quantity.abs())], pegged: kind === 'perpetual', confidence: Decimal.min(quote.confidence, confidenceOf(underlying, market)), among: [[row, new Decimal(1)]] };
  });
  const ofOptions = expiries.map(({ underlying, expiresAt, forward, legs }): Exposure => {
    const name = `${underlying} options of ${expiresAt.slice(0, 10)}`;
    const shorts = legs.filter(({ units }) => units.isNegative());
    const size = sizeOf(name, shorts.reduce((total, { units }) => total.plus(units.abs()), new Decimal(0)));
    return { name, value: [size, ...(legs[0]?.coin ?? [spotOf(underlying)])], pegged: true, confidence: Decimal.min(forward.confidence, forward.volConfidence, confidenceOf(underlying, market)), among: shorts.map((leg) => [leg, leg.units.abs()] as const) };
  });
  return [...ofLinear, ...ofOptions].filter(({ among }) => among.length > 0);
}
