import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Decimal } from '../../shared/money.ts';
import { shippedPacks } from '../../main/engine/packs/shelf.ts';
import { callPrice } from '../../main/engine/trigger.ts';
import { accountOf, marketOf, stateOf, type Desk } from './build.ts';
import { randomDesk } from './random-book.ts';

/** Excess of the book with one instrument at another price: the plain recomputation, nothing of the search. */
function excessAt(desk: Desk, instrument: string, price: Decimal): Decimal {
  return new Decimal(stateOf({ ...desk, prices: { ...desk.prices, [instrument]: price.toFixed() } }).excess);
}

/** Books whose equity is near their requirement, so that roots are near too. */
const nearTheLine = fc
  .tuple(randomDesk(['us-reg-t', 'house-standard']), fc.integer({ min: -20, max: 20 }))
  .map(([desk, percent]): Desk => {
    const { excess, maintenance } = stateOf({ ...desk, cash: '0' });
    const cash = new Decimal(maintenance).times(percent).div(100).minus(excess).toDecimalPlaces(2).toFixed();
    return { ...desk, cash };
  });

const cases = nearTheLine.chain((desk) => fc.tuple(fc.constant(desk), fc.constantFrom(...desk.positions.map(([instrument]) => instrument)), fc.array(fc.integer({ min: 1, max: 999 }), { minLength: 6, maxLength: 6 })));

/** Widest step of excess for one unit of price in these books: quantity, multiplier, exchange rate and a charge on top. */
const STEEPEST = new Decimal(1000).times(100).times(9).times(4);
const TICK = new Decimal('0.0000000001');

test('at a call price equity equals the requirement, or a rule’s cliff crosses it there', () => {
  let roots = 0;
  let cliffs = 0;
  fc.assert(
    fc.property(cases, ([desk, instrument]) => {
      const found = callPrice(accountOf(desk), marketOf(desk), shippedPacks(), instrument);
      for (const text of [found.down, found.up]) {
        if (text === null) continue;
        const price = new Decimal(text);
        roots += 1;
        if (excessAt(desk, instrument, price).abs().lte(STEEPEST.times(TICK))) continue;
        cliffs += 1;
        const around = [-2, -1, 0, 1, 2].map((step) => price.plus(TICK.times(step))).filter((at) => !at.isNegative());
        const signs = new Set(around.map((at) => excessAt(desk, instrument, at).isNegative()));
        expect(signs.size, `${instrument} at ${text}`).toBe(2);
      }
    }),
    { numRuns: 1_000 },
  );
  // The claim is about roots, so there have to be many, and cliffs have to be the exception.
  expect(roots).toBeGreaterThan(300);
  expect(cliffs).toBeLessThan(roots / 5);
});

test('between the price and the nearest call price nothing crosses the line', () => {
  fc.assert(
    fc.property(cases, ([desk, instrument, parts]) => {
      const start = new Decimal(desk.prices[instrument] as string);
      const now = excessAt(desk, instrument, start);
      if (now.isZero()) return;
      const { down, up } = callPrice(accountOf(desk), marketOf(desk), shippedPacks(), instrument);
      const low = down === null ? new Decimal(0) : new Decimal(down);
      const high = up === null ? start.times(6).plus(100) : new Decimal(up);
      for (const part of parts) {
        for (const at of [start.minus(start.minus(low).times(part).div(1000)), start.plus(high.minus(start).times(part).div(1000))]) {
          const price = at.toDecimalPlaces(8);
          if (price.lte(low) || price.gte(high)) continue;
          const excess = excessAt(desk, instrument, price);
          expect(excess.isZero() || excess.isNegative() === now.isNegative(), `${instrument} at ${price.toFixed()}`).toBe(true);
        }
      }
    }),
    { numRuns: 1_000 },
  );
});
