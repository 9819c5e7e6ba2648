import { middleOf } from '../../shared/list-change.ts';
import { pairingKey } from '../../shared/pairing.ts';
import type { AccountMargin } from '../engine/margin.ts';
import { byDoubt, pairingMargins, toldAs, type PairingMargin, type ToldPairing } from './pairings.ts';

/** The pairings of a point of a branch: as the engine has them, what is told of each, and that in the order it is told in. */
export interface PointPairings {
  made: readonly PairingMargin[];
  told: readonly ToldPairing[];
  sorted: readonly ToldPairing[];
}

export function pointPairings(margin: AccountMargin): PointPairings {
  const made = pairingMargins(margin);
  const told = made.map((one) => toldAs(margin, one));
  return { made, told, sorted: told.toSorted(byDoubt) };
}

/** The pairings one edit further or back: what was paired anew is put in its place, and one that says what it said is the very one that it was. */
export function movedPairings(left: PointPairings, margin: AccountMargin): PointPairings {
  const made = pairingMargins(margin);
  const { from, before, after } = middleOf(left.made, made);
  if (from === before && from === after) return left;
  const had = new Map(left.told.slice(from, before).map((one) => [pairingKey(one.view), one]));
  const has = made.slice(from, after).map((pairing) => {
    const one = toldAs(margin, pairing);
    const known = had.get(pairingKey(one.view));
    return known && saysTheSame(known, one) ? known : one;
  });
  const told = [...left.told.slice(0, from), ...has, ...left.told.slice(before)];
  const [old, now] = [new Set(had.values()), new Set(has)];
  const sorted = [...left.sorted];
  for (const one of old) if (!now.has(one)) sorted.splice(sorted.indexOf(one), 1);
  for (const one of now) if (!old.has(one)) sorted.splice(placeFor(sorted, one, told), 0, one);
  return { made, told, sorted };
}

function saysTheSame(known: ToldPairing, one: ToldPairing): boolean {
  return known === one || JSON.stringify(known.view) === JSON.stringify(one.view);
}

/** Before which of these it is told; of two that say as much, as the engine has them. */
function placeFor(sorted: readonly ToldPairing[], one: ToldPairing, told: readonly ToldPairing[]): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = sorted[middle] as ToldPairing;
    if ((byDoubt(other, one) || told.indexOf(other) - told.indexOf(one)) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
