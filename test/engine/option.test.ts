import { describe, expect, test } from 'vitest';
import type { Instrument } from '../../shared/domain/instrument.ts';
import { call, fund, idOf, index, positionOf, put, stateOf, stock, type Desk } from './build.ts';

type OptionTerms = ReturnType<typeof call>;

function held(option: OptionTerms, quantity: string, spot: string | null, price: string, more: Partial<Desk> & { underlying?: Instrument } = {}): Desk {
  const { underlying = stock(), ...rest } = more;
  return {
    instruments: { XYZ: underlying, [idOf(option)]: option },
    prices: { ...(spot === null ? {} : { XYZ: spot }), [idOf(option)]: price },
    positions: [[idOf(option), quantity]],
    ...rest,
  };
}
const row = (option: OptionTerms, ...given: [quantity: string, spot: string | null, price: string, more?: Parameters<typeof held>[4]]) => positionOf(stateOf(held(option, ...given)), idOf(option));

describe('a short option that nothing covers: market value + max(rate × underlying − out of the money, minimum)', () => {
  // Facts of FINRA 4210(f)(2) on numbers of our own.
  test.each([
    ['call out of the money', call('XYZ', '110'), '104', '2.35', '1715'], // 2.35 + 20.80 − 6.00
    ['call far out: 10 % of the underlying', call('XYZ', '150'), '104', '0.1', '1050'], // 0.10 + 10.40
    ['call in the money', call('XYZ', '90'), '104', '15.2', '3600'], // 15.20 + 20.80
    ['put out of the money', put('XYZ', '100'), '104', '3', '1980'], // 3.00 + 20.80 − 4.00
    ['put far out: 10 % of the strike, not of the underlying', put('XYZ', '70'), '104', '0.2', '720'],
    ['put in the money', put('XYZ', '120'), '104', '17', '3780'],
    ['an underlying worth nothing', put('XYZ', '50'), '0', '50', '5500'],
    ['a worthless option', call('XYZ', '104'), '104', '0', '2080'],
  ])('%s', (_, option, spot, price, expected) => {
    expect(row(option, '-1', spot, price)).toMatchObject({ exchangeMaintenance: expected, regTInitial: expected, houseInitial: expected });
  });

  test('15 % for broad indexes and funds, 20 % for narrow ones and those we are not told of', () => {
    const short = call('XYZ', '4500');
    expect(row(short, '-1', '4400', '60', { underlying: index('broad') }).exchangeMaintenance).toBe('62000'); // 60 + 660 − 100
    expect(row(short, '-1', '4400', '60', { underlying: fund({ class: 'broad' }) }).exchangeMaintenance).toBe('62000');
    expect(row(short, '-1', '4400', '60', { underlying: index('narrow') }).exchangeMaintenance).toBe('84000');
    expect(row(short, '-1', '4400', '60', { underlying: fund() }).exchangeMaintenance).toBe('84000');
  });
  test('a fund’s leverage multiplies the rates, not the premium', () => {
    expect(row(put('XYZ', '60'), '-2', '64', '1.5', { underlying: fund({ leverage: '3' }) }).exchangeMaintenance).toBe('7180'); // 1.50 + 38.40 − 4.00
  });
  test('the multiplier and the number of contracts scale it', () => {
    expect(row(call('XYZ', '110', { multiplier: '10' }), '-7', '104', '2.35').exchangeMaintenance).toBe('1200.5');
  });
  test('parts: risk beside the option’s own value, and what is to be deposited', () => {
    expect(row(call('XYZ', '110'), '-2', '104', '2.35').parts).toEqual({ risk: '2960', shortOptionValue: '470', longPremium: '0', cashToDeposit: '2960' });
  });
  test('the house’s least amount a share decides where it is more', () => {
    const packs = ['us-reg-t', 'house-standard'];
    const cheap = row(call('XYZ', '20'), '-1', '10', '0.05', { packs });
    expect(cheap).toMatchObject({ exchangeMaintenance: '105', houseMaintenance: '250', rule: 'House policy', parts: { risk: '245', shortOptionValue: '5' } });
  });
});

