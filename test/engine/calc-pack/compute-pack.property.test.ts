import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { computePack } from '../../../main/engine/calc-pack/compute-pack.ts';
import { readCalcPack } from '../../../main/engine/calc-pack/read-pack.ts';
import { calcPackResult } from '../../../shared/calc-pack/result.ts';
import { reduced } from './reduced.ts';

/** Stock, options around it, a bond and a euro stock: enough for every branch of a pack. */
const INSTRUMENTS = {
  XYZ: { kind: 'equity', currency: 'USD', price: '95' },
  LOW: { kind: 'equity', currency: 'USD', price: '2.25' },
  FUND: { kind: 'etf', currency: 'USD', price: '40', leverage: '2', class: 'narrow' },
  'XYZ C100': { kind: 'option', currency: 'USD', underlying: 'XYZ', right: 'call', strike: '100', expiry: '2026-12-18', multiplier: '100', price: '3.1' },
  'XYZ C110': { kind: 'option', currency: 'USD', underlying: 'XYZ', right: 'call', strike: '110', expiry: '2026-12-18', multiplier: '100', price: '1.05' },
  'XYZ P80': { kind: 'option', currency: 'USD', underlying: 'XYZ', right: 'put', strike: '80', expiry: '2026-12-18', multiplier: '100', price: '2' },
  BOND: { kind: 'bond', currency: 'USD', issuer: 'corporate', grade: 'speculative', maturity: '2031-01-15', coupon: '6', multiplier: '0.01', price: '91.5' },
  EURO: { kind: 'equity', currency: 'EUR', price: '17.35' },
  BARE: { kind: 'equity', currency: 'USD' },
} as const;

const position = fc.record({ instrument: fc.constantFrom(...Object.keys(INSTRUMENTS)), quantity: fc.integer({ min: -40, max: 40 }).filter((quantity) => quantity !== 0) });
const book = fc.record({
  positions: fc.uniqueArray(position, { selector: ({ instrument }) => instrument, maxLength: 9 }),
  cents: fc.integer({ min: -2_000_000, max: 2_000_000 }),
  order: fc.array(fc.nat(), { minLength: 9, maxLength: 9 }),
  house: fc.boolean(),
});
type BookOf = typeof book extends fc.Arbitrary<infer T> ? T : never;

function packOf({ positions, cents, house }: BookOf, spell: (whole: number) => string): unknown {
  return {
    format: 'plimsoll/calc-pack@1',
    asOf: '2026-11-20T21:00:00Z',
    baseCurrency: 'USD',
    fx: { EUR: '1.0815' },
    instruments: INSTRUMENTS,
    accounts: [
      {
        id: 'A1',
        pools: [
          {
            id: 'cross',
            model: 'strategy',
            packs: house ? ['us-reg-t', 'house-standard'] : ['us-reg-t'],
            cash: { USD: `${Math.trunc(cents / 100)}.00` },
            positions: positions.map(({ instrument, quantity }) => ({ instrument, quantity: spell(quantity) })),
          },
        ],
      },
    ],
  };
}

function bytes(pack: unknown): string {
  const read = readCalcPack(JSON.parse(JSON.stringify(pack)));
  if (!read.ok) throw new Error(`${read.fault.at}: ${read.fault.message}`);
  const result = computePack(read.value);
  if (!result.ok) throw new Error(result.fault.message);
  return JSON.stringify(result.value);
}

test('the result of any pack has the strict published shape', () => {
  fc.assert(
    fc.property(book, (given) => {
      const result: unknown = JSON.parse(bytes(packOf(given, String)));
      expect(calcPackResult.parse(result)).toEqual(result);
    }),
    reduced(100),
  );
});

test('neither the order of positions nor the spelling of amounts changes a byte', () => {
  fc.assert(
    fc.property(book, (given) => {
      const shuffled = given.positions.map((row, index) => ({ row, key: given.order[index] ?? 0 })).toSorted((a, b) => a.key - b.key);
      const other = { ...given, positions: shuffled.map(({ row }) => row) };
      expect(bytes(packOf(other, (whole) => `${whole}.000`))).toBe(bytes(packOf(given, String)));
    }),
    reduced(100),
  );
});
