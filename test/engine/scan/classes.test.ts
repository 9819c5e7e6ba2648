import { describe, expect, test } from 'vitest';
import { blackScholes } from '../../../main/engine/pricing/european.ts';
import { computed, gainsAt, nodeOf, optionTerms, scanned, SOURCE, type ScanDesk } from './build.ts';

const STOCK = { kind: 'equity' as const, currency: 'USD', price: '100' };
const portfolio = (desk: Omit<ScanDesk, 'instruments'> & Partial<ScanDesk>) => scanned({ instruments: { XYZ: STOCK }, beneath: 'us-portfolio-margin', ...desk });
const asked = (desk: Parameters<typeof portfolio>[0]): string => portfolio(desk).maintenance;

describe('stock and funds', () => {
  test('stock is moved by 15 % either way', () => {
    expect([asked({ positions: { XYZ: '1000' } }), asked({ positions: { XYZ: '-1000' } })]).toEqual(['15000', '15000']);
  });
  test.each([
    ['a fund of a listed high-capitalisation index, down 8 % and up 6 %', 'SPY', { kind: 'etf' as const, currency: 'USD', class: 'broad' as const, price: '100' }, '800', '600'],
    ['another broad fund, 10 %', 'VTI', { kind: 'etf' as const, currency: 'USD', class: 'broad' as const, price: '100' }, '1000', '1000'],
    ['a narrow one, 15 %', 'XLE', { kind: 'etf' as const, currency: 'USD', class: 'narrow' as const, price: '100' }, '1500', '1500'],
    ['three times leveraged, 45 %', 'TQQQ', { kind: 'etf' as const, currency: 'USD', leverage: '3', price: '100' }, '4500', '4500'],
    ['leveraged beyond what a price can fall', 'TEN', { kind: 'etf' as const, currency: 'USD', leverage: '10', price: '100' }, '10000', '15000'],
  ])('%s', (_, name, terms, long, short) => {
    expect([asked({ instruments: { [name]: terms }, positions: { [name]: '100' } }), asked({ instruments: { [name]: terms }, positions: { [name]: '-100' } })]).toEqual([long, short]);
  });
  test('a later layer moves a type further', () => {
    const scan = { portfolioTypes: { equity: { title: 'Stock of the house', down: '0.3', up: '0.25', kinds: ['equity'], ...SOURCE } } };
    expect([asked({ positions: { XYZ: '100' }, scan }), asked({ positions: { XYZ: '-100' }, scan })]).toEqual(['3000', '2500']);
  });
  test('a house may ask more to open than to hold', () => {
    const state = portfolio({ positions: { XYZ: '100' }, parameters: { 'portfolio.initialMultiple': { value: '1.25', unit: 'ratio', label: 'More to open', ...SOURCE } } });
    expect([state.initial, state.maintenance]).toEqual(['1875', '1500']);
  });
  test('the risk stack is the requirement, Regulation T asks nothing, and equity carries option value', () => {
    const { pools, equity, netLiq } = portfolio({ instruments: { XYZ: STOCK, CALL: optionTerms('call', '105', '3') }, positions: { XYZ: '100', CALL: '-1' }, cash: '500' });
    expect(pools[0]?.stacks.risk).toEqual(pools[0]?.stacks.house);
    expect([pools[0]?.stacks.regT.initial, equity, netLiq]).toEqual(['0', '10200', '10200']);
  });
});

