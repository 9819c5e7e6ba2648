import { Worker } from 'node:worker_threads';
import { recomputeAll as recomputeScan } from '../../main/engine/columns/scan/lane.ts';
import { wasmMemory } from '../../main/engine/columns/scan/wasm.ts';
import { openBranch, setQuantity } from '../../main/engine/columns/strategy/branch.ts';
import { NOT_PROVED } from '../../main/engine/columns/strategy/charge-group.ts';
import { SLOW } from '../../main/engine/columns/strategy/figures.ts';
import { openStrategyLane, recomputeAll, tick, type StrategyLane } from '../../main/engine/columns/strategy/lane.ts';
import { repriceAll } from '../../main/engine/columns/strategy/reprice.ts';
import { pairTogether, sharedWork } from '../../main/engine/columns/strategy/share.ts';
import { atOnce } from '../../main/engine/columns/sliced.ts';
import { recomputeSums } from '../../main/engine/columns/sums/sum-lane.ts';
import { marginAccount } from '../../main/engine/margin.ts';
import { bookM, type BookM } from './book-m/book.ts';
import { accountM, marketM } from './book-m/facts.ts';
import { shelfM } from './book-m/packs.ts';
import { streamOf } from './book-m/random.ts';
import { inMilliseconds, measurement, quantile, seconds, type Measurement } from './measure.ts';
import { partOf, strategyM, sumM, type SumM } from './mixed-lanes.ts';
import type { ThreadData } from './mixed-thread.ts';
import { laneM } from './scan-lane.ts';

const ROUNDS = 7;
const WARM_UP = 2;
const EDITS = 2_000;
const TICKS = 300;

/** M-mixed: every account anew under its own model, pairing included, and edits and ticks of strategy accounts. */
export async function mixedMeasurements(): Promise<Measurement[]> {
  const book = bookM({ kind: 'mixed' });
  const shelf = shelfM(book.universe);
  const scan = laneM(partOf(book, 'scan'), wasmMemory);
  const sums = (['bracket', 'lending', 'fixed'] as const).map((kind) => sumM(book, kind, shelf));
  const { data, lane } = strategyLaneM(book);
  const prices = new Float64Array(data.prices);
  const worker = new Worker(new URL('./mixed-thread.ts', import.meta.url), { workerData: data });
  const others = (): void => {
    recomputeScan(scan);
    for (const sum of sums) recomputeSum(sum, prices);
  };
  const alone = (): void => {
    repriceAll(lane.table, prices);
    recomputeAll(lane);
  };
  const together = (): void => {
    data.work.fill(0);
    worker.postMessage('recompute');
    others();
    repriceAll(lane.table, prices);
    atOnce(pairTogether(lane, data.work));
  };
  const times = { one: [] as number[], two: [] as number[], strategy: [] as number[], busy: [] as number[], scan: [] as number[], sums: [] as number[] };
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    const before = process.threadCpuUsage();
    const strategy = seconds(alone);
    const { user, system } = process.threadCpuUsage(before);
    const own = { strategy, busy: (user + system) / 1e6, scan: seconds(() => recomputeScan(scan)), sums: seconds(() => sums.forEach((sum) => recomputeSum(sum, prices))) };
    const [one, two] = [seconds(() => (others(), alone())), seconds(together)];
    // The first rounds warm everything up.
    if (round >= 0) for (const [name, time] of Object.entries({ ...own, one, two })) times[name as keyof typeof times].push(time);
  }
  await worker.terminate();
  return [
    atMostMs(inMilliseconds('2. M-mixed, full recompute with optimal pairing, two threads', times.two), 1_000),
    inMilliseconds('2. M-mixed, full recompute with optimal pairing, one thread', times.one),
    inMilliseconds('2. M-mixed, its strategy accounts alone, one thread', times.strategy),
    inMilliseconds('2. M-mixed, its strategy accounts alone, processor time', times.busy),
    inMilliseconds('2. M-mixed, its portfolio margin accounts alone', times.scan),
    inMilliseconds('2. M-mixed, its bracket, futures and loan accounts alone', times.sums),
    ...sharesOf(book, lane, sums),
    ...histogram(lane),
    ...gaps(book, lane),
    ...edits(lane),
    ...ticks(lane, prices),
  ];
}

function strategyLaneM(book: BookM): { data: ThreadData; lane: StrategyLane } {
  const { table, pools, rungs } = strategyM(book, shelfM(book.universe));
  const lane = openStrategyLane(table, pools, rungs);
  const prices = new SharedArrayBuffer(8 * book.universe.count);
  new Float64Array(prices).set(book.universe.price);
  return { data: { lane, prices, work: sharedWork() }, lane };
}

function recomputeSum({ pools, model, figures }: SumM, prices: Float64Array): void {
  model.price.set(prices);
  recomputeSums(pools, model, figures);
}

function atMostMs(figure: Measurement, most: number): Measurement {
  return { ...figure, target: `at most ${most} ms`, met: figure.value <= most };
}

