import { above, add, atPlaces, by, larger, NOUGHT, read, same, signOf, size, smaller, take, times, total, whole, type Fraction } from './fraction.ts';

/**
 * A slow and obvious scan, written from the rules and sharing no code with the engine: no Decimal, no rows, no figures. It
 * is only ever told the portfolio below.
 */
export interface OracleLeg {
  instrument: string;
  commodity: string;
  /** Contract month, and whether it is a future or which option. */
  month: string;
  kind: 'future' | 'call' | 'put';
  quantity: string;
  /** Gain of one contract in each of the sixteen scenarios. */
  gains: readonly string[];
  delta: string;
  /** Of an option: market value of one contract. */
  value: string;
}

export interface OracleCommodity {
  id: string;
  scanRange: string;
  minimum: string;
  /** Near and far months, the months in the near one, and the charges for spreads between and within them, by priority. */
  nearMonths: readonly string[];
  spreads: readonly { priority: number; charge: string; a: 'near' | 'far'; b: 'near' | 'far'; ratioA: string; ratioB: string }[];
  spot: { month: string; spread: string; outright: string } | null;
}

export interface OracleInter {
  priority: number;
  credit: string;
  legs: readonly { commodity: string; ratio: string; side: 'A' | 'B' }[];
}

export interface OracleBook {
  legs: readonly OracleLeg[];
  commodities: readonly OracleCommodity[];
  inter: readonly OracleInter[];
  order: 'creditThenMinimum' | 'minimumThenCredit';
  weighted: 'normal' | 'scanRange' | 'scanRangeCap';
}

const SCENARIOS = 16;
const DIVISION_PLACES = 10;
const MONEY_PLACES = 4;

interface Worked {
  terms: OracleCommodity;
  gains: Fraction[];
  deltas: Map<string, Fraction>;
  before: Map<string, Fraction>;
  charges: Fraction[];
  credits: Fraction[];
}

/** What the book is asked: the greater of nothing and the commodities' risks less the net value of options. */
export function oracleRequirement(book: OracleBook): Fraction {
  const worked = book.commodities.filter(({ id }) => book.legs.some(({ commodity }) => commodity === id)).map((terms) => start(terms, book.legs.filter(({ commodity }) => commodity === terms.id)));
  for (const one of worked) for (const spread of one.terms.spreads.toSorted((x, y) => x.priority - y.priority)) for (const sign of [1, -1]) chargeSpread(one, spread, sign);
  for (const inter of book.inter.toSorted((x, y) => x.priority - y.priority)) giveCredit(worked, inter, book.weighted);
  const risks = worked.map((one) => commodityRisk(one, book));
  const optionValue = total(book.legs.filter(({ kind }) => kind !== 'future').map(({ quantity, value }) => times(read(quantity), read(value))));
  return larger(NOUGHT, take(total(risks), optionValue));
}

function start(terms: OracleCommodity, legs: readonly OracleLeg[]): Worked {
  const gains = Array.from({ length: SCENARIOS }, (_, at) => total(legs.map(({ quantity, gains: unit }) => atPlaces(times(read(quantity), read(unit[at] ?? '0')), MONEY_PLACES, 'half-even'))));
  const deltas = new Map<string, Fraction>();
  for (const { month, quantity, delta } of legs) deltas.set(month, add(deltas.get(month) ?? NOUGHT, times(read(quantity), read(delta))));
  return { terms, gains, deltas, before: new Map(deltas), charges: [], credits: [] };
}

function chargeSpread(one: Worked, { a, b, ratioA, ratioB, charge }: OracleCommodity['spreads'][number], sign: number): void {
  const months = (tier: 'near' | 'far'): string[] => [...one.deltas.keys()].filter((month) => one.terms.nearMonths.includes(month) === (tier === 'near')).sort();
  const sides = [{ in: months(a), ratio: read(ratioA), sign }, { in: months(b), ratio: read(ratioB), sign: -sign }];
  const counts = sides.map((side) => ({ ...side, there: total(side.in.map((month) => one.deltas.get(month) ?? NOUGHT).filter((delta) => signOf(delta) === side.sign)) }));
  const possible = counts.map(({ there, ratio }) => (same(ratio, whole(1)) ? size(there) : atPlaces(by(size(there), ratio), DIVISION_PLACES, 'half-even')));
  const number = smaller(possible[0] as Fraction, possible[1] as Fraction);
  if (signOf(number) <= 0) return;
  one.charges.push(times(number, read(charge)));
  for (const side of counts) useUp(one, side.in, side.sign, times(number, side.ratio));
}

