import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setQuantity, whatIf } from '../../main/engine/columns/scan/edits.ts';
import { setMark } from '../../main/engine/columns/scan/instruments.ts';
import { recomputeAll, recomputeGroups, type ScanLane } from '../../main/engine/columns/scan/lane.ts';
import { plainMemory } from '../../main/engine/columns/scan/open-lane.ts';
import { wasmMemory } from '../../main/engine/columns/scan/wasm.ts';
import { fromDecimalText } from '../../shared/money.ts';
import { bookM } from './book-m/book.ts';
import { centsText } from './book-m/facts.ts';
import { streamOf, type Stream } from './book-m/random.ts';
import { atMost, inMilliseconds, mean, measurement, median, quantile, seconds, type Measurement } from './measure.ts';
import { aggregationPeers, writeColumns, type Peer } from './peers/peers.ts';
import type { BenchOptions } from './run.ts';
import { laneBytes, laneM } from './scan-lane.ts';

const RUNS = 15;
const TICKS = 10_000;

/** M-scan as columns: figures 1, 3, 4 and 7 of the speed of book M. */
export async function scanMeasurements({ peers }: BenchOptions): Promise<Measurement[]> {
  const book = bookM({ kind: 'scan' });
  const plain = laneM(book, plainMemory);
  const wasm = laneM(book, wasmMemory);
  const full = await fullRuns(plain, wasm, peers);
  return [...full, ...ticks(wasm), ...edits(wasm), memory(wasm)];
}

