import { describe, expect, test } from 'vitest';
import { accountState } from '../../shared/domain/margin-state.ts';
import { isDecimalText } from '../../shared/money.ts';
import { explainFigure } from '../../main/engine/margin.ts';
import { call, idOf, marginOf, put, rate, stateOf, stock, type Desk } from './build.ts';
import { nodesOf } from './explain-checker.ts';

function held(quantity: string, price: string, more: Partial<Desk> = {}): Desk {
  return { instruments: { XYZ: stock() }, prices: { XYZ: price }, positions: [['XYZ', quantity]], packs: ['us-reg-t', 'house-standard'], ...more };
}

describe('very large and very small', () => {
  test.each([
    ['1000000000000', '123.45', '37035000000000'],
    ['0.00000001', '123.45', '0.00000037035'],
    ['-1000000000000', '0.0001', '2500000000000'],
    ['1000000000000', '0', '0'],
  ])('%s shares at %s need %s', (quantity, price, maintenance) => {
    expect(stateOf(held(quantity, price)).maintenance).toBe(maintenance);
  });
  test('together in one pool every digit is kept', () => {
    const desk = held('1000000000000', '99.99', { instruments: { XYZ: stock(), ABC: stock() }, prices: { XYZ: '99.99', ABC: '10.00000001' }, positions: [['XYZ', '1000000000000'], ['ABC', '0.00000001']] });
    expect(stateOf(desk).netLiq).toBe('99990000000000.0000001000000001');
  });
});

describe('too many digits to multiply exactly is a reason, not a rounding', () => {
  test.each([
    ['value beyond fifteen digits', held('1000000000000', '100000')],
    ['more decimals than an amount can hold', held('0.12345678', '0.123456789012345678', { instruments: { XYZ: stock({ currency: 'EUR' }) }, fx: [rate('EUR', 'USD', '1.0123456789')] })],
    ['rows of one position whose total cannot be written', held('1', '1', { positions: [['XYZ', `1${'0'.repeat(40)}`], ['XYZ', `0.${'0'.repeat(40)}1`]] })],
  ])('%s', (_, desk) => {
    const state = stateOf(desk);
    expect(state.status).toBe('indeterminate');
    expect(state.unpriced[0]?.reason).toMatch(/too many digits|too large|whole number of lots/);
    expect(accountState.safeParse(state).success).toBe(true);
  });

  const option = call('XYZ', '80');
  const contracts = (quantity: string) => stateOf(held('1', '95', { instruments: { XYZ: stock(), [idOf(option)]: option }, prices: { XYZ: '95', [idOf(option)]: '17' }, positions: [[idOf(option), quantity]] }));

  test('so many contracts that their value has more than fifteen whole digits are too large, and are told so', () => {
    const state = contracts('-1000000000000');
    expect(state.status).toBe('indeterminate');
    expect(state.unpriced[0]?.reason).toBe('it is too large: quantity, multiplier, price and exchange rate multiply to 10^15 or more, and amounts are exact up to 15 whole digits');
    expect(state.statusReason).toContain('it is too large');
  });
  test('what has room is right: 10^11 contracts, and 10^-8 of one', () => {
    // A contract: 1,700 of value and 20 % of 9,500 = 3,600.
    expect(contracts('-100000000000')).toMatchObject({ maintenance: '360000000000000', unpriced: [] });
    expect(contracts('-0.00000001')).toMatchObject({ maintenance: '0.000036', unpriced: [] });
  });
  test('too many decimals are told with how many there are and how many there may be', () => {
    const state = stateOf(held('0.12345678', '0.1234567890123456789'));
    expect(state.unpriced[0]?.reason).toBe('quantity, multiplier, price and exchange rate have too many digits to multiply exactly: 27 decimals, and there is room for 24');
  });
});

test('options far in and far out of the money, and worthless ones, have figures', () => {
  const options = [call('XYZ', '0.01'), call('XYZ', '100000'), put('XYZ', '0.01'), put('XYZ', '100000')];
  for (const quantity of ['-3', '3']) {
    for (const price of ['0', '0.01', '99999']) {
      const desk: Desk = {
        instruments: { XYZ: stock(), ...Object.fromEntries(options.map((option) => [idOf(option), option])) },
        prices: { XYZ: '50', ...Object.fromEntries(options.map((option) => [idOf(option), price])) },
        positions: options.map((option) => [idOf(option), quantity] as const),
        packs: ['us-reg-t', 'house-standard', 'broker-list'],
      };
      const state = stateOf(desk);
      expect(accountState.safeParse(state).success).toBe(true);
      for (const { amount } of nodesOf(explainFigure(marginOf(desk), 'initial'))) expect(amount !== null && isDecimalText(amount)).toBe(true);
    }
  }
});
