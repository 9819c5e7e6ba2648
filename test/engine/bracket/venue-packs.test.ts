import { describe, expect, test } from 'vitest';
import { accountStateOf, marginAccount } from '../../../main/engine/margin.ts';
import { resolveRules, shippedPacks, withPacks } from '../../../main/engine/packs/shelf.ts';
import type { Instrument } from '../../../shared/domain/instrument.ts';
import { cashRow, markOf, TODAY } from '../build.ts';
import { flat, SOURCE, tiers } from './venue.ts';

const packs = [...shippedPacks().packs.values()].filter(({ model, bracket }) => model === 'bracket' && bracket !== undefined);

/** One of each venue's markets, as its account would hold it. */
const HELD: Record<string, { instrument: string; terms: Instrument; price: string; quantity: string; currency?: string; stats?: Record<string, string>; gives: Record<string, string> }> = {
  'binance-usdm': { instrument: 'BTCUSDT', terms: { kind: 'perpetual', currency: 'USDT' }, price: '100000', quantity: '10', currency: 'USDT', gives: { maintenance: '5550', initial: '13333.3333333333333333' } },
  hyperliquid: { instrument: 'SOL-PERP', terms: { kind: 'perpetual', currency: 'USDC', underlying: 'SOL' }, price: '200', quantity: '400000', currency: 'USDC', gives: { maintenance: '2250000', initial: '8000000' } },
  'dydx-v4': { instrument: 'Mid', terms: { kind: 'perpetual', currency: 'USDC' }, price: '10', quantity: '3', currency: 'USDC', stats: { openInterest: '70000000' }, gives: { maintenance: '0.9', initial: '15.75' } },
  bybit: { instrument: 'XYZUSD', terms: { kind: 'perpetual', currency: 'USD', underlying: 'XYZ', settlement: 'inverse' }, price: '400', quantity: '10000', currency: 'XYZ', gives: { maintenance: '0.45', initial: '0.75' } },
  'okx-tiers': { instrument: 'AGLD-USDT', terms: { kind: 'perpetual', currency: 'USDT' }, price: '2', quantity: '-1500', currency: 'USDT', gives: { maintenance: '150', initial: '330' } },
  'deribit-sm': { instrument: 'BTC_USDC-PERPETUAL', terms: { kind: 'perpetual', currency: 'USDC' }, price: '100000', quantity: '25', currency: 'USDC', gives: { maintenance: '28125', initial: '53125' } },
  'vega-style': { instrument: 'ANY', terms: { kind: 'perpetual', currency: 'USD' }, price: '1000', quantity: '10', gives: { maintenance: '3953', initial: '4743' } },
  'synthetix-v3': { instrument: 'ETH-PERP', terms: { kind: 'perpetual', currency: 'USD', underlying: 'ETH' }, price: '2000', quantity: '20', stats: { skewScale: '1000' }, gives: { maintenance: '3500', initial: '4500' } },
  'kraken-futures': { instrument: 'PF_XBTUSD', terms: { kind: 'perpetual', currency: 'USD', underlying: 'XBT' }, price: '100000', quantity: '2', gives: { maintenance: '2000', initial: '4000' } },
  'drift-perp': { instrument: 'SOL-PERP', terms: { kind: 'perpetual', currency: 'USDC' }, price: '100', quantity: '5', currency: 'USDC', gives: { maintenance: '25', initial: '50' } },
};

test('every venue pack that is shipped is tried here', () => {
  expect(packs.map(({ id }) => id).filter((id) => id !== 'venue-standard').toSorted()).toEqual(Object.keys(HELD).toSorted());
});

test.each(Object.entries(HELD))('%s runs by itself, and asks what its table says', (id, { instrument, terms, price, quantity, currency = 'USD', stats, gives }) => {
  expect(resolveRules(shippedPacks(), [id])).toMatchObject({ ok: true });
  const pool = { id: 'venue', mode: 'cross' as const, model: 'bracket' as const, currency, packs: [id], cash: [cashRow('1', 'tradeDate', currency)], positions: [{ instrument, subType: 'futures' as const, quantity, entryPrice: price }], excluded: [] };
  const market = { asOf: `${TODAY}T21:00:00Z`, businessDate: TODAY, instruments: new Map([[instrument, terms]]), marks: new Map([[instrument, markOf(instrument, price)]]), fx: [], stats: new Map(stats ? [[instrument, stats]] : []) };
  const state = accountStateOf(marginAccount({ id: 'A1', baseCurrency: currency, regime: 'venue', newAccount: false, prior: null, activity: null, pools: [pool] }, market, shippedPacks()));
  expect(state.unpriced.filter(({ indeterminate }) => indeterminate)).toEqual([]);
  expect({ maintenance: state.maintenance, initial: state.initial }).toEqual(gives);
});

describe('a venue pack', () => {
  const pack = (bracket: Record<string, unknown>) => ({ id: 'mine', version: '1', title: 'Mine', layer: 'account', model: 'bracket', extends: 'venue-standard', effectiveFrom: '2000-01-01', parameters: {}, bracket });
  const market = (rate: Record<string, unknown>) => pack({ markets: { ONE: { title: 'One', rate, ...SOURCE } } });
  const fault = (made: unknown): string | null => {
    const shelf = withPacks(shippedPacks(), [made]);
    return shelf.ok ? null : `${shelf.fault.at} ${shelf.fault.message}`;
  };
  test('whose tiers do not rise, end too early or lack a rate is refused at the tier', () => {
    expect(fault(market(flat('0.1')))).toBe(null);
    expect(fault(market(tiers([['100', '0.1'], ['100', '0.2']])))).toContain('tiers[1]');
    expect(fault(market(tiers([[null, '0.1'], ['100', '0.2']])))).toContain('expected tiers in rising order');
    expect(fault(market({ kind: 'tiers', by: 'notional', apply: 'amount', tiers: [{ upTo: null, leverageMax: '5' }] }))).toContain('expected a maintenance rate');
  });
  test('with a rate below zero, a share above one or an unknown entry is refused', () => {
    expect(fault(market(flat('-0.1')))).toContain('expected 0 or more');
    expect(fault(pack({ collateral: { BTC: { haircut: '1.5', ...SOURCE } } }))).toContain('expected a share from 0 to 1');
    expect(fault(pack({ marginCalls: true }))).not.toBe(null);
  });
  test('without a market it is incomplete, and says so', () => {
    const shelf = withPacks(shippedPacks(), [pack({})]);
    expect(shelf.ok && resolveRules(shelf.value, ['mine'])).toMatchObject({ ok: false, fault: { code: 'incomplete-rules', message: 'No pack of mine sets bracket.markets.' } });
  });
});
