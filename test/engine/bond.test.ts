import { describe, expect, test } from 'vitest';
import { bond, positionOf, stateOf, type Desk } from './build.ts';

type BondTerms = Parameters<typeof bond>[0];

function held(terms: BondTerms, { price = '98', face = '100000', packs = ['us-reg-t'] }: { price?: string; face?: string; packs?: string[] } = {}): Desk {
  return { instruments: { B: bond(terms) }, prices: { B: price }, positions: [['B', face]], packs };
}
const exchange = (...given: Parameters<typeof held>): string => positionOf(stateOf(held(...given)), 'B').exchangeMaintenance;
const house = (...given: Parameters<typeof held>): string => positionOf(stateOf(held(...given)), 'B').houseMaintenance;

describe('bonds under FINRA 4210(e)(2)', () => {
  test('investment grade takes 10 % of market value', () => {
    expect(exchange({ grade: 'investment' })).toBe('9800');
  });
  test('other debt takes the greater of 20 % of market value and 7 % of principal', () => {
    expect(exchange({ grade: 'speculative' })).toBe('19600');
    expect(exchange({ grade: 'speculative' }, { price: '30' })).toBe('7000');
  });
  test('municipal debt takes 7 %', () => {
    expect(exchange({ issuer: 'municipal' })).toBe('6860');
  });
  test('a convertible is charged as stock, and Reg T asks 50 % of it', () => {
    expect(positionOf(stateOf(held({ convertible: true })), 'B')).toMatchObject({ exchangeMaintenance: '24500', regTInitial: '49000' });
  });
  test('a bond we know too little of takes the strictest rate and says so', () => {
    for (const terms of [{ issuer: 'unknown' }, { grade: 'unknown' }, {}] as const) {
      expect(positionOf(stateOf(held(terms)), 'B')).toMatchObject({ exchangeMaintenance: '19600', badges: ['unverifiedRule'] });
    }
  });
  test('Reg T asks in good faith what the exchange asks (12 CFR 220.12(b))', () => {
    expect(positionOf(stateOf(held({ grade: 'investment' })), 'B').regTInitial).toBe('9800');
  });
  test('short, the greater of 30 % of market value and 5 % of principal, marked as recalled', () => {
    expect(positionOf(stateOf(held({ grade: 'investment' }, { face: '-100000' })), 'B')).toMatchObject({ exchangeMaintenance: '29400', badges: ['unverifiedRule'] });
    expect(exchange({ grade: 'investment' }, { face: '-100000', price: '10' })).toBe('5000');
  });
});

describe('treasuries by time to maturity on 2026-11-20', () => {
  test.each([
    ['2027-11-19', '980'],
    ['2027-11-20', '1960'],
    ['2029-11-19', '1960'],
    ['2029-11-20', '2940'],
    ['2031-11-20', '3920'],
    ['2036-11-20', '4900'],
    ['2046-11-19', '4900'],
    ['2046-11-20', '5880'],
  ])('maturing %s: %s', (maturity, expected) => {
    expect(exchange({ issuer: 'treasury', maturity, coupon: '4' })).toBe(expected);
  });
  test('zero coupons of five years or more ask at least 3 % of principal, shorter ones do not', () => {
    expect(exchange({ issuer: 'treasury', maturity: '2041-11-15', coupon: '0' }, { price: '50' })).toBe('3000');
    expect(exchange({ issuer: 'treasury', maturity: '2031-11-19', coupon: '0' }, { price: '50' })).toBe('1500');
  });
  test('a maturity that is not known is taken as the longest', () => {
    expect(exchange({ issuer: 'treasury', maturity: null, coupon: '4' })).toBe('5880');
  });
  test('the table is recalled, so every treasury carries the mark', () => {
    expect(positionOf(stateOf(held({ issuer: 'treasury', maturity: '2030-01-01', coupon: '4' })), 'B').badges).toEqual(['unverifiedRule']);
  });
});

test('the house’s rates are floored at the exchange’s', () => {
  const packs = ['us-reg-t', 'house-standard'];
  expect(house({ grade: 'investment' }, { packs })).toBe('24500');
  expect(house({ issuer: 'municipal' }, { packs })).toBe('19600');
  expect(house({ grade: 'speculative' }, { packs, price: '15' })).toBe('7000');
});

test('a bond’s quantity is its face and its price per cent of it', () => {
  expect(positionOf(stateOf(held({ grade: 'investment' }, { face: '250000', price: '101.125' })), 'B').value).toBe('252812.5');
});
