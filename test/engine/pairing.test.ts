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
  return settingOf('option.coveredCall', formula);
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
  test('a short put that no long put stands against is charged alone, whatever else is held', () => {
    // 36.10 + 10 % of 40, and not the 40.00 that a group of it and a call would lose.
    const desk = book('0', '50', [[put('XYZ', '40'), '-1', '36.1'], [call('XYZ', '60'), '1', '1']]);
    expect(stateOf(desk).maintenance).toBe('4010');
    expect(strategies(desk)).toEqual({ 'XYZ 2026-12-18 P 40': 'uncovered put', 'XYZ 2026-12-18 C 60': 'long call' });
  });
  test('one long put stands against one short put: of two the other is charged alone', () => {
    // At no price do the three lose anything together, which the rule does not ask: 0.50 + 10 % of 40.
    expect(stateOf(book('0', '98', [[put('XYZ', '100'), '1', '5'], [put('XYZ', '40'), '-2', '0.5']])).maintenance).toBe('450');
  });
  test('without a price of the underlying a short put beside a call is charged the same under both declarations of option value', () => {
    const desk = book('0', '98', [[put('XYZ', '55'), '-1', '4'], [call('XYZ', '60'), '1', '1']]);
    const { XYZ: _, ...prices } = desk.prices;
    const stated = stateOf({ ...desk, prices });
    const other = stateOf({ ...desk, prices, shelf: inEquity() });
    // Its market value is all that can be said of it, and the pool is named as one that lacks a price.
    for (const { excess, unpriced } of [stated, other]) expect([excess, unpriced.map(({ instrument }) => instrument)]).toEqual(['-400', ['XYZ 2026-12-18 P 55']]);
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

describe('named strategies beside stock and spreads, at 98 a share', () => {
  type Case = readonly [name: string, shares: string, options: readonly Row[], maintenance: string, regT: string];
  const later = { expiry: '2027-01-15' };
  const cases: Case[] = [
    // Alone: call 4.00 + 17.60, put 5.00 + 19.60; the dearer side and the other's market value.
    ['short straddle', '0', [[call('XYZ', '100'), '-1', '4'], [put('XYZ', '100'), '-1', '5']], '2860', '2860'],
    ['short strangle', '0', [[call('XYZ', '105'), '-1', '2'], [put('XYZ', '90'), '-1', '2']], '1660', '1660'], // 2.00 + 19.60 − 7.00, and 2.00
    ['call calendar spread', '0', [[call('XYZ', '100'), '-1', '4'], [call('XYZ', '100', later), '1', '6']], '0', '0'],
    ['call diagonal spread', '0', [[call('XYZ', '100'), '-1', '4'], [call('XYZ', '103', later), '1', '6']], '300', '300'],
    ['protective put', '100', [[put('XYZ', '90'), '1', '2']], '1700', '4900'], // 10 % of 90, and 8.00 to the strike
    ['protective call', '-100', [[call('XYZ', '100'), '1', '2']], '1200', '4900'], // 10 % of 100, and 2.00 to the strike
    ['collar', '100', [[put('XYZ', '90'), '1', '2'], [call('XYZ', '110'), '-1', '1']], '1700', '4900'],
    ['collar', '100', [[put('XYZ', '90'), '1', '2'], [call('XYZ', '95'), '-1', '5']], '1700', '5200'], // the call is 3.00 in the money
    ['conversion', '100', [[put('XYZ', '95'), '1', '2'], [call('XYZ', '95'), '-1', '5']], '1250', '5200'], // 10 % of 95, and 3.00
    ['reversal', '-100', [[call('XYZ', '100'), '1', '2'], [put('XYZ', '100'), '-1', '4']], '1200', '5100'], // 10 % of 100, and 2.00
    ['iron condor', '0', [[put('XYZ', '85'), '1', '1'], [put('XYZ', '90'), '-1', '2'], [call('XYZ', '105'), '-1', '2'], [call('XYZ', '110'), '1', '1']], '500', '500'],
    ['iron butterfly', '0', [[put('XYZ', '90'), '1', '1'], [put('XYZ', '95'), '-1', '2'], [call('XYZ', '95'), '-1', '5'], [call('XYZ', '101'), '1', '1']], '600', '600'],
    ['long call butterfly', '0', [[call('XYZ', '90'), '1', '9'], [call('XYZ', '95'), '-2', '5'], [call('XYZ', '100'), '1', '2']], '0', '0'],
    ['long call condor', '0', [[call('XYZ', '90'), '1', '9'], [call('XYZ', '95'), '-1', '5'], [call('XYZ', '100'), '-1', '2'], [call('XYZ', '105'), '1', '1']], '0', '0'],
    ['box', '0', [[put('XYZ', '90'), '1', '1'], [put('XYZ', '100'), '-1', '5'], [call('XYZ', '90'), '-1', '9'], [call('XYZ', '100'), '1', '2']], '1000', '1000'],
  ];
  test.each(cases)('%s, %s shares: %j', (name, shares, options, maintenance, regT) => {
    const desk = book(shares, '98', options);
    const state = stateOf(desk);
    expect(new Set(Object.values(strategies(desk)))).toEqual(new Set([name]));
    expect([state.maintenance, poolOf(state).stacks.regT.initial]).toEqual([maintenance, regT]);
    expect(badges(desk)).toEqual([]);
  });
  test('a short butterfly is told as the credit spread and the debit spread that it adds up to', () => {
    const desk = book('0', '98', [[put('XYZ', '90'), '-1', '1'], [put('XYZ', '95'), '2', '2'], [put('XYZ', '100'), '-1', '5']]);
    expect(stateOf(desk).maintenance).toBe('500');
    expect(strategies(desk)).toEqual({ 'XYZ 2026-12-18 P 90': 'bear put spread', 'XYZ 2026-12-18 P 95': 'bull put spread + bear put spread', 'XYZ 2026-12-18 P 100': 'bull put spread' });
  });
  test('a jelly roll: the far short option is the only one that nothing covers', () => {
    const state = stateOf(book('0', '98', [[call('XYZ', '100'), '-1', '4'], [put('XYZ', '100'), '1', '5'], [call('XYZ', '100', later), '1', '6'], [put('XYZ', '100', later), '-1', '7']]));
    expect(state.maintenance).toBe('2660'); // 7.00 + 19.60
  });
  test('what is asked when stock is protected is the stock’s own', () => {
    const { exchange } = poolOf(stateOf(book('-100', '98', [[call('XYZ', '100'), '1', '2']]))).stacks;
    expect(exchange).toEqual({ initial: '2940', maintenance: '1200' });
  });
  test('stock that is paid in full is not asked less for being protected', () => {
    const desk = book('0', '98', [[put('XYZ', '90'), '1', '2']]);
    expect(stateOf({ ...desk, positions: [...desk.positions, ['XYZ', '100', 'cash']] }).maintenance).toBe('9800');
  });
  test('where a house’s least amount a share decides one side of a straddle, the pair saves nothing and is not made', () => {
    // Call: 0.70 + 1.80, as much as the least amount; put: 0.75, and 2.50 by it. Covering two calls saves 1.45 a share each.
    const desk = book('250', '9', [[call('XYZ', '7.5'), '-2', '0.7'], [put('XYZ', '7.5'), '-2', '0']], { packs: ['us-reg-t', 'house-standard'] });
    expect(strategies(desk)).toMatchObject({ 'XYZ 2026-12-18 C 7.5': 'covered call', 'XYZ 2026-12-18 P 7.5': 'uncovered put' });
    expect(stateOf(desk).maintenance).toBe('1385');
  });
  test('in a cash account neither side of a straddle helps the other, and spreads count', () => {
    const cash = { packs: ['cash-account'] };
    expect(stateOf(book('0', '98', [[call('XYZ', '100'), '-1', '4'], [put('XYZ', '100'), '-1', '5']], cash)).maintenance).toBe('19800');
    expect(stateOf(book('0', '98', [[call('XYZ', '100'), '-1', '4'], [call('XYZ', '100', later), '1', '6']], cash)).maintenance).toBe('0');
  });
  test('the other reading of each setting asks more', () => {
    const straddle = [[call('XYZ', '100'), '-1', '4'], [put('XYZ', '100'), '-1', '5']] as const;
    expect(stateOf(book('0', '98', straddle, { shelf: settingOf('option.straddle', 'eachAlone') })).maintenance).toBe('4620');
    const protective = [[put('XYZ', '90'), '1', '2']] as const;
    expect(stateOf(book('100', '98', protective, { shelf: settingOf('option.protective', 'none') })).maintenance).toBe('2450');
  });
});

/** The shipped rules with option value in equity. */
function inEquity(): PackShelf {
  const changed = withPacks(shippedPacks(), [{ ...shippedPacks().packs.get('us-reg-t'), optionValueIn: 'equity' }]);
  if (!changed.ok) throw new Error(changed.fault.message);
  return changed.value;
}

function settingOf(name: string, value: string): PackShelf {
  const pack = shippedPacks().packs.get('us-reg-t');
  const changed = withPacks(shippedPacks(), [{ ...pack, settings: { ...pack?.settings, [name]: { value, cites: 'the other reading', status: 'secondary' } } }]);
  if (!changed.ok) throw new Error(changed.fault.message);
  return changed.value;
}
