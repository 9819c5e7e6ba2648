import { describe, expect, test } from 'vitest';
import { bond, call, fund, idOf, marginOf, poolOf, positionOf, put, stateOf, stock, type Desk } from '../build.ts';
import { nodesOf, wrongNodes } from '../explain-checker.ts';
import { houseWith, stocks } from './tables.ts';

const CONCENTRATION = houseWith({ issuer: { bands: [{ above: '0.4', rate: '0.1' }, { above: '0.6', rate: '0.2' }] } });
const maintenance = (desk: Desk, instrument = 'A'): string => positionOf(stateOf(desk), instrument, desk.positions.find(([name]) => name === instrument)?.[2] ?? 'margin').houseMaintenance;

describe('requirement % = min(100, max(rule, override, base + Σ add-ons))', () => {
  test.each([
    // 30 % of 4,000: a share of 40 % is not above 40 %
    ['40', '60', '1200'],
    // 30 % + 10 % of 4,001
    ['40.01', '59.99', '1600.4'],
    ['60', '40', '2400'],
    // 30 % + 20 % of 6,001
    ['60.01', '39.99', '3000.5'],
    ['100', '0', '5000'],
  ])('%s of 100 shares of one issuer', (a, b, expected) => {
    expect(maintenance(stocks({ A: a, B: b }, CONCENTRATION))).toBe(expected);
  });
  test('several tables are added, and the sum is at most the whole value', () => {
    const house = houseWith({ issuer: { bands: [{ above: '0.5', rate: '0.2' }] }, ownership: { measure: 'ownership', bands: [{ above: '0.05', rate: '1' }] }, volume: { measure: 'daysOfVolume', bands: [{ above: '1', rate: '0.1' }] } });
    const stats = { A: { adv20: '10', sharesOutstanding: '1000000' } };
    expect(maintenance(stocks({ A: '60', B: '40' }, { ...house, stats }))).toBe('3600');
    expect(maintenance(stocks({ A: '60', B: '40' }, { ...house, stats: { A: { adv20: '10', sharesOutstanding: '1000' } } }))).toBe('6000');
  });
  test.each([
    // base 30 + 10 = 40 %, listed 45 %
    ['0.45', '50', '2250'],
    // base 30 + 20 = 50 %, listed 45 %
    ['0.45', '70', '3500'],
    // a listed rate below the house's is the base: 28 + 20
    ['0.28', '70', '3360'],
    // and stays as it is where no table charges
    ['0.28', '30', '840'],
  ])('a listed rate of %s with %s %% of the account', (rate, shares, expected) => {
    const source = { cites: 'List', status: 'house' };
    const { shelf, packs } = houseWith({ issuer: { bands: [{ above: '0.4', rate: '0.1' }, { above: '0.6', rate: '0.2' }] } });
    const list = { id: 'list', version: '1', title: 'List', layer: 'brokerList' as const, model: 'strategy' as const, effectiveFrom: '2024-05-28', parameters: {}, perInstrument: { A: { rates: { 'maintenance.long': rate }, ...source, status: 'house' as const } } };
    const desk = stocks({ A: shares, B: String(100 - Number(shares)) }, { shelf: { ...shelf, packs: new Map([...shelf.packs, ['list', list]]) }, packs: [...packs, 'list'] });
    expect(maintenance(desk)).toBe(expected);
  });
  test('a table of least rates is a floor under base and add-ons', () => {
    const house = houseWith({ floor: { effect: 'atLeast', bands: [{ from: '0.5', rate: '0.45' }] }, issuer: { bands: [{ from: '0.8', rate: '0.2' }] } });
    expect(maintenance(stocks({ A: '50', B: '50' }, house))).toBe('2250');
    expect(maintenance(stocks({ A: '80', B: '20' }, house))).toBe('4000');
  });
  test('a leveraged fund: base times leverage, then the add-on', () => {
    const desk = stocks({ A: '50', B: '50' }, { ...CONCENTRATION, instruments: { A: fund({ leverage: '2' }), B: stock() } });
    expect(maintenance(desk)).toBe('3500');
  });
  test('short stock keeps what the exchange asks a share where that is more', () => {
    // at 8 dollars the exchange asks 5.00 a share, 62.5 %; 30 % + 20 % would be 4.00
    const desk = stocks({ A: '-1000', B: '10' }, { ...CONCENTRATION, prices: { A: '8', B: '100' } });
    expect(maintenance(desk)).toBe('5000');
    expect(maintenance(stocks({ A: '-100', B: '10' }, CONCENTRATION))).toBe('5000');
  });
  test('initial grows only as far as it would be below maintenance', () => {
    const wide = houseWith({ issuer: { bands: [{ from: '0.5', rate: '0.35' }] } });
    const initial = (desk: Desk): string => positionOf(stateOf(desk), 'A').houseInitial;
    expect(initial(stocks({ A: '50', B: '50' }, CONCENTRATION))).toBe('2500');
    expect(initial(stocks({ A: '50', B: '50' }, wide))).toBe('3250');
  });
});

