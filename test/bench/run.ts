import { cpus, loadavg } from 'node:os';
import type { Measurement } from './measure.ts';

/** What a topic is told: whether it may run other programs beside it, to compare itself with. */
export interface BenchOptions {
  peers: boolean;
}

type Topic = (options: BenchOptions) => Promise<Measurement[]>;

/** Every topic by name, loaded when it is measured. */
const TOPICS: Record<string, Topic> = {
  demo: async () => (await import('./demo.ts')).demoMeasurements(),
  pairing: async () => (await import('./pairing.ts')).pairingMeasurements(),
  american: async () => (await import('./american.ts')).americanMeasurements(),
  scan: async (options) => (await import('./scan.ts')).scanMeasurements(options),
  mixed: async () => (await import('./mixed.ts')).mixedMeasurements(),
  import: async (options) => (await import('./import.ts')).importMeasurements(options),
  start: async () => (await import('./start.ts')).startMeasurements(),
  browser: async () => (await import('./browser/measurements.ts')).browserMeasurements(),
  growth: async () => (await import('./growth.ts')).growthMeasurements(),
};

/**
 * `npm run bench -- [topics] [--json] [--peers]`: measures the topics that are named, or all, and prints a table, or one JSON
 * array. `--peers` adds what needs python3 with scipy, gcc or sqlite3, and says which of them is not there.
 */
export async function runBench(args: readonly string[]): Promise<void> {
  const named = args.filter((arg) => !arg.startsWith('--'));
  const unknown = named.filter((name) => !Object.hasOwn(TOPICS, name));
  if (unknown.length > 0) {
    console.error(`There is no topic "${unknown[0]}". Topics: ${Object.keys(TOPICS).join(', ')}.`);
    process.exitCode = 2;
    return;
  }
  const figures: Measurement[] = [];
  for (const name of named.length > 0 ? named : Object.keys(TOPICS)) {
    console.error(`Measuring ${name} …`);
    figures.push(...(await (TOPICS[name] as Topic)({ peers: args.includes('--peers') })));
  }
  console.log(args.includes('--json') ? JSON.stringify(figures, null, 2) : table(figures));
}

function table(figures: readonly Measurement[]): string {
  const lines = figures.map(({ name, value, unit, spread, peer, ratio, target, met }) => {
    const figure = `${name}: ${round(value)} ${unit} (${round(spread[0])} to ${round(spread[1])})`;
    const beside = peer === null ? '' : `, ${round(ratio ?? 0)} × ${peer}`;
    return `${figure}${beside}${target === null ? '' : `; ${target}: ${met === true ? 'met' : 'not met'}`}`;
  });
  const load = loadavg().map((average) => average.toFixed(1));
  return [...lines, `Medians on ${process.platform} ${process.arch}, ${cpus().length} processors (${cpus()[0]?.model.trim() ?? 'unknown'}), Node ${process.version}, load ${load.join(' ')}.`].join('\n');
}

function round(value: number): string {
  if (value === 0) return '0';
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
