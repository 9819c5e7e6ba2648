import { describe, expect, test } from 'vitest';
import type { CalcPackInput } from '../../../shared/calc-pack.ts';
import { preparePack } from '../../../main/engine/calc-pack/compute-pack.ts';
import { readCalcPack } from '../../../main/engine/calc-pack/read-pack.ts';
import { accountStateOf, explainFigure, marginAccount } from '../../../main/engine/margin.ts';
import { faultLine, type Result } from '../../../shared/result.ts';
import { wrongNodes } from '../explain-checker.ts';

const SAID = { cites: 'A test', status: 'house' };
/** √1 × (e^(1 × σ) − 1) with all weight on the last return: a return of ln 1.2 is a move of 0.2. */
const ONE_DAY = { method: 'ewma', lambda: '0', multiple: '1', days: '1' };
const LN = { '1.1': '0.09531017980432486', '1.2': '0.1823215567939546', '1.3': '0.26236426446749106', '1.6': '0.47000362924573563' };

type Market = NonNullable<CalcPackInput['market']>;

/** 1,000 shares of XYZ and 500 of ABC at 100 under a maintenance of 25 %: 25,000 and 12,500. */
function marginOf(overlay: Record<string, unknown>, market: Market = {}, pool: Record<string, unknown> = {}, more: Record<string, unknown> = {}) {
  const pack: CalcPackInput = {
    format: 'plimsoll/calc-pack@1',
    asOf: '2026-11-20T21:00:00Z',
    baseCurrency: 'USD',
    instruments: { XYZ: { kind: 'equity', currency: 'USD', price: '100' }, ABC: { kind: 'equity', currency: 'USD', price: '100' }, PERP: { kind: 'perpetual', underlying: 'BTC', currency: 'USD', price: '90000' }, LOAN: { kind: 'loan', currency: 'USD', price: '1' } },
    market,
    rulePacks: { moving: { id: 'moving', version: '1', title: 'Moving', layer: 'house', model: 'strategy', extends: 'us-reg-t', effectiveFrom: '2000-01-01', parameters: {}, overlay, ...more } },
    accounts: [{ id: 'A1', pools: [{ id: 'cross', model: 'strategy', packs: ['moving'], cash: { USD: '-50000' }, positions: [{ instrument: 'XYZ', quantity: '1000' }, { instrument: 'ABC', quantity: '500' }], ...pool }] }],
  };
  const { accounts, market: given, shelf } = valueOf(preparePack(valueOf(readCalcPack(pack))));
  if (!accounts[0]) throw new Error('no account');
  return marginAccount(accounts[0], given, shelf);
}
const stateOf = (...given: Parameters<typeof marginOf>) => accountStateOf(marginOf(...given));

function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(faultLine(result.fault));
}

const volatility = { move: ONE_DAY, baseMove: '0.1', least: '1', most: '4', ...SAID };
const history = (returns: string[], more: Record<string, string[]> = {}): Market => ({ history: { XYZ: { returns, ...more }, ABC: { returns: [LN['1.1']] } } });

