import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { recomputeAll, recomputeGroups, type ScanLane } from '../../../../main/engine/columns/scan/lane.ts';
import { setMark } from '../../../../main/engine/columns/scan/instruments.ts';
import { plainMemory, type LaneMemory } from '../../../../main/engine/columns/scan/open-lane.ts';
import type { KernelColumns } from '../../../../main/engine/columns/scan/kernel.ts';
import { wasmMemory } from '../../../../main/engine/columns/scan/wasm.ts';
import { fromDecimalText } from '../../../../shared/money.ts';
import { bookM } from '../../../bench/book-m/book.ts';
import { centsText } from '../../../bench/book-m/facts.ts';
import { laneM } from '../../../bench/scan-lane.ts';
import { SEED } from '../../same-books.ts';

console.log(`kernel: seed ${SEED}`);

/** Any NaN is as good as another: which one it is, is left to the processor. */
const bits = (numbers: Float64Array): Uint8Array => new Uint8Array(numbers.map((one) => (Number.isNaN(one) ? NaN : one)).buffer);

function expectSameBits(a: ScanLane, b: ScanLane): void {
  for (const name of ['rows', 'requirement', 'worth', 'gross'] as const) expect(Buffer.compare(bits(a.columns[name]), bits(b.columns[name])), name).toBe(0);
  for (const name of ['equity', 'maintenance', 'gross'] as const) expect(Buffer.compare(bits(a.totals[name]), bits(b.totals[name])), name).toBe(0);
  expect(Buffer.compare(a.totals.status, b.totals.status)).toBe(0);
}

/** An underlying and its mark in cents, or that it has none: its rows are then NaN, and the pools that hold it not for columns. */
const tick = fc.tuple(fc.nat(49), fc.option(fc.integer({ min: 100, max: 300_000 }), { freq: 8 }));

test('the WebAssembly kernel and the plain one give the same bits: rows, runs and pools, after ticks and in full', () => {
  fc.assert(
    fc.property(fc.integer(), fc.constantFrom(['m-scan'], ['us-portfolio-margin']), fc.array(tick, { minLength: 1, maxLength: 20 }), (of, packs, ticks) => {
      const book = bookM({ kind: 'scan', positions: 1_000, seed: of });
      const lanes = [laneM(book, plainMemory, packs), laneM(book, wasmMemory, packs)] as const;
      expectSameBits(...lanes);
      for (const lane of lanes) {
        for (const [group, cents] of ticks) {
          setMark(lane.table, lane.table.own[group] as number, cents === null ? null : fromDecimalText(centsText(cents)));
          recomputeGroups(lane, [group]);
        }
      }
      expectSameBits(...lanes);
      const ticked = { ...lanes[1].totals, equity: lanes[1].totals.equity.slice(), maintenance: lanes[1].totals.maintenance.slice() };
      recomputeAll(lanes[1]);
      expect(lanes[1].totals.equity).toEqual(ticked.equity);
      expect(lanes[1].totals.maintenance).toEqual(ticked.maintenance);
    }),
    { numRuns: 12, seed: SEED },
  );
});

const INSTRUMENTS = 5;
const held = fc.record({ instrument: fc.nat(INSTRUMENTS - 1), quantity: fc.integer({ min: -1_000_000, max: 1_000_000 }) });

/** Runs over rows of whole numbers, one of which may be NaN, added up in one memory or the other. */
function addedUp({ doubles, words, kernel }: LaneMemory, stride: number, numbers: readonly number[], missing: number, runs: readonly (readonly { instrument: number; quantity: number }[])[]): KernelColumns {
  const positions = runs.flat();
  const columns: KernelColumns = {
    stride, rows: doubles(INSTRUMENTS * stride), charges: doubles(2 * INSTRUMENTS), instrument: words(positions.length), quantity: doubles(positions.length), start: words(runs.length + 1),
    requirement: doubles(runs.length), worth: doubles(runs.length), gross: doubles(runs.length),
  };
  columns.rows.set(columns.rows.map((_, at) => (Math.floor(at / stride) === missing ? NaN : (numbers[at % numbers.length] as number))));
  columns.charges.set(columns.charges.map((_, at) => (at === 2 * missing + 1 ? NaN : Math.abs(numbers[(7 * at) % numbers.length] as number))));
  columns.instrument.set(positions.map(({ instrument }) => instrument));
  columns.quantity.set(positions.map(({ quantity }) => quantity));
  for (const [at, run] of runs.entries()) columns.start[at + 1] = (columns.start[at] as number) + run.length;
  kernel(columns)(0, runs.length);
  return columns;
}

test('for any number of scenarios both kernels give the same bits, runs of no position and rows of NaN included', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(16, 32, 48, 64),
      fc.array(fc.integer({ min: -100_000_000, max: 100_000_000 }), { minLength: 97, maxLength: 97 }),
      fc.integer({ min: -1, max: 3 * INSTRUMENTS }),
      fc.array(fc.array(held, { maxLength: 6 }), { minLength: 1, maxLength: 8 }),
      (stride, numbers, missing, runs) => {
        const [plain, wasm] = [plainMemory(), wasmMemory(65_536)].map((memory) => addedUp(memory, stride, numbers, missing, runs)) as [KernelColumns, KernelColumns];
        for (const name of ['requirement', 'worth', 'gross'] as const) expect(Buffer.compare(bits(plain[name]), bits(wasm[name])), name).toBe(0);
      },
    ),
    { numRuns: 300, seed: SEED },
  );
});
