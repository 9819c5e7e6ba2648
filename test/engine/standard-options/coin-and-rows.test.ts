import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CalcPackInput } from '../../../shared/calc-pack.ts';
import { Decimal } from '../../../shared/money.ts';
import { faultLine, type Result } from '../../../shared/result.ts';
import { preparePack } from '../../../main/engine/calc-pack/compute-pack.ts';
import { readCalcPack } from '../../../main/engine/calc-pack/read-pack.ts';
import { accountStateOf, explainFigure, marginAccount } from '../../../main/engine/margin.ts';
import { wrongNodes } from '../explain-checker.ts';

const EXPIRY = '2026-12-25T08:00:00Z';
const option = (right: 'call' | 'put', strike: string, price: string) => ({ kind: 'option' as const, underlying: 'ETH', right, strike, expiry: EXPIRY.slice(0, 10), expiresAt: EXPIRY, style: 'european' as const, multiplier: '1', price });
const inCoin = (right: 'call' | 'put', strike: string, price: string) => ({ ...option(right, strike, price), currency: 'ETH', settlement: 'inverse' as const });
const inMoney = (right: 'call' | 'put', strike: string, price: string) => ({ ...option(right, strike, price), currency: 'USDC' });
const instruments: NonNullable<CalcPackInput['instruments']> = {
  USDC: { kind: 'coin', currency: 'USD', price: '0.96' },
  ETH: { kind: 'coin', currency: 'USDC', price: '2000' },
  PERP: { kind: 'perpetual', currency: 'USDC', underlying: 'ETH', price: '2010' },
  C2200: inCoin('call', '2200', '0.025'),
  C2400: inCoin('call', '2400', '0.01'),
  P2100: inCoin('put', '2100', '0.09'),
  P1000: inCoin('put', '1000', '0.0005'),
  M2200: inMoney('call', '2200', '50'),
  M2400: inMoney('call', '2400', '20'),
  N2100: inMoney('put', '2100', '180'),
  N1000: inMoney('put', '1000', '1'),
};
const own = { id: 'own', version: '1', title: 'Own', layer: 'account', model: 'scan', extends: 'derive-standard', effectiveFrom: '2000-01-01', parameters: {}, perInstrument: { ETH: { rates: { 'collateral.initial': '0.7', 'collateral.maintenance': '0.8' }, cites: 'A test', status: 'house' } } };

type Held = [instrument: string, quantity: string, entryPrice?: string][];

function packOf(held: Held, currency: string, cash: string, changed: CalcPackInput['instruments'] = {}): CalcPackInput {
  const positions = held.map(([instrument, quantity, entryPrice]) => ({ instrument, quantity, ...(entryPrice === undefined ? {} : { entryPrice }) }));
  return { format: 'plimsoll/calc-pack@1', asOf: '2026-11-20T08:00:00Z', baseCurrency: currency, rulePacks: { own }, fx: currency === 'ETH' ? {} : { ETH: '2000' }, instruments: { ...instruments, ...changed }, accounts: [{ id: 'A1', regime: 'venue', pools: [{ id: 'venue', mode: 'venue', model: 'scan', packs: ['own'], currency, cash: { [currency]: cash }, positions }] }] };
}
/** Without call prices, which are a search. */
function stateOfPack(pack: CalcPackInput) {
  const { accounts, market, shelf } = valueOf(preparePack(valueOf(readCalcPack(pack))));
  return accountStateOf(marginAccount(accounts[0] as NonNullable<(typeof accounts)[0]>, market, shelf));
}
const stateOf = (...given: Parameters<typeof packOf>) => stateOfPack(packOf(...given));

function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(faultLine(result.fault));
}

