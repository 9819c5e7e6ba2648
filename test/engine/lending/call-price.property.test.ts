import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { callPrice, liquidationPrices } from '../../../main/engine/trigger.ts';
import { movingInputs, poolAt, SAID, type Moving } from '../overlay/moving.ts';

const RUNS = Number(process.env['PLIMSOLL_BOOK_PROPERTY_RUNS'] ?? 600);
const percent = (from: number, to: number): fc.Arbitrary<string> => fc.integer({ min: from, max: to }).map((n) => String(n / 100));
const size = (max: number): fc.Arbitrary<string> => fc.integer({ min: 1, max }).map(String);

const loan = fc
  .record({ xyz: size(900), abc: size(900), debt: size(60_000), weights: fc.tuple(percent(20, 90), percent(20, 90)), overlaid: fc.boolean(), factor: fc.integer({ min: 5, max: 30 }), buffer: fc.boolean() })
  .map(({ xyz, abc, debt, weights: [first, second], overlaid, factor, buffer }): Moving => {
    const rates = (weight: string) => ({ rates: { 'collateral.initial': weight, 'collateral.maintenance': weight }, ...SAID });
    const volatility = { move: { method: 'filteredHistory', lambda: '1', quantile: '1', days: '1' }, baseMove: '0.01', least: '0.5', most: '4', ...SAID };
    return {
      model: 'lending',
      on: 'securities-based-lending',
      overlay: overlaid ? { volatility, ...(buffer ? { buffer: { share: '0.25', ...SAID } } : {}) } : {},
      more: { perInstrument: { XYZ: rates(first), ABC: rates(second) } },
      market: { history: Object.fromEntries(['XYZ', 'ABC', 'LOAN'].map((name) => [name, { returns: [String(factor / 1000)] }])) },
      pool: { collateral: [{ instrument: 'XYZ', quantity: xyz }, { instrument: 'ABC', quantity: abc }], debt: [{ instrument: 'LOAN', quantity: debt }] },
    };
  });

test('at the call price of a loan equity meets its requirement, at its liquidation price the level of its ladder, with add-ons or without', () => {
  let met = 0;
  fc.assert(
    fc.property(loan, fc.constantFrom('XYZ', 'LOAN'), fc.integer({ min: 0, max: 3 }), (given, instrument, one) => {
      const inputs = movingInputs(given);
      const [account, market, shelf] = inputs;
      const [pool] = account.pools;
      if (!pool) throw new Error('no pool');
      const liquidation = liquidationPrices(account, pool, market, shelf, [instrument]).get(instrument);
      const start = poolAt(inputs, instrument, market.marks.get(instrument)?.value ?? '1');
      for (const side of ['down', 'up'] as const) {
        const liquidated = liquidation?.[side] ?? null;
        if (liquidated === null) continue;
        met += 1;
        const there = poolAt(inputs, instrument, liquidated);
        expect(there.leftToLiquidation?.amount.abs().lt('1e-4')).toBe(true);
        // Who stands is called before anything is sold.
        if (start.figures.excess.amount.gt(0)) expect(there.figures.excess.amount.lt(0)).toBe(true);
      }
      const call = one === 0 ? callPrice(account, market, shelf, instrument) : { down: null, up: null };
      for (const called of [call.down, call.up]) if (called !== null) expect(poolAt(inputs, instrument, called).figures.excess.amount.abs().lt('1e-4')).toBe(true);
    }),
    { numRuns: RUNS },
  );
  expect(met).toBeGreaterThan(RUNS / 2);
});
