import { describe, expect, test } from 'vitest';
import { marginAccount } from '../../../main/engine/margin.ts';
import { shippedPacks } from '../../../main/engine/packs/shelf.ts';
import { accountOf, marketOf } from '../build.ts';
import { optionTerms, scanned, SOURCE, type ScanDesk } from './build.ts';

const STOCK = { kind: 'equity' as const, currency: 'USD', price: '100' };
const future = (price: string) => ({ kind: 'future' as const, currency: 'USD', multiplier: '50', underlying: 'XYZ', expiry: '2026-12-18', price });
const portfolio = (desk: Omit<ScanDesk, 'instruments'> & Partial<ScanDesk>) => scanned({ instruments: { XYZ: STOCK }, beneath: 'us-portfolio-margin', cash: '100000', ...desk });

describe('futures on a class', () => {
  const instruments = { XYZ: STOCK, XYZF: future('102') };
  test('move with it by the same share of their own price', () => {
    // 15 % of 50 × 102.
    expect(portfolio({ instruments, positions: { XYZF: '1' } }).maintenance).toBe('765');
    expect(portfolio({ instruments, positions: { XYZ: '50', XYZF: '-1' } }).maintenance).toBe('15');
    expect(portfolio({ instruments, positions: { XYZ: '50', XYZF: '1' } }).maintenance).toBe('1515');
  });
  test('bring no market value, and the gain since they were last settled', () => {
    const settled = { positions: [{ instrument: 'XYZF', quantity: '2', settledPrice: '100' }] };
    expect(portfolio({ instruments, positions: { XYZF: '2' } }).equity).toBe('100000');
    expect(portfolio({ instruments, positions: {}, pool: settled }).equity).toBe('100200');
  });
  test('meet a call where stock and future together do, the future moved with the stock', () => {
    // Worth 50 p less 3,000 borrowed, asked 15 % of 50 p and of 51 p: equal at p = 3000 / 34.85.
    const desk = { instruments: { XYZ: { kind: 'equity' as const, currency: 'USD' }, XYZF: { kind: 'future' as const, currency: 'USD', multiplier: '50', underlying: 'XYZ', expiry: '2026-12-18' } }, prices: { XYZ: '100', XYZF: '102' }, positions: [['XYZ', '50'], ['XYZF', '1']] as const, cash: '-3000', packs: ['us-portfolio-margin'], pool: { model: 'scan' as const } };
    const [pool] = marginAccount(accountOf(desk), marketOf(desk), shippedPacks()).pools;
    expect(pool?.figures.excess.amount.toFixed()).toBe('485');
    expect(Number(pool?.callPrice?.('XYZ').down)).toBeCloseTo(3000 / 34.85, 5);
  });
  test('are left out with the reason where they are on nothing', () => {
    const { status, unpriced } = portfolio({ instruments: { XYZ: STOCK, LONE: { kind: 'future', currency: 'USD', multiplier: '50', price: '100', expiry: '2026-12-18' } }, positions: { LONE: '1' } });
    expect(status).toBe('indeterminate');
    expect(unpriced[0]?.reason).toBe('positions of kind future are not scanned by class');
  });
});

describe('volatility', () => {
  const call = optionTerms('call', '100', '5');
  const scan = (vol: string | undefined): object => ({
    scenarioSet: { id: 'own', title: 'Own', scenarios: [{ label: 'volatility up', price: '0', vol: '1' }, { label: 'volatility down', price: '0', vol: '-1' }, { label: 'all of it', price: '1', vol: '1/2' }], ...SOURCE },
    portfolioTypes: { equity: { title: 'Own', down: '0.15', up: '0.15', ...(vol === undefined ? {} : { vol }), kinds: ['equity'], ...SOURCE } },
  });
  const gains = (vol: string | undefined): number[] => {
    const state = portfolio({ instruments: { XYZ: STOCK, CALL: call }, positions: { CALL: '-1' }, scan: scan(vol), pool: {} });
    return [Number(state.maintenance)];
  };
  test('moves where the type says by how much, and stays where it says nothing', () => {
    const [still = 0] = gains(undefined);
    const [moved = 0] = gains('0.2');
    // The worst is the rise in price; with half of 20 points of volatility on top it is worse for whoever sold the call.
    expect(still).toBeGreaterThan(900);
    expect(moved).toBeGreaterThan(still + 10);
  });
});
