/** One measured figure: the median of several runs, with its spread. */
export interface Measurement {
  name: string;
  value: number;
  unit: string;
  /** Smallest and largest run. */
  spread: [number, number];
  /** What it is compared with, measured in the same run; null where it stands alone. */
  peer: string | null;
  /** value of the figure's time over the peer's time. */
  ratio: number | null;
  target: string | null;
  met: boolean | null;
}

/** Seconds that `work` takes. */
export function seconds(work: () => void): number {
  const started = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - started) / 1e9;
}

export async function secondsOf(work: () => Promise<void>): Promise<number> {
  const started = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - started) / 1e9;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/** A figure from the runs' times, in milliseconds. */
export function inMilliseconds(name: string, times: readonly number[], peer: { name: string; times: readonly number[] } | null = null): Measurement {
  const scaled = times.map((time) => time * 1000);
  return measurement(name, scaled, 'ms', peer && { name: peer.name, ratio: median(times) / median(peer.times) });
}

export function measurement(name: string, values: readonly number[], unit: string, peer: { name: string; ratio: number } | null = null): Measurement {
  return { name, value: median(values), unit, spread: [Math.min(...values), Math.max(...values)], peer: peer?.name ?? null, ratio: peer?.ratio ?? null, target: null, met: null };
}

/** A measurement whose ratio, or value where it has no peer, is to be at most so much. */
export function atMost(figure: Measurement, most: number, target: string): Measurement {
  return { ...figure, target, met: (figure.ratio ?? figure.value) <= most };
}

/** The value below which a share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
