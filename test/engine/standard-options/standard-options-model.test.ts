import { describe, expect, test } from 'vitest';
import type { CalcPackInput } from '../../../shared/calc-pack.ts';
import { computePack, preparePack } from '../../../main/engine/calc-pack/compute-pack.ts';
import { readCalcPack } from '../../../main/engine/calc-pack/read-pack.ts';
import { explainFigure, marginAccount } from '../../../main/engine/margin.ts';
import { faultLine, type Result } from '../../../shared/result.ts';
import { wrongNodes } from '../explain-checker.ts';

type Positions = NonNullable<CalcPackInput['accounts'][number]['pools'][number]['positions']>;

const EXPIRY = '2026-12-25T08:00:00Z';
const option = (right: 'call' | 'put', strike: string) => ({ kind: 'option' as const, currency: 'USDC', underlying: 'ETH', right, strike, expiry: EXPIRY.slice(0, 10), expiresAt: EXPIRY, style: 'european' as const, multiplier: '1' });
/** Options without a volatility are valued at their mark, so that every figure can be checked by hand. */
const instruments: NonNullable<CalcPackInput['instruments']> = {
  USDC: { kind: 'coin', currency: 'USD', price: '1' },
  ETH: { kind: 'coin', currency: 'USDC', price: '2000' },
  PERP: { kind: 'perpetual', currency: 'USDC', underlying: 'ETH', price: '2010' },
  C2200: { ...option('call', '2200'), price: '50' },
  C2400: { ...option('call', '2400'), price: '20' },
  P2100: { ...option('put', '2100'), price: '180' },
  P1000: { ...option('put', '1000'), price: '1' },
};
const own = { id: 'own', version: '1', title: 'Own', layer: 'account', model: 'scan', extends: 'derive-standard', effectiveFrom: '2000-01-01', parameters: {}, perInstrument: { ETH: { rates: { 'collateral.initial': '0.7', 'collateral.maintenance': '0.8' }, cites: 'A test', status: 'house' } } };

function packOf(positions: Positions, cash = '1000', rest: Partial<CalcPackInput> = {}): CalcPackInput {
  return { format: 'plimsoll/calc-pack@1', asOf: '2026-11-20T08:00:00Z', baseCurrency: 'USDC', rulePacks: { own }, ...rest, instruments: { ...instruments, ...rest.instruments }, accounts: [{ id: 'A1', regime: 'venue', pools: [{ id: 'venue', mode: 'venue', model: 'scan', packs: ['own'], cash: { USDC: cash }, positions }] }] };
}
const held = (...rows: [string, string, string?][]): Positions => rows.map(([instrument, quantity, entryPrice]) => ({ instrument, quantity, ...(entryPrice === undefined ? {} : { entryPrice }) }));
const stateOf = (positions: Positions, rest?: Partial<CalcPackInput>) => valueOf(computePack(valueOf(readCalcPack(packOf(positions, '1000', rest))))).accounts[0];

function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(faultLine(result.fault));
}

describe('one short option', () => {
  test('a call: its value, and 15 % of spot less what it is out of the money but 10 % at least on opening, 7.5 % to keep', () => {
    expect(stateOf(held(['C2200', '-1']))).toMatchObject({ equity: '950', available: '750', excess: '800' });
  });
  test('a put in the money: its value and the greater of 7.5 % of spot and of its value; on opening 15 %', () => {
    expect(stateOf(held(['P2100', '-1']))).toMatchObject({ equity: '820', available: '520', excess: '670' });
  });
  test('a put far in the money is asked 105 % of maintenance on opening', () => {
    const dear = { instruments: { P2100: { ...option('put', '9000'), price: '7000' } } };
    // Maintenance: 7,000 + 7.5 % of 7,000; on opening 1.05 × that is more than 15 % of spot and its value.
    expect(stateOf(held(['P2100', '-1']), dear)).toMatchObject({ excess: '-6525', available: '-6901.25' });
  });
  test('a long option is worth something, and counts for nothing', () => {
    expect(stateOf(held(['C2200', '3']))).toMatchObject({ netLiq: '1150', available: '1000', excess: '1000', status: 'healthy' });
  });
});

describe('options of one expiry together', () => {
  test('a spread is asked no more than it can lose', () => {
    expect(stateOf(held(['C2200', '-1'], ['C2400', '1']))).toMatchObject({ available: '800', excess: '800' });
  });
  test('calls short beyond those held are asked a multiple of the forward where that is less than each alone', () => {
    const dear = { instruments: { C2200: { ...option('call', '2200'), price: '2600' } } };
    // Alone 2,600 + 7.5 % of 2,000 each; together 1.1 × 2,000 for one and nothing for the other.
    expect(stateOf(held(['C2200', '-1']), dear)).toMatchObject({ excess: '-1200', available: '-1400' });
  });
  test('another expiry does not help', () => {
    const later = { instruments: { C2400: { ...option('call', '2400'), expiry: '2027-01-29', expiresAt: '2027-01-29T08:00:00Z', price: '20' } } };
    expect(stateOf(held(['C2200', '-1'], ['C2400', '1']), later)?.excess).toBe('800');
  });
});

test('perpetuals by notional value, coins at what they count for, debts in full', () => {
  expect(stateOf(held(['PERP', '-2', '2050']))).toMatchObject({ equity: '1080', available: '818.7', excess: '879' });
  expect(stateOf(held(['ETH', '1']))).toMatchObject({ netLiq: '3000', available: '2400', excess: '2600' });
  expect(stateOf(held(['ETH', '-1']))).toMatchObject({ netLiq: '-1000', available: '-1000', status: 'bankrupt' });
});

describe('what cannot be relied on', () => {
  test('a feed that is not sure of itself, and a coin off its peg, ask more on opening and not to keep', () => {
    const unsure = { market: { marks: { ETH: { value: '2000', confidence: '0.3' } } } };
    expect(stateOf(held(['C2200', '-1']), unsure)).toMatchObject({ available: '190', excess: '800' });
    expect(stateOf(held(['C2200', '-1']), { instruments: { USDC: { kind: 'coin', currency: 'USD', price: '0.88' } } })).toMatchObject({ available: '510', excess: '800' });
  });
  test('without a spot nothing can be told', () => {
    expect(stateOf(held(['C2200', '-1']), { instruments: { ETH: { kind: 'coin', currency: 'USDC' } } })).toMatchObject({ status: 'indeterminate', unpriced: [{ instrument: 'C2200', indeterminate: true }] });
  });
});

test('options with a volatility are valued on their forward, and every tree adds up', () => {
  const market = { marks: { ETH: { value: '2000', confidence: '0.2' } }, forwards: [{ underlying: 'ETH', expiresAt: EXPIRY, price: '2013', confidence: '0.9' }] };
  const pack = packOf(held(['C2200', '-3'], ['C2400', '1.5'], ['P2100', '-2'], ['P1000', '2'], ['PERP', '0.7', '1999'], ['ETH', '0.25']), '500', { market, instruments: { USDC: { kind: 'coin', currency: 'USD', price: '0.95' }, C2200: { ...option('call', '2200'), impliedVol: '0.6' } } });
  const { accounts, market: given, shelf } = valueOf(preparePack(valueOf(readCalcPack(pack))));
  if (!accounts[0]) throw new Error('no account');
  const margin = marginAccount(accounts[0], given, shelf);
  for (const figure of ['equity', 'maintenance', 'initial', 'excess', 'healthRatio'] as const) expect(wrongNodes(explainFigure(margin, figure))).toEqual([]);
});
