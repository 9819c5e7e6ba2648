import { describe, expect, test } from 'vitest';
import type { Instrument } from '../../shared/domain/instrument.ts';
import { call, fund, idOf, poolOf, positionOf, put, stateOf, stock, type Desk } from './build.ts';

function held(name: string, terms: Instrument | null, quantity: string, prices: Record<string, string> = {}, more: Partial<Desk> = {}): Desk {
  return { instruments: { XYZ: stock(), ...(terms ? { [name]: terms } : {}) }, prices, positions: [[name, quantity]], cash: '100000', ...more };
}

describe('a position without a usable mark', () => {
  test('long: worth nothing, lends nothing, listed, and the account is not held up', () => {
    const state = stateOf(held('DARK', stock(), '500'));
    expect(state).toMatchObject({ status: 'healthy', netLiq: '100000', maintenance: '0', unpriced: [{ instrument: 'DARK', reason: 'DARK has no mark', indeterminate: false }] });
    expect(positionOf(state, 'DARK')).toMatchObject({ price: null, value: null, houseMaintenance: '0', badges: ['unpriced'] });
  });
  test('short: the account is indeterminate, never healthy', () => {
    const state = stateOf(held('DARK', stock(), '-500'));
    expect(state).toMatchObject({ status: 'indeterminate', unpriced: [{ instrument: 'DARK', indeterminate: true }] });
    expect(state.statusReason).toBe('Not all of it is known: DARK: DARK has no mark.');
  });
  test('a negative mark is none', () => {
    expect(stateOf(held('DARK', stock(), '-500', { DARK: '-1' })).statusReason).toContain('the mark of DARK is negative');
  });
  test('a missing exchange rate leaves it unpriced', () => {
    expect(stateOf(held('DARK', stock({ currency: 'CHF' }), '-500', { DARK: '1' })).statusReason).toContain('no exchange rate from CHF into USD');
  });
  test('a short option without a price of its underlying is charged what it is worth, and the account is indeterminate', () => {
    const option = call('NONE', '50');
    const state = stateOf(held(idOf(option), option, '-2', { [idOf(option)]: '3' }));
    expect(state).toMatchObject({ status: 'indeterminate', maintenance: '600' });
    expect(positionOf(state, idOf(option)).badges).toEqual(['unpriced']);
  });
});

describe('contracts whose terms are not known', () => {
  const id = 'XYZ1 2026-12-18 C 50';
  const prices = { XYZ: '60', [id]: '11' };
  test.each([
    ['adjusted, deliverable unknown', call('XYZ', '50', { adjusted: true })],
    ['multiplier null', call('XYZ', '50', { multiplier: null })],
  ])('%s: a short one makes the account indeterminate, a long one counts for nothing', (_, terms) => {
    expect(stateOf(held(id, terms, '-1', prices))).toMatchObject({ status: 'indeterminate' });
    expect(stateOf(held(id, terms, '1', prices))).toMatchObject({ status: 'healthy', netLiq: '100000' });
    expect(positionOf(stateOf(held(id, terms, '1', prices)), id).badges).toEqual(['adjusted']);
  });
  test('an adjusted contract whose deliverable is known is margined, and marked', () => {
    const terms = call('XYZ', '50', { adjusted: true, deliverable: [{ instrument: 'XYZ', quantity: '100' }] });
    expect(positionOf(stateOf(held(id, terms, '-1', prices)), id)).toMatchObject({ exchangeMaintenance: '2300', badges: ['adjusted'] });
  });
  test('an instrument nobody described is indeterminate on either side', () => {
    for (const quantity of ['1', '-1']) expect(stateOf(held('WHAT', null, quantity, { WHAT: '5' }))).toMatchObject({ status: 'indeterminate' });
  });
});

