import type { InstrumentId } from '../../../../shared/domain/instrument.ts';
import { quantityInLots } from '../../../../shared/quantum.ts';
import { contractMargin } from '../../fixed/product.ts';
import type { PoolInput, PositionInput } from '../../input.ts';
import type { MarketView } from '../../market/market-view.ts';
import { resolveRules, type PackShelf } from '../../packs/shelf.ts';
import type { PositionMargin } from '../../margin-model.ts';
import type { Sliced } from '../sliced.ts';
import { exact, explained, explainedMargin, groupOf, type Beside } from './beside.ts';
import { compare, exactOf, NOTHING, plus, type Exact } from './exact.ts';
import { wholeNumber } from './read-positions.ts';

/**
 * What one unit is asked, by instrument, then by part of the account and side: what margins with nothing else is asked in
 * proportion to how much of it there is, so that the explaining engine need say it only once for all pools under the same
 * rules. Null for what it leaves open. Good for as long as no price of the instrument changes.
 */
export type Units = Map<InstrumentId, Map<string, Beside | null>>;

/** More than these might have too many digits for the explaining engine, which then says so. */
const COUNT_MAX = 10 ** 8;
const GROSS_MAX = exactOf('100000000000');

/** What the explaining engine says of the groups of a pool that columns do not take. */
export function besideOf(part: PoolInput, market: MarketView, shelf: PackShelf, units: Units): Beside {
  const alone = aloneIn(part, market, shelf);
  explainUnits(part, alone, market, shelf, units);
  const parts: Beside[] = [];
  const counted = new Set<PositionInput>();
  for (const position of alone) {
    const unit = units.get(position.instrument)?.get(kindOf(position));
    const all = unit && times(unit, BigInt(Math.abs(wholeNumber(position.quantity))));
    if (!all || compare(all.gross, GROSS_MAX) >= 0) continue;
    parts.push(all);
    counted.add(position);
  }
  const rest = part.positions.filter((position) => !counted.has(position));
  if (rest.length > 0 || part.excluded.length > 0) parts.push(explained({ ...part, positions: rest }, market, shelf));
  const all = parts.reduce(added, NONE);
  return { ...all, unpriced: all.unpriced.toSorted((a, b) => (a.instrument < b.instrument ? -1 : 1)) };
}

/** Instruments that are explained together: most of it is made for a pool, not for what is in it. */
const UNITS_AT_ONCE = 24;
const PARTS_AT_ONCE = 64;

/** Units of what many pools under the same rules hold beside their lane, before each is asked of by itself. */
export function* explainingUnits(parts: Iterable<PoolInput>, market: MarketView, shelf: PackShelf, units: Units): Sliced<void> {
  const open = new Map<InstrumentId, PositionInput>();
  let last: PoolInput | null = null;
  let looked = 0;
  for (const part of parts) {
    looked += 1;
    if (looked % PARTS_AT_ONCE === 0) yield;
    for (const position of aloneIn(part, market, shelf)) if (!units.has(position.instrument)) open.set(position.instrument, position);
    last = part;
    if (open.size < UNITS_AT_ONCE) continue;
    explainUnits(part, [...open.values()], market, shelf, units);
    open.clear();
    yield;
  }
  if (last) explainUnits(last, [...open.values()], market, shelf, units);
}

/** Stock and bonds, whole, that margin with nothing else of the pool; and futures of products that no rule knows. */
function aloneIn(part: PoolInput, market: MarketView, shelf: PackShelf): PositionInput[] {
  const { model, positions } = part;
  if (model === 'fixed') return unknownContracts(part, market, shelf);
  if (model !== 'strategy') return [];
  const groups = new Map<string, number>();
  const nameOf = ({ instrument }: PositionInput): string => {
    const terms = market.terms(instrument);
    return terms ? groupOf(instrument, terms) : instrument;
  };
  for (const position of positions) groups.set(nameOf(position), (groups.get(nameOf(position)) ?? 0) + 1);
  return positions.filter((position) => {
    const { instrument, quantity } = position;
    const kind = market.terms(instrument)?.kind;
    const isPlain = (kind === 'equity' || kind === 'etf' || kind === 'bond') && Math.abs(wholeNumber(quantity)) <= COUNT_MAX && quantity !== '0';
    return isPlain && nameOf(position) === instrument && groups.get(instrument) === 1;
  });
}

/** Nothing is asked of them, and why is the same of any number of contracts. */
function unknownContracts({ packs, positions }: PoolInput, market: MarketView, shelf: PackShelf): PositionInput[] {
  const rules = resolveRules(shelf, packs, market.businessDate);
  if (!rules.ok) return [];
  const rows = Map.groupBy(positions, ({ instrument }) => instrument);
  return positions.filter(({ instrument, quantity }) => {
    const terms = market.terms(instrument);
    const isWhole = quantity !== '0' && !Number.isNaN(wholeNumber(quantity)) && quantityInLots(quantity, rules.value.quantityLot).ok;
    return terms?.kind === 'future' && isWhole && rows.get(instrument)?.length === 1 && typeof contractMargin(instrument, terms, market.businessDate, rules.value) === 'string';
  });
}

