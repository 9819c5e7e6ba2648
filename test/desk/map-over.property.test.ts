import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { latestMark } from '../../main/desk/latest-mark.ts';
import { mapOver } from '../../main/desk/map-over.ts';
import type { MarkFact } from '../../shared/domain/facts.ts';

const names = fc.constantFrom('A', 'B', 'C', 'D', 'E');
const put = fc.tuple(names, fc.constantFrom('2026-11-18', '2026-11-19', '2026-11-20'));
const mark = (instrument: string, asOf: string): MarkFact => ({ instrument, value: '1', bid: null, ask: null, kind: 'close', asOf, source: 'test' });

test('a map with values put over it reads like a copy that they were put into, and finds the latest mark that the copy has', () => {
  fc.assert(
    fc.property(fc.array(put, { maxLength: 4 }), fc.array(put, { maxLength: 5 }), (below, above) => {
      let copy = new Map<string, MarkFact>(below.map(([name, asOf]) => [name, mark(name, asOf)]));
      let over: ReadonlyMap<string, MarkFact> = copy;
      for (const [name, asOf] of [null, ...above].map((one) => one ?? [null, ''] as const)) {
        if (name !== null) {
          const changed = mark(name, asOf);
          copy = new Map(copy).set(name, changed);
          over = mapOver(over, name, changed);
        }
        expect([...over]).toEqual([...copy]);
        expect([...over.keys(), ...over.values(), over.size]).toEqual([...copy.keys(), ...copy.values(), copy.size]);
        for (const each of ['A', 'B', 'C', 'D', 'E']) expect([over.get(each), over.has(each)]).toEqual([copy.get(each), copy.has(each)]);
        const said: unknown[] = [];
        over.forEach((value, key) => said.push([key, value]));
        expect(said).toEqual([...copy]);
        expect(latestMark(over)).toBe([...copy.values()].map((one) => one.asOf).toSorted().at(-1) ?? null);
      }
    }),
    { numRuns: 1_000 },
  );
});
