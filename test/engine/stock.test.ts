import { describe, expect, test } from 'vitest';
import { fund, marginOf, positionOf, stateOf, stock, type Desk } from './build.ts';

const HOUSE = ['us-reg-t', 'house-standard'];

function holding(quantity: string, price: string, more: Partial<Desk> = {}): Desk {
  return { instruments: { XYZ: stock() }, prices: { XYZ: price }, positions: [['XYZ', quantity]], ...more };
}

/** Stacks of one position: Reg T, exchange, house initial, house maintenance. */
function stacksOf(desk: Desk): string[] {
  const { regTInitial, exchangeMaintenance, houseInitial, houseMaintenance } = positionOf(stateOf(desk), 'XYZ');
  return [regTInitial, exchangeMaintenance, houseInitial, houseMaintenance];
}

describe('long stock', () => {
  test('takes 50 % under 12 CFR 220.12(a), 25 % under FINRA 4210(c)(1), and the house’s 30 %', () => {
    expect(stacksOf(holding('300', '64', { packs: HOUSE }))).toEqual(['9600', '4800', '9600', '5760']);
  });
  test('without a house pack the house asks what the exchange asks', () => {
    expect(stacksOf(holding('300', '64'))).toEqual(['9600', '4800', '9600', '4800']);
  });
  test('that may not be margined is paid in full in every stack', () => {
    expect(stacksOf(holding('300', '64', { packs: HOUSE, instruments: { XYZ: stock({ marginable: false }) } }))).toEqual(['19200', '19200', '19200', '19200']);
  });
  test('in the cash part of a margin account lends nothing to the margin part', () => {
    const state = stateOf(holding('300', '64', { packs: HOUSE, positions: [['XYZ', '300', 'cash']] }));
    expect(state.equity).toBe('19200');
    expect(state.excess).toBe('0');
  });
  test('below the house’s price is paid in full, at that price is not', () => {
    expect(stacksOf(holding('1000', '2.99', { packs: HOUSE }))[3]).toBe('2990');
    expect(stacksOf(holding('1000', '3', { packs: HOUSE }))[3]).toBe('900');
    expect(stacksOf(holding('1000', '2.99'))[3]).toBe('747.5');
  });
  test('an instrument’s own rate on the broker list replaces the house’s general one', () => {
    const desk = (name: string): Desk => ({ instruments: { [name]: stock() }, prices: { [name]: '20' }, positions: [[name, '100']], packs: [...HOUSE, 'broker-list'] });
    expect(positionOf(stateOf(desk('GME')), 'GME').houseMaintenance).toBe('2000');
    expect(positionOf(stateOf(desk('TSLA')), 'TSLA').houseMaintenance).toBe('800');
    expect(positionOf(stateOf(desk('ZZZ')), 'ZZZ').houseMaintenance).toBe('600');
  });
});

describe('a leveraged fund (FINRA Regulatory Notice 09-53)', () => {
  const leveraged = (leverage: string, quantity: string): Desk => holding(quantity, '40', { instruments: { XYZ: fund({ leverage }) } });
  test.each([
    ['2', '100', '2000'],
    ['3', '100', '3000'],
    ['5', '100', '4000'],
    ['3', '-100', '3600'],
    ['4', '-100', '4000'],
  ])('%s×, %s shares at 40: %s', (leverage, quantity, maintenance) => {
    expect(stacksOf(leveraged(leverage, quantity))[1]).toBe(maintenance);
  });
});

describe('short stock (FINRA 4210(c)(2) and (3)), beyond the proceeds', () => {
  test.each([
    ['the 30 % leg', '200', '80', '4800'],
    ['exactly where 5 dollars a share and 30 % meet from above', '300', '16.67', '1500.3'],
    ['5 dollars a share', '1000', '12', '5000'],
    ['exactly 5 dollars: both rules give the whole value', '1000', '5', '5000'],
    ['just under 5 dollars: the whole value', '1000', '4.99', '4990'],
    ['just under 2.50: 2.50 a share', '1000', '2.49', '2500'],
    ['worthless: still 2.50 a share', '1000', '0', '2500'],
  ])('%s', (_, shares, price, expected) => {
    expect(stacksOf(holding(`-${shares}`, price))[1]).toBe(expected);
  });
  test('the 30 % leg names 4210(c)(3), and initial is the greater of 50 % and maintenance', () => {
    const position = positionOf(stateOf(holding('-10000', '2')), 'XYZ');
    expect(position).toMatchObject({ regTInitial: '10000', houseInitial: '25000', rule: 'FINRA 4210(c)(3)', strategy: 'short stock' });
  });
  test('the house’s 35 % is floored at the exchange leg', () => {
    expect(stacksOf(holding('-100', '40', { packs: HOUSE }))[3]).toBe('1400');
    expect(stacksOf(holding('-100', '6', { packs: HOUSE }))[3]).toBe('500');
  });
});

test('stock priced in another currency counts at the exchange rate, exactly', () => {
  const desk = holding('7', '13.37', { instruments: { XYZ: stock({ currency: 'EUR' }) }, fx: [{ currency: 'EUR', base: 'USD', rate: '1.0815', asOf: '2026-11-20', source: 'test.csv' }] });
  const position = positionOf(stateOf(desk), 'XYZ');
  expect([position.value, position.valueInPoolCurrency, position.exchangeMaintenance]).toEqual(['93.59', '101.217585', '25.30439625']);
  expect(marginOf(desk).status).toBe('healthy');
});
