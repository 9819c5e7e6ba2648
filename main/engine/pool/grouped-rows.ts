import type { Instrument } from '../../../shared/domain/instrument.ts';
import type { PositionInput } from '../input.ts';
import type { MarketView } from '../market/market-view.ts';
import type { PreparedGroup } from './prepared-group.ts';

/** The rows of a group, and what was made of it where nothing touches it. */
export interface GroupRows {
  id: string;
  rows: readonly PositionInput[];
  untouched?: PreparedGroup;
}

/** How a pool was grouped the last time: its groups by name, and in which of them each position stands. */
interface Grouped {
  positions: readonly PositionInput[];
  instruments: MarketView['input']['instruments'];
  groups: readonly GroupRows[];
  groupAt: Int32Array;
}

/** Positions by group, by name: those of the last time where only a few rows are others, of the same instruments. */
export function groupedRows(pool: string, positions: readonly PositionInput[], { kept, terms, input: { instruments } }: MarketView): readonly GroupRows[] {
  const before = kept?.store.get(`grouped ${pool}`) as Grouped | undefined;
  const changed = before?.instruments === instruments ? changedPlaces(before.positions, positions) : null;
  if (before && changed) {
    const places = new Set(changed.map((at) => before.groupAt[at] as number));
    const groups = places.size === 0 ? before.groups : before.groups.map((group, place) => (places.has(place) ? { id: group.id, rows: positions.filter((_, at) => before.groupAt[at] === place) } : group));
    kept?.store.set(`grouped ${pool}`, { ...before, positions, groups } satisfies Grouped);
    return groups;
  }
  const names = positions.map(({ instrument }) => groupOf(instrument, terms(instrument)));
  const byName = [...Map.groupBy(positions.keys(), (at) => names[at] as string)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const groupAt = new Int32Array(positions.length);
  for (const [place, [, own]] of byName.entries()) for (const at of own) groupAt[at] = place;
  const groups = byName.map(([id, own]) => ({ id, rows: own.map((at) => positions[at] as PositionInput) }));
  kept?.store.set(`grouped ${pool}`, { positions, instruments, groups, groupAt } satisfies Grouped);
  return groups;
}

const CHANGED_MAX = 8;

/** Where another row of the same instrument stands; null where more than that is different, or many are. */
function changedPlaces(before: readonly PositionInput[], now: readonly PositionInput[]): number[] | null {
  if (before.length !== now.length) return null;
  const changed: number[] = [];
  for (let at = 0; at < now.length; at += 1) {
    if (before[at] === now[at]) continue;
    if (changed.length === CHANGED_MAX || (before[at] as PositionInput).instrument !== (now[at] as PositionInput).instrument) return null;
    changed.push(at);
  }
  return changed;
}

/** Options and futures stand on their underlying, what can be exchanged on what it is exchanged into, all else on itself. */
function groupOf(instrument: string, terms: Instrument | null): string {
  if (terms?.kind === 'option' || terms?.kind === 'future') return terms.underlying ?? instrument;
  return (terms && 'exchangeableInto' in terms ? terms.exchangeableInto?.instrument : undefined) ?? instrument;
}
