import { describe, expect, test } from 'vitest';
import { Decimal } from '../../shared/money.ts';
import { withPacks, shippedPacks, type PackShelf } from '../../main/engine/packs/shelf.ts';
import { call, idOf, poolOf, positionOf, put, stateOf, stock, type Desk } from './build.ts';

type OptionTerms = ReturnType<typeof call>;
type Row = readonly [option: OptionTerms, quantity: string, price: string];

function book(shares: string, spot: string, options: readonly Row[], more: Partial<Desk> = {}): Desk {
  return {
    instruments: { XYZ: stock(), ...Object.fromEntries(options.map(([option]) => [idOf(option), option])) },
    prices: { XYZ: spot, ...Object.fromEntries(options.map(([option, , price]) => [idOf(option), price])) },
    positions: [...(shares === '0' ? [] : [['XYZ', shares] as const]), ...options.map(([option, quantity]) => [idOf(option), quantity] as const)],
    ...more,
  };
}
const strategies = (desk: Desk): Record<string, string> => Object.fromEntries(poolOf(stateOf(desk)).positions.map(({ instrument, strategy }) => [instrument, strategy]));
const badges = (desk: Desk): string[] => poolOf(stateOf(desk)).positions.filter((row) => row.badges.includes('notPairedYet')).map(({ instrument }) => instrument);

describe('covered calls (12 CFR 220.4(b)(4))', () => {
  test('out of the money: the stock alone is charged', () => {
    const desk = book('100', '95', [[call('XYZ', '100'), '-1', '3']]);
    expect(stateOf(desk)).toMatchObject({ maintenance: '2375', initial: '4750' });
    expect(strategies(desk)).toEqual({ XYZ: 'covered call', 'XYZ 2026-12-18 C 100': 'covered call' });
    expect(positionOf(stateOf(desk), 'XYZ 2026-12-18 C 100').parts).toEqual({ risk: '0', shortOptionValue: '0', longPremium: '0', cashToDeposit: '-300' });
  });
  test('in the money: the stock counts at the strike and the rest is charged in full', () => {
    const state = stateOf(book('100', '95', [[call('XYZ', '90'), '-1', '7']]));
    expect(positionOf(state, 'XYZ')).toMatchObject({ exchangeMaintenance: '2250', regTInitial: '4500' });
    expect(positionOf(state, 'XYZ 2026-12-18 C 90')).toMatchObject({ exchangeMaintenance: '500', regTInitial: '500' });
  });
  test('whole contracts only: 250 shares cover two of three', () => {
    const state = stateOf(book('250', '95', [[call('XYZ', '100'), '-3', '3']]));
    // Two covered, one at 3.00 + 19.00 − 5.00 a share, 250 shares at 25 %.
    expect(state.maintenance).toBe('7637.5');
    expect(positionOf(state, 'XYZ').strategy).toBe('covered call + long stock');
  });
  test('shares spread over sub-types cover together', () => {
    const desk = book('0', '95', [[call('XYZ', '100'), '-1', '3']]);
    const state = stateOf({ ...desk, positions: [...desk.positions, ['XYZ', '60', 'margin'], ['XYZ', '40', 'cash']] });
    expect(poolOf(state).positions.map(({ strategy }) => strategy)).toEqual(['covered call', 'covered call', 'covered call']);
    expect(state.maintenance).toBe('5225'); // 60 × 95 × 25 % and 40 × 95 in full
  });
  test('with too few shares for all, the call that costs most alone is covered first', () => {
    const desk = book('100', '95', [[call('XYZ', '90'), '-1', '7'], [call('XYZ', '120'), '-1', '0.5']]);
    expect(strategies(desk)['XYZ 2026-12-18 C 90']).toBe('covered call');
    expect(strategies(desk)['XYZ 2026-12-18 C 120']).toBe('uncovered call');
  });
  test('nothing is covered where that would cost more than leaving it alone', () => {
    // A mark far below intrinsic value: alone 20 % of 95 = 19.00 a share, covered 45.00 in the money.
    expect(strategies(book('100', '95', [[call('XYZ', '50'), '-1', '0']]))['XYZ 2026-12-18 C 50']).toBe('uncovered call');
  });
  test('the other published formulas are settings of the pack', () => {
    const inTheMoney = [[call('XYZ', '90'), '-1', '7']] as const;
    expect(stateOf(book('100', '95', inTheMoney, { shelf: shelfWith('stockOnly') })).maintenance).toBe('2375');
    // ITM 5.00 + 25 % of 90 = 27.50 is above min(95, max(7, 23.75)).
    expect(stateOf(book('100', '95', inTheMoney, { shelf: shelfWith('ibkr') })).maintenance).toBe('2750');
    // A dear call out of the money: min(95, max(40, 23.75)) = 40 is above 23.75.
    expect(stateOf(book('100', '95', [[call('XYZ', '100'), '-1', '40']], { shelf: shelfWith('ibkr') })).maintenance).toBe('4000');
  });
});