describe('product groups', () => {
  const instruments = { SPY: { kind: 'etf' as const, currency: 'USD', class: 'broad' as const, price: '100' }, QQQ: { kind: 'etf' as const, currency: 'USD', class: 'broad' as const, price: '100' } };
  test('gains of one class offset nine tenths of another’s losses', () => {
    // Down 8 %: −800 and +800 × 0.9; up 6 %: +600 × 0.9 and −600.
    expect(asked({ instruments, positions: { SPY: '100', QQQ: '-100' } })).toBe('80');
    expect(asked({ instruments, positions: { SPY: '100', QQQ: '100' } })).toBe('1600');
  });
  test('the share is marked as one that nobody has checked', () => {
    expect(portfolio({ instruments, positions: { SPY: '100', QQQ: '-100' } }).pools[0]?.positions.map(({ badges }) => badges)).toEqual([['unverifiedRule'], ['unverifiedRule']]);
    expect(portfolio({ instruments, positions: { SPY: '100' } }).pools[0]?.positions.map(({ badges }) => badges)).toEqual([[]]);
  });
  test('single stocks do not offset each other', () => {
    expect(asked({ instruments: { XYZ: STOCK, ABC: STOCK }, positions: { XYZ: '100', ABC: '-100' } })).toBe('3000');
  });
});

describe('a floor on what positions stand for', () => {
  const hedged = { instruments: { XYZ: STOCK, CALL: optionTerms('call', '20', '80'), PUT: optionTerms('put', '180', '80') }, positions: { XYZ: '1000', CALL: '-10' } };
  test('a pack that has one asks it of hedges as well; one that has none does not', () => {
    expect(asked(hedged)).toBe('375');
    expect(asked({ ...hedged, beneath: 'house-portfolio-hybrid' })).toBe('4000');
    expect(asked({ ...hedged, beneath: 'house-portfolio-hybrid', positions: { XYZ: '1000' } })).toBe('15000');
  });
});

describe('options, priced', () => {
  const european = { style: 'european' };
  const VOL = 0.3;
  const YEARS = 119 / 365;
  const price = (spot: number, right: 'call' | 'put', strike: number): number => blackScholes(spot, strike, YEARS, VOL, 0.04, 0, right === 'call');
  const quoted = (right: 'call' | 'put', strike: number): string => price(100, right, strike).toFixed(6);

  test('a short call is asked its model loss where the stock is up 15 %, at the volatility its mark implies', () => {
    const state = portfolio({ instruments: { XYZ: STOCK, CALL: optionTerms('call', '105', quoted('call', 105), european) }, positions: { CALL: '-10' } });
    expect(Number(state.maintenance)).toBeCloseTo((price(115, 'call', 105) - price(100, 'call', 105)) * 1000, 1);
    expect(nodeOf(state, 'Scenario 10: price up the whole range').children[0]?.children.at(-1)?.source).toMatch(/^European call on 100, moved by 15%; strike 105, 0\.3260 years, rate 0\.04, volatility 0\.300000, implied by its mark of /);
  });
  test('a collar loses what lies between its strikes and the stock, less what is left of the options', () => {
    const instruments = { XYZ: STOCK, CALL: optionTerms('call', '105', quoted('call', 105), european), PUT: optionTerms('put', '95', quoted('put', 95), european) };
    const loss = (spot: number): number => -1000 * (spot - 100 - (price(spot, 'call', 105) - price(100, 'call', 105)) + (price(spot, 'put', 95) - price(100, 'put', 95)));
    expect(Number(asked({ instruments, positions: { XYZ: '1000', CALL: '-10', PUT: '10' } }))).toBeCloseTo(loss(85), 0);
  });
  test('a volatility that comes with the market data wins over the mark', () => {
    const terms = { ...optionTerms('call', '105', '9', european), impliedVol: '0.3' };
    expect(Number(asked({ instruments: { XYZ: STOCK, CALL: terms }, positions: { CALL: '-10' } }))).toBeCloseTo((price(115, 'call', 105) - price(100, 'call', 105)) * 1000, 1);
  });
  test('an American put gains more than a European one of the same volatility as the stock falls', () => {
    const put = (style: string) => ({ ...optionTerms('put', '110', '12', { style }), impliedVol: '0.3' });
    const one = (style: string): number => Number(asked({ instruments: { XYZ: STOCK, PUT: put(style) }, positions: { PUT: '-10' } }));
    expect(one('american')).toBeGreaterThan(one('european') + 50);
  });
  test('options of which nothing is said are American on stock and European on an index', () => {
    const source = (underlying: object): string | undefined => nodeOf(portfolio({ instruments: { XYZ: underlying as never, PUT: optionTerms('put', '90', '4') }, positions: { PUT: '-1' } }), 'Gain on PUT').children.at(-1)?.source;
    expect([source(STOCK)?.slice(0, 8), source({ kind: 'index', currency: 'USD', class: 'broad', price: '100' })?.slice(0, 8)]).toEqual(['American', 'European']);
  });
  test('every option contract is asked a minimum, stock is not; the greater of it and the loss counts', () => {
    const instruments = { XYZ: STOCK, CALL: optionTerms('call', '300', '0.01', european) };
    expect(asked({ instruments, positions: { CALL: '200' } })).toBe('7500');
    expect(asked({ instruments, positions: { CALL: '200', XYZ: '1000' } })).toMatch(/^15\d{3}/);
  });
  test('dividends until expiry lower the call and raise the put', () => {
    const market = { dividends: { XYZ: [{ ex: '2027-01-15', amount: '3' }] } };
    const put = { ...optionTerms('put', '100', '9', european), impliedVol: '0.3' };
    const loss = (base: number): number => (price(85 + base, 'put', 100) - price(100 + base, 'put', 100)) * 100;
    const escrowed = -3 * Math.exp((-0.04 * 56) / 365);
    expect(Number(asked({ instruments: { XYZ: STOCK, PUT: put }, positions: { PUT: '-1' }, market }))).toBeCloseTo(loss(escrowed), 1);
  });
});

