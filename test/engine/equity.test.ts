import { describe, expect, test } from 'vitest';
import type { CashInput } from '../../main/engine/input.ts';
import { call, cashRow, idOf, put, rate, stateOf, stock, type Desk } from './build.ts';

const EUR_USD = rate('EUR', 'USD', '1.0815');

function withCash(cash: readonly CashInput[], more: Partial<Desk> = {}): ReturnType<typeof stateOf> {
  return stateOf({ instruments: {}, prices: {}, positions: [], cash, ...more });
}

describe('each kind of cash counts once', () => {
  test('settled cash is part of the trade-date balance and is not added', () => {
    expect(withCash([cashRow('1000'), cashRow('800', 'settled')]).equity).toBe('1000');
  });
  test('settled cash without a trade-date balance leaves the pool indeterminate', () => {
    expect(withCash([cashRow('800', 'settled')])).toMatchObject({ equity: '0', status: 'indeterminate' });
  });
  test('short proceeds that a source keeps apart, and accruals, are added', () => {
    expect(withCash([cashRow('1000'), cashRow('5000', 'shortProceeds'), cashRow('12.34', 'accruedInterest'), cashRow('-1.1', 'accruedDividend')]).equity).toBe('6011.24');
  });
  test('a pending deposit counts from its value date on, and not at all without one', () => {
    const pending = (day: string | null): string => withCash([cashRow('1000'), cashRow('500', 'pendingDeposit', 'USD', day)]).equity;
    expect([pending('2026-11-19'), pending('2026-11-20'), pending('2026-11-21'), pending(null)]).toEqual(['1500', '1500', '1000', '1000']);
  });
  test('collateral for lent shares is not added: the shares are still held', () => {
    expect(withCash([cashRow('1000'), cashRow('300', 'securitiesLendingCollateral')])).toMatchObject({ equity: '1000', netLiq: '1000' });
  });
  test('cash of the futures segment is the client’s but margins nothing here', () => {
    expect(withCash([cashRow('1000'), cashRow('300', 'futuresSegment')])).toMatchObject({ equity: '1000', netLiq: '1300' });
  });
});

describe('currencies', () => {
  test('a quoted rate is multiplied exactly', () => {
    expect(withCash([cashRow('1234.56', 'tradeDate', 'EUR')], { fx: [EUR_USD] }).equity).toBe('1335.17664');
  });
  test('the inverse of a quoted rate is rounded once, half-even, to ten places', () => {
    const state = withCash([cashRow('1000')], { currency: 'EUR', fx: [EUR_USD] });
    expect(state.equity).toBe('924.6417013'); // 1000 × 0.9246417013
  });
  test('two currencies meet through the base both are quoted in', () => {
    const fx = [EUR_USD, rate('GBP', 'USD', '1.31')];
    expect(withCash([cashRow('100', 'tradeDate', 'GBP')], { currency: 'EUR', fx }).equity).toBe('121.12806288'); // 1.31 / 1.0815 = 1.21128062875…
  });
  test('cash without a rate is left out, and the pool is indeterminate', () => {
    const state = withCash([cashRow('1000'), cashRow('5', 'tradeDate', 'CHF')]);
    expect(state).toMatchObject({ equity: '1000', status: 'indeterminate' });
    expect(state.statusReason).toContain('no exchange rate from CHF into USD');
  });
  test('a rate of zero is no rate', () => {
    expect(withCash([cashRow('5', 'tradeDate', 'CHF')], { fx: [rate('CHF', 'USD', '0')] }).status).toBe('indeterminate');
  });
});

test('equity leaves option value out: deposit 9,000, sell an option for 1,000 with a risk of 2,000, and 7,000 is left', () => {
  const short = put('XYZ', '100');
  const desk: Desk = { instruments: { XYZ: stock(), [idOf(short)]: short }, prices: { XYZ: '100', [idOf(short)]: '10' }, positions: [[idOf(short), '-1']], cash: '10000' };
  expect(stateOf(desk)).toMatchObject({ netLiq: '9000', equity: '10000', maintenance: '3000', excess: '7000' });
});

test('ratios: health is equity over maintenance, leverage gross value over equity, both half-even to six places', () => {
  const desk: Desk = { instruments: { XYZ: stock() }, prices: { XYZ: '30' }, positions: [['XYZ', '1000']], cash: '-20000' };
  expect(stateOf(desk)).toMatchObject({ equity: '10000', maintenance: '7500', initial: '15000', healthRatio: '1.333333', utilisation: '1.5', leverage: '3' });
});

test('ratios are not stated where their divisor is not positive', () => {
  expect(stateOf({ instruments: {}, prices: {}, positions: [], cash: '-1' })).toMatchObject({ healthRatio: null, utilisation: null, leverage: null, deficit: '1' });
});

test('gross value counts both sides and options', () => {
  const short = call('XYZ', '50');
  const desk: Desk = { instruments: { XYZ: stock(), ABC: stock(), [idOf(short)]: short }, prices: { XYZ: '40', ABC: '10', [idOf(short)]: '1' }, positions: [['XYZ', '100'], ['ABC', '-100'], [idOf(short), '-1']], cash: '5000' };
  expect(stateOf(desk)).toMatchObject({ equity: '8000', netLiq: '7900', leverage: '0.6375' });
});