describe('a long option', () => {
  test('of nine months or less is paid in full: nothing asked, nothing lent', () => {
    const desk = held(call('XYZ', '110', { expiry: '2027-08-20' }), '3', '104', '9', { cash: '100' });
    expect(stateOf(desk)).toMatchObject({ equity: '100', netLiq: '2800', maintenance: '0', excess: '100', healthRatio: null });
    expect(row(call('XYZ', '110', { expiry: '2027-08-20' }), '3', '104', '9').parts).toMatchObject({ longPremium: '2700', cashToDeposit: '2700' });
  });
  test('of more than nine months lends a quarter of its value', () => {
    const desk = held(call('XYZ', '110', { expiry: '2027-08-21' }), '3', '104', '9', { cash: '100' });
    expect(stateOf(desk)).toMatchObject({ maintenance: '-675', excess: '775', healthRatio: null, status: 'healthy' });
  });
  test('over the counter, or in the cash part of the account, lends nothing', () => {
    const option = call('XYZ', '110', { expiry: '2028-01-21' });
    expect(row({ ...option, listed: false }, '3', '104', '9').exchangeMaintenance).toBe('0');
    const desk = held(option, '3', '104', '9', { positions: [[idOf(option), '3', 'cash']] });
    expect(positionOf(stateOf(desk), idOf(option), 'cash').exchangeMaintenance).toBe('0');
  });
});

describe('a cash account (12 CFR 220.8)', () => {
  const packs = ['cash-account'];
  test('a short put needs its strike in cash, of which the premium is part', () => {
    expect(row(put('XYZ', '80'), '-1', '95', '2', { packs })).toMatchObject({ exchangeMaintenance: '8000', parts: { cashToDeposit: '7800' } });
  });
  test('a short call that nothing covers is charged the whole underlying, a broad one its strike', () => {
    expect(row(call('XYZ', '100'), '-1', '95', '2', { packs })).toMatchObject({ exchangeMaintenance: '9500', parts: { cashToDeposit: '9300' } });
    expect(row(call('XYZ', '100'), '-1', '95', '2', { packs, underlying: index() })).toMatchObject({ exchangeMaintenance: '10000', parts: { cashToDeposit: '9800' } });
  });
  test('long options of any life, and stock, are paid in full', () => {
    expect(row(call('XYZ', '100', { expiry: '2028-01-21' }), '1', '95', '8', { packs }).exchangeMaintenance).toBe('0');
    const desk: Desk = { instruments: { XYZ: stock() }, prices: { XYZ: '95' }, positions: [['XYZ', '10']], packs };
    expect(stateOf(desk)).toMatchObject({ maintenance: '950', initial: '950' });
  });
});

describe('a contract that delivers something else', () => {
  const merged = { deliverable: [{ instrument: 'XYZ', quantity: '50' }, { instrument: 'NEW', quantity: '20' }], deliverableCash: '125' };
  const desk = (terms: Partial<OptionTerms>): { desk: Desk; id: string } => {
    const option = call('XYZ', '100', terms);
    return { id: idOf(option), desk: { instruments: { XYZ: stock(), NEW: stock(), [idOf(option)]: option }, prices: { XYZ: '150', NEW: '60', [idOf(option)]: '4' }, positions: [[idOf(option), '-1']] } };
  };
  test('is charged on the value of what it delivers', () => {
    // 50 × 150 + 20 × 60 + 125 = 8,825 against a strike of 10,000: 1,765 − 1,175 = 590, less than 10 % of 8,825.
    const { id, desk: book } = desk(merged);
    expect(positionOf(stateOf(book), id)).toMatchObject({ exchangeMaintenance: '1282.5', badges: ['adjusted'] });
  });
  test('leaves the pool indeterminate where one deliverable has no price', () => {
    const { desk: book } = desk(merged);
    const { NEW: _, ...prices } = book.prices;
    expect(stateOf({ ...book, prices, cash: '20000' })).toMatchObject({ status: 'indeterminate', maintenance: '400' });
  });
});
