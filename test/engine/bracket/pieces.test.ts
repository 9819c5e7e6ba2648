import { describe, expect, test } from 'vitest';
import { lognormalFactors } from '../../../main/engine/bracket/lognormal-factors.ts';
import { added, greater, lesser, line, nearestZero, valueAt, type Pieces } from '../../../main/engine/bracket/pieces.ts';
import { Decimal } from '../../../shared/money.ts';

const of = (amount: number | string): Decimal => new Decimal(amount);

describe('straight lines in pieces', () => {
  const step: Pieces = [{ from: of(0), a: of(1), b: of(0) }, { from: of(10), a: of(-1), b: of(0) }];
  test('a bound belongs to the piece below it', () => {
    expect([valueAt(step, of(10)), valueAt(step, of('10.001'))].map((value) => value.toFixed())).toEqual(['1', '-1']);
  });
  test('a jump across zero is a zero, from either side', () => {
    expect(nearestZero(step, of(3), 1)?.toFixed()).toBe('10');
    expect(nearestZero(step, of(30), -1)?.toFixed()).toBe('10');
    expect(nearestZero(step, of(3), -1)).toBe(null);
  });
  test('the greater of two crosses over where they meet, the lesser too', () => {
    const [rising, level] = [line(of(-4), of(1)), line(of(3), of(0))];
    expect([0, 7, 9].map((x) => valueAt(greater(rising, level), of(x)).toFixed())).toEqual(['3', '3', '5']);
    expect([1, 7, 9].map((x) => valueAt(lesser(rising, level), of(x)).toFixed())).toEqual(['-3', '3', '3']);
    expect(nearestZero(added([rising, line(of(0), of(1))]), of(9), -1)?.toFixed()).toBe('2');
  });
  test('a function that only touches zero is zero there', () => {
    expect(nearestZero(greater(line(of(5), of(-1)), line(of(-5), of(1))), of(9), -1)?.toFixed()).toBe('5');
  });
});

test('risk factors grow with volatility; a short loses without limit, a long no more than all', () => {
  const at = (volatility: number) => lognormalFactors(of('0.01'), of('0.02'), of(volatility));
  const [calm, wild, frantic] = [at(0.2), at(2), at(50)];
  expect(calm.long.lt(wild.long) && calm.short.lt(wild.short)).toBe(true);
  expect(frantic.long.lte(1) && frantic.short.gt(1)).toBe(true);
  expect(at(0)).toEqual({ long: of(0), short: of(0) });
});
