import type { Instrument, InstrumentId } from '../../../shared/domain/instrument.ts';
import type { PositionInput } from '../input.ts';
import type { MarketView } from '../market/market-view.ts';
import type { PreparedGroup } from './prepared-group.ts';

/** The rows of a group, and what was made of it where nothing touches it. */
export interface GroupRows {
  id: string;
  rows: readonly PositionInput[];
  /** Where they stand among the pool's positions. */
  places: readonly number[];
  untouched?: PreparedGroup;
}

/** How a pool is grouped: its groups by name, and in which of them each position stands. */
export interface GroupedRows {
  positions: readonly PositionInput[];
  instruments: MarketView['input']['instruments'];
  groups: readonly GroupRows[];
  /** By place of the position. */
  groupAt: Int32Array;
  /** Groups by their names, and by the instruments that stand in them. */
  named: ReadonlyMap<string, number>;
  holding: ReadonlyMap<InstrumentId, number>;
}

/** Positions by group, and the groups that have other rows than before; null where they were not told from those before, since more than a few rows are others, or of other instruments. */
export function groupedRows(before: GroupedRows | undefined, positions: readonly PositionInput[], { terms, input: { instruments } }: MarketView): { grouped: GroupedRows; moved: readonly number[] | null } {
  const changed = before?.instruments === instruments ? changedPlaces(before.positions, positions) : null;
  if (!before || !changed) return { grouped: grouping(positions, instruments, terms), moved: null };
  const moved = [...new Set(changed.map((at) => before.groupAt[at] as number))];
  if (moved.length === 0) return { grouped: before, moved };
  const groups = [...before.groups];
  for (const place of moved) {
    const { id, places } = groups[place] as GroupRows;
    groups[place] = { id, rows: rowsAt(positions, places), places };
  }
  return { grouped: { ...before, positions, groups }, moved };
}

function grouping(positions: readonly PositionInput[], instruments: GroupedRows['instruments'], terms: MarketView['terms']): GroupedRows {
  const names = positions.map(({ instrument }) => groupOf(instrument, terms(instrument)));
  const byName = [...Map.groupBy(positions.keys(), (at) => names[at] as string)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const groupAt = new Int32Array(positions.length);
  const named = new Map<string, number>();
  const holding = new Map<InstrumentId, number>();
  for (const [place, [id, own]] of byName.entries()) {
    named.set(id, place);
    for (const at of own) {
      groupAt[at] = place;
      holding.set((positions[at] as PositionInput).instrument, place);
    }
  }
  return { positions, instruments, groups: byName.map(([id, places]) => ({ id, rows: rowsAt(positions, places), places })), groupAt, named, holding };
}

function rowsAt(positions: readonly PositionInput[], places: readonly number[]): PositionInput[] {
  return places.map((at) => positions[at] as PositionInput);
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