function useUp(one: Worked, months: readonly string[], sign: number, amount: Fraction): void {
  let open = amount;
  for (const month of months) {
    const here = one.deltas.get(month) ?? NOUGHT;
    if (signOf(here) !== sign) continue;
    const used = smaller(size(here), open);
    one.deltas.set(month, sign > 0 ? take(here, used) : add(here, used));
    open = take(open, used);
  }
}

function giveCredit(worked: readonly Worked[], { legs, credit }: OracleInter, weighted: OracleBook['weighted']): void {
  const found = legs.map((leg) => ({ leg, one: worked.find(({ terms }) => terms.id === leg.commodity) }));
  const sides = found.map(({ leg, one }) => {
    const left = one ? total([...one.deltas.values()]) : NOUGHT;
    return { leg, one, left, risk: one ? riskOfOneDelta(one, weighted) : NOUGHT };
  });
  if (sides.some(({ one, left, risk }) => !one || signOf(left) === 0 || signOf(risk) <= 0)) return;
  const signOfA = signOf(sides.find(({ leg }) => leg.side === 'A')?.left ?? NOUGHT);
  if (sides.some(({ leg, left }) => signOf(left) !== (leg.side === 'A' ? signOfA : -signOfA))) return;
  const number = sides.map(({ left, leg }) => (leg.ratio === '1' ? size(left) : atPlaces(by(size(left), read(leg.ratio)), DIVISION_PLACES, 'half-even'))).reduce(smaller);
  if (signOf(number) <= 0) return;
  for (const { one, leg, left } of sides) {
    const used = times(number, read(leg.ratio));
    if (one) one.credits.push(creditOf(one, used, read(credit), weighted));
    if (one) useUp(one, [...one.deltas.keys()].sort(), signOf(left), used);
  }
}

/** A price risk that was divided by the net delta is rounded once, as money; a scan range is not divided. */
function creditOf(one: Worked, used: Fraction, rate: Fraction, weighted: OracleBook['weighted']): Fraction {
  const of = (risk: Fraction): Fraction => times(times(risk, used), rate);
  const byRange = of(read(one.terms.scanRange));
  if (weighted === 'scanRange') return byRange;
  const byRisk = atPlaces(of(riskOfOneDelta(one, 'normal')), DIVISION_PLACES, 'half-even');
  return weighted === 'scanRangeCap' ? smaller(byRisk, byRange) : byRisk;
}

function riskOfOneDelta(one: Worked, weighted: OracleBook['weighted']): Fraction {
  const range = read(one.terms.scanRange);
  if (weighted === 'scanRange') return range;
  const net = total([...one.before.values()]);
  const worst = worstScenario(one.gains);
  if (worst < 0 || signOf(net) === 0) return NOUGHT;
  const half = { over: 1n, under: 2n };
  // One and two, three and four, and so on differ in volatility; the extreme ones stand alone.
  const pair = worst % 2 === 0 ? worst + 1 : worst - 1;
  const moved = worst >= 14 ? (one.gains[worst] as Fraction) : times(half, add(one.gains[worst] as Fraction, one.gains[pair] as Fraction));
  const still = times(half, add(one.gains[0] as Fraction, one.gains[1] as Fraction));
  const normal = by(take(still, moved), size(net));
  return weighted === 'scanRangeCap' ? smaller(normal, range) : normal;
}

/** The first scenario that loses most, −1 when none loses. */
function worstScenario(gains: readonly Fraction[]): number {
  let worst = -1;
  gains.forEach((gain, at) => {
    if (above(worst < 0 ? NOUGHT : (gains[worst] as Fraction), gain)) worst = at;
  });
  return worst;
}

function commodityRisk(one: Worked, book: OracleBook): Fraction {
  const worst = worstScenario(one.gains);
  const scan = worst < 0 ? NOUGHT : size(one.gains[worst] as Fraction);
  const short = book.legs.filter(({ commodity, kind, quantity }) => commodity === one.terms.id && kind !== 'future' && quantity.startsWith('-'));
  const minimum = times(total(short.map(({ quantity }) => size(read(quantity)))), read(one.terms.minimum));
  const charged = total([scan, ...one.charges, spotCharge(one)]);
  const credit = total(one.credits);
  return book.order === 'creditThenMinimum' ? larger(take(charged, credit), minimum) : take(larger(charged, minimum), credit);
}

function spotCharge({ terms: { spot }, before, deltas }: Worked): Fraction {
  const there = spot ? before.get(spot.month) : undefined;
  if (!spot || !there) return NOUGHT;
  const remaining = size(deltas.get(spot.month) ?? NOUGHT);
  return add(times(take(size(there), remaining), read(spot.spread)), times(remaining, read(spot.outright)));
}
