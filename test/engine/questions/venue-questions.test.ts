import { describe, expect, test } from 'vitest';
import { answerFrom, readQuestion } from '../../../main/engine/questions/answer.ts';
import { ENGINE_QUESTIONS } from '../../../main/engine/questions/table.ts';
import { Decimal } from '../../../shared/money.ts';
import type { Result } from '../../../shared/result.ts';

const pack = {
  format: 'plimsoll/calc-pack@1',
  asOf: '2026-11-20T21:00:00Z',
  baseCurrency: 'USDT',
  instruments: { BTCUSDT: { kind: 'perpetual', currency: 'USDT', price: '31967.27' }, ELSE: { kind: 'perpetual', currency: 'USDT', price: '1' } },
  accounts: [{ id: 'A1', regime: 'venue', pools: [{ id: 'futures', model: 'bracket', rulePack: 'binance-usdm', cash: { USDT: '1535443.01' }, positions: [{ instrument: 'BTCUSDT', quantity: '109.488', entryPrice: '32481.98' }] }] }],
};

function ask(name: string, params: Record<string, unknown>, about?: unknown): Result<Record<string, unknown>> {
  const read = readQuestion({ format: 'plimsoll/question@1', ask: name, params, ...(about ? { pack: about } : {}) });
  return read.ok ? answerFrom(ENGINE_QUESTIONS, read.value) : read;
}

function answer(name: string, params: Record<string, unknown>, about?: unknown): Record<string, unknown> {
  const result = ask(name, params, about);
  if (!result.ok) throw new Error(result.fault.message);
  return result.value;
}

describe('liquidation.price', () => {
  test('the price it names is the one at which the recomputed pool stands on its line', () => {
    const { down, up, atDown } = answer('liquidation.price', { instrument: 'BTCUSDT' }, pack);
    expect(up).toBe(null);
    // Two tiers below the one at the mark.
    expect(down).toBe('18570.1618484492');
    const { equity, maintenance } = atDown as { equity: string; maintenance: string };
    expect(new Decimal(equity).minus(maintenance).abs().lt('1e-7')).toBe(true);
  });
  test('a position that is not there is a fault that says so', () => {
    expect(ask('liquidation.price', { instrument: 'ELSE' }, pack)).toMatchObject({ ok: false, fault: { message: 'The first account of the pack holds no "ELSE" at a venue.', at: 'params.instrument' } });
  });
  test('so is one whose market no pack knows, with the reason', () => {
    const elsewhere = { ...pack, accounts: [{ ...pack.accounts[0], pools: [{ ...pack.accounts[0]?.pools[0], positions: [{ instrument: 'ELSE', quantity: '1' }] }] }] };
    expect(ask('liquidation.price', { instrument: 'ELSE' }, elsewhere)).toMatchObject({ ok: false, fault: { message: 'ELSE cannot be margined: no rule pack of venue-standard@2026-11-20, binance-usdm@2024-10-24 knows its market.' } });
  });
});

describe('bracket.tiers', () => {
  test('a shipped market is found by any of its names, with its citation', () => {
    expect(answer('bracket.tiers', { packs: ['hyperliquid'], market: 'BTC-PERP' })).toMatchObject({ apply: 'amount', status: 'secondary', tiers: [{ upTo: '150000000', maintenance: '0.0125', leverageMax: '40', amount: '0' }, { upTo: null, maintenance: '0.025', amount: '1875000' }] });
  });
  test('the venue’s stated amounts are those that make its tiers join', () => {
    const tiers = answer('bracket.tiers', { packs: ['binance-usdm'], market: 'BTCUSDT' })['tiers'] as { upTo: string; maintenance: string; leverageMax: string; amount: string }[];
    const market = { title: 'Again', rate: { kind: 'tiers', by: 'notional', apply: 'amount', tiers: tiers.map(({ upTo, maintenance }) => ({ upTo, maintenance })) }, cites: 'The same table', status: 'house' };
    const worked = answer('bracket.workedTiers', { market })['tiers'] as { amount: string }[];
    expect(worked.map(({ amount }) => amount)).toEqual(tiers.map(({ amount }) => amount));
    expect(tiers).toHaveLength(12);
  });
  test('an unknown market and one without tiers are faults', () => {
    expect(ask('bracket.tiers', { packs: ['binance-usdm'], market: 'DOGE' })).toMatchObject({ ok: false, fault: { code: 'unknown-market' } });
    expect(ask('bracket.tiers', { packs: ['deribit-sm'], market: 'BTC' })).toMatchObject({ ok: false, fault: { message: 'The market’s rates have no tiers.' } });
  });
});

describe('takeover', () => {
  const held = { ...pack, accounts: [{ id: 'A1', regime: 'venue', pools: [{ ...pack.accounts[0]?.pools[0], cash: { USDT: '-3200000' }, positions: [{ instrument: 'BTCUSDT', quantity: '100', entryPrice: '0' }] }] }] };
  test('closing all of an account’s only position brings what is owed, whatever the mark', () => {
    expect(answer('liquidation.bankruptcyPrice', { instrument: 'BTCUSDT', quantity: '100' }, held)).toEqual({ value: '3200000', price: '32000' });
  });
  test('more than is held cannot be closed', () => {
    expect(ask('liquidation.bankruptcyPrice', { instrument: 'BTCUSDT', quantity: '101' }, held)).toMatchObject({ ok: false, fault: { message: 'Only 100 of BTCUSDT is held.', at: 'params.quantity' } });
  });
});

describe('liquidation.deleverage', () => {
  test('ranks by profit times leverage where values are given; a loss by profit over leverage', () => {
    // 20 % × 120 ÷ 20, 20 % × 120 ÷ 60, −50 % ÷ (50 ÷ 25).
    const positions = [
      { account: 'low', quantity: '1', mark: '120', bankrupt: '60', entry: '100' },
      { account: 'loss', quantity: '1', mark: '50', bankrupt: '25', entry: '100' },
      { account: 'high', quantity: '1', mark: '120', bankrupt: '100', entry: '100' },
    ];
    const { queue, left } = answer('liquidation.deleverage', { positions, quantity: '5' });
    expect((queue as { account: string }[]).map(({ account }) => account)).toEqual(['high', 'low', 'loss']);
    expect(left).toBe('2');
  });
  test('a position without a cushion has no rank', () => {
    expect(ask('liquidation.deleverage', { positions: [{ account: 'flat', quantity: '1', mark: '5', bankrupt: '5', entry: '4' }], quantity: '1' })).toMatchObject({ ok: false, fault: { at: 'params.positions' } });
  });
});
