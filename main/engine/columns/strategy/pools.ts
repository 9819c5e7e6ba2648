import { atOnce, type Sliced } from '../sliced.ts';
import type { StrategyInstruments } from './instruments.ts';
import { sharedCopy, sharedWords } from './shared-columns.ts';

/** Positions by pool, then underlying, then in the order of the instruments' `rank`; no pool has an instrument twice. */
export interface PositionColumns {
  /** Where each pool's positions begin; one more entry than pools. */
  start: Int32Array;
  instrument: Int32Array;
  /** Signed, whole shares or contracts. */
  quantity: Float64Array;
  /** In the instruments' unit of money; of the futures segment apart, as it counts for net liquidation value alone. */
  cash: Float64Array;
  futuresCash: Float64Array;
  /** 1 for a pool that holds what columns cannot say: the explaining engine computes it. */
  outside: Uint8Array;
}

/** Pools under the strategy model, and their runs: the holdings of one underlying in one pool, which are paired together. */
export interface StrategyPools extends PositionColumns {
  count: number;
  runs: number;
  /** Where each run's positions begin, and each pool's runs; one more entry than runs, and than pools. */
  runStart: Int32Array;
  runsFrom: Int32Array;
  poolOf: Int32Array;
  underlyingOf: Int32Array;
  /** Runs by underlying: those of `underlying` are runsOn[onFrom[underlying]] up to onFrom[underlying + 1]. */
  runsOn: Int32Array;
  onFrom: Int32Array;
}

export function withRuns(columns: PositionColumns, table: StrategyInstruments): StrategyPools {
  return atOnce(findingRuns(columns, table));
}

/** Positions, and runs, that are looked at in one stretch. */
const LOOKED_AT_ONCE = 8_192;

/** The same in slices. */
export function* findingRuns(columns: PositionColumns, { underlying }: StrategyInstruments): Sliced<StrategyPools> {
  const count = columns.start.length - 1;
  const { instrument, start } = columns;
  const runsFrom = sharedWords(count + 1);
  const starts = new Int32Array(instrument.length + 1);
  const owners = new Int32Array(instrument.length);
  const underlyings = new Int32Array(instrument.length);
  let runs = 0;
  let looked = 0;
  for (let pool = 0; pool < count; pool += 1) {
    const end = start[pool + 1] as number;
    let before = -2;
    for (let at = start[pool] as number; at < end; at += 1) {
      const own = underlying[instrument[at] as number] as number;
      if (own === before) continue;
      before = own;
      starts[runs] = at;
      owners[runs] = pool;
      underlyings[runs] = own;
      runs += 1;
    }
    runsFrom[pool + 1] = runs;
    if (end - looked < LOOKED_AT_ONCE) continue;
    looked = end;
    yield;
  }
  starts[runs] = instrument.length;
  const underlyingOf = sharedCopy(underlyings, runs);
  yield;
  const [runStart, poolOf] = [sharedCopy(starts, runs + 1), sharedCopy(owners, runs)];
  yield;
  return { ...columns, count, runs, runStart, runsFrom, poolOf, underlyingOf, ...(yield* byUnderlying(underlyingOf, underlying.length)) };
}

function* byUnderlying(underlyingOf: Int32Array, instruments: number): Sliced<Pick<StrategyPools, 'runsOn' | 'onFrom'>> {
  const onFrom = sharedWords(instruments + 1);
  for (let run = 0; run < underlyingOf.length; run += 1) {
    const own = underlyingOf[run] as number;
    onFrom[own + 1] = (onFrom[own + 1] as number) + 1;
    if (run % LOOKED_AT_ONCE === 0) yield;
  }
  for (let at = 0; at < instruments; at += 1) onFrom[at + 1] = (onFrom[at + 1] as number) + (onFrom[at] as number);
  const next = onFrom.slice();
  const runsOn = sharedWords(underlyingOf.length);
  for (let run = 0; run < underlyingOf.length; run += 1) {
    const own = underlyingOf[run] as number;
    runsOn[next[own] as number] = run;
    next[own] = (next[own] as number) + 1;
    if (run % LOOKED_AT_ONCE === 0) yield;
  }
  return { runsOn, onFrom };
}
