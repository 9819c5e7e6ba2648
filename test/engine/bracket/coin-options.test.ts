import { describe, expect, test } from 'vitest';
import type { CalcPackInput } from '../../../shared/calc-pack.ts';
import { faultLine, type Result } from '../../../shared/result.ts';
import { computePack, preparePack } from '../../../main/engine/calc-pack/compute-pack.ts';
import { readCalcPack } from '../../../main/engine/calc-pack/read-pack.ts';
import { explainFigure, marginAccount } from '../../../main/engine/margin.ts';
import { wrongNodes } from '../explain-checker.ts';

const option = (right: 'call' | 'put', strike: string, price: string) => ({ kind: 'option' as const, underlying: 'BTC', currency: 'BTC', settlement: 'inverse' as const, right, strike, expiry: '2026-12-25', style: 'european' as const, multiplier: '1', price });
const instruments: NonNullable<CalcPackInput['instruments']> = {
  BTC: { kind: 'coin', currency: 'USD', price: '50000' },
  C: option('call', '52000', '0.03'),
  P: option('put', '60000', '0.2'),
  PI: { kind: 'perpetual', underlying: 'BTC', currency: 'USD', settlement: 'inverse', multiplier: '1', price: '50000' },
};

function packOf(positions: Record<string, string>, { packs = ['deribit-sm'], currency = 'BTC', cash = '10', model = 'bracket' as const, changed = {} }: { packs?: string[]; currency?: string; cash?: string; model?: 'bracket' | 'strategy'; changed?: CalcPackInput['instruments'] } = {}): CalcPackInput {
  return { format: 'plimsoll/calc-pack@1', asOf: '2026-11-20T08:00:00Z', baseCurrency: 'USD', fx: { BTC: '50000' }, instruments: { ...instruments, ...changed }, accounts: [{ id: 'A1', regime: 'venue', pools: [{ id: 'venue', model, packs, currency, cash: { [currency]: cash }, positions: Object.entries(positions).map(([instrument, quantity]) => ({ instrument, quantity, entryPrice: '50000' })).map(({ entryPrice, ...row }) => (row.instrument === 'PI' ? { ...row, entryPrice } : row)) }] }] };
}
const poolOf = (...given: Parameters<typeof packOf>) => valueOf(computePack(valueOf(readCalcPack(packOf(...given))))).accounts[0]?.pools[0];

function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(faultLine(result.fault));
}

describe('options paid out in coin under a venue’s brackets', () => {
  test('a short call: its value, and of one coin 15 % less what it is out of the money by the price, 10 % at least; 7.5 % to keep', () => {
    // 2,000 of 50,000 is 0.04: 0.11 and 0.03 on opening, 0.075 and 0.03 to keep, of two.
    expect(poolOf({ C: '-2' })).toMatchObject({ status: 'healthy', equity: '9.94', initial: '0.28', maintenance: '0.21' });
  });
  test('a put that is worth more than a coin’s share is asked by its own value; a long one is paid for', () => {
    expect(poolOf({ P: '-1' })).toMatchObject({ equity: '9.8', initial: '0.35', maintenance: '0.275' });
    expect(poolOf({ P: '-1' }, { changed: { P: option('put', '200000', '3') } })).toMatchObject({ maintenance: '3.225' });
    expect(poolOf({ C: '3' })).toMatchObject({ equity: '10.09', initial: '0', maintenance: '0' });
  });
  test('a pool in money counts coin at the rate of now, whether the price is in coin or in money', () => {
    expect(poolOf({ C: '-2' }, { currency: 'USD', cash: '500000' })).toMatchObject({ equity: '497000', initial: '14000', maintenance: '10500' });
    expect(poolOf({ C: '-2' }, { currency: 'USD', cash: '500000', changed: { C: { ...option('call', '52000', '1500'), currency: 'USD' } } })).toMatchObject({ equity: '497000', initial: '14000', maintenance: '10500' });
  });
  test('every tree adds up', () => {
    const { accounts, market, shelf } = valueOf(preparePack(valueOf(readCalcPack(packOf({ C: '-2', P: '-1.5' })))));
    const margin = marginAccount(accounts[0] as NonNullable<(typeof accounts)[0]>, market, shelf);
    for (const figure of ['equity', 'maintenance', 'initial', 'excess'] as const) expect(wrongNodes(explainFigure(margin, figure))).toEqual([]);
  });
  test('rules of stock do not margin them', () => {
    expect(poolOf({ C: '-2' }, { packs: ['us-reg-t'], model: 'strategy', currency: 'USD', cash: '500000' })).toMatchObject({ status: 'indeterminate', unpriced: [{ reason: 'options paid out in coin are not margined under these rules' }] });
  });
});

test('a position beyond a venue’s published levels is charged at the last of them, and is not called known', () => {
  const at = (quantity: string) => poolOf({ PI: quantity }, { packs: ['kraken-futures'], cash: '5000' });
  expect(at('50000000')).toMatchObject({ status: 'healthy', maintenance: '125' });
  expect(at('200000000')).toMatchObject({ status: 'indeterminate', maintenance: '600', unpriced: [{ instrument: 'PI', reason: 'it is larger than the last tier of its market: charged at that tier’s rate' }] });
});