/** Part of the account, and side. */
function kindOf({ subType, quantity }: PositionInput): string {
  return `${subType} ${quantity.startsWith('-') ? 'short' : 'long'}`;
}

/** Has the explaining engine say what is not known yet, of instruments each once. */
function explainUnits(part: PoolInput, positions: readonly PositionInput[], market: MarketView, shelf: PackShelf, units: Units): void {
  const open = positions.filter((position) => units.get(position.instrument)?.get(kindOf(position)) === undefined);
  if (open.length === 0) return;
  if (part.model === 'fixed') return noteAsides(part, open, market, shelf, units);
  const ones = open.map((position) => ({ ...position, quantity: position.quantity.startsWith('-') ? '-1' : '1' }));
  const margin = explainedMargin({ ...part, positions: ones, excluded: [] }, market, shelf);
  const lacking = new Set(margin.unpriced.map(({ instrument }) => instrument));
  const said = new Map(lacking.size > 0 ? [] : margin.positions.map((one) => [one.instrument, one]));
  const others: PositionInput[] = [];
  for (const position of open) {
    const one = said.get(position.instrument);
    if (one || lacking.has(position.instrument) || open.length === 1) note(units, position, one ? unitOf(one) : null);
    else others.push(position);
  }
  // What one of them lacks leaves the others open too, until they are asked of without it.
  const together = others.length < open.length ? [others] : others.map((position) => [position]);
  for (const some of together) explainUnits(part, some, market, shelf, units);
}

/** What stands aside is asked nothing, by itself as among others. */
function noteAsides(part: PoolInput, open: readonly PositionInput[], market: MarketView, shelf: PackShelf, units: Units): void {
  const { positions, unpriced } = explainedMargin({ ...part, positions: open }, market, shelf);
  for (const position of open) {
    const [one] = positions.filter(({ instrument }) => instrument === position.instrument);
    const why = unpriced.filter(({ instrument }) => instrument === position.instrument);
    note(units, position, one && !one.requirement && why.length === 1 ? { ...NONE, hasShort: position.quantity.startsWith('-'), groups: [{ name: one.group, gross: NOTHING, maintenance: NOTHING }], unpriced: why } : null);
  }
}

function note(units: Units, position: PositionInput, unit: Beside | null): void {
  const known = units.get(position.instrument) ?? new Map<string, Beside | null>();
  units.set(position.instrument, known);
  known.set(kindOf(position), unit);
}

/** A stock or a bond by itself: it is worth what it counts as equity, and opening asks of the exchange what keeping does. */
function unitOf({ value, requirement, group, quantity }: PositionMargin): Beside | null {
  if (!value || !requirement) return null;
  const { regT, exchange: ofExchange, houseInitial, houseMaintenance } = requirement;
  const [worth, exchange, maintenance] = [exact(value.amount), exact(ofExchange.amount), exact(houseMaintenance.amount)];
  const gross = exact(value.amount.abs());
  return {
    netLiq: worth, equity: worth, regT: exact(regT.amount), exchange, exchangeInitial: exchange, initial: exact(houseInitial.amount), maintenance, gross, invested: worth,
    hasShort: quantity.startsWith('-'),
    notPairedYet: 0,
    groups: [{ name: group, gross, maintenance }],
    unpriced: [],
    unverified: { regT: regT.unverified, exchange: ofExchange.unverified, exchangeInitial: ofExchange.unverified, initial: houseInitial.unverified, maintenance: houseMaintenance.unverified },
  };
}

const AMOUNTS = ['netLiq', 'equity', 'regT', 'exchange', 'exchangeInitial', 'initial', 'maintenance', 'gross', 'invested'] as const;
const RESTS = ['regT', 'exchange', 'exchangeInitial', 'initial', 'maintenance'] as const;

const NONE: Beside = {
  netLiq: NOTHING, equity: NOTHING, regT: NOTHING, exchange: NOTHING, exchangeInitial: NOTHING, initial: NOTHING, maintenance: NOTHING, gross: NOTHING, invested: NOTHING,
  hasShort: false, notPairedYet: 0, groups: [], unpriced: [], unverified: { regT: false, exchange: false, exchangeInitial: false, initial: false, maintenance: false },
};

function times(unit: Beside, count: bigint): Beside {
  const of = ({ units, digits }: Exact): Exact => ({ units: units * count, digits });
  const amounts = Object.fromEntries(AMOUNTS.map((name) => [name, of(unit[name])])) as Pick<Beside, (typeof AMOUNTS)[number]>;
  return { ...unit, ...amounts, groups: unit.groups.map(({ name, gross, maintenance }) => ({ name, gross: of(gross), maintenance: of(maintenance) })) };
}

function added(one: Beside, other: Beside): Beside {
  const amounts = Object.fromEntries(AMOUNTS.map((name) => [name, plus(one[name], other[name])])) as Pick<Beside, (typeof AMOUNTS)[number]>;
  return {
    ...amounts,
    hasShort: one.hasShort || other.hasShort,
    notPairedYet: one.notPairedYet + other.notPairedYet,
    groups: [...one.groups, ...other.groups],
    unpriced: [...one.unpriced, ...other.unpriced],
    unverified: Object.fromEntries(RESTS.map((name) => [name, one.unverified[name] || other.unverified[name]])) as unknown as Beside['unverified'],
  };
}
