import { describe, expect, test } from 'vitest';
import { bond, call, idOf, marginOf, poolOf, positionOf, put, stateOf, stock, type Desk } from './build.ts';
import { nodesOf, wrongNodes } from './explain-checker.ts';

const HOUSE = ['us-reg-t', 'house-standard'];
const held = (long: string, short: string, more: Partial<Desk> = {}): Desk => ({
  instruments: { XYZ: stock() },
  prices: { XYZ: '50' },
  positions: [['XYZ', long, 'margin'], ['XYZ', short, 'short']],
  ...more,
});

describe('long and short in one security: 5 % of the long market value, FINRA 4210(e)(1), recalled', () => {
  test('the whole of it, and nothing under Regulation T', () => {
    const state = stateOf(held('100', '-100'));
    expect([state.maintenance, poolOf(state).stacks.regT.initial, state.initial]).toEqual(['250', '0', '250']);
    expect(positionOf(state, 'XYZ')).toMatchObject({ exchangeMaintenance: '250', strategy: 'short against the box', rule: 'FINRA 4210(e)(1)', badges: ['unverifiedRule'] });
    expect(positionOf(state, 'XYZ', 'short')).toMatchObject({ exchangeMaintenance: '0', regTInitial: '0', strategy: 'short against the box' });
  });
  test.each([
    // 60 boxed: 150; 40 more long: 500, or 40 more short: 600
    ['100', '-60', '650'],
    ['60', '-100', '750'],
  ])('%s long and %s short: the rest as it stands alone', (long, short, maintenance) => {
    expect(stateOf(held(long, short)).maintenance).toBe(maintenance);
  });
  test('the house may set its own rate, floored at the exchange', () => {
    expect(stateOf(held('100', '-100', { packs: HOUSE })).maintenance).toBe('250');
  });
  test('stock that is paid in full is not boxed: it secures nothing', () => {
    const state = stateOf(held('100', '-100', { positions: [['XYZ', '100', 'cash'], ['XYZ', '-100', 'short']] }));
    expect(state.maintenance).toBe('6500');
  });
});

describe('a security that can be exchanged into the one sold short: 10 % of its market value, recalled', () => {
  const convertible = bond({ convertible: true, exchangeableInto: { instrument: 'XYZ', quantity: '0.02' } });
  const desk = (face: string, shares: string): Desk => ({ instruments: { XYZ: stock(), CONV: convertible }, prices: { XYZ: '50', CONV: '104' }, positions: [['CONV', face], ['XYZ', shares, 'short']] });
  test('10,000 face into 200 shares', () => {
    const state = stateOf(desk('10000', '-200'));
    // 10 % of 10,400; Regulation T: 50 % of the bond as of stock, the short nothing beyond its proceeds.
    expect([state.maintenance, poolOf(state).stacks.regT.initial]).toEqual(['1040', '5200']);
    expect(positionOf(state, 'CONV')).toMatchObject({ group: 'XYZ', strategy: 'short against an exchangeable security' });
  });
  test('what is sold short beyond it stands alone, and so does what is not exchanged', () => {
    expect(stateOf(desk('10000', '-300')).maintenance).toBe('2540');
    // 5,000 of 10,000 face exchanged: 520; the rest as stock: 25 % of 5,200
    expect(stateOf(desk('10000', '-100')).maintenance).toBe('1820');
  });
});

describe('boxes and options compete for the same stock', () => {
  const short = call('XYZ', '50');
  const long = put('XYZ', '50');
  const withOption = (option: typeof short, contracts: string, prices: Record<string, string>): Desk => ({
    instruments: { XYZ: stock(), [idOf(option)]: option },
    prices: { XYZ: '50', ...prices },
    positions: [['XYZ', '100', 'margin'], ['XYZ', '-100', 'short'], [idOf(option), contracts]],
  });
  test('an ordinary short call is dearer to cover than to leave uncovered', () => {
    // box 250 + call 300 + 20 % of 5,000; covered it would be 1,250 + 1,500
    expect(stateOf(withOption(short, '-1', { [idOf(short)]: '3' })).maintenance).toBe('1550');
  });
  test('a call that is worth more than the box saves is covered', () => {
    // box 250 + call 6,000 + 1,000 = 7,250; covered 1,250 + short stock 1,500 = 2,750
    expect(stateOf(withOption(short, '-1', { [idOf(short)]: '60' })).maintenance).toBe('2750');
  });
  test('where an option has no use for the stock the pairing is proved', () => {
    const desk = withOption(long, '1', { [idOf(long)]: '4' });
    expect(stateOf(desk).maintenance).toBe('250');
    expect(poolOf(stateOf(desk)).positions.flatMap(({ badges }) => badges)).not.toContain('notPairedYet');
  });
  test('the tree of a box recomputes, and says which rule it rests on', () => {
    const tree = poolOf(stateOf(held('100', '-60'))).explain;
    expect(wrongNodes(tree)).toEqual([]);
    expect(nodesOf(tree).some(({ rule }) => rule?.parameter === 'exchange.stock.box' && rule.status === 'unverified')).toBe(true);
    expect(marginOf(held('100', '-60')).status).toBe('healthy');
  });
});

test('what is said of a pairing with boxes is of that pairing: cost, bound, gap and what it saves', () => {
  const short = call('XYZ', '50');
  const margin = marginOf({
    instruments: { XYZ: stock(), [idOf(short)]: short },
    prices: { XYZ: '50', [idOf(short)]: '3' },
    positions: [['XYZ', '100', 'margin'], ['XYZ', '-100', 'short'], [idOf(short), '-1']],
  });
  const [pairing] = margin.pools[0]?.pairings ?? [];
  const quality = pairing?.quality();
  // box 250 and the call alone 1,300; the greedy pairing covers the call: 1,250, and the short stock 1,500
  expect([quality?.cost, quality?.lowerBound, quality?.gap, quality?.greedy(), quality?.saving()].map((amount) => amount?.toFixed())).toEqual(['1550', '1550', '0', '2750', '1200']);
  expect([pairing?.proved, quality?.proved]).toEqual([true, true]);
});