describe('what a share is of', () => {
  const stockAlone = houseWith({ issuer: { counts: 'stock', effect: 'atLeast', bands: [{ from: '0.5', rate: '0.5' }] } });
  test('a table of stock alone neither charges nor counts funds and bonds', () => {
    const desk = stocks({ A: '30', FUND: '70', B: '30' }, { ...stockAlone, instruments: { A: stock(), FUND: fund(), B: stock() } });
    expect(maintenance(desk)).toBe('1500');
    expect(maintenance(desk, 'FUND')).toBe('2100');
  });
  test('bonds count where securities count, and are not charged', () => {
    const desk = stocks({ A: '45', BOND: '5500' }, { ...CONCENTRATION, instruments: { A: stock(), BOND: bond({ issuer: 'treasury', maturity: '2027-01-15', coupon: '4' }) } });
    expect([maintenance(desk), maintenance(desk, 'BOND')]).toEqual(['1800', '55']);
  });
  test('options are left out, and the stock they cover keeps its relief: the add-on is the same as without them', () => {
    const short = call('A', '100');
    const plain = stocks({ A: '100', B: '50' }, CONCENTRATION);
    const covered: Desk = { ...plain, instruments: { ...plain.instruments, [idOf(short)]: short }, prices: { ...plain.prices, [idOf(short)]: '3' }, positions: [...plain.positions, [idOf(short), '-1']] };
    expect(maintenance(covered)).toBe(maintenance(plain));
    const long = put('A', '95');
    const insured: Desk = { ...plain, instruments: { ...plain.instruments, [idOf(long)]: long }, prices: { ...plain.prices, [idOf(long)]: '3' }, positions: [...plain.positions, [idOf(long), '1']] };
    // the put stops the loss at 10 % of 95 and 5 out of the money, 14.50 a share; on top, 20 % of 10,000
    expect(maintenance(insured)).toBe('3450');
  });
  test('one issuer in several sub-types is one position; what is paid in full is not charged', () => {
    const desk = stocks({ A: '30', B: '30' }, { ...CONCENTRATION, positions: [['A', '30', 'margin'], ['A', '40', 'cash'], ['B', '30', 'margin']] });
    expect(positionOf(stateOf(desk), 'A', 'margin').houseMaintenance).toBe('1500');
    expect(positionOf(stateOf(desk), 'A', 'cash').houseMaintenance).toBe('4000');
  });
  test('a position in another currency counts at the exchange rate', () => {
    const desk = stocks({ A: '50', B: '50' }, { ...CONCENTRATION, instruments: { A: stock({ currency: 'EUR' }), B: stock() }, fx: [{ currency: 'EUR', base: 'USD', rate: '2', asOf: '2026-11-20', source: 'test' }] });
    // 10,000 of 15,000 dollars: 30 % + 20 %
    expect(maintenance(desk)).toBe('5000');
  });
});