/** Positions by the lane that computes them; what is left to the explaining engine, last. */
function sharesOf(book: BookM, { pools, figures }: StrategyLane, sums: readonly SumM[]): Measurement[] {
  const slow = figures.status.reduce((count, status) => count + (status === SLOW ? 1 : 0), 0) + sums.reduce((all, { figures: own }) => all + own.status.reduce((count, status) => count + (status === SLOW ? 1 : 0), 0), 0);
  return [
    measurement('2. M-mixed, positions under strategy', [pools.instrument.length], 'positions'),
    measurement('2. M-mixed, positions under portfolio margin', [partOf(book, 'scan').positions.count], 'positions'),
    measurement('2. M-mixed, positions under brackets, futures and loans', [sums.reduce((all, sum) => all + sum.pools.instrument.length, 0)], 'positions'),
    measurement('2. M-mixed, strategy, bracket, futures and loan accounts left to the explaining engine', [slow], 'accounts'),
  ];
}

/** How many legs the groups have that are paired together. */
function histogram({ pools }: StrategyLane): Measurement[] {
  const bounds = [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 24, Infinity];
  const counts = bounds.map(() => 0);
  for (let run = 0; run < pools.runs; run += 1) {
    const legs = (pools.runStart[run + 1] as number) - (pools.runStart[run] as number);
    const at = bounds.findIndex((bound) => legs <= bound);
    counts[at] = (counts[at] as number) + 1;
  }
  const label = (at: number): string => {
    const [from, to] = [(bounds[at - 1] ?? 0) + 1, bounds[at] as number];
    return to === Infinity ? `${from} and more` : from === to ? String(to) : `${from} to ${to}`;
  };
  return [measurement('2. M-mixed, groups paired', [pools.runs], 'groups'), ...counts.map((count, at) => measurement(`2. M-mixed, groups of ${label(at)} legs`, [count], 'groups'))];
}

/** Groups whose search ended before the pairing was proved: how far they can be from the least, as the explaining engine says. */
function gaps(book: BookM, { pools, figures }: StrategyLane): Measurement[] {
  const strategy = partOf(book, 'strategy');
  const market = marketM(book);
  const shelf = shelfM(book.universe);
  const owners = new Set(Array.from(figures.how, (how, run) => (how === NOT_PROVED ? (pools.poolOf[run] as number) : -1)).filter((pool) => pool >= 0));
  const open: number[] = [];
  const costs: number[] = [];
  for (const pool of owners) {
    const [state] = marginAccount(accountM(strategy, pool), market, shelf).pools;
    for (const { proved, quality } of state?.pairings ?? []) {
      if (proved) continue;
      const { gap, cost } = quality();
      if (!gap.gt(0)) continue;
      open.push(gap.toNumber());
      costs.push(cost.isZero() ? 0 : gap.div(cost).times(100).toNumber());
    }
  }
  return [measurement('2. M-mixed, groups with a pairing gap above 0', [open.length], 'groups'), ...(open.length > 0 ? [measurement('2. M-mixed, such a gap', open, 'USD'), measurement('2. M-mixed, such a gap, of what the group asks', costs, '%')] : [])];
}

/** Quantities of positions of the largest strategy account, one after the other, each on a branch of its own. */
function edits(lane: StrategyLane): Measurement[] {
  const { pools } = lane;
  const sizes = Array.from({ length: pools.count }, (_, pool) => (pools.start[pool + 1] as number) - (pools.start[pool] as number));
  const largest = sizes.indexOf(Math.max(...sizes));
  const stream = streamOf(7, 1);
  const times: number[] = [];
  for (let edit = -200; edit < EDITS; edit += 1) {
    const at = (pools.start[largest] as number) + stream.whole(sizes[largest] as number);
    const quantity = (pools.quantity[at] as number) + 1 + stream.whole(9);
    const branch = openBranch(lane, largest);
    const time = seconds(() => setQuantity(lane, branch, pools.instrument[at] as number, quantity));
    if (edit >= 0) times.push(time * 1000);
  }
  const [p50, p99] = [quantile(times, 0.5), quantile(times, 0.99)];
  return [
    measurement(`4. What-if edit under strategy, account of ${sizes[largest]} positions, p50`, [p50], 'ms'),
    { ...measurement(`4. What-if edit under strategy, account of ${sizes[largest]} positions, p99`, [p99], 'ms'), target: 'at most 5 ms', met: p99 <= 5 },
  ];
}

/** One underlying moves by a cent or two: its options keep their marks, and every account that holds it is paired anew. */
function ticks(lane: StrategyLane, prices: Float64Array): Measurement[] {
  const stream = streamOf(7, 2);
  const held = [...new Set(lane.pools.underlyingOf)];
  const times: number[] = [];
  for (let count = 0; count < TICKS; count += 1) {
    const underlying = held[stream.whole(held.length)] as number;
    times.push(seconds(() => tick(lane, underlying, (prices[underlying] as number) + 1 + stream.whole(9))) * 1000);
  }
  return [measurement('2. One tick under strategy, every account that holds the underlying, mean', [times.reduce((sum, time) => sum + time, 0) / times.length], 'ms'), measurement('2. One tick under strategy, p99', [quantile(times, 0.99)], 'ms')];
}
