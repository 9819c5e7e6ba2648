import { describe, expect, test } from 'vitest';
import type { CalcPackInput } from '../../../shared/calc-pack.ts';
import { Decimal } from '../../../shared/money.ts';
import { faultLine, type Result } from '../../../shared/result.ts';
import { computePack } from '../../../main/engine/calc-pack/compute-pack.ts';
import { readCalcPack } from '../../../main/engine/calc-pack/read-pack.ts';

type Instruments = NonNullable<CalcPackInput['instruments']>;
type Pool = CalcPackInput['accounts'][number]['pools'][number];
const EXPIRY = '2026-12-25T08:00:00Z';
const option = (more: object) => ({ kind: 'option' as const, underlying: 'ETH', currency: 'USDC', right: 'call' as const, strike: '2200', expiry: EXPIRY.slice(0, 10), expiresAt: EXPIRY, style: 'european' as const, multiplier: '1', impliedVol: '0.6', ...more });
const instruments: Instruments = {
  USDC: { kind: 'coin', currency: 'USD', price: '1' },
  ETH: { kind: 'coin', currency: 'USDC', price: '2000' },
  PERP: { kind: 'perpetual', currency: 'USDC', underlying: 'ETH', price: '2010' },
  C: option({}),
  INV: option({ currency: 'ETH', settlement: 'inverse', right: 'put', strike: '1800' }),
  XYZ: { kind: 'equity', currency: 'USD', price: '100' },
  XC: { kind: 'option', underlying: 'XYZ', currency: 'USD', right: 'call', strike: '110', expiry: '2027-03-19', style: 'european', multiplier: '100', price: '5' },
};

function accountOf(pool: Partial<Pool>, changed: Instruments = {}, forward = '2000', riskArrays: CalcPackInput['riskArrays'] = {}) {
  const pack = { format: 'plimsoll/calc-pack@1', asOf: '2026-11-20T08:00:00Z', baseCurrency: 'USD', fx: { USDC: '1', ETH: '2000' }, market: { forwards: [{ underlying: 'ETH', expiresAt: EXPIRY, price: forward }] }, instruments: { ...instruments, ...changed }, riskArrays, rulePacks: { own: SPAN, grid: GRID }, accounts: [{ id: 'A', regime: 'venue', pools: [{ id: 'p', mode: 'venue', model: 'scan', currency: 'USDC', ...pool }] }] };
  const account = valueOf(computePack(valueOf(readCalcPack(pack)))).accounts[0];
  if (!account) throw new Error('no account');
  return account;
}

function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(faultLine(result.fault));
}

const SOURCE = { cites: 'A test', status: 'house' };
const SPAN = { id: 'own', version: '1', title: 'Own', layer: 'account', model: 'scan', extends: 'span-generic', effectiveFrom: '2000-01-01', parameters: {}, scan: { commodities: { OIL: { title: 'Oil', currency: 'USD', contracts: ['OIL'], priceScanRange: '3000', ...SOURCE } } } };
const GRID = { id: 'grid', version: '1', title: 'Own', layer: 'account', model: 'scan', extends: 'venue-grid-standard', effectiveFrom: '2000-01-01', parameters: {}, venueGrid: { scenarios: [{ price: '0.9', vol: 'none' }, { price: '1.1', vol: 'none' }], factors: { initial: '1', maintenance: '1' }, ...SOURCE } };
const priceOf = (account: ReturnType<typeof accountOf>, name: string) => {
  const [pool] = account.pools as unknown as { positions: { instrument: string; callPrice: { down: string | null; up: string | null } }[]; underlyings?: { instrument: string; callPrice: { down: string | null; up: string | null } }[] }[];
  return [...(pool?.positions ?? []), ...(pool?.underlyings ?? [])].find(({ instrument }) => instrument === name)?.callPrice;
};

describe('a price at which a pool is called, where a model stands behind it', () => {
  test('a perpetual short under a grid: 3 × (2,010 − P) + 1,000 is a tenth of 3 P', () => {
    // 7,030 ÷ 3.3 is 2,130.303030…: the first price on the other side, to the last place.
    expect(priceOf(accountOf({ packs: ['grid'], cash: { USDC: '1000' }, positions: [{ instrument: 'PERP', quantity: '-3', entryPrice: '2010' }] }), 'PERP')).toEqual({ down: null, up: '2130.303031' });
  });
  test('one that was paid out up to the mark gains and loses from there', () => {
    expect(priceOf(accountOf({ packs: ['grid'], cash: { USDC: '1000' }, positions: [{ instrument: 'PERP', quantity: '-3' }] }), 'PERP')?.up).toBe('2130.303031');
  });
  for (const [name, packs, currency, held, cash] of [['a grid', ['derive-portfolio'], 'USDC', 'C', '2500'], ['set rates', ['derive-standard'], 'USDC', 'C', '1200'], ['a grid, in coin', ['grid'], 'ETH', 'INV', '1.2'], ['set rates, in coin', ['derive-standard'], 'ETH', 'INV', '0.6']] as const) {
    test(`an option short under ${name}: with spot and forward there, and nothing else changed, equity is maintenance`, () => {
      const pool = { packs: [...packs], currency, cash: { [currency]: cash }, positions: [{ instrument: held, quantity: '-3' }] };
      const { down, up } = priceOf(accountOf(pool), 'ETH') ?? { down: null, up: null };
      const price = down ?? up;
      expect(price).not.toBeNull();
      const there = accountOf(pool, { ETH: { kind: 'coin', currency: 'USDC', price: price ?? '' } }, price ?? '').pools[0];
      expect(new Decimal(there?.excess ?? '1').abs().lt('0.001')).toBe(true);
      expect(new Decimal(there?.maintenance ?? '0').gt(0)).toBe(true);
    });
  }
  test('delta margin: options are valued anew at the volatility of now', () => {
    const pool = { model: 'delta' as const, mode: 'cross' as const, packs: ['house-delta-margin'], currency: 'USD', cash: { USD: '15000' }, positions: [{ instrument: 'XC', quantity: '-10' }] };
    const up = priceOf(accountOf(pool), 'XYZ')?.up;
    expect(Number(up)).toBeGreaterThan(100);
    expect(Number(up)).toBeLessThan(130);
  });
  test('SPAN: of a scan range it is told, of given arrays it is not', () => {
    const future: Instruments[string] = { kind: 'future', underlying: 'OIL', currency: 'USD', price: '80', multiplier: '1000', expiry: '2026-12-18' };
    const pool = { mode: 'cross' as const, packs: ['own'], currency: 'USD', cash: { USD: '5000' }, positions: [{ instrument: 'OILZ6', quantity: '1', entryPrice: '80' }] };
    // 5,000 less 3,000 of 1,000 barrels: two dollars.
    expect(priceOf(accountOf(pool, { OILZ6: future }), 'OILZ6')).toEqual({ down: '78', up: null });
    expect(priceOf(accountOf(pool, { OILZ6: future }, '2000', { OILZ6: { set: 'span-16', sign: 'gain', values: Array.from({ length: 16 }, () => '-3000') } }), 'OILZ6')).toEqual({ down: null, up: null });
  });
});
