import type { InstrumentId } from '../../shared/domain/instrument.ts';
import type { PositionInput } from '../engine/input.ts';
import type { BranchHoldings } from './branch-edits.ts';
import type { HeldPosition, Holdings } from './holdings.ts';
import { takePosition, type Parts, type TakenPosition } from './pools.ts';

type PartName = keyof Parts;

/** The positions of a point as the engine took them, and the terms they were taken by. */
export interface PointInputs {
  positions: readonly HeldPosition[];
  instruments: Holdings['instruments'];
  taken: Readonly<Record<PartName, readonly PositionInput[]>>;
  /** By place of the position: where it stands among the securities, or as far below −1 among the futures; −1 of a leg closed on the branch. */
  standing: Int32Array;
  /** Of the futures, by place. */
  futures: readonly number[];
}

const CLOSED = -1;

/**
 * Positions as the engine takes them; those that the point before has are the very objects that they were there, but for
 * futures of which the edit changed the price: what they were settled at goes by that.
 */
export function pointInputs(now: Omit<BranchHoldings, 'placeOf'>, before?: PointInputs): PointInputs {
  const known = before?.instruments === now.holdings.instruments ? before : null;
  return (known && movedOn(known, now)) ?? takenAnew(known, now);
}

function takenAnew(known: PointInputs | null, { holdings, account: { account, positions }, changed }: Omit<BranchHoldings, 'placeOf'>): PointInputs {
  const taken = { securities: [] as PositionInput[], futures: [] as PositionInput[] };
  const futures: number[] = [];
  const takenAt = (position: HeldPosition, place: number): TakenPosition | null => {
    const stays = position === known?.positions[place] && !((known.standing[place] as number) < CLOSED && changed.includes(position.instrument));
    return stays ? standingAt(known, place) : takePosition(position, account.asOf, holdings);
  };
  const standing = Int32Array.from(positions, (position, place) => {
    const one = takenAt(position, place);
    if (!one) return CLOSED;
    if (one.isFuture) futures.push(place);
    return one.isFuture ? CLOSED - taken.futures.push(one.input) : taken.securities.push(one.input) - 1;
  });
  return { positions, instruments: holdings.instruments, taken, standing, futures };
}

function standingAt({ taken, standing }: PointInputs, place: number): TakenPosition | null {
  const stands = standing[place] as number;
  if (stands === CLOSED) return null;
  const input = stands < CLOSED ? taken.futures[CLOSED - stands - 1] : taken.securities[stands];
  return { isFuture: stands < CLOSED, input: input as PositionInput };
}

/** Null where a leg was brought in, closed or opened again. */
function movedOn(before: PointInputs, { holdings, account: { account, positions }, changed }: Omit<BranchHoldings, 'placeOf'>): PointInputs | null {
  if (before.positions.length !== positions.length) return null;
  const { standing } = before;
  const taken: Record<PartName, readonly PositionInput[]> = { ...before.taken };
  for (const place of placesChanged(before, positions, changed)) {
    const one = takePosition(positions[place] as HeldPosition, account.asOf, holdings);
    const stood = standing[place] as number;
    if (!one || stood === CLOSED || one.isFuture !== stood < CLOSED) return null;
    const part = one.isFuture ? 'futures' : 'securities';
    taken[part] = taken[part].with(one.isFuture ? CLOSED - stood - 1 : stood, one.input);
  }
  return { ...before, positions, taken };
}

function placesChanged(before: PointInputs, positions: readonly HeldPosition[], changed: readonly InstrumentId[]): number[] {
  const places: number[] = before.futures.filter((place) => changed.includes((positions[place] as HeldPosition).instrument));
  for (let place = 0; place < positions.length; place += 1) if (positions[place] !== before.positions[place]) places.push(place);
  return places;
}

/** Those of some of the positions: the very objects. */
export function inputsAt(inputs: PointInputs, places: readonly number[]): Pick<PointInputs, 'taken'> {
  const some = places.map((place) => standingAt(inputs, place)).filter((one) => one !== null);
  const part = (futures: boolean): PositionInput[] => some.filter(({ isFuture }) => isFuture === futures).map(({ input }) => input);
  return { taken: { securities: part(false), futures: part(true) } };
}

export function partsAt({ taken }: Pick<PointInputs, 'taken'>): Parts {
  const part = (name: PartName): Parts[PartName] => ({ isEmpty: taken[name].length === 0, positions: () => taken[name] });
  return { futures: part('futures'), securities: part('securities') };
}