describe('options paid out in coin', () => {
  test('a short call is asked shares of a coin: 15 % less what it is out of the money by the spot, 10 % at least, 7.5 % to keep', () => {
    expect(stateOf([['C2200', '-1']], 'ETH', '1')).toMatchObject({ status: 'healthy', equity: '0.975', available: '0.875', excess: '0.9' });
  });
  test('a pool in money asks the same at the rate of now', () => {
    expect(stateOf([['C2200', '-1']], 'USDC', '1000', { USDC: { kind: 'coin', currency: 'USD', price: '1' } })).toMatchObject({ equity: '950', available: '750', excess: '800' });
  });
  test('a price in money is one in coin by the spot', () => {
    expect(stateOf([['C2200', '-1']], 'ETH', '1', { C2200: { ...inCoin('call', '2200', '50'), currency: 'USDC' } })).toMatchObject({ equity: '0.975', excess: '0.9' });
  });
  test('from a volatility: what Black gives in money, by the spot', () => {
    const { price: _, ...unmarked } = inCoin('call', '1000', '');
    expect(stateOf([['C', '1']], 'ETH', '0', { C: { ...unmarked, impliedVol: '0' } })).toMatchObject({ equity: '0.5' });
  });
  test('a call held takes the charge off a dearer one that is short; a put held below one that is short does not, as its coin is without end', () => {
    expect(stateOf([['C2200', '1'], ['C2400', '-1']], 'ETH', '1')).toMatchObject({ equity: '1.015', excess: '1' });
    expect(stateOf([['P2100', '1'], ['P1000', '-1']], 'ETH', '1')).toMatchObject({ excess: '1' });
    // 7.5 % and its value.
    expect(stateOf([['P2100', '-1'], ['P1000', '1']], 'ETH', '1')).toMatchObject({ excess: '0.835' });
  });
  test('a perpetual paid out in coin has no rate here', () => {
    const contract = { kind: 'perpetual' as const, currency: 'USDC', underlying: 'ETH', settlement: 'inverse' as const, multiplier: '1', price: '2000' };
    expect(stateOf([['INV', '-2000', '2000']], 'USDC', '1', { INV: contract })).toMatchObject({ status: 'indeterminate' });
  });
});

describe('what positions are asked', () => {
  const names = ['C2200', 'C2400', 'P2100', 'P1000', 'M2200', 'M2400', 'N2100', 'N1000', 'PERP', 'ETH'];
  const quantities = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: names.length, maxLength: names.length });
  test('adds up to what the pool is asked, of both stacks', () => {
    fc.assert(
      fc.property(quantities, fc.constantFrom('0.2', '1'), (sizes, confidence) => {
        const rows = names.flatMap((name, at): Held => (sizes[at] === 0 ? [] : [[name, String((sizes[at] ?? 0) / 4), '1990']]));
        const pack = packOf(rows, 'USDC', '1000');
        const trusted = { ...pack, market: { ...pack.market, marks: { PERP: { value: '2010', confidence } } } };
        const [state] = stateOfPack(trusted).pools;
        const total = (of: 'houseMaintenance' | 'houseInitial') => state?.positions.reduce((sum, row) => sum.plus(row[of]), new Decimal(0)).toFixed();
        expect([total('houseMaintenance'), total('houseInitial')]).toEqual([state?.maintenance, state?.initial]);
      }),
      { numRuns: 100 },
    );
  });
  test('of a call that is short alone is what it is charged beyond its value, with its rule', () => {
    expect(stateOf([['M2200', '-3']], 'USDC', '1000').pools[0]).toMatchObject({ maintenance: '450', positions: [{ houseMaintenance: '450', rule: 'Derive standard manager, published parameters' }] });
  });
});

test('every tree of options in coin and in money adds up', () => {
  const { accounts, market, shelf } = valueOf(preparePack(valueOf(readCalcPack(packOf([['C2200', '2'], ['C2400', '-3'], ['P2100', '-1'], ['M2200', '-1'], ['N1000', '-1'], ['PERP', '1', '1990'], ['ETH', '0.5']], 'USDC', '9000')))));
  const margin = marginAccount(accounts[0] as NonNullable<(typeof accounts)[0]>, market, shelf);
  for (const figure of ['equity', 'maintenance', 'initial', 'excess', 'netLiq'] as const) expect(wrongNodes(explainFigure(margin, figure))).toEqual([]);
});
