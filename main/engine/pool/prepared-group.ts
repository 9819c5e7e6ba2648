import { instrumentsNamedBy, type InstrumentId } from '../../../shared/domain/instrument.ts';
import { fromDecimalText, isDecimalText, toDecimalText } from '../../../shared/money.ts';
import { sum, type Figure } from '../figure/figure.ts';
import type { MarketInput, PoolInput, PositionInput } from '../input.ts';
import type { MarketView } from '../market/market-view.ts';
import type { Rules } from '../packs/rules.ts';
import type { Holding, SetAside } from './holding.ts';
import { groupedRows, type GroupedRows, type GroupRows } from './grouped-rows.ts';
import { madeOf, type Kept, type Remembering } from './kept.ts';
import { areThose } from './near.ts';
import { preparePosition } from './prepare-position.ts';

/**
 * Positions of a pool that stand on one instrument: rules and scans look at them together, and hardly ever beyond them. It
 * remembers what models make of it, so that a group that an edit leaves alone is neither valued, paired, scanned nor added
 * up again.
 */
export interface PreparedGroup extends Remembering {
  id: string;
  positions: readonly PositionInput[];
  /** Sorted by instrument and sub-type; rows with the same key added up. */
  holdings: readonly Holding[];
  setAside: readonly SetAside[];
  worth: GroupWorth;
  /** What was made of the group at the point before, where all that it stands on is worth there what it is here: of holdings that are the very ones of then it still holds. */
  before?: Remembering;
}

/** Market values of a group's holdings, in the pool's currency. */
export interface GroupWorth {
  securities: Figure;
  options: Figure;
  long: Figure;
  short: Figure;
}

/** A pool's groups at a point of an account, and the rows that they were made of. */
interface GroupsThere {
  grouped: GroupedRows;
  groups: readonly PreparedGroup[];
  /** What they were made under, at a point that steps lead away from. */
  under?: { market: MarketInput; rules: Rules };
}

/** A pool's groups by name. One step on from a point that is known, only those that the step touches are looked at. */
export function preparedGroups({ id: pool, currency, positions }: PoolInput, market: MarketView, rules: Rules): readonly PreparedGroup[] {
  const { kept } = market;
  const { nearer } = kept ?? {};
  const left = nearer?.store.get(`groups ${pool}`) as GroupsThere | undefined;
  const before = left ?? (kept?.store.get(`groups ${pool}`) as GroupsThere | undefined);
  const { grouped, moved } = groupedRows(before?.grouped, positions, market);
  const prepared = (group: GroupRows): PreparedGroup => {
    const { id, rows } = group;
    const there = left?.groups[left.grouped.named.get(id) ?? -1];
    const made = (): PreparedGroup => prepareGroup(id, rows, currency, market, rules, there && left.under?.rules === rules && standAlike(rows, left.under.market, market.input) ? { group: there, market: left.under.market } : null);
    if (kept && !isTouched(group, kept.touched)) return (group.untouched ??= madeOf(kept, `group ${pool} ${id}`, made));
    return there && nearer && !isTouched(group, nearer.touched) && areThose(there.positions, rows) ? there : made();
  };
  const groups = left && moved && nearer ? remade(left.groups, placesOf(nearer.touched, moved, grouped), (place) => prepared(grouped.groups[place] as GroupRows)) : grouped.groups.map(prepared);
  (nearer?.into ?? kept)?.store.set(`groups ${pool}`, { grouped, groups, ...(nearer ? { under: { market: market.input, rules } } : {}) } satisfies GroupsThere);
  return groups;
}

function isTouched({ id, rows }: GroupRows, touched: Kept['touched']): boolean {
  return touched.has(id) || rows.some(({ instrument }) => touched.has(instrument));
}

/** The groups that moved, and those that instruments name or stand in. */
function placesOf(instruments: Iterable<InstrumentId>, moved: readonly number[], { named, holding }: GroupedRows): Set<number> {
  const places = new Set(moved);
  const put = (place: number | undefined): void => {
    if (place !== undefined) places.add(place);
  };
  for (const instrument of instruments) {
    put(named.get(instrument));
    put(holding.get(instrument));
  }
  return places;
}

