import { expect, test } from 'vitest';
import { computePack } from '../../../main/engine/calc-pack/compute-pack.ts';
import { readCalcPack } from '../../../main/engine/calc-pack/read-pack.ts';
import { ENGINE_VERSION } from '../../../main/engine/margin.ts';
import { calcPackResult, type CalcPackResult } from '../../../shared/calc-pack/result.ts';
import type { Result } from '../../../shared/result.ts';

type Json = Record<string, unknown>;

/** 1,000 shares at 30 against a loan of 20,000, and a short put, under the regulator's rules alone. */
function pack(parts: { top?: Json; account?: Json; pool?: Json } = {}): Json {
  const pool = {
    id: 'cross',
    model: 'strategy',
    rulePack: 'us-reg-t',
    cash: { USD: '-20000' },
    positions: [
      { instrument: 'XYZ', quantity: '1000' },
      { instrument: 'ABC P80', quantity: '-1' },
    ],
    ...parts.pool,
  };
  return {
    format: 'plimsoll/calc-pack@1',
    asOf: '2026-11-20T21:00:00Z',
    baseCurrency: 'USD',
    instruments: {
      XYZ: { kind: 'equity', currency: 'USD', price: '30.00' },
      ABC: { kind: 'equity', currency: 'USD', price: '95' },
      'ABC P80': { kind: 'option', currency: 'USD', underlying: 'ABC', right: 'put', strike: '80', expiry: '2026-12-18', multiplier: '100', price: '2' },
      EURO: { kind: 'cash', currency: 'EUR' },
    },
    fx: { EUR: '1.25' },
    accounts: [{ id: 'A1', pools: [pool], ...parts.account }],
    ...parts.top,
  };
}

function compute(json: unknown): Result<CalcPackResult> {
  const read = readCalcPack(json);
  return read.ok ? computePack(read.value) : read;
}

function figures(json: unknown) {
  const result = compute(json);
  if (!result.ok) throw new Error(result.fault.message);
  const [account] = result.value.accounts;
  if (!account) throw new Error('no account');
  return account;
}

function faultOf(json: unknown): string {
  const result = compute(json);
  return result.ok ? 'no fault' : `${result.fault.code} at ${result.fault.at}`;
}

test('a pack gives the margin state of its account: 25 % of stock, and the short put at 2 + 10 % of its strike', () => {
  const account = figures(pack());
  expect(account).toMatchObject({ id: 'A1', equity: '10000', maintenance: '8500', excess: '1500', deficit: '0', status: 'healthy' });
  expect(account.pools[0]?.stacks.exchange.maintenance).toBe('8500');
});

test('the result has the published shape and names the engine that computed it', () => {
  const result = compute(pack());
  if (!result.ok) throw new Error(result.fault.message);
  expect(calcPackResult.parse(result.value)).toEqual(result.value);
  expect(result.value.engine).toBe(ENGINE_VERSION);
});

test('each position carries its call price, and at that price equity is the requirement', () => {
  const callPrice = figures(pack()).pools[0]?.positions.find(({ instrument }) => instrument === 'XYZ')?.callPrice;
  expect(callPrice).toEqual({ down: '28', up: null });
  const atCall = pack();
  (atCall['instruments'] as Record<string, Json>)['XYZ'] = { kind: 'equity', currency: 'USD', price: '28' };
  expect(figures(atCall)).toMatchObject({ equity: '8000', maintenance: '8000', excess: '0' });
});

test('the same pack gives the same bytes, however its keys and amounts are written', () => {
  const plain = JSON.stringify(compute(pack()));
  const reversed = Object.fromEntries(Object.entries(pack()).toReversed());
  expect(JSON.stringify(compute(reversed))).toBe(plain);
  expect(JSON.stringify(compute(pack({ pool: { cash: { USD: '-20000.00' } } })))).toBe(plain);
});

test('a mark of the market section wins over the price beside the terms', () => {
  const marked = pack({ top: { market: { marks: { XYZ: { value: '40', source: 'desk' } } } } });
  expect(figures(marked).equity).toBe('20000');
});

test('a position in a cash instrument is cash of its currency', () => {
  const withEuro = pack({ pool: { positions: [{ instrument: 'EURO', quantity: '400' }], cash: { USD: '100' } } });
  expect(figures(withEuro)).toMatchObject({ equity: '600', netLiq: '600', maintenance: '0', healthRatio: null });
});

test('an inline rule pack overrides the shipped one of its id, or stands beside it', () => {
  const strict = { id: 'strict', version: '1', title: 'Half', layer: 'account', model: 'strategy', extends: 'us-reg-t', effectiveFrom: '2026-01-01', parameters: { 'exchange.stock.long': { value: '0.5', unit: 'ratio', label: 'Half', cites: 'test', status: 'house' } } };
  const halved = pack({ top: { rulePacks: { strict } }, pool: { rulePack: 'us-reg-t', packs: ['strict'] } });
  expect(figures(halved).maintenance).toBe('16000');
});

test('a pack that needs a newer engine is refused and says so', () => {
  expect(faultOf(pack({ top: { minEngine: '99.0.0' } }))).toBe('engine-too-old at minEngine');
  expect(faultOf(pack({ top: { minEngine: ENGINE_VERSION } }))).toBe('no fault');
});

test('a rule pack that is not there, not valid or misnamed is a fault at its path', () => {
  expect(faultOf(pack({ pool: { rulePack: 'moon' } }))).toBe('unknown-rule-pack at accounts[0].pools[0].packs');
  expect(faultOf(pack({ top: { rulePacks: { mine: { id: 'other' } } } }))).toBe('bad-rule-pack at rulePacks.mine.id');
  expect(faultOf(pack({ top: { rulePacks: { mine: { id: 'mine' } } } }))).toMatch(/^bad-rule-pack at rulePacks\.mine/);
});

test.each([
  ['collateral', [{ instrument: 'XYZ', quantity: '1' }]],
  ['debt', [{ instrument: 'EURO', quantity: '1' }]],
  ['orders', [{ instrument: 'XYZ', quantity: '1' }]],
  ['external', { maintenance: '5' }],
])('%s, which no figure would include, is refused rather than ignored', (part, value) => {
  expect(faultOf(pack({ pool: { [part]: value } }))).toBe(`not-supported-yet at accounts[0].pools[0].${part}`);
});

test('a short position without a price leaves the account indeterminate, not healthy', () => {
  const json = pack();
  (json['instruments'] as Record<string, Json>)['ABC P80'] = { ...(json['instruments'] as Record<string, Json>)['ABC P80'], price: undefined };
  Reflect.deleteProperty((json['instruments'] as Record<string, Json>)['ABC P80'] ?? {}, 'price');
  expect(figures(json).status).toBe('indeterminate');
  expect(figures(json).unpriced.map(({ instrument }) => instrument)).toEqual(['ABC P80']);
});
