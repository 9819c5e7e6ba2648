import { expect, test } from 'vitest';
import { instrument } from '../../shared/domain/instrument.ts';
import { calcPack } from '../../shared/calc-pack.ts';

// Terms that would make a requirement vanish or turn round are refused at the border, in the book's spelling and in
// that of people.

const OPTION = { kind: 'option', currency: 'USD', underlying: 'XYZ', right: 'put', strike: '80', expiry: '2026-12-18', multiplier: '100' };
const FUND = { kind: 'etf', currency: 'USD', leverage: '3' };
const STOCK = { kind: 'equity', currency: 'USD', multiplier: '1' };

const BAD = [
  ['a negative multiplier', { ...OPTION, multiplier: '-100' }],
  ['a multiplier of zero', { ...OPTION, multiplier: '0' }],
  ['a negative multiplier of stock', { ...STOCK, multiplier: '-1' }],
  ['a negative strike', { ...OPTION, strike: '-80' }],
  ['a strike of zero', { ...OPTION, strike: '0' }],
  ['a negative deliverable', { ...OPTION, deliverable: [{ instrument: 'XYZ', quantity: '-50' }] }],
  ['leverage of zero', { ...FUND, leverage: '0' }],
  ['negative leverage', { ...FUND, leverage: '-3' }],
  ['leverage below one', { ...FUND, leverage: '0.5' }],
] as const;

function packWith(terms: object): unknown {
  return {
    format: 'plimsoll/calc-pack@1',
    asOf: '2026-11-20T21:00:00Z',
    baseCurrency: 'USD',
    fx: {},
    instruments: { XYZ: STOCK, BAD: terms },
    accounts: [{ id: 'A1', pools: [{ id: 'cross', mode: 'cross', model: 'strategy', rulePack: 'us-reg-t', cash: { USD: '0' }, positions: [], collateral: [], debt: [] }] }],
  };
}

test.for(BAD)('%s is refused', ([, terms]) => {
  expect(instrument.safeParse(terms).success).toBe(false);
  expect(calcPack.safeParse(packWith(terms)).success).toBe(false);
});

test('the same terms are taken when they are as they should be', () => {
  for (const terms of [OPTION, FUND, STOCK]) {
    expect(instrument.safeParse(terms).error?.issues).toBeUndefined();
    expect(calcPack.safeParse(packWith(terms)).error?.issues).toBeUndefined();
  }
});