describe('what cannot be told', () => {
  const told = (instruments: ScanDesk['instruments'], positions: Record<string, string>): [string, string[]] => {
    const { status, unpriced } = portfolio({ instruments: { XYZ: STOCK, ...instruments }, positions, cash: '50000' });
    return [status, unpriced.map(({ instrument, reason, indeterminate }) => `${instrument}: ${reason}${indeterminate ? '' : ' (known to be no worse)'}`)];
  };
  const worthless = optionTerms('put', '50', '0');

  test('a short option whose mark of nothing implies no volatility', () => {
    expect(told({ PUT: worthless }, { PUT: '-1' })).toEqual(['indeterminate', ['PUT: its mark of 0 implies no volatility']]);
    expect(told({ PUT: worthless }, { PUT: '1', XYZ: '100' })).toEqual(['healthy', []]);
  });
  test('an option dearer than any volatility explains', () => {
    expect(told({ CALL: optionTerms('call', '90', '101') }, { CALL: '-1' })).toEqual(['indeterminate', ['CALL: its mark of 101 is more than any volatility explains']]);
    expect(told({ CALL: optionTerms('call', '90', '101') }, { CALL: '1' })).toEqual(['healthy', ['CALL: its mark of 101 is more than any volatility explains (known to be no worse)']]);
  });
  test('a long option that cannot be scanned counts for nothing, in equity as in the requirement', () => {
    const { equity, netLiq, maintenance } = portfolio({ instruments: { XYZ: STOCK, CALL: optionTerms('call', '90', '101') }, positions: { CALL: '1' }, cash: '500' });
    expect([equity, netLiq, maintenance]).toEqual(['500', '500', '0']);
  });
  test('an option on something without a mark, and an adjusted one', () => {
    expect(told({ CALL: optionTerms('call', '90', '5', { underlying: 'ABC' }) }, { CALL: '-1' })[1]).toEqual(['CALL: ABC has no mark']);
    expect(told({ CALL: optionTerms('call', '90', '12', { deliverable: [{ instrument: 'XYZ', quantity: '130' }] }) }, { CALL: '-1' })[1]).toEqual(['CALL: adjusted contracts are not priced here']);
  });
  test('a deep option at its intrinsic value moves with the stock, and is no trouble', () => {
    expect(told({ CALL: optionTerms('call', '20', '80') }, { CALL: '-1', XYZ: '100' })).toEqual(['healthy', []]);
  });
  test('a pool with orders or debt is not scanned as if it had none', () => {
    const result = computed({ instruments: { XYZ: STOCK }, beneath: 'us-portfolio-margin', positions: { XYZ: '1' }, pool: { orders: [{ instrument: 'XYZ', quantity: '100' }] } });
    expect(result.ok && result.value.accounts[0]?.unpriced.map(({ reason }) => reason)).toEqual(['the pool’s orders is not part of a scan'.replace('’', "'")]);
  });
});

