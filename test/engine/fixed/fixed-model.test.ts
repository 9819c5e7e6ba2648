import { describe, expect, test } from 'vitest';
import { explainFigure } from '../../../main/engine/margin.ts';
import { shippedPacks } from '../../../main/engine/packs/shelf.ts';
import { rate } from '../build.ts';
import { wrongNodes } from '../explain-checker.ts';
import { futuresMargin, futuresState, productPack, type FuturesDesk } from './desk.ts';

const shelf = productPack([{ maintenance: '6', initial: '10' }]);
const five: FuturesDesk = { shelf, rows: [{ quantity: '5', settledPrice: '200' }], cash: '50', price: '199.5' };

describe('margin per contract', () => {
  test('equity is the segment’s cash and the gain since the settled price', () => {
    expect(futuresState(five)).toMatchObject({ equity: '47.5', netLiq: '47.5', initial: '50', maintenance: '30', excess: '17.5', status: 'healthy' });
  });
  test('a short gains what a long loses, and asks for the same margin', () => {
    expect(futuresState({ ...five, rows: [{ quantity: '-5', settledPrice: '200' }] })).toMatchObject({ equity: '52.5', initial: '50', maintenance: '30' });
  });
  test('without a settled price the gain has been paid out', () => {
    expect(futuresState({ ...five, rows: [{ quantity: '5' }] })).toMatchObject({ equity: '50', status: 'healthy' });
  });
  test('where maintenance alone is known, initial is 110 % of it', () => {
    const state = futuresState({ ...five, shelf: productPack([{ maintenance: '6' }]) });
    expect(state).toMatchObject({ initial: '33', maintenance: '30' });
  });
  test('longs and shorts of one contract net; rows with other settled prices keep their gains', () => {
    const rows = [{ quantity: '5', settledPrice: '200' }, { quantity: '-3', settledPrice: '190' }, { quantity: '-2', settledPrice: '200' }];
    expect(futuresState({ ...five, rows, price: '210' })).toMatchObject({ maintenance: '0', equity: '20', healthRatio: null });
  });
  test('the value shown is the gain, not the notional value; leverage is by notional value', () => {
    const state = futuresState(five);
    expect(state.pools[0]?.positions[0]).toMatchObject({ value: '-2.5', quantity: '5', group: 'FUT futures', houseInitial: '50', regTInitial: '0' });
    expect(state.leverage).toBe('21');
  });
  test('a price below zero is a price', () => {
    expect(futuresState({ ...five, price: '-37.63', cash: '2000' })).toMatchObject({ equity: '811.85', status: 'healthy' });
  });
  test('every tree adds up', () => {
    const margin = futuresMargin({ ...five, terms: { currency: 'EUR' }, shelf: productPack([{ maintenance: '6' }], { currency: 'EUR' }), desk: { fx: [rate('EUR', 'USD', '1.25')] } });
    expect(margin.figures.equity.amount.toFixed()).toBe('46.875');
    for (const figure of ['equity', 'maintenance', 'initial', 'excess', 'netLiq', 'leverage'] as const) expect(wrongNodes(explainFigure(margin, figure))).toEqual([]);
  });
});

describe('a call', () => {
  test('below maintenance it restores equity to initial', () => {
    const state = futuresState({ ...five, cash: '47.5', rows: [{ quantity: '5', settledPrice: '199.5' }], price: '195' });
    expect(state).toMatchObject({ equity: '25', deficit: '5', status: 'call' });
    expect(state.pools[0]?.callAmount).toBe('25');
  });
  test('equal to maintenance is not a breach', () => {
    const state = futuresState({ ...five, cash: '30', rows: [{ quantity: '5' }] });
    expect(state).toMatchObject({ excess: '0', status: 'healthy' });
    expect(state.pools[0]?.callAmount).toBe('0');
  });
  test('a pack can have it restore to maintenance instead', () => {
    const settings = { 'future.callRestoresTo': { value: 'maintenance', cites: 'A test', status: 'house' } };
    expect(futuresState({ ...five, cash: '20', rows: [{ quantity: '5' }], shelf: productPack([{ maintenance: '6', initial: '10' }], {}, { settings }) }).pools[0]?.callAmount).toBe('10');
  });
  test('losing more than there is makes the pool bankrupt', () => {
    expect(futuresState({ ...five, price: '189' }).status).toBe('bankrupt');
  });
});