describe('volatility', () => {
  test('an underlying that moves twice as far as its rates are set for is asked twice as much; the exchange’s stack stays', () => {
    const state = stateOf({ volatility }, history([LN['1.2']]));
    expect(Number(state.maintenance)).toBeCloseTo(62500, 6);
    expect(state.pools[0]?.stacks.exchange.maintenance).toBe('37500');
  });
  test('never less than the least, never more than the most', () => {
    // The house asks 40 % where the exchange asks 25 %: 32,000 and 20,000 of what were 40,000 and 20,000.
    const house = { parameters: { 'house.stock.long.maintenance': { value: '0.4', unit: 'ratio', label: 'House rate', ...SAID } } };
    expect(stateOf({ volatility: { ...volatility, least: '0.8' } }, history(['0.0001']), {}, house).maintenance).toBe('52000');
    expect(stateOf({ volatility: { ...volatility, most: '1.5' } }, history([LN['1.6']])).maintenance).toBe('50000');
  });
  test('an underlying may have a base move of its own', () => {
    expect(Number(stateOf({ volatility: { ...volatility, baseMoves: { XYZ: '0.2' } } }, history([LN['1.2']])).maintenance)).toBeCloseTo(37500, 6);
  });
  test('a quarter of the weight is on stress, and a long past is a floor', () => {
    const stressed = history([LN['1.2']], { stressed: [LN['1.6']] });
    // 0.75 × 2 + 0.25 × 6 = 3.
    expect(Number(stateOf({ volatility: { ...volatility, stressWeight: '0.25' } }, stressed).maintenance)).toBeCloseTo(87500, 6);
    const past = history([LN['1.1']], { longRun: [LN['1.3']] });
    expect(Number(stateOf({ volatility: { ...volatility, longRunFloor: true } }, past).maintenance)).toBeCloseTo(87500, 6);
  });
  test('filtered history takes a quantile of rescaled returns', () => {
    const terms = { ...volatility, move: { method: 'filteredHistory', lambda: '1', quantile: '0.75', days: '4' }, baseMove: '0.03' };
    // With λ = 1 nothing is rescaled: the third of four sizes is 0.03, over four days 0.06.
    expect(stateOf({ volatility: terms }, { history: { XYZ: { returns: ['0.01', '-0.04', '0.03', '-0.02'] }, ABC: { returns: ['0.015'] } } }).maintenance).toBe('62500');
  });
  test('without returns nothing more is asked, and that is said', () => {
    expect(stateOf({ volatility }, { history: { ABC: { returns: [LN['1.1']] } } })).toMatchObject({ maintenance: '37500', status: 'healthy', unpriced: [{ instrument: 'XYZ', reason: 'its past returns are not known: no add-on is charged', indeterminate: false }] });
  });
});

describe('size', () => {
  test('a concentrated underlying is asked more by the highest band it is above', () => {
    const concentration = { bands: [{ above: '0.5', adds: '0.1' }, { above: '0.6', adds: '0.2' }, { above: '0.7', adds: '0.9' }], ...SAID };
    // Two thirds of all requirements.
    expect(stateOf({ concentration }).maintenance).toBe('42500');
  });
  test('what takes longer to sell than allowed grows with the square root', () => {
    const liquidity = { volumeShare: '0.1', days: '1', most: '3', ...SAID };
    const stats = (adv20: string): Market => ({ stats: { XYZ: { adv20 }, ABC: { adv20: '1000000' } } });
    expect(stateOf({ liquidity }, stats('2500')).maintenance).toBe('62500');
    expect(stateOf({ liquidity }, stats('10000')).maintenance).toBe('37500');
    expect(stateOf({ liquidity }, stats('10')).maintenance).toBe('87500');
    expect(stateOf({ liquidity }).unpriced).toHaveLength(2);
  });
});

describe('the house is never below the exchange', () => {
  // A quiet market and a least factor of a half would halve what the model asks.
  const quiet = { volatility: { ...volatility, least: '0.5' } };
  const still: Market = { history: { XYZ: { returns: ['0.0001'] }, ABC: { returns: ['0.0001'] }, BTC: { returns: ['0.0001'] } } };
  test('by rule: 25 % of 150,000 stays, and Regulation T’s half of it on opening', () => {
    expect(stateOf(quiet, still)).toMatchObject({ maintenance: '37500', initial: '75000' });
  });
  test('by scenarios: 15 % of 100,000 stays', () => {
    expect(stateOf(quiet, still, { model: 'scan', positions: [{ instrument: 'XYZ', quantity: '1000' }] }, { model: 'scan', extends: 'us-portfolio-margin' }).maintenance).toBe('15000');
  });
  test('by brackets: the venue’s 1.25 % of 90,000 stays', () => {
    expect(stateOf(quiet, still, { model: 'bracket', positions: [{ instrument: 'PERP', quantity: '1', entryPrice: '90000' }] }, { model: 'bracket', extends: 'hyperliquid' })).toMatchObject({ maintenance: '1125', initial: '2250' });
  });
  test('opening never asks less than keeping, though shares of all requirements differ', () => {
    const { initial, maintenance } = stateOf({ buffer: { share: '0.5', ...SAID } }, {}, { priorRequirement: { initial: '0', maintenance: '90000' } });
    expect([initial, maintenance]).toEqual(['75000', '56250']);
    const kept = stateOf({ buffer: { share: '2', ...SAID } }, {}, { priorRequirement: { initial: '75000', maintenance: '90000' } });
    expect([kept.initial, kept.maintenance]).toEqual(['90000', '90000']);
  });
});

