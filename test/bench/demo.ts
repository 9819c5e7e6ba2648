import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildDemo } from '../../main/desk/demo.ts';
import { computeAccount } from '../../main/desk/compute.ts';
import type { DeskState } from '../../main/desk/desk-state.ts';
import { applyMark, openState } from '../../main/desk/recompute.ts';
import { holdingsFrom, type Holdings } from '../../main/desk/holdings.ts';
import type { MarkFact } from '../../shared/domain/facts.ts';
import { inMilliseconds, measurement, seconds, secondsOf, type Measurement } from './measure.ts';
import { naiveRecompute } from './naive.ts';
import { readDemoFacts } from './read-demo.ts';

const RUNS = 7;
const PRICE_CHANGES = 50;

/** The demo book as a desk has it: import, cold start, a full recompute with explanations, single price changes. */
export async function demoMeasurements(): Promise<Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-bench-'));
  try {
    return [...(await importAndStart(folder)), ...recompute(readDemoFacts(join(folder, 'run-0.plimsoll')))];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The demo book through the real import path, then a cold process that prints its queue. */
async function importAndStart(folder: string): Promise<Measurement[]> {
  const rates: number[] = [];
  const starts: number[] = [];
  const emptyStarts: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const book = join(folder, `run-${run}.plimsoll`);
    let rows = 0;
    const elapsed = await secondsOf(async () => {
      const built = await buildDemo(book, () => undefined);
      if (!built.ok) throw new Error(built.fault.message);
      rows = built.value.rows;
    });
    rates.push(rows / elapsed);
    starts.push(seconds(() => child('queue', book, '--json')));
    emptyStarts.push(seconds(() => child('--version')));
  }
  return [
    measurement('demo book import, all files: plan, apply, durable', rates, 'rows/s'),
    inMilliseconds('cold start to the first queue (whole process)', starts, { name: 'the same process printing its version', times: emptyStarts }),
  ];
}

function child(...args: string[]): void {
  const { status, stderr } = spawnSync(process.execPath, ['main/plimsoll.js', ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

function recompute(facts: ReturnType<typeof readDemoFacts>): Measurement[] {
  const holdings = holdingsFrom(facts.facts);
  const state = openState(facts.standing, facts.facts);
  const full: number[] = [];
  const naive: number[] = [];
  const ticks: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    full.push(seconds(() => fullRecompute(holdings)));
    naive.push(seconds(() => naiveRecompute(holdings)));
    ticks.push(...priceChanges(state, run));
  }
  const peer = { name: 'the same values and flat rates with plain Decimal objects', times: naive };
  return [
    inMilliseconds(`full recompute with explanations, ${holdings.accounts.size} accounts, ${facts.facts.position.length} positions`, full, peer),
    inMilliseconds('naive Decimal arithmetic (the peer)', naive),
    inMilliseconds('one price change: accounts that hold it, their rows and the queue', ticks, { name: 'full recompute', times: full }),
  ];
}

function fullRecompute(holdings: Holdings): void {
  for (const account of holdings.accounts.values()) computeAccount(holdings, account);
}

/** Times of single price changes, a cent up on one held instrument after another. */
function priceChanges(state: DeskState, run: number): number[] {
  const marks = [...state.holdings.marks.values()].filter(({ instrument }) => state.holdings.holders.has(instrument));
  return Array.from({ length: PRICE_CHANGES }, (_, index) => {
    const mark = marks[(run * PRICE_CHANGES + index * 7) % marks.length] as MarkFact;
    return seconds(() => applyMark(state, { ...mark, value: `${BigInt(Math.floor(Number(mark.value))) + 1n}` }, state.standing.sequence + 1));
  });
}
