import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TriggerPrice } from '../../shared/domain/margin-state.ts';
import { Decimal } from '../../shared/money.ts';
import { shippedPacks } from '../../main/engine/packs/shelf.ts';
import { callPrice, callPrices } from '../../main/engine/trigger.ts';
import type { PoolMargin } from '../../main/engine/margin-model.ts';
import { viewMarket } from '../../main/engine/market/market-view.ts';
import { marginPoolOf } from '../../main/engine/sweep.ts';
import { accountOf, marketOf, stateOf, type Desk } from './build.ts';
import { randomDesk } from './random-book.ts';
import { RUNS, SAME_BOOKS } from './same-books.ts';

/** Excess of the book with one instrument at another price: the plain recomputation, nothing of the search. */
function excessAt(desk: Desk, instrument: string, price: Decimal): Decimal {
  return poolAt(desk, instrument, price).figures.excess.amount;
}

/** The margin of the book's one pool with the instrument at another price, on a market with the digits of searches. */
function poolAt(desk: Desk, instrument: string, price: Decimal): PoolMargin {
  const account = accountOf(desk);
  const [pool] = account.pools;
  if (!pool) throw new Error('no pool');
  return marginPoolOf(account, pool, viewMarket(marketOf({ ...desk, prices: { ...desk.prices, [instrument]: price.toFixed() } }), 45), shippedPacks());
}

/** Books whose equity is near their requirement, so that roots are near too. */
const nearTheLine = fc
  .tuple(randomDesk(['us-reg-t', 'house-standard']), fc.integer({ min: -20, max: 20 }))
  .map(([desk, percent]): Desk => {
    const { excess, maintenance } = stateOf({ ...desk, cash: '0' });
    const cash = new Decimal(maintenance).times(percent).div(100).minus(excess).toDecimalPlaces(2).toFixed();
    return { ...desk, cash };
  });

const cases = nearTheLine.chain((desk) => fc.tuple(fc.constant(desk), fc.constantFrom(...desk.positions.map(([instrument]) => instrument)), fc.array(fc.integer({ min: 1, max: 999 }), { minLength: 3, maxLength: 3 })));

/** Widest step of excess for one unit of price in these books: quantity, multiplier, exchange rate and a charge on top. */
const STEEPEST = new Decimal(1000).times(100).times(9).times(4);
const TICK = new Decimal('0.0000000001');

const prices = new Map<string, TriggerPrice>();

/** Searched once for all properties: they look at the same books. */
function knownCallPrice(desk: Desk, instrument: string): TriggerPrice {
  const key = JSON.stringify([desk, instrument]);
  const known = prices.get(key) ?? callPrice(accountOf(desk), marketOf(desk), shippedPacks(), instrument);
  prices.set(key, known);
  return known;
}

test('at a call price equity equals the requirement, or a rule’s cliff crosses it there', () => {
  let roots = 0;
  let cliffs = 0;
  fc.assert(
    fc.property(cases, ([desk, instrument]) => {
      const found = knownCallPrice(desk, instrument);
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
    SAME_BOOKS,
  );
  // The claim is about roots, so there have to be many, and cliffs have to be the exception.
  expect(roots).toBeGreaterThan(RUNS / 2);
  expect(cliffs).toBeLessThan(roots / 5);
});

test('between the price and the nearest call price nothing crosses the line', () => {
  fc.assert(
    fc.property(cases, ([desk, instrument, parts]) => {
      const start = new Decimal(desk.prices[instrument] as string);
      const before = poolAt(desk, instrument, start);
      const now = before.figures.excess.amount;
      const proved = before.pairings?.every((pairing) => pairing.proved) ?? true;
      if (now.isZero()) return;
      const { down, up } = knownCallPrice(desk, instrument);
      const low = down === null ? new Decimal(0) : new Decimal(down);
      const high = up === null ? start.times(6).plus(100) : new Decimal(up);
      for (const part of parts) {
        for (const at of [start.minus(start.minus(low).times(part).div(1000)), start.plus(high.minus(start).times(part).div(1000))]) {
          const price = at.toDecimalPlaces(8);
          if (price.lte(low) || price.gte(high)) continue;
          const pool = poolAt(desk, instrument, price);
          // Where a pairing is only the best found, a nearer crossing may belong to a better one.
          if (!proved || pool.pairings?.some((pairing) => !pairing.proved)) continue;
          const excess = pool.figures.excess.amount;
          expect(excess.isZero() || excess.isNegative() === now.isNegative(), `${instrument} at ${price.toFixed()}`).toBe(true);
        }
      }
    }),
    SAME_BOOKS,
  );
});

test('the call prices of all positions at once are those of each, searched over the whole pool', () => {
  const several = fc.array(nearTheLine, { minLength: 2, maxLength: 3 });
  fc.assert(
    fc.property(several, fc.integer({ min: -20, max: 20 }), (desks, percent) => {
      // Underlyings apart, so that there are parts to be told apart.
      const merged: Desk = { ...(desks[0] as Desk), instruments: Object.assign({}, ...desks.map((desk) => desk.instruments)), prices: Object.assign({}, ...desks.map((desk) => desk.prices)), positions: desks.flatMap((desk) => desk.positions) };
      const { excess, maintenance } = stateOf({ ...merged, cash: '0' });
      const desk = { ...merged, cash: new Decimal(maintenance).times(percent).div(100).minus(excess).toDecimalPlaces(2).toFixed() };
      const instruments = desk.positions.map(([instrument]) => instrument);
      const found = callPrices(accountOf(desk), marketOf(desk), shippedPacks(), instruments);
      for (const instrument of instruments) {
        const roots = found.get(instrument);
        for (const [text, direction] of [[roots?.down, -1], [roots?.up, 1]] as const) {
          if (!text) continue;
          const beyond = new Decimal(text).plus(TICK.times(2 * direction));
          const within = new Decimal(text).minus(TICK.times(2 * direction));
          if (beyond.isNegative() || within.isNegative()) continue;
          // On the whole pool the sign turns there, or excess touches zero.
          const turns = excessAt(desk, instrument, beyond).isNegative() !== excessAt(desk, instrument, within).isNegative();
          expect(turns || excessAt(desk, instrument, new Decimal(text)).abs().lte(STEEPEST.times(TICK)), `${instrument} at ${text}`).toBe(true);
        }
      }
    }),
    { numRuns: 60 },
  );
});