describe('of a loan', () => {
  const rates = { 'collateral.initial': '0.5', 'collateral.maintenance': '0.6', 'debt.initial': '1', 'debt.maintenance': '1' };
  const more = { model: 'lending', extends: 'lending-standard', perInstrument: Object.fromEntries(['XYZ', 'ABC', 'LOAN'].map((name) => [name, { rates, ...SAID }])) };
  const loan = (debt: string) => ({ model: 'lending', cash: {}, positions: [], collateral: [{ instrument: 'XYZ', quantity: '1000' }, { instrument: 'ABC', quantity: '500' }], debt: debt === '0' ? [] : [{ instrument: 'LOAN', quantity: debt }] });
  const both: Market = { history: { XYZ: { returns: [LN['1.2']] }, ABC: { returns: [LN['1.1']] }, LOAN: { returns: [LN['1.1']] } } };
  test('each asset moves by itself: twice what does not count of the one that moves twice as far', () => {
    // 40,000 and 20,000 do not count; the factors are 2 and 1.
    const state = stateOf({ volatility }, both, loan('20000'), more);
    expect(Number(state.maintenance)).toBeCloseTo(100_000, 4);
    expect(state.unpriced).toEqual([]);
    // 90,000 counts less the 40,000 that are asked beyond it, by a debt of 20,000.
    expect(Number(state.healthRatio)).toBeCloseTo(2.5, 6);
  });
  test('its concentration is that of the asset, not of all collateral', () => {
    const concentration = { bands: [{ above: '0.5', adds: '0.1' }, { above: '0.7', adds: '1' }], ...SAID };
    // XYZ has two thirds of what is asked.
    expect(stateOf({ concentration }, {}, loan('20000'), more).maintenance).toBe('64000');
  });
  test('what counts of collateral never falls below nothing, and who owes nothing is asked no more than that', () => {
    const wild = { history: { XYZ: { returns: ['2'] }, ABC: { returns: ['2'] }, LOAN: { returns: ['2'] } } };
    expect(stateOf({ volatility }, wild, loan('0'), more)).toMatchObject({ equity: '150000', maintenance: '150000', deficit: '0', healthRatio: null, status: 'healthy' });
    expect(stateOf({ volatility }, wild, loan('1000'), more)).toMatchObject({ equity: '149000', maintenance: '150000', deficit: '1000', healthRatio: '0', status: 'liquidation' });
  });
});

test('a buffer of a quarter is used up while requirements rise, and is there again when they fall', () => {
  const buffer = { share: '0.25', ...SAID };
  const asked = (before?: string) => stateOf({ buffer }, {}, before === undefined ? {} : { priorRequirement: { initial: before, maintenance: before } }).maintenance;
  expect([asked(), asked('60000'), asked('40000'), asked('30000')]).toEqual(['46875', '46875', '40000', '37500']);
});

test('every tree under an overlay with everything in it adds up', () => {
  const overlay = { volatility: { ...volatility, stressWeight: '0.25', longRunFloor: true }, concentration: { bands: [{ above: '0.3', adds: '0.15' }], ...SAID }, liquidity: { volumeShare: '0.1', days: '2', most: '5', ...SAID }, buffer: { share: '0.25', ...SAID } };
  const margin = marginOf(overlay, { ...history(['0.01', '-0.03', LN['1.3']], { stressed: ['0.3'], longRun: ['0.02', '0.05'] }), stats: { XYZ: { adv20: '1234' } } }, { priorRequirement: { initial: '90000', maintenance: '70000' } });
  for (const figure of ['maintenance', 'initial', 'excess', 'healthRatio'] as const) expect(wrongNodes(explainFigure(margin, figure))).toEqual([]);
});
