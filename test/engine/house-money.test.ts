import { describe, expect, test } from 'vitest';
import { accountStateOf, marginAccount } from '../../main/engine/margin.ts';
import { shippedPacks } from '../../main/engine/packs/shelf.ts';
import { accountOf, call, cashRow, idOf, marketOf, poolOf, positionOf, put, rate, stateOf, stock, type Desk } from './build.ts';
import { nodesOf, wrongNodes } from './explain-checker.ts';
import { houseWith } from './add-ons/tables.ts';

const HOUSE = ['us-reg-t', 'house-standard'];
const EUR = rate('EUR', 'USD', '1.25');
const euroPut = put('SAP', '50', { currency: 'EUR' });
const shortPut = (more: Partial<Desk> = {}): Desk => ({
  instruments: { SAP: stock({ currency: 'EUR' }), [idOf(euroPut)]: euroPut },
  // 20 % of 100 less 50 out of the money is nothing; 10 % of the strike is 5.00: the least of the exchange
  prices: { SAP: '100', [idOf(euroPut)]: '0.1' },
  positions: [[idOf(euroPut), '-1']],
  packs: HOUSE,
  fx: [EUR],
  ...more,
});

describe('a house’s dollars a share, for instruments in other currencies', () => {
  test('the least amount a share of a short option: 20.00 dollars are 16.00 euro', () => {
    const house = houseWith({}, { 'house.option.short.minimumPerShare': '20' });
    const state = stateOf(shortPut(house));
    // 16 euro × 100 at 1.25
    expect(state.maintenance).toBe('2000');
    const tree = poolOf(state).explain;
    expect(wrongNodes(tree)).toEqual([]);
    expect(nodesOf(tree).find(({ label }) => label.endsWith(', in EUR'))).toMatchObject({ amount: '16', op: 'product', unit: 'EUR/share' });
  });
  test('where it is less than the exchange asks it changes nothing', () => {
    expect(stateOf(shortPut()).maintenance).toBe('637.5');
  });
  test.each([
    // 2.39 × 1.25 = 2.9875 dollars: paid in full
    ['2.39', '2987.5'],
    // 2.40 × 1.25 = 3.00: the house's 30 %
    ['2.4', '900'],
  ])('the price threshold of 3 dollars: a share of %s euro', (price, expected) => {
    const desk = shortPut({ instruments: { SAP: stock({ currency: 'EUR' }) }, prices: { SAP: price }, positions: [['SAP', '1000']] });
    expect(stateOf(desk).maintenance).toBe(expected);
  });
  test('without a rate the account is indeterminate and says which rule could not be applied', () => {
    const state = stateOf(shortPut({ fx: [], currency: 'EUR', cash: [cashRow('5000', 'tradeDate', 'EUR')] }));
    expect(state.status).toBe('indeterminate');
    expect(state.unpriced).toEqual([{ instrument: idOf(euroPut), reason: 'no exchange rate from USD into EUR is known for the house rule "House, short option nothing covers, least amount a share"', indeterminate: true }]);
    expect(state.maintenance).toBe('510');
  });
  test('nor is it left unsaid of a group that was priced before and kept', () => {
    const desk = shortPut({ fx: [], currency: 'EUR', cash: [cashRow('5000', 'tradeDate', 'EUR')] });
    const kept = { touched: new Set<string>(), store: new Map<string, unknown>() };
    const [first, again] = [1, 2].map(() => accountStateOf(marginAccount(accountOf(desk), marketOf(desk), shippedPacks(), kept)));
    expect(again?.unpriced).toHaveLength(1);
    expect(again).toEqual(first);
  });
  test('a rate quoted the right way round is taken exactly', () => {
    const desk = shortPut({ ...houseWith({}, { 'house.option.short.minimumPerShare': '20' }), currency: 'EUR', fx: [rate('USD', 'EUR', '0.8')] });
    expect(stateOf(desk).maintenance).toBe('1600');
  });
});

