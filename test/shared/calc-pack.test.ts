import { expect, test } from 'vitest';
import { readCalcPack } from '../../main/engine/calc-pack/read-pack.ts';

/** A small pack that is right in every part; each test spoils one thing in it. */
function goodPack() {
  return {
    format: 'plimsoll/calc-pack@1',
    asOf: '2026-11-20T21:00:00Z',
    baseCurrency: 'USD',
    minEngine: '1.0.0',
    fx: { EUR: '1.0815' },
    instruments: {
      XYZ: { kind: 'equity', currency: 'USD', price: '95.00' },
      'XYZ P80': { kind: 'option', currency: 'USD', underlying: 'XYZ', right: 'put', strike: '80.0', expiry: '2026-12-18', style: 'american', multiplier: '100', price: '2', impliedVol: '0.35' },
    } as Record<string, Record<string, unknown>>,
    rulePacks: {},
    accounts: [
      {
        id: 'A1',
        pools: [{ id: 'cross', mode: 'cross', model: 'strategy', rulePack: 'us-reg-t', cash: { USD: '-10000.50' }, positions: [{ instrument: 'XYZ P80', quantity: '-1', entryPrice: '2' }], collateral: [], debt: [] }],
      },
    ],
  };
}

function faultOf(pack: unknown): string {
  const read = readCalcPack(pack);
  return read.ok ? 'no fault' : `${read.fault.at}: ${read.fault.message}`;
}

test('amounts in any plain spelling are read into the canonical one', () => {
  const read = readCalcPack(goodPack());
  if (!read.ok) throw new Error(read.fault.message);
  expect(read.value.instruments['XYZ']).toEqual({ kind: 'equity', currency: 'USD', price: '95' });
  expect(read.value.instruments['XYZ P80']).toMatchObject({ strike: '80', impliedVol: '0.35' });
  expect(read.value.accounts[0]?.pools[0]?.cash).toEqual({ USD: '-10000.5' });
});

test('the optional parts of the format are read', () => {
  const pack = {
    ...goodPack(),
    market: {
      curves: { USD: [{ t: 'P30D', rate: '0.04' }] },
      dividends: { XYZ: [{ ex: '2026-12-01', amount: '0.5' }] },
      forwards: [{ underlying: 'ETH', expiresAt: '2026-11-26T08:00:00Z', price: '1500.83', rate: '0.02', confidence: '1' }],
      stats: { 'ETH-PERP': { openInterest: '28123000', skewScale: '100', adv20: '0' } },
      marks: { XYZ: { value: '95', low: '94.9', high: '95.1', asOf: '2026-11-20T20:59:00Z', source: 'desk' } },
    },
    riskArrays: { FUT: { set: 'span16', sign: 'gain', values: ['0', '3330'], compositeDelta: '1' } },
    groups: [{ id: 'H1', kind: 'household', accounts: ['A1'] }],
  };
  expect(faultOf(pack)).toBe('no fault');
});

test('a JSON number is refused as an amount, at its path', () => {
  const pack = goodPack();
  pack.instruments['XYZ'] = { kind: 'equity', currency: 'USD', price: 95 };
  expect(faultOf(pack)).toMatch(/^instruments\.XYZ\.price: .*JSON numbers are refused/);
});

test.each(['1e3', '0x10', 'NaN', 'Infinity', '1,000', ' 1', '', '--1', '1'.repeat(60)])('%j is no plain decimal', (price) => {
  const pack = goodPack();
  pack.instruments['XYZ'] = { kind: 'equity', currency: 'USD', price };
  expect(faultOf(pack)).toMatch(/^instruments\.XYZ\.price: /);
});

test('an unknown key is an error that names the key', () => {
  const pack = goodPack();
  pack.instruments['XYZ P80'] = { ...pack.instruments['XYZ P80'], strke: '80' };
  expect(faultOf(pack)).toBe('instruments["XYZ P80"].strke: This key is not known here.');
  expect(faultOf({ ...goodPack(), colour: 'red' })).toBe('colour: This key is not known here.');
});

test('a name that nothing in the pack defines is an error at its path', () => {
  const position = goodPack();
  position.accounts[0]!.pools[0]!.positions[0]!.instrument = 'ABC';
  expect(faultOf(position)).toBe('accounts[0].pools[0].positions[0].instrument: No instrument of the pack is called "ABC".');
  expect(faultOf({ ...goodPack(), groups: [{ id: 'H1', kind: 'household', accounts: ['A2'] }] })).toBe('groups[0].accounts[0]: No account of the pack is called "A2".');
  expect(faultOf({ ...goodPack(), market: { marks: { QQQ: { value: '1' } } } })).toBe('market.marks.QQQ: No instrument of the pack is called "QQQ".');
});

test('two accounts with one id, and a pool without rules, are errors', () => {
  const [account] = goodPack().accounts;
  expect(faultOf({ ...goodPack(), accounts: [account, account] })).toBe('accounts[1].id: The id "A1" is used twice.');
  const pack = goodPack();
  Reflect.deleteProperty(pack.accounts[0]!.pools[0]!, 'rulePack');
  expect(faultOf(pack)).toContain('accounts[0].pools[0]: A pool needs its rules');
});

test('what is no calc pack at all is refused in one line', () => {
  for (const json of [null, [], 'text', 7, { format: 'plimsoll/calc-pack@2' }]) {
    expect(faultOf(json)).not.toBe('no fault');
    expect(faultOf(json)).not.toContain('\n');
  }
});
