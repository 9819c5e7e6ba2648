import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { recomputeAll, recomputeGroups, type ScanLane } from '../../../../main/engine/columns/scan/lane.ts';
import { setMark } from '../../../../main/engine/columns/scan/instruments.ts';
import { plainMemory } from '../../../../main/engine/columns/scan/open-lane.ts';
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