describe('conditions and data', () => {
  const conditional = (when: object): Partial<Desk> => houseWith({ issuer: { effect: 'atLeast', when, bands: [{ from: '0.5', rate: '0.5' }] } });
  test.each([
    ['-5000', '2500'],
    ['-4999.99', '1500'],
  ])('a debit of %s against one of 5,000', (cash, expected) => {
    expect(maintenance(stocks({ A: '50', B: '50' }, { ...conditional({ debit: { from: '5000' } }), cash }))).toBe(expected);
  });
  test('a debit above its limit, and the proceeds of a short sale do not hide one', () => {
    const above = conditional({ debit: { above: '5000' } });
    expect(maintenance(stocks({ A: '50', B: '50' }, { ...above, cash: '-5000' }))).toBe('1500');
    // 3,000 of proceeds in cash, so 5,001 is owed against long stock
    expect(maintenance(stocks({ A: '70', B: '-30' }, { ...above, cash: '-2001' }))).toBe('3500');
    expect(maintenance(stocks({ A: '70', B: '-30' }, { ...above, cash: '-2000' }))).toBe('2100');
  });
  test('a limit in dollars is turned into the pool’s currency', () => {
    const desk = stocks({ A: '50', B: '50' }, { ...conditional({ debit: { from: '5000' } }), cash: '-2500', currency: 'EUR', instruments: { A: stock({ currency: 'EUR' }), B: stock({ currency: 'EUR' }) }, fx: [{ currency: 'EUR', base: 'USD', rate: '2', asOf: '2026-11-20', source: 'test' }] });
    expect(maintenance(desk)).toBe('2500');
    expect(maintenance({ ...desk, cash: '-2499' })).toBe('1500');
  });
  test('a position that is worth at least the equity', () => {
    const covers = conditional({ positionCoversEquity: true });
    expect(maintenance(stocks({ A: '50', B: '50' }, { ...covers, cash: '-5000' }))).toBe('2500');
    expect(maintenance(stocks({ A: '50', B: '50' }, { ...covers, cash: '-4999' }))).toBe('1500');
  });
  test('shares are rounded halves up where the table says so', () => {
    const rounded = houseWith({ issuer: { effect: 'atLeast', roundedTo: '0.01', bands: [{ from: '0.5', rate: '0.5' }] } });
    expect(maintenance(stocks({ A: '49.5', B: '50.5' }, rounded))).toBe('2475');
    expect(maintenance(stocks({ A: '49.49', B: '50.51' }, rounded))).toBe('1484.7');
  });
  const industry = houseWith({ sector: { measure: 'sectorShare', when: { noIssuerAbove: '0.4' }, bands: [{ above: '0.3', rate: '0.05' }, { above: '0.7', rate: '0.1' }] } });
  const software = { sector: 'Software' };
  test('an industry is taken net, its lesser side is not charged, and one large issuer switches the table off', () => {
    const stats = { A: software, B: software, C: software, D: { sector: 'Energy' } };
    // A + B − C = 45 of 100
    const desk = stocks({ A: '30', B: '25', C: '-10', D: '35' }, { ...industry, stats });
    expect([maintenance(desk, 'A'), maintenance(desk, 'B'), maintenance(desk, 'C'), maintenance(desk, 'D')]).toEqual(['1050', '875', '300', '1225']);
    expect(maintenance(stocks({ A: '41', B: '25', C: '-10', D: '24' }, { ...industry, stats }))).toBe('1230');
  });
  test('a datum that is missing charges nothing, and the position is listed with that', () => {
    const house = houseWith({ Liquidity: { label: 'Liquidity', measure: 'daysOfVolume', bands: [{ above: '1', rate: '0.1' }] } });
    const state = stateOf(stocks({ A: '50' }, house));
    expect(state.maintenance).toBe('1500');
    expect(state.unpriced).toEqual([{ instrument: 'A', reason: 'Liquidity: average daily volume over 20 days of A is not known: no add-on charged', indeterminate: false }]);
    expect(state.status).toBe('healthy');
    expect(nodesOf(poolOf(state).explain).some(({ arithmetic }) => arithmetic?.includes('no add-on charged'))).toBe(true);
  });
  test('no volume at all is the last band, and a position at a price of nothing has no share', () => {
    const house = houseWith({ volume: { measure: 'daysOfVolume', bands: [{ above: '1', rate: '0.1' }, { above: '5', rate: '0.4' }] } });
    expect(maintenance(stocks({ A: '50' }, { ...house, stats: { A: { adv20: '0' } } }))).toBe('3500');
    expect(stateOf(stocks({ A: '50' }, { ...CONCENTRATION, prices: { A: '0' } })).maintenance).toBe('0');
  });
});

test('the tree says base, each table with its citation and why, and recomputes', () => {
  const state = stateOf(stocks({ A: '70', B: '30' }, { ...CONCENTRATION, cash: '-1000' }));
  const tree = poolOf(state).explain;
  expect(wrongNodes(tree)).toEqual([]);
  const node = nodesOf(tree).find(({ rule, op }) => rule?.parameter === 'addOns.issuer' && op === 'choice');
  expect(node).toMatchObject({ label: 'issuer, A', amount: '0.2', arithmetic: '7,000.00 of 10,000.00 is 70%: above 60%', rule: { cites: 'House policy', status: 'house', pack: 'house@1' } });
  expect(node?.children.map(({ label, amount }) => [label, amount])).toEqual([['Share of A in gross market value', '0.7'], ['Nothing', '0'], ['above 40%', '0.1'], ['above 60%', '0.2']]);
  const positions = poolOf(state).positions.reduce((total, { houseMaintenance }) => total + Number(houseMaintenance), 0);
  expect(String(positions)).toBe(state.maintenance);
  expect(positionOf(state, 'A').rule).toContain('House policy');
});

test('without tables nothing changes: same figures, same trees', () => {
  const desk = stocks({ A: '70', B: '30' });
  expect(JSON.stringify(stateOf({ ...desk, ...houseWith({}) }).pools[0]?.explain)).not.toContain('House add-ons');
  expect(marginOf(desk).pools[0]?.houseRates).toEqual([]);
});