/** Kernel and full recompute on both code paths, and every peer, one after the other in each round. */
async function fullRuns(plain: ScanLane, wasm: ScanLane, wanted: boolean): Promise<Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-bench-'));
  const columns = join(folder, 'columns');
  if (wanted) writeColumns(columns, wasm);
  const { peers, missing } = wanted ? aggregationPeers(folder, columns) : { peers: [], missing: [] };
  for (const what of missing) console.error(`Not compared with ${what}: it is not installed here.`);
  try {
    return fullFigures(await rounds(plain, wasm, peers), peers);
  } finally {
    for (const peer of peers) peer.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

type Times = Map<string, number[]>;

async function rounds(plain: ScanLane, wasm: ScanLane, peers: readonly Peer[]): Promise<Times> {
  const times: Times = new Map();
  const note = (name: string, time: number): void => void times.set(name, [...(times.get(name) ?? []), time]);
  const total = wasm.columns.requirement.reduce((sum, one) => sum + one, 0);
  for (let round = -2; round < RUNS; round += 1) {
    const noted: [string, number][] = [
      ['kernel, WebAssembly', seconds(() => wasm.kernel(0, wasm.runs.count))],
      ['kernel, TypeScript', seconds(() => plain.kernel(0, plain.runs.count))],
      ['full, WebAssembly', seconds(() => recomputeAll(wasm))],
      ['full, TypeScript', seconds(() => recomputeAll(plain))],
    ];
    for (const peer of peers) {
      const found = await peer.run();
      if (found.total !== total) throw new Error(`${peer.name} comes to ${found.total}, and the kernel to ${total}`);
      noted.push([peer.name, found.seconds]);
    }
    // The first rounds warm everything up.
    if (round >= 0) for (const [name, time] of noted) note(name, time);
  }
  return times;
}

function fullFigures(times: Times, peers: readonly Peer[]): Measurement[] {
  const timesOf = (name: string): number[] => times.get(name) ?? [];
  const against = (name: string): { name: string; times: number[] } | null => (times.has(name) ? { name, times: timesOf(name) } : null);
  const scipies = peers.filter(({ name }) => name.startsWith('scipy')).flatMap(({ name }) => against(name) ?? []);
  const scalar = against(peers.find(({ name }) => name.includes('no-tree'))?.name ?? '');
  const native = against(peers.find(({ name }) => name.includes('native'))?.name ?? '');
  const kernel = timesOf('kernel, WebAssembly');
  const whole = timesOf('full, WebAssembly');
  const figures = [
    inMilliseconds('1. M-scan, aggregation kernel', kernel, native),
    ...scipies.map((scipy) => atMost(inMilliseconds('1. M-scan, aggregation kernel', kernel, scipy), 0.15, 'at most 0.15')),
    ...(scalar ? [atMost(inMilliseconds('1. M-scan, aggregation kernel', kernel, scalar), 0.8, 'at most 0.8')] : []),
    ...(scipies.length === 0 ? [inMilliseconds('1. M-scan, full recompute', whole)] : scipies.map((scipy) => atMost(inMilliseconds('1. M-scan, full recompute', whole, scipy), 0.5, 'at most 0.5'))),
    inMilliseconds('1. M-scan, kernel in plain TypeScript', timesOf('kernel, TypeScript'), scalar),
    inMilliseconds('1. M-scan, full recompute in plain TypeScript', timesOf('full, TypeScript'), against('full, WebAssembly')),
  ];
  return [...figures, ...peers.map(({ name }) => inMilliseconds(`1. peer: ${name}`, timesOf(name)))];
}

/** Microseconds that a full recompute takes, in the middle of several. */
function fullMicroseconds(lane: ScanLane): number {
  return 1e6 * median(Array.from({ length: RUNS }, () => seconds(() => recomputeAll(lane))));
}

/**
 * Single ticks of an underlying, and edits of positions between them, in random order; then the state against a full run. A
 * tick is hot: the same three times over, of which the best counts. Otherwise a hundredth of the ticks would say when other
 * programs had the processor, and not what a tick costs.
 */
function ticks(lane: ScanLane): Measurement[] {
  const full = fullMicroseconds(lane);
  const stream = streamOf(7, 1);
  const times: number[] = [];
  for (let at = 0; at < TICKS; at += 1) {
    if (at % 5 === 4) editRandomly(lane, stream);
    else times.push(tickRandomly(lane, stream));
  }
  const before = [lane.totals.equity, lane.totals.maintenance, lane.totals.gross, lane.totals.status].map((column) => column.slice());
  recomputeAll(lane);
  const after = [lane.totals.equity, lane.totals.maintenance, lane.totals.gross, lane.totals.status];
  let different = 0;
  for (let pool = 0; pool < lane.runs.pools; pool += 1) if (before.some((column, which) => !Object.is(column[pool], after[which]?.[pool]))) different += 1;
  const microseconds = times.map((time) => time * 1e6);
  const single = (name: string, value: number): Measurement => ({ ...measurement(name, microseconds, 'µs', { name: 'a full recompute', ratio: value / full }), value });
  return [
    atMost(single('3. M-scan, one tick, mean', mean(microseconds)), 1 / 200, 'at most 1/200'),
    atMost(single('3. M-scan, one tick, 99 of 100', quantile(microseconds, 0.99)), 1 / 75, 'at most 1/75'),
    atMost(measurement(`3. M-scan, accounts that differ from a full recompute after ${TICKS} ticks and edits`, [different], 'accounts'), 0, 'none'),
  ];
}

function tickRandomly(lane: ScanLane, stream: Stream): number {
  const { table } = lane;
  const group = stream.whole(table.groups);
  const own = table.own[group] as number;
  const cents = Math.max(100, Math.round(((table.quanta[own] as number) / 100) * (0.99 + 0.02 * stream.share())));
  const mark = fromDecimalText(centsText(cents));
  const once = (): number => seconds(() => {
    setMark(table, own, mark);
    recomputeGroups(lane, [group]);
  });
  return Math.min(once(), once(), once());
}

function editRandomly(lane: ScanLane, stream: Stream): void {
  const { runs } = lane;
  const run = stream.whole(runs.count);
  const at = (runs.start[run] as number) + stream.whole((runs.start[run + 1] as number) - (runs.start[run] as number));
  setQuantity(lane, runs.pool[run] as number, { instrument: runs.instrument[at] as number, subType: 0, quantity: stream.whole(400) - 200 });
}

/** What-if edits of single positions, nothing of the book touched. */
function edits(lane: ScanLane): Measurement[] {
  const full = fullMicroseconds(lane);
  const stream = streamOf(11, 1);
  const { runs } = lane;
  const times: number[] = [];
  for (let round = 0; round < 2 * TICKS; round += 1) {
    const run = stream.whole(runs.count);
    const instrument = runs.instrument[runs.start[run] as number] as number;
    const edit = [{ instrument, subType: 0, quantity: stream.whole(400) - 200 }];
    const time = seconds(() => void whatIf(lane, runs.pool[run] as number, edit));
    if (round >= TICKS) times.push(time * 1e6);
  }
  return [atMost(measurement('4. M-scan, what-if edit of one position', times, 'µs', { name: 'a full recompute', ratio: median(times) / full }), 1 / 5_000, 'at most 1/5,000')];
}

function memory(lane: ScanLane): Measurement {
  return atMost(measurement('7. M-scan, columns of the engine', [laneBytes(lane) / lane.runs.positions], 'bytes a position'), 64, 'at most 64');
}
