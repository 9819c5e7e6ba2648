import { describe, expect, test } from 'vitest';
import { call, idOf, marginOf, poolOf, put, stateOf, stock, type Desk } from '../build.ts';
import { wrongNodes } from '../explain-checker.ts';
import { shippedPacks, withPacks } from '../../../main/engine/packs/shelf.ts';

/** Options on XYZ at 100 with their prices and contracts. */
function options(rows: readonly (readonly [option: ReturnType<typeof call>, price: string, contracts: string])[], packs: string[]): Desk {
  return {
    instruments: { XYZ: stock(), ...Object.fromEntries(rows.map(([option]) => [idOf(option), option])) },
    prices: { XYZ: '100', ...Object.fromEntries(rows.map(([option, price]) => [idOf(option), price])) },
    positions: rows.map(([option, , contracts]) => [idOf(option), contracts] as const),
    packs,
  };
}

describe('short box: the greater of its width and a broker’s 1.02 of what closing costs', () => {
  // pays 10 at expiry; sold for 9.90 or worth 9.80 now
  const box = (callLow: string, packs: string[]): Desk => options([[call('XYZ', '95'), callLow, '-2'], [call('XYZ', '105'), '2', '2'], [put('XYZ', '95'), '2', '2'], [put('XYZ', '105'), '7', '-2']], packs);
  test.each([
    // 6.90 + 7 − 2 − 2 = 9.90; × 1.02 = 10.098: 2,019.60
    ['6.9', ['us-reg-t', 'house-ibkr'], '2019.6'],
    ['6.9', ['us-reg-t'], '2000'],
    // 9.80 × 1.02 = 9.996
    ['6.8', ['us-reg-t', 'house-ibkr'], '2000'],
  ])('lower call at %s under %j', (price, packs, expected) => {
    const state = stateOf(box(price, packs));
    expect([state.maintenance, state.initial]).toEqual([expected, expected]);
    expect(poolOf(state).stacks.exchange.maintenance).toBe('2000');
    expect(wrongNodes(poolOf(state).explain)).toEqual([]);
  });
  test('a long box is paid for and nothing more', () => {
    const long = options([[call('XYZ', '95'), '6.9', '2'], [call('XYZ', '105'), '2', '-2'], [put('XYZ', '95'), '2', '-2'], [put('XYZ', '105'), '7', '2']], ['us-reg-t', 'house-ibkr']);
    expect(stateOf(long).maintenance).toBe('0');
  });
});

describe('universal spread: a broker’s 102 % of the largest loss of a combination without a name', () => {
  // loses 5 + 10 above, or 5 + 10 below: never both
  const NAMELESS = [[call('XYZ', '100'), '5', '-2'], [call('XYZ', '105'), '3', '1'], [call('XYZ', '110'), '2', '1'], [put('XYZ', '95'), '3', '-2'], [put('XYZ', '90'), '2', '1'], [put('XYZ', '85'), '1', '1']] as const;
  test('a bear call spread has a name: its width', () => {
    expect(stateOf(options([[call('XYZ', '100'), '5', '-1'], [call('XYZ', '110'), '2', '1']], ['us-reg-t', 'house-ibkr'])).maintenance).toBe('1000');
  });
  test('what stays together without a name is asked 102 % of its loss, and the exchange’s stack is not', () => {
    const state = stateOf(options(NAMELESS, ['us-reg-t', 'house-ibkr']));
    const plain = stateOf(options(NAMELESS, ['us-reg-t']));
    expect(poolOf(state).positions.map(({ strategy }) => strategy)).toContain('option combination');
    expect([plain.maintenance, state.maintenance]).toEqual(['1500', '1530']);
    expect(poolOf(state).stacks.exchange.maintenance).toBe(plain.maintenance);
  });
  test('the excess is the same where equity carries option value', () => {
    const rows = [[call('XYZ', '95'), '6.9', '-2'], [call('XYZ', '105'), '2', '2'], [put('XYZ', '95'), '2', '2'], [put('XYZ', '105'), '7', '-2']] as const;
    const other = { id: 'equity', version: '1', title: 'Option value in equity', layer: 'account', model: 'strategy', effectiveFrom: '2024-05-28', optionValueIn: 'equity', parameters: {} };
    const shelf = withPacks(shippedPacks(), [other]);
    if (!shelf.ok) throw new Error(shelf.fault.message);
    const packs = ['us-reg-t', 'house-ibkr'];
    const excess = (desk: Desk): string => marginOf(desk).figures.excess.amount.toFixed();
    expect(excess({ ...options(rows, [...packs, 'equity']), shelf: shelf.value })).toBe(excess(options(rows, packs)));
  });
});

describe('verticals by their width: what a broker asks of a short option beside a long one, whatever it would be asked alone', () => {
  const width = { id: 'width', version: '1', title: 'Verticals by their width', layer: 'house', model: 'strategy', extends: 'us-reg-t', effectiveFrom: '2024-05-28', parameters: {}, settings: { 'option.vertical': { value: 'width', cites: 'moomoo, margin requirements of options', status: 'secondary' } } };
  const shelf = withPacks(shippedPacks(), [width]);
  if (!shelf.ok) throw new Error(shelf.fault.message);
  const asked = (rows: Parameters<typeof options>[0]): string[] => ['us-reg-t', 'width'].map((pack) => stateOf({ ...options(rows, [pack]), shelf: shelf.value }).maintenance);
  const later = { expiry: '2027-01-15' };
  test.each([
    // alone 4.00 + 20.00 − 2.00 = 22.00; the longs are 30 and 48 away, and the nearer one stands first
    ['the narrowest first', [[call('XYZ', '102'), '4', '-1'], [call('XYZ', '132'), '1', '1'], [call('XYZ', '150'), '0.1', '1']], ['2200', '3000']],
    ['two against one: the other is asked what it is alone', [[call('XYZ', '102'), '4', '-2'], [call('XYZ', '132'), '1', '1']], ['4400', '5200']],
    ['a put spread', [[put('XYZ', '98'), '4', '-1'], [put('XYZ', '50'), '0.1', '1']], ['2200', '4800']],
    ['a debit spread has no width against it', [[call('XYZ', '102'), '4', '1'], [call('XYZ', '132'), '1', '-1']], ['0', '0']],
    ['a diagonal is no vertical', [[call('XYZ', '102'), '4', '-1'], [call('XYZ', '150', later), '0.1', '1']], ['2200', '2200']],
    ['a call and a put are none either', [[call('XYZ', '102'), '4', '-1'], [put('XYZ', '60'), '0.1', '1']], ['2200', '2200']],
  ] as const)('%s', (_, rows, expected) => {
    expect(asked(rows)).toEqual(expected);
  });
  test('the exchange’s stack is as it was, and the tree adds up', () => {
    const state = stateOf({ ...options([[call('XYZ', '102'), '4', '-1'], [call('XYZ', '150'), '0.1', '1']], ['width']), shelf: shelf.value });
    expect(poolOf(state).stacks.exchange.maintenance).toBe('2200');
    expect(wrongNodes(poolOf(state).explain)).toEqual([]);
    expect(poolOf(state).positions.map(({ rule }) => rule).join()).toContain('moomoo, margin requirements of options');
  });
});
