import type { Kept } from '../engine/pool/kept.ts';
import type { BranchHoldings } from './branch-edits.ts';
import { inputsAt, partsAt, pointInputs, type PointInputs } from './branch-inputs.ts';
import { pointPairings, type PointPairings } from './branch-pairings.ts';
import { keptBeside, togetherIn, type Together } from './branch-kept.ts';
import { makingRows, type BaseRows } from './branch-rows.ts';
import { computeAccount, type Computed } from './compute.ts';
import { inFull, type AccountHoldings, type HeldPosition, type Holdings } from './holdings.ts';
import { tellingPairings } from './pairings.ts';
import type { Slices } from './rows/slices.ts';

/** An account as the book stood when a branch was opened, with everything that was made of it: most edits leave nearly all as it was. */
export interface BranchBase extends BranchHoldings {
  together: Together;
  /** What the engine made of its groups. */
  made: Kept['store'];
  computed: Computed;
  inputs: PointInputs;
  rows: BaseRows;
  pairings: PointPairings;
}

/** Positions that are computed before whoever waits is answered: some milliseconds, seldom more. */
const POSITIONS_A_SLICE = 24;

export function* openingBase(holdings: Holdings, given: AccountHoldings): Slices<BranchBase> {
  const account = inFull(given);
  const made: Kept['store'] = new Map();
  const together = togetherIn(account, holdings);
  const kept = keptBeside([], together, made);
  const inputs = pointInputs({ holdings, account, changed: [] });
  yield;
  // Part by part first: what is made of a part is kept, and the whole account is put together of that.
  if (!account.given) {
    for (const places of parts(account, together)) {
      computeAccount(holdings, { ...account, positions: places.map((place) => account.positions[place] as HeldPosition) }, kept, partsAt(inputsAt(inputs, places)));
      yield;
    }
  }
  const computed = computeAccount(holdings, account, kept, partsAt(inputs));
  yield;
  yield* tellingPairings(computed.margin);
  const pairings = pointPairings(computed.margin);
  const rows = yield* makingRows({ holdings, account }, computed);
  const placeOf = new Map(rows.rowAt.map(({ key }, place) => [key, place]));
  return { holdings, account, changed: [], placeOf, together, made, inputs, computed, rows, pairings };
}

/** Places of positions; those that are looked at together are in one part. */
function* parts({ positions }: AccountHoldings, together: Together): Generator<number[]> {
  let part: number[] = [];
  const nameOf = (instrument: string): string => {
    const [first = instrument] = together(instrument);
    return first;
  };
  for (const near of Map.groupBy(positions.keys(), (place) => nameOf((positions[place] as HeldPosition).instrument)).values()) {
    part.push(...near);
    if (part.length < POSITIONS_A_SLICE) continue;
    yield part;
    part = [];
  }
  if (part.length > 0) yield part;
}
