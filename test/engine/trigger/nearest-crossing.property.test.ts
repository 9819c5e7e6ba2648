import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { evenRaster, growing, nearestCrossings, type PriceFunction, type Raster } from '../../../main/engine/trigger/nearest-crossing.ts';
import { Decimal } from '../../../shared/money.ts';

const RUNS = { numRuns: 1000 };
const PLACES = 6;
const STEP = new Decimal(10).pow(-PLACES);
const price = fc.integer({ min: 1, max: 900_000 }).map((n) => new Decimal(n).div(1000));
const slope = fc.integer({ min: -5000, max: 5000 }).filter((n) => n !== 0).map((n) => new Decimal(n).div(7));

function rasterOf(start: Decimal): Raster {
  return { down: evenRaster(start, '0.1', 1).down, up: growing(start, '1.3', 1000) };
}

function searched(start: Decimal, at: PriceFunction['at']) {
  const asked: Decimal[] = [];
  const found = nearestCrossings({ start, places: PLACES, at: (there) => (asked.push(there), at(there)) }, rasterOf(start));
  return { ...found, asked };
}

test('of a straight line the crossing is found to the last decimal, on the side it is on and on no other', () => {
  fc.assert(
    fc.property(price, price, slope, (start, root, rise) => {
      fc.pre(!start.eq(root) && root.div(start).lt(900));
      const { down, up, asked } = searched(start, (there) => there.minus(root).times(rise));
      const found = root.lt(start) ? down : up;
      expect(root.lt(start) ? up : down).toBe(null);
      expect(new Decimal(found ?? 'NaN').minus(root).abs().lte(STEP)).toBe(true);
      // A straight line takes a handful of guesses once the interval is found.
      expect(asked.length).toBeLessThan(110);
    }),
    RUNS,
  );
});

test('where excess jumps across the line, the price is the first one on the other side', () => {
  fc.assert(
    fc.property(price, price, fc.boolean(), (start, bound, isCalledBelow) => {
      fc.pre(!start.eq(bound) && bound.div(start).lt(900));
      const at = (there: Decimal): Decimal => new Decimal(there.lt(bound) === isCalledBelow ? -3 : 2);
      const { down, up } = searched(start, at);
      const found = bound.lt(start) ? down : up;
      expect(found === null ? null : at(new Decimal(found)).s).toBe(-at(start).s);
      expect(new Decimal(found ?? 'NaN').minus(bound).abs().lte(STEP)).toBe(true);
    }),
    RUNS,
  );
});

test('of a curve too: a cubic, whose secants come from one side', () => {
  fc.assert(
    fc.property(price, price, (start, root) => {
      fc.pre(!start.eq(root) && root.div(start).lt(900));
      const { down, up } = searched(start, (there) => there.minus(root).pow(3).plus(there.minus(root)));
      expect(new Decimal((root.lt(start) ? down : up) ?? 'NaN').minus(root).abs().lte(STEP)).toBe(true);
    }),
    RUNS,
  );
});

test('what never crosses has no price; at zero there is none; who stands on the line is there', () => {
  const start = new Decimal(100);
  expect(searched(start, () => new Decimal(5))).toMatchObject({ down: null, up: null });
  expect(searched(start, (there) => there)).toMatchObject({ down: null, up: null });
  expect(searched(start, (there) => start.minus(there))).toMatchObject({ down: '100', up: '100' });
  expect(searched(start, (there) => there.minus('0.000004'))).toMatchObject({ down: '0.000004', up: null });
  for (const { asked } of [searched(start, (there) => there)]) expect(asked.every((there) => there.gt(0))).toBe(true);
});