function shelfWith(formula: string): PackShelf {
  const pack = shippedPacks().packs.get('us-reg-t');
  const setting = { value: formula, cites: 'a broker’s published formula', status: 'secondary' };
  const changed = withPacks(shippedPacks(), [{ ...pack, settings: { ...pack?.settings, 'option.coveredCall': setting } }]);
  if (!changed.ok) throw new Error(changed.fault.message);
  return changed.value;
}

describe('covered puts', () => {
  test('short stock’s own requirement, and what the put is in the money', () => {
    const state = stateOf(book('-100', '95', [[put('XYZ', '100'), '-1', '7']]));
    expect(positionOf(state, 'XYZ').exchangeMaintenance).toBe('2850');
    expect(positionOf(state, 'XYZ 2026-12-18 P 100')).toMatchObject({ exchangeMaintenance: '500', strategy: 'covered put' });
  });
});

describe('same-expiry verticals (FINRA 4210(f)(2)(H), Regulatory Notice 12-44)', () => {
  test.each([
    ['bear call spread', [[call('XYZ', '100'), '-2', '4'], [call('XYZ', '110'), '2', '1']] as const, '2000', '1400'],
    ['bull call spread: no loss at any strike', [[call('XYZ', '100'), '2', '4'], [call('XYZ', '110'), '-2', '1']] as const, '0', '600'],
    ['bull put spread', [[put('XYZ', '90'), '-1', '3'], [put('XYZ', '85'), '1', '1']] as const, '500', '300'],
    ['bear put spread: no loss at any strike', [[put('XYZ', '90'), '1', '3'], [put('XYZ', '85'), '-1', '1']] as const, '0', '200'],
  ])('%s', (name, options, maintenance, deposit) => {
    const state = stateOf(book('0', '98', options));
    expect(state.maintenance).toBe(maintenance);
    const rows = poolOf(state).positions;
    expect(rows.map(({ strategy }) => strategy)).toEqual([name.split(':')[0], name.split(':')[0]]);
    expect(rows.reduce((total, { parts }) => total.plus(parts?.cashToDeposit ?? '0'), new Decimal(0)).toFixed()).toBe(deposit);
  });
  test('a width beyond the naked requirement is not charged', () => {
    expect(stateOf(book('0', '98', [[call('XYZ', '100'), '-1', '4'], [call('XYZ', '150'), '1', '0.1']])).maintenance).toBe('2160'); // 4.00 + 19.60 − 2.00
  });
  test('without a price of the underlying the largest loss stands, and the pool is not indeterminate', () => {
    const desk = book('0', '98', [[call('XYZ', '100'), '-1', '4'], [call('XYZ', '110'), '1', '1']]);
    const { XYZ: _, ...prices } = desk.prices;
    expect(stateOf({ ...desk, prices })).toMatchObject({ maintenance: '1000', unpriced: [] });
  });
  test('a long option of more than nine months gives up its loan value inside a spread', () => {
    const far = { expiry: '2027-12-17' };
    const state = stateOf(book('0', '98', [[call('XYZ', '100', far), '-1', '12'], [call('XYZ', '110', far), '1', '8']]));
    expect(state.maintenance).toBe('1000');
  });
  test('a long option that expires earlier covers nothing', () => {
    const desk = book('0', '98', [[call('XYZ', '100', { expiry: '2027-01-15' }), '-1', '5'], [call('XYZ', '110'), '1', '1']]);
    expect(stateOf(desk).maintenance).toBe('2260');
    expect(badges(desk)).toEqual([]);
  });
});

describe('what a richer pairing could still improve is marked', () => {
  test.each([
    ['a short straddle', '0', [[call('XYZ', '100'), '-1', '4'], [put('XYZ', '100'), '-1', '5']] as const, 2],
    ['a calendar', '0', [[call('XYZ', '100'), '-1', '4'], [call('XYZ', '100', { expiry: '2027-01-15' }), '1', '6']] as const, 2],
    ['a protective put', '100', [[put('XYZ', '90'), '1', '2']] as const, 2],
    ['a collar', '100', [[put('XYZ', '90'), '1', '2'], [call('XYZ', '110'), '-1', '1']] as const, 2],
    ['an iron condor', '0', [[put('XYZ', '85'), '1', '1'], [put('XYZ', '90'), '-1', '2'], [call('XYZ', '105'), '-1', '2'], [call('XYZ', '110'), '1', '1']] as const, 4],
  ])('%s', (_, shares, options, marked) => {
    expect(badges(book(shares, '98', options))).toHaveLength(marked);
  });
  test('a covered call, a vertical and a lone option are not', () => {
    expect(badges(book('100', '98', [[call('XYZ', '100'), '-1', '4']]))).toEqual([]);
    expect(badges(book('0', '98', [[call('XYZ', '100'), '-1', '4'], [call('XYZ', '110'), '1', '1']]))).toEqual([]);
    expect(badges(book('0', '98', [[call('XYZ', '100'), '-1', '4']]))).toEqual([]);
  });
});
