import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { openDesk } from '../../../main/desk/open-desk.ts';
import { plainHostInfo } from '../../../main/hosts/identity.ts';
import { serveDesk } from '../../../main/hosts/loopback/serve-desk.ts';
import { succeed } from '../../../shared/result.ts';
import { flexFile, importBytes, valueOf } from '../../desk/desk-fixture.ts';
import { measurement, type Measurement } from '../measure.ts';
import { randomNumbers } from './random-numbers.ts';

// The real desk behind the real loopback host. A second thread asks as a screen does, one question after another, while
// the desk stands still, and while a file of a whole day is read, taken over and every account is computed again.

const ACCOUNTS = 400;
const POSITIONS = 50;
const IDLE_MS = 3_000;
const DAYS = ['2026-11-20', '2026-11-23', '2026-11-24', '2026-11-25'];

/** How long a question waits for its answer, busy against idle. */
export async function hostMeasurements(): Promise<Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-bench-'));
  const desk = valueOf(await openDesk({ book: join(folder, 'hosts.plimsoll'), user: 'bench', program: 'bench', create: true }));
  const host = valueOf(await serveDesk({ desk, pages: new Map(), port: 0, hostAnswers: { 'host.info': () => Promise.resolve(succeed(plainHostInfo('loopback', 'bench'))) } }));
  try {
    // Made before: the host is in this thread, and would not answer while a file is made.
    const [first, ...files] = DAYS.map((day, index) => ({ name: `${day}.xml`, bytes: dayFile(day, index) }));
    if (first) await importBytes(desk, first.name, first.bytes);
    const asker = await startAsker(host.port, host.freshLink());
    const [idle, busy]: [number[], number[]] = [[], []];
    for (const { name: file, bytes } of files) {
      idle.push(...(await asker.during(() => new Promise((resolve) => setTimeout(resolve, IDLE_MS)))));
      busy.push(...(await asker.during(() => importBytes(desk, file, bytes))));
    }
    await asker.stop();
    const name = `8. answer of the host while ${(ACCOUNTS * POSITIONS).toLocaleString('en-US')} positions are imported and computed`;
    return [0.5, 0.99, 1].map((share) => {
      const [value, peer] = [quantile(busy, share), quantile(idle, share)];
      const label = share === 1 ? 'longest' : `${100 * share} % within`;
      return { ...measurement(`${name}: ${label}`, busy, 'ms', { name: 'the same question with nothing else to do', ratio: value / peer }), value, ...(share === 0.99 ? { target: '≤ 16 ms', met: value <= 16 } : {}) };
    });
  } finally {
    await host.close();
    await desk.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** One day of a broker: every account holds the same names at that day's prices. */
function dayFile(day: string, step: number): Uint8Array {
  const random = randomNumbers(7 + step);
  const prices = Array.from({ length: POSITIONS }, () => String(20 + random.below(200)));
  const held = randomNumbers(99);
  return flexFile(day, Array.from({ length: ACCOUNTS }, (_, account) => ({
    account: `U${1000 + account}`,
    cash: String(-100_000 + held.below(300_000)),
    positions: prices.map((price, index) => ({ symbol: `S${String(index)}`, quantity: String(1 + held.below(500)), price })),
  })));
}

interface Asker {
  /** Waiting times in milliseconds of all questions asked while the work goes on. */
  during: (work: () => Promise<unknown>) => Promise<number[]>;
  stop: () => Promise<unknown>;
}

/** A browser's part in a thread of its own, so that its clock does not wait for the desk's work. */
async function startAsker(port: number, link: string): Promise<Asker> {
  const thread = new Worker(new URL('./asker.ts', import.meta.url), { workerData: { port, link } });
  const next = <T>(): Promise<T> => new Promise((resolve, reject) => {
    thread.once('message', resolve);
    thread.once('error', reject);
  });
  await next();
  return {
    async during(work) {
      thread.postMessage('go');
      await work();
      const times = next<number[]>();
      thread.postMessage('tell');
      return times;
    },
    stop: () => thread.terminate(),
  };
}
