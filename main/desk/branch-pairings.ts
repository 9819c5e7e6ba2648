import { middleOf } from '../../shared/list-change.ts';
import { pairingKey, type PairingView } from '../../shared/pairing.ts';
import type { AccountMargin } from '../engine/margin.ts';
import { byDoubt, pairingsTold, type ToldPairing } from './pairings.ts';

/** The pairings of a point of a branch: as the engine has them, in the order they are told in, and what is told. */
export interface PointPairings {
  told: readonly ToldPairing[];
  sorted: readonly ToldPairing[];
  views: readonly PairingView[];
}

export function pointPairings(told: readonly ToldPairing[], sorted: readonly ToldPairing[] = told.toSorted(byDoubt)): PointPairings {
  return { told, sorted, views: sorted.map(({ view }) => view) };
}

/** The pairings one edit further or back: what was paired anew is put in its place, and one that says what it said is the very one that it was. */
export function movedPairings(left: PointPairings, margin: AccountMargin): PointPairings {
  const told = pairingsTold(margin);
  const { from, before, after } = middleOf(left.told, told);
  if (from === before && from === after) return left;
  const had = new Map(left.told.slice(from, before).map((one) => [pairingKey(one.view), one]));
  for (let at = from; at < after; at += 1) {
    const one = told[at] as ToldPairing;
    if (one === left.told[at]) continue;
    const known = had.get(pairingKey(one.view));
    if (known && known !== one && JSON.stringify(known.view) === JSON.stringify(one.view)) told[at] = known;
  }
  const [old, now] = [new Set(had.values()), new Set(told.slice(from, after))];
  const sorted = left.sorted.filter((one) => !old.has(one) || now.has(one));
  const order = new Map(told.map((one, at) => [one, at]));
  const isBehind = (other: ToldPairing, one: ToldPairing): boolean => (byDoubt(other, one) || (order.get(other) ?? 0) - (order.get(one) ?? 0)) > 0;
  for (const one of now) {
    if (old.has(one)) continue;
    const place = sorted.findIndex((other) => isBehind(other, one));
    sorted.splice(place < 0 ? sorted.length : place, 0, one);
  }
  return pointPairings(told, sorted);
}
