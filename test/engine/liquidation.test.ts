import { describe, expect, test } from 'vitest';
import { feeAfter, insuranceFee, shareAfter, sizeToCover } from '../../main/engine/liquidation/close-out.ts';
import { deleverage } from '../../main/engine/liquidation/deleverage.ts';
import { fillablePrice, insuranceDelta, takeoverValue } from '../../main/engine/liquidation/takeover.ts';
import { Decimal } from '../../shared/money.ts';

const of = (amount: number | string): Decimal => new Decimal(amount);

describe('takeover', () => {
  test('rounds against the account: up where money is received, towards zero where it is paid', () => {
    const third = { maintenanceReleased: of(1), equity: of(1), maintenance: of(3) };
    expect(takeoverValue({ ...third, notionalChange: of(-10) }, 2).toFixed()).toBe('9.67');
    expect(takeoverValue({ ...third, notionalChange: of(10) }, 2).toFixed()).toBe('-10.33');
  });
  test('an account that needs no margin is taken over at the mark', () => {
    expect(takeoverValue({ notionalChange: of(-10), maintenanceReleased: of(0), equity: of(5), maintenance: of(0) }, 6).toFixed()).toBe('10');
  });
  test('an order never fills beyond its spread, and not away from the oracle while the account is safe', () => {
    const position = { notional: of(1_000), quantity: of(10), maintenance: of(100), accountMaintenance: of(100) };
    expect(fillablePrice({ ...position, accountEquity: of(-500) }, of(1), of('0.2')).toFixed()).toBe('98');
    expect(fillablePrice({ ...position, accountEquity: of(150) }, of(1), of('0.2')).toFixed()).toBe('100');
  });
  test('the fund takes no more than its fee, and pays what is missing', () => {
    expect(insuranceDelta(of(110), of(100), of('0.02')).toFixed()).toBe('2.2');
    expect(insuranceDelta(of(-110), of(-100), of('0.02')).toFixed()).toBe('-10');
  });
});

describe('closing out', () => {
  const perpetual = { price: of(100), quotePrice: of(1), marginRatio: of('0.1'), liquidatorFee: of('0.01') };
  test('a size that frees nothing is null, and a shortage of nothing needs none', () => {
    expect(sizeToCover(of(5), { ...perpetual, liquidatorFee: of('0.2') }, of(0))).toBe(null);
    expect(sizeToCover(of(0), perpetual, of(0))?.toFixed()).toBe('0');
  });
  test('what closing frees at that size is the shortage, less what was cut off', () => {
    const size = sizeToCover(of(7), perpetual, of('0.005')) ?? of(0);
    const freed = size.times(100).times(of('0.1').minus('0.01').minus('0.005'));
    expect(of(7).minus(freed).gte(0) && of(7).minus(freed).lt('1e-7')).toBe(true);
  });
  test('the fund’s fee leaves nothing where the shortage takes it all, or nothing is held', () => {
    expect(insuranceFee(of(1_000), of(10), perpetual, of(1)).toFixed()).toBe('0');
    expect(insuranceFee(of(1), of(0), perpetual, of(1)).toFixed()).toBe('0');
  });
  test('the fee does not grow within the grace, then by the slot, up to its most', () => {
    const ramp = { base: of('0.01'), most: of('0.02'), graceSlots: of(100), perSlot: of('0.00001') };
    expect([99, 100, 5_000].map((slots) => feeAfter(of(slots), ramp).toFixed())).toEqual(['0.01', '0.011', '0.02']);
  });
  test('the share grows to all of it; a small shortage, or no duration, is all at once', () => {
    const pace = { initial: of('0.25'), duration: of(100), wholeBelow: of(50) };
    expect([0, 50, 400].map((slots) => shareAfter(of(slots), of(50), pace).toFixed())).toEqual(['0.25', '0.75', '1']);
    expect(shareAfter(of(0), of(49), pace).toFixed()).toBe('1');
    expect(shareAfter(of(0), of(60), { ...pace, duration: of(0) }).toFixed()).toBe('1');
  });
  test('equals stand in the order of their accounts, and what nobody takes is left', () => {
    const rows = ['b', 'a'].map((account) => ({ account, quantity: of(2), score: of(1) }));
    const { queue, left } = deleverage(rows, of(5));
    expect(queue.map(({ account, percentile }) => [account, percentile])).toEqual([['a', 60], ['b', 100]]);
    expect(left.toFixed()).toBe('1');
  });
});