describe('expired options are out, and a short one that may have been assigned is not passed over', () => {
  const option = put('XYZ', '50', { expiry: '2026-11-19' });
  const id = idOf(option);
  test.each([
    ['long', '1', { XYZ: '40', [id]: '10' }, 'healthy'],
    ['short, out of the money', '-1', { XYZ: '60', [id]: '0' }, 'healthy'],
    ['short, at the money', '-1', { XYZ: '50', [id]: '0' }, 'healthy'],
    ['short, in the money', '-1', { XYZ: '40', [id]: '10' }, 'indeterminate'],
    ['short, underlying unknown', '-1', { [id]: '10' }, 'indeterminate'],
  ])('%s', (_, quantity, prices, status) => {
    const state = stateOf(held(id, option, quantity, prices));
    expect(state).toMatchObject({ status, netLiq: '100000', maintenance: '0' });
    expect(positionOf(state, id).badges).toEqual(['expired']);
  });
  test('a call is in the money above its strike', () => {
    const past = call('XYZ', '50', { expiry: '2026-11-19' });
    const statusAt = (spot: string): string => stateOf(held(idOf(past), past, '-1', { XYZ: spot })).status;
    expect([statusAt('50.01'), statusAt('50'), statusAt('40')]).toEqual(['indeterminate', 'healthy', 'healthy']);
  });
  test('an option is alive on the day it expires', () => {
    const today = put('XYZ', '50', { expiry: '2026-11-20' });
    expect(stateOf(held(idOf(today), today, '-1', { XYZ: '60', [idOf(today)]: '0.1' })).maintenance).toBe('510');
  });
});

describe('kinds that are not margined yet', () => {
  test.each(['future', 'perpetual', 'coin', 'loan', 'cfd', 'other'] as const)('%s: indeterminate on either side, the rest still computed', (kind) => {
    for (const quantity of ['2', '-2']) {
      const desk = held('THING', { kind, currency: 'USD' }, quantity, { THING: '10', XYZ: '50' });
      const state = stateOf({ ...desk, positions: [...desk.positions, ['XYZ', '100']] });
      expect(state).toMatchObject({ status: 'indeterminate', maintenance: '1250' });
      expect(positionOf(state, 'THING').badges).toEqual(['notMarginedYet']);
    }
  });
  test('a long warrant is paid in full', () => {
    expect(stateOf(held('W', { kind: 'warrant', currency: 'USD' }, '100', { W: '2' }))).toMatchObject({ status: 'healthy', maintenance: '200', equity: '100200' });
  });
});

test('what the importer could not take in is listed; a short one makes the account indeterminate', () => {
  const excluded = (short: boolean): ReturnType<typeof stateOf> => stateOf(held('XYZ', null, '1', { XYZ: '5' }, { pool: { excluded: [{ symbol: '???', reason: 'no such symbol', short }] } }));
  expect(excluded(false)).toMatchObject({ status: 'healthy', unpriced: [{ instrument: '???', reason: 'no such symbol', indeterminate: false }] });
  expect(excluded(true)).toMatchObject({ status: 'indeterminate' });
});

test('a quantity that is no whole number of lots is set aside with that reason', () => {
  const state = stateOf(held('XYZ', null, '0.000000001', { XYZ: '5' }));
  expect(state.statusReason).toContain('not a whole number of lots of 0.00000001');
});

describe('a pool whose rules cannot be applied is indeterminate with the reason, never a crash', () => {
  test.each([
    ['packs of another model', { model: 'scan' as const }, 'The rule packs are for the model strategy, the pool is under scan.'],
    ['an unknown pack', { packs: ['nobody'] }, 'There is no rule pack "nobody".'],
    ['no pack at all', { packs: [] }, 'The pool names no rule pack.'],
    ['house rules without the exchange’s', { packs: ['house-standard'] }, 'No pack of house-standard sets'],
  ])('%s', (_, pool, reason) => {
    const state = stateOf(held('XYZ', null, '10', { XYZ: '5' }, { pool }));
    expect(state).toMatchObject({ status: 'indeterminate', equity: '100000' });
    expect(state.statusReason).toContain(reason);
    expect(poolOf(state).unpriced).toHaveLength(1);
  });
});

test('an unpriced position takes nothing away from the others', () => {
  const desk = held('DARK', stock(), '-500', { XYZ: '50', FUND: '10' });
  const rest: Desk['positions'] = [['XYZ', '100'], ['FUND', '-100']];
  const instruments = { ...desk.instruments, FUND: fund() };
  const without = stateOf({ ...desk, instruments, positions: rest });
  expect(stateOf({ ...desk, instruments, positions: [...desk.positions, ...rest] })).toMatchObject({ maintenance: without.maintenance, equity: without.equity });
});
