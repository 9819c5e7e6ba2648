import { fromDecimalText, isDecimalText, toDecimalText } from '../../../shared/money.ts';
import { sum, type Figure } from '../figure/figure.ts';
import type { PoolInput, PositionInput } from '../input.ts';
import type { MarketView } from '../market/market-view.ts';
import type { Rules } from '../packs/rules.ts';
import type { Holding, SetAside } from './holding.ts';
import { groupedRows } from './grouped-rows.ts';
import { keep, type Kept, type Remembering } from './kept.ts';
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
}

/** Market values of a group's holdings, in the pool's currency. */
export interface GroupWorth {
  securities: Figure;
  options: Figure;
  long: Figure;
  short: Figure;
}

/** A pool's groups by name. */
export function preparedGroups({ id: pool, currency, positions }: PoolInput, market: MarketView, rules: Rules): PreparedGroup[] {
  const { kept } = market;
  const { groups, named, holding } = groupedRows(pool, positions, market);
  const touchedPlaces = new Set<number | undefined>();
  for (const instrument of kept?.touched ?? []) touchedPlaces.add(named.get(instrument)).add(holding.get(instrument));
  return groups.map((group, place) => {
    const { id, rows } = group;
    const isTouched = (touched: Kept['touched']): boolean => touched.has(id) || rows.some(({ instrument }) => touched.has(instrument));
    const prepared = (): PreparedGroup => keep(kept, `group ${pool} ${id}`, isTouched, () => prepareGroup(id, rows, currency, market, rules));
    return kept && !touchedPlaces.has(place) ? (group.untouched ??= prepared()) : prepared();
  });
}

function prepareGroup(id: string, positions: readonly PositionInput[], currency: string, market: MarketView, rules: Rules): PreparedGroup {
  const holdings: Holding[] = [];
  const setAside: SetAside[] = [];
  // Futures at a fixed margin are prepared by that model: nothing else of it is in its figures.
  for (const position of rules.model === 'fixed' ? [] : merged(positions)) {
    const prepared = preparePosition(position, currency, market, rules);
    if ('holding' in prepared) holdings.push(prepared.holding);
    else setAside.push(prepared.setAside);
  }
  return { id, positions, holdings, setAside, worth: worthOf(holdings, currency), store: new Map() };
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