describe('beside the scan', () => {
  test('bonds are asked what the exchange rules ask, and stock without loan value all of it', () => {
    const bond = { kind: 'bond' as const, currency: 'USD', issuer: 'treasury' as const, maturity: '2031-02-15', coupon: '4', multiplier: '0.01', price: '100' };
    const { maintenance, pools } = portfolio({ instruments: { XYZ: STOCK, BOND: bond, SHUT: { ...STOCK, marginable: false } }, positions: { XYZ: '100', BOND: '10000', SHUT: '10' }, cash: '10' });
    expect(maintenance).toBe('2800');
    expect(pools[0]?.positions.map(({ instrument, houseMaintenance, strategy }) => [instrument, houseMaintenance, strategy])).toEqual([['BOND', '300', 'beside portfolio margin'], ['SHUT', '1000', 'beside portfolio margin'], ['XYZ', '1500', 'portfolio margin']]);
  });
  test('a given array of ten points is used as it is', () => {
    expect(asked({ instruments: { XYZ: STOCK, CALL: optionTerms('call', '105', '3') }, positions: { CALL: '-2' }, arrays: { CALL: { values: gainsAt({ 10: '640.5' }, 10) } } })).toBe('1281');
  });
});

describe('call prices', () => {
  const callPrice = (desk: Parameters<typeof portfolio>[0]) => portfolio(desk).pools[0]?.positions.find(({ instrument }) => instrument === 'XYZ')?.callPrice;

  test('of stock alone: where equity is what 15 % of the price is', () => {
    expect(callPrice({ positions: { XYZ: '1000' }, cash: '-70000' })).toEqual({ down: '82.352941', up: null });
    expect(callPrice({ positions: { XYZ: '-1000' }, cash: '150000' })).toEqual({ down: null, up: '130.434783' });
    expect(callPrice({ positions: { XYZ: '1000' }, cash: '-90000' })).toEqual({ down: null, up: '105.882353' });
    expect(callPrice({ positions: { XYZ: '1000' } })).toEqual({ down: null, up: null });
  });
  test('a put that pays for the fall leaves no price below; a loan too small to matter has one near nothing', () => {
    // At 90 the put pays what the stock loses, down to nothing: 90,000 less the loan stay.
    const hedged = { instruments: { XYZ: STOCK, PUT: optionTerms('put', '90', '1.2', { style: 'european' }), CALL: optionTerms('call', '110', '4') }, positions: { XYZ: '1000', PUT: '10' }, cash: '-60000' };
    expect(callPrice(hedged)).toEqual({ down: null, up: null });
    expect(callPrice({ ...hedged, positions: { XYZ: '1000', PUT: '10', CALL: '-10' } })).toEqual({ down: null, up: null });
    expect(callPrice({ positions: { XYZ: '1000' }, cash: '-85' })).toEqual({ down: '0.1', up: null });
  });
  test('with calls written against it: the calls are priced anew, and there equity meets the requirement', () => {
    const at = (spot: string, call: string) => ({ instruments: { XYZ: { ...STOCK, price: spot }, CALL: { ...optionTerms('call', '105', call, { style: 'european' }), impliedVol: '0.3' } }, positions: { XYZ: '1000', CALL: '-10' }, cash: '-81000' });
    const value = (spot: number): string => blackScholes(spot, 105, 119 / 365, 0.3, 0.04, 0, true).toFixed(6);
    const down = callPrice(at('100', value(100)))?.down ?? 'none';
    expect(Number(down)).toBeGreaterThan(85);
    expect(Math.abs(Number(portfolio(at(down, value(Number(down)))).excess))).toBeLessThan(0.01);
  });
});
