import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Decimal } from '../../../shared/money.ts';
import { callPrice } from '../../../main/engine/trigger.ts';
import { accountOf, call, idOf, marketOf, stateOf, stock, type Desk } from '../build.ts';
import { houseWith } from './tables.ts';

/** Tables of every kind, with ends that small books meet often. */
const HOUSE = houseWith({
  issuer: { side: 'long', bands: [{ above: '0.2', rate: '0.05' }, { above: '0.4', rate: '0.1' }, { above: '0.6', rate: '0.25' }] },
  issuerShort: { side: 'short', bands: [{ above: '0.3', rate: '0.2' }] },
  floor: { effect: 'atLeast', counts: 'stock', when: { debit: { from: '1500' } }, bands: [{ from: '0.5', rate: '0.6' }] },
  covers: { effect: 'atLeast', roundedTo: '0.01', when: { positionCoversEquity: true }, bands: [{ from: '0.55', rate: '0.5' }] },
  sector: { measure: 'sectorShare', when: { noIssuerAbove: '0.5' }, bands: [{ above: '0.3', rate: '0.05' }] },
}, { 'house.fx.haircut': '0.1' });

const short = call('A', '60');
const NAMES = ['A', 'B', 'C'];
const shares = fc.integer({ min: -150, max: 300 });
const price = fc.integer({ min: 100, max: 12_000 }).map((cents) => new Decimal(cents).div(100).toFixed());

/** Three stocks, one of them in euro, with or without a short call; equity a few per cent from the requirement. */
const books = fc.record({ quantities: fc.tuple(shares, shares, shares), prices: fc.tuple(price, price, price), option: fc.boolean(), percent: fc.integer({ min: -15, max: 25 }) }).map(({ quantities, prices, option, percent }): Desk => {
  const desk: Desk = {
    ...HOUSE,
    instruments: { A: stock(), B: stock(), C: stock({ currency: 'EUR' }), [idOf(short)]: short },
    prices: { ...Object.fromEntries(NAMES.map((name, at) => [name, prices[at] as string])), [idOf(short)]: '4.5' },
    positions: [...NAMES.map((name, at) => [name, String(quantities[at]), (quantities[at] as number) < 0 ? 'short' : 'margin'] as const), ...(option ? [[idOf(short), '-1'] as const] : [])],
    fx: [{ currency: 'EUR', base: 'USD', rate: '1.25', asOf: '2026-11-20', source: 'test' }],
    stats: { A: { sector: 'Software' }, B: { sector: 'Software' } },
  };
  const { excess, maintenance } = stateOf(desk);
  return { ...desk, cash: new Decimal(maintenance).times(percent).div(100).minus(excess).toDecimalPlaces(2).toFixed() };
});

const TICK = new Decimal('0.0000000001');

function excessAt(desk: Desk, instrument: string, at: Decimal): Decimal {
  return new Decimal(stateOf({ ...desk, prices: { ...desk.prices, [instrument]: at.toFixed() } }).excess);
}

test('under tables whose shares move with every price, a call price is a crossing and nothing crosses before it', () => {
  let found = 0;
  fc.assert(
    fc.property(books, fc.constantFrom(...NAMES), fc.array(fc.integer({ min: 1, max: 999 }), { minLength: 4, maxLength: 4 }), (desk, instrument, parts) => {
      const start = new Decimal(desk.prices[instrument] as string);
      const now = excessAt(desk, instrument, start);
      if (now.isZero()) return;
      const roots = callPrice(accountOf(desk), marketOf(desk), HOUSE.shelf, instrument);
      for (const text of [roots.down, roots.up]) {
        if (text === null) continue;
        found += 1;
        const around = [-2, -1, 0, 1, 2].map((step) => new Decimal(text).plus(TICK.times(step))).filter((at) => !at.isNegative());
        const signs = new Set(around.map((at) => excessAt(desk, instrument, at).isNegative()));
        expect(signs.size === 2 || excessAt(desk, instrument, new Decimal(text)).abs().lt('0.0001'), `${instrument} at ${text}`).toBe(true);
      }
      const low = roots.down === null ? new Decimal(0) : new Decimal(roots.down);
      const high = roots.up === null ? start.times(4) : new Decimal(roots.up);
      for (const part of parts) {
        const at = low.plus(high.minus(low).times(part).div(1000)).toDecimalPlaces(8);
        if (at.lte(low) || at.gte(high)) continue;
        const excess = excessAt(desk, instrument, at);
        expect(excess.isZero() || excess.isNegative() === now.isNegative(), `${instrument} at ${at.toFixed()}`).toBe(true);
      }
    }),
    { numRuns: Number(process.env['PLIMSOLL_BOOK_PROPERTY_RUNS'] ?? '100') },
  );
  expect(found).toBeGreaterThan(40);
});
