import type { InstrumentId } from '../../../../shared/domain/instrument.ts';
import type { PoolInput, PositionInput } from '../../input.ts';
import type { MarketView } from '../../market/market-view.ts';
import type { PackShelf } from '../../packs/shelf.ts';
import { groupOf, explained, type Beside } from './beside.ts';
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
  const groups = new Map<string, number>();
  const nameOf = ({ instrument }: PositionInput): string => {
    const terms = market.terms(instrument);
    return terms ? groupOf(instrument, terms) : instrument;
  };
  for (const position of part.positions) groups.set(nameOf(position), (groups.get(nameOf(position)) ?? 0) + 1);
  const parts: Beside[] = [];
  const rest: PositionInput[] = [];
  for (const position of part.positions) {
    const isAlone = nameOf(position) === position.instrument && groups.get(position.instrument) === 1;
    const own = isAlone ? scaled(part, position, market, shelf, units) : null;
    if (own) parts.push(own);
    else rest.push(position);
  }
  if (rest.length > 0 || part.excluded.length > 0) parts.push(explained({ ...part, positions: rest }, market, shelf));
  return parts.reduce(added, NONE);
}

/** Null where the position is for the explaining engine itself. */
function scaled(part: PoolInput, position: PositionInput, market: MarketView, shelf: PackShelf, units: Units): Beside | null {
  const { instrument, subType, quantity } = position;
  const count = wholeNumber(quantity);
  const kind = market.terms(instrument)?.kind;
  if (part.model !== 'strategy' || Number.isNaN(count) || Math.abs(count) > COUNT_MAX || (kind !== 'equity' && kind !== 'etf' && kind !== 'bond')) return null;
  const known = units.get(instrument) ?? new Map<string, Beside | null>();
  units.set(instrument, known);
  const key = `${subType} ${count < 0 ? 'short' : 'long'}`;
  let unit = known.get(key);
  if (unit === undefined) {
    unit = explained({ ...part, positions: [{ ...position, quantity: count < 0 ? '-1' : '1' }], excluded: [] }, market, shelf);
    if (unit.unpriced.length > 0 || unit.groups.length !== 1) unit = null;
    known.set(key, unit);
  }
  const all = unit && times(unit, BigInt(Math.abs(count)));
  return all && compare(all.gross, GROSS_MAX) < 0 ? all : null;
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
