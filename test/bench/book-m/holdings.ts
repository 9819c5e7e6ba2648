import { exp, log } from '../../../main/engine/pricing/elementary.ts';
import { shuffleFirst, streamOf, type Stream } from './random.ts';
import { HELD_PER_UNDERLYING, type SizesM } from './sizes.ts';
import { FUTURE, FUTURES_PER_UNDERLYING, PER_UNDERLYING, SPOT, type UniverseM } from './universe.ts';

/** Positions as columns, sorted by account and then instrument; no account has an instrument twice. */
export interface PositionsM {
  count: number;
  /** Where each account's positions begin; one more entry than accounts. */
  start: Int32Array;
  account: Int32Array;
  instrument: Int32Array;
  /** Signed, whole shares or contracts. */
  quantity: Int32Array;
}

const POPULARITY_SPREAD = 0.92;
/** Positions that an account has in an underlying, in the mean, while it is small. */
const PER_GROUP = 4.9;

export function positionsM(universe: UniverseM, sizes: SizesM, seed: number): PositionsM {
  const stream = streamOf(seed, 3);
  const accounts = sizes.positions.length;
  const count = sizes.positions.reduce((sum, size) => sum + size, 0);
  const positions: PositionsM = { count, start: new Int32Array(accounts + 1), account: new Int32Array(count), instrument: new Int32Array(count), quantity: new Int32Array(count) };
  const popularity = Float64Array.from({ length: universe.underlyings }, () => exp(POPULARITY_SPREAD * stream.normal()));
  let at = 0;
  for (let account = 0; account < accounts; account += 1) {
    positions.start[account] = at;
    const kind = sizes.kind[account] as number;
    const chosen = holdingsOf(sizes.positions[account] as number, kind, popularity, stream);
    for (const instrument of chosen) {
      positions.account[at] = account;
      positions.instrument[at] = instrument;
      positions.quantity[at] = quantityOf(universe, instrument, kind, stream);
      at += 1;
    }
  }
  positions.start[accounts] = at;
  return positions;
}

/** Distinct instruments, ascending. */
function holdingsOf(size: number, kind: number, popularity: Float64Array, stream: Stream): Int32Array {
  const capacity = HELD_PER_UNDERLYING[kind] as number;
  const perGroup = Math.min(PER_GROUP, 0.75 * capacity + 0.25);
  const most = Math.floor(0.9 * popularity.length);
  const groups = Math.max(Math.ceil(size / capacity), Math.min(most, Math.ceil(size / perGroup)));
  const chosen = groupsOf(Math.min(groups, popularity.length), popularity, stream);
  const counts = countsOf(size, chosen.length, capacity, stream);
  const held = new Int32Array(size);
  const local = new Int32Array(capacity);
  let at = 0;
  for (const [index, underlying] of chosen.entries()) {
    for (let one = 0; one < capacity; one += 1) local[one] = one;
    const wanted = counts[index] as number;
    shuffleFirst(local, wanted, stream);
    // Options are mostly held beside the stock they are on.
    if (stream.whole(100) < 60 && local.indexOf(0) >= wanted) local[0] = 0;
    for (let one = 0; one < wanted; one += 1) held[at++] = underlying * PER_UNDERLYING + localOf(kind, local[one] as number);
  }
  return held.toSorted();
}

/** From a place among what the kind can hold to a place among the 44. */
function localOf(kind: number, place: number): number {
  if (kind === 0 || kind === 3) return place;
  if (kind === 1) return place === 0 ? 0 : place + FUTURES_PER_UNDERLYING;
  return place + 1;
}

/** Popular underlyings more often: those with the least of exponential waiting times. */
function groupsOf(count: number, popularity: Float64Array, stream: Stream): Int32Array {
  const waits = Float64Array.from(popularity, (weight) => -log(stream.share()) / weight);
  const limit = waits.toSorted()[count - 1] as number;
  const chosen = new Int32Array(count);
  let at = 0;
  for (let underlying = 0; underlying < waits.length && at < count; underlying += 1) if ((waits[underlying] as number) <= limit) chosen[at++] = underlying;
  return chosen;
}

function countsOf(size: number, groups: number, capacity: number, stream: Stream): Int32Array {
  const counts = new Int32Array(groups).fill(1);
  for (let left = size - groups; left > 0; ) {
    const group = stream.whole(groups);
    const added = Math.min(left, capacity - (counts[group] as number), 1 + stream.whole(4));
    counts[group] = (counts[group] as number) + added;
    left -= added;
  }
  return counts;
}

/** Shares by the hundred or odd, contracts by the few; lending holds long stock alone. */
function quantityOf(universe: UniverseM, instrument: number, kind: number, stream: Stream): number {
  const what = universe.kind[instrument] as number;
  const size = exp(1.1 * stream.normal());
  const isShort = kind !== 3 && stream.whole(100) < (what === SPOT ? 30 : 48);
  const whole = what === SPOT ? Math.ceil(200 * size) : Math.ceil((what === FUTURE ? 3 : 6) * size);
  return isShort ? -whole : whole;
}