function remade(before: readonly PreparedGroup[], places: ReadonlySet<number>, make: (place: number) => PreparedGroup): readonly PreparedGroup[] {
  if (places.size === 0) return before;
  const groups = [...before];
  for (const place of places) groups[place] = make(place);
  return groups;
}

function prepareGroup(id: string, positions: readonly PositionInput[], currency: string, market: MarketView, rules: Rules, left: { group: PreparedGroup; market: MarketInput } | null): PreparedGroup {
  const holdings: Holding[] = [];
  const setAside: SetAside[] = [];
  // Futures at a fixed margin are prepared by that model: nothing else of it is in its figures.
  for (const position of rules.model === 'fixed' ? [] : merged(positions)) {
    const known = left?.market.marks.get(position.instrument) === market.input.marks.get(position.instrument) ? left?.group.holdings.find((holding) => isOf(holding, position)) : undefined;
    const prepared = known ? { holding: known } : preparePosition(position, currency, market, rules);
    if ('holding' in prepared) holdings.push(prepared.holding);
    else setAside.push(prepared.setAside);
  }
  return { id, positions, holdings, setAside, worth: worthOf(holdings, currency), store: new Map(), ...(left ? { before: { store: left.group.store } } : {}) };
}

/** Whether two markets differ in nothing but marks, and in none of what these positions stand on. */
function standAlike(rows: readonly PositionInput[], before: MarketInput, now: MarketInput): boolean {
  if (before === now) return true;
  const { marks: had, ...rest } = before;
  const { marks, ...other } = now;
  const names = Object.keys(rest) as (keyof typeof rest)[];
  return names.length === Object.keys(other).length && names.every((name) => rest[name] === other[name]) && rows.every(({ instrument }) => instrumentsNamedBy(now.instruments.get(instrument)).every((id) => had.get(id) === marks.get(id)));
}

function isOf(holding: Holding, { instrument, subType, quantity }: PositionInput): boolean {
  return holding.instrument === instrument && holding.subType === subType && toDecimalText(holding.quantity) === quantity;
}

/** One row for each sub-type and instrument, so that neither order nor splitting can change a figure. */
function merged(positions: readonly PositionInput[]): PositionInput[] {
  const rows = new Map<string, PositionInput>();
  for (const position of positions) {
    const key = `${position.instrument}\n${position.subType}`;
    const before = rows.get(key);
    const quantity = before ? toDecimalText(fromDecimalText(before.quantity).plus(fromDecimalText(position.quantity))) : position.quantity;
    // A total too long to write stays apart; each part then has too many digits and is set aside with that reason.
    if (isDecimalText(quantity)) rows.set(key, { ...position, quantity });
    else rows.set(`${key}\n${rows.size}`, position);
  }
  const sorted = [...rows].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([, position]) => position).filter(({ quantity }) => quantity !== '0');
}

export function byInstrument(a: Pick<Holding, 'instrument' | 'subType'>, b: Pick<Holding, 'instrument' | 'subType'>): number {
  if (a.instrument !== b.instrument) return a.instrument < b.instrument ? -1 : 1;
  return a.subType < b.subType ? -1 : Number(a.subType > b.subType);
}

/** Which holdings each part of a worth adds up. */
export const COUNTED: { readonly [Part in keyof GroupWorth]: (holding: Holding) => boolean } = {
  securities: ({ class: kind }) => kind !== 'option',
  options: ({ class: kind }) => kind === 'option',
  long: ({ quantity }) => !quantity.isNegative(),
  short: ({ quantity }) => quantity.isNegative(),
};

function worthOf(holdings: readonly Holding[], currency: string): GroupWorth {
  const part = (name: keyof GroupWorth): Figure => sum(currency, holdings.filter(COUNTED[name]).map(({ value }) => value), { label: name });
  return { securities: part('securities'), options: part('options'), long: part('long'), short: part('short') };
}

/** The group without the holdings that stand aside for what they are worth to count for nothing; itself where none does. */
export function withoutAsides(group: PreparedGroup, asides: readonly SetAside[], currency: string): PreparedGroup {
  const out = asides.filter(({ indeterminate }) => !indeterminate);
  const holdings = group.holdings.filter(({ instrument, subType }) => !out.some((aside) => aside.instrument === instrument && aside.subType === subType));
  return holdings.length === group.holdings.length ? group : { ...group, holdings, worth: worthOf(holdings, currency), store: new Map() };
}