describe('rates by date', () => {
  const rates = [{ maintenance: '6', effectiveFrom: '2026-01-01' }, { maintenance: '8', effectiveFrom: '2026-11-20' }, { maintenance: '9', effectiveFrom: '2026-11-21' }];
  test.each([
    ['2026-11-19', '30'],
    ['2026-11-20', '40'],
    ['2026-11-21', '45'],
  ])('on %s maintenance is %s', (businessDate, maintenance) => {
    expect(futuresState({ ...five, shelf: productPack(rates), desk: { businessDate } }).maintenance).toBe(maintenance);
  });
  test('before the first rate the account is indeterminate, and says why', () => {
    expect(futuresState({ ...five, shelf: productPack(rates), desk: { businessDate: '2025-12-31' } })).toMatchObject({ status: 'indeterminate', statusReason: expect.stringContaining('as early as 2025-12-31') as string });
  });
  test('after the day until which rates are known it is, too', () => {
    expect(futuresState({ ...five, shelf: productPack(rates, { knownUntil: '2026-11-19' }) }).statusReason).toContain('only until 2026-11-19');
  });
  test('the shipped exchange margins end in January 2022: for a later day that is said, with what to do, and no figure is made of them', () => {
    const state = futuresState({ shelf: shippedPacks(), packs: ['us-futures'], rows: [{ instrument: 'ESZ6', quantity: '-2' }], terms: { multiplier: '50', underlying: 'ES' }, price: '6566', cash: '25000' });
    expect(state).toMatchObject({ status: 'indeterminate', maintenance: '0', statusReason: expect.stringContaining('knows the margins of ES only until 2022-01-31, and no other margin says anything of 2026-11-20: add a pack with the margins in force, as house-futures does') as string });
  });
  test('a house’s rate in the exchange’s place says that it is that, and why', () => {
    const state = futuresState({ shelf: shippedPacks(), packs: ['us-futures', 'house-futures'], rows: [{ instrument: 'ESZ6', quantity: '-2' }], terms: { multiplier: '50', underlying: 'ES' }, price: '6566', cash: '100000' });
    const tree = JSON.stringify(state.pools[0]?.explain);
    expect(tree).toContain('"The house’s for the exchange’s, since us-futures@2022-01-31 knows the margins of ES only until 2022-01-31"');
    expect(tree).toContain('House policy (a sample, of no firm)');
    expect(state.pools[0]?.positions[0]?.rule).toBe('House policy (a sample, of no firm)');
  });
  test('the exchange’s margins of the E-mini in January 2022', () => {
    const state = futuresState({ shelf: shippedPacks(), packs: ['us-futures'], rows: [{ instrument: 'ESH2', quantity: '-2' }], terms: { multiplier: '50', underlying: 'ES' }, price: '4400', cash: '25000', desk: { businessDate: '2022-01-24' } });
    expect(state).toMatchObject({ initial: '23760', maintenance: '21600', status: 'healthy' });
  });
});

describe('the house is floored at the exchange', () => {
  const house = (maintenance: string) => {
    const made = productPack([{ maintenance: '6' }]);
    const packs = new Map(made.packs);
    const base = packs.get('made-up');
    if (!base) throw new Error('no pack');
    packs.set('house', { ...base, id: 'house', layer: 'house', extends: undefined, futures: { FUT: { title: 'House', currency: 'USD', multiplier: '1', rates: [{ effectiveFrom: '2000-01-01', maintenance, cites: 'House policy', status: 'house' }] } } });
    return futuresState({ ...five, shelf: { packs }, packs: ['made-up', 'house'] });
  };
  test('a house that asks for more decides, and the exchange stack stays', () => {
    expect(house('7').pools[0]?.stacks).toMatchObject({ exchange: { initial: '33', maintenance: '30' }, house: { initial: '38.5', maintenance: '35' } });
  });
  test('a house that asks for less does not', () => {
    expect(house('5').maintenance).toBe('30');
  });
  test('where the house alone knows the product, its rate stands for the exchange', () => {
    const state = futuresState({ shelf: shippedPacks(), packs: ['us-futures', 'house-futures'], rows: [{ instrument: 'ESZ6', quantity: '-3' }], terms: { multiplier: '50', underlying: 'ES' }, price: '6566', cash: '100000' });
    expect(state).toMatchObject({ initial: '79200', maintenance: '72000', status: 'healthy' });
    expect(state.pools[0]?.stacks.exchange.maintenance).toBe('72000');
  });
});

describe('what cannot be margined leaves the account indeterminate, with the reason', () => {
  const reason = (change: Partial<FuturesDesk>): string => futuresState({ ...five, ...change }).statusReason;
  test.each<[string, Partial<FuturesDesk>, string]>([
    ['a product that no pack knows', { rows: [{ instrument: 'ZCZ6' }], terms: { underlying: 'ZC' } }, 'knows the product ZC'],
    ['a contract that counts something else', { terms: { multiplier: '50' } }, 'counts 50'],
    ['a contract in another currency', { terms: { currency: 'EUR' } }, 'in EUR'],
    ['a contract that has expired', { terms: { expiry: '2026-11-19' } }, 'expired on 2026-11-19'],
    ['part of a contract', { rows: [{ quantity: '1.5' }] }, 'whole number of contracts'],
    ['a settled price that is not known', { rows: [{ quantity: '1', settledPrice: null }] }, 'last settled is not known'],
    ['no mark', { price: null }, 'has no mark'],
    ['no exchange rate', { terms: { currency: 'EUR' }, shelf: productPack([{ maintenance: '6' }], { currency: 'EUR' }) }, 'no exchange rate'],
    ['too many digits', { price: '0.1234567890123456789012345678901' }, 'too many digits'],
    ['more contracts than fit', { rows: [{ quantity: '1000000000000000' }] }, 'too large'],
  ])('%s', (_, change, expected) => {
    expect(futuresState({ ...five, ...change }).status).toBe('indeterminate');
    expect(reason(change)).toContain(expected);
  });
  test('without a mark the requirement is known all the same', () => {
    expect(futuresState({ ...five, price: null })).toMatchObject({ maintenance: '30', equity: '50' });
  });
  test('a contract alive on the day it expires is margined', () => {
    expect(futuresState({ ...five, terms: { expiry: '2026-11-20' } }).status).toBe('healthy');
  });
});

describe('the product of a contract', () => {
  test.each(['FUTZ6', '/FUTZ26', 'FUTZ6:USD'])('%s is found by its name where no underlying is known', (instrument) => {
    expect(futuresState({ ...five, rows: [{ instrument, quantity: '5' }], terms: { underlying: null, multiplier: null } })).toMatchObject({ maintenance: '30', status: 'healthy' });
  });
  test('a name of another shape is no product', () => {
    expect(futuresState({ ...five, rows: [{ instrument: 'FUTURE' }], terms: { underlying: null } }).status).toBe('indeterminate');
  });
});