describe('brokers’ least amounts of a short option: 2.50 a share, 100 or 250 a contract', () => {
  const far = call('XYZ', '40');
  const naked = (parameters: Record<string, string>, terms = far): Desk => ({
    ...houseWith({}, parameters),
    instruments: { XYZ: stock(), [idOf(terms)]: terms },
    // 10 % of 8 = 0.80, and 0.05 for the option: 85 a contract
    prices: { XYZ: '8', [idOf(terms)]: '0.05' },
    positions: [[idOf(terms), '-3']],
  });
  test.each([
    [{}, '255'],
    [{ 'house.option.short.minimumPerShare': '2.5' }, '750'],
    [{ 'house.option.short.minimumPerContract': '100' }, '300'],
    [{ 'house.option.short.minimumPerContract': '250' }, '750'],
    [{ 'house.option.short.minimumPerShare': '2.5', 'house.option.short.minimumPerContract': '300' }, '900'],
  ])('%j for three contracts', (parameters, expected) => {
    expect(stateOf(naked(parameters)).maintenance).toBe(expected);
  });
  test('an adjusted contract is charged a share for each share it delivers, and a contract once', () => {
    const adjusted = call('XYZ', '40', { multiplier: '100', deliverable: [{ instrument: 'XYZ', quantity: '150' }], adjusted: true });
    expect(stateOf(naked({ 'house.option.short.minimumPerShare': '2.5' }, adjusted)).maintenance).toBe('750');
    expect(stateOf(naked({ 'house.option.short.minimumPerContract': '250' }, adjusted)).maintenance).toBe('750');
  });
});

describe('currency haircut: a share of what is net held in each foreign currency', () => {
  const desk = (more: Partial<Desk> = {}): Desk => ({
    instruments: { SAP: stock({ currency: 'EUR' }), XYZ: stock() },
    prices: { SAP: '100', XYZ: '50' },
    positions: [['SAP', '10'], ['XYZ', '10']],
    cash: [cashRow('5000'), cashRow('-400', 'tradeDate', 'EUR'), cashRow('-100000', 'tradeDate', 'JPY')],
    fx: [EUR, rate('JPY', 'USD', '0.008')],
    ...more,
  });
  test('none where no pack sets it', () => {
    expect(stateOf(desk()).maintenance).toBe(stateOf(desk({ ...houseWith({}), packs: ['us-reg-t'] })).maintenance);
    expect(JSON.stringify(poolOf(stateOf(desk())).explain)).not.toContain('haircut');
  });
  test('600 euro net long and 100,000 yen short, each at 5 %, to maintenance and initial', () => {
    const without = stateOf(desk(houseWith({})));
    const state = stateOf(desk(houseWith({}, { 'house.fx.haircut': '0.05' })));
    // 5 % of 750 and of 800 dollars
    expect([Number(state.maintenance) - Number(without.maintenance), Number(state.initial) - Number(without.initial)]).toEqual([77.5, 77.5]);
    expect(poolOf(state).stacks.exchange).toEqual(poolOf(without).stacks.exchange);
    expect(wrongNodes(poolOf(state).explain)).toEqual([]);
    expect(nodesOf(poolOf(state).explain).find(({ label }) => label === 'Haircut on JPY')).toMatchObject({ amount: '40', arithmetic: '5% × 800.00 = 40.00', rule: { parameter: 'house.fx.haircut' } });
  });
  test('one currency may have its own share, and nothing is nothing', () => {
    const state = stateOf(desk(houseWith({}, { 'house.fx.haircut': '0.05', 'house.fx.haircut.JPY': '0' })));
    expect(Number(state.maintenance) - Number(stateOf(desk(houseWith({}))).maintenance)).toBe(37.5);
  });
  test('it is asked of the pool, not of one position', () => {
    expect(positionOf(stateOf(desk(houseWith({}, { 'house.fx.haircut': '0.05' }))), 'SAP').houseMaintenance).toBe('375');
  });
});
