import { writeFileSync } from 'node:fs';
import { freemem } from 'node:os';
import { join } from 'node:path';
import { setMark } from '../../main/engine/columns/scan/instruments.ts';
import { recomputeAll, recomputeGroups, type ScanLane } from '../../main/engine/columns/scan/lane.ts';
import { wasmMemory } from '../../main/engine/columns/scan/wasm.ts';
import { fromDecimalText } from '../../shared/money.ts';
import { bookM } from './book-m/book.ts';
import { centsText } from './book-m/facts.ts';
import { streamOf } from './book-m/random.ts';
import { growthPlot } from './growth-plot.ts';
import { inMilliseconds, measurement, median, seconds, type Measurement } from './measure.ts';
import { laneBytes, laneM } from './scan-lane.ts';

const SIZES = [1_000, 10_000, 100_000, 1_000_000, 5_000_000];
const RUNS = 9;
const TICKS = 500;
/** Beyond a million positions only where so much memory is free. */
const LARGE_BYTES = 6e9;

/** What one size costs. */
export interface Grown {
  positions: number;
  fullMilliseconds: number;
  tickMicroseconds: number;
  megabytes: number;
}

/** How time and memory of M-scan grow with its positions; writes the plot beside this file. */
export function growthMeasurements(): Promise<Measurement[]> {
  const sizes = SIZES.filter((size) => size <= 1_000_000 || freemem() > LARGE_BYTES);
  const figures: Measurement[] = [];
  const grown = sizes.map((positions): Grown => {
    const lane = laneM(bookM({ kind: 'scan', positions }), wasmMemory);
    const full = Array.from({ length: RUNS + 2 }, () => seconds(() => recomputeAll(lane))).slice(2);
    const tick = tickTimes(lane).map((time) => time * 1e6);
    const bytes = laneBytes(lane);
    figures.push(inMilliseconds(`9. M-scan of ${positions} positions, full recompute`, full), measurement(`9. M-scan of ${positions} positions, one tick`, tick, 'µs'), measurement(`9. M-scan of ${positions} positions, columns`, [bytes / 1e6], 'MB'));
    return { positions, fullMilliseconds: median(full) * 1e3, tickMicroseconds: median(tick), megabytes: bytes / 1e6 };
  });
  writeFileSync(join(import.meta.dirname, 'growth.svg'), growthPlot(grown));
  const large = grown.filter(({ positions }) => positions >= 100_000);
  const slope = (of: (one: Grown) => number): number => slopeOf(large.map((one) => [Math.log(one.positions), Math.log(of(one))]));
  figures.push(
    measurement('9. Time of a full recompute grows with positions to the power of (from 100,000 on)', [slope(({ fullMilliseconds }) => fullMilliseconds)], ''),
    measurement('9. Memory grows with positions to the power of (from 100,000 on)', [slope(({ megabytes }) => megabytes)], ''),
  );
  return Promise.resolve(figures);
}

function tickTimes(lane: ScanLane): number[] {
  const stream = streamOf(3, 1);
  const { table } = lane;
  const tick = (): number => {
    const group = stream.whole(table.groups);
    const own = table.own[group] as number;
    const mark = fromDecimalText(centsText(Math.max(100, Math.round(((table.quanta[own] as number) / 100) * (0.99 + 0.02 * stream.share())))));
    return seconds(() => {
      setMark(table, own, mark);
      recomputeGroups(lane, [group]);
    });
  };
  return Array.from({ length: 2 * TICKS }, tick).slice(TICKS);
}

/** Of the straight line that fits the points best. */
function slopeOf(points: readonly (readonly number[])[]): number {
  const middle = (at: 0 | 1): number => points.reduce((sum, point) => sum + (point[at] as number), 0) / points.length;
  const [x, y] = [middle(0), middle(1)];
  const along = points.reduce((sum, [a = 0, b = 0]) => sum + (a - x) * (b - y), 0);
  return along / points.reduce((sum, [a = 0]) => sum + (a - x) ** 2, 0);
}
