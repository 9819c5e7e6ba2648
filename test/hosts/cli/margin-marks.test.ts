import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CalcPackResult } from '../../../shared/calc-pack.ts';
import { temporaryFolder } from '../../desk/desk-fixture.ts';
import { plimsoll } from './book-fixture.ts';

/** A treasury of two years, whose exchange rate is recalled and not checked; or the stock beside it, whose rate is. */
function packFile(position: { instrument: string; quantity: string }): string {
  const path = join(temporaryFolder(), 'pack.json');
  const pack = {
    format: 'plimsoll/calc-pack@1',
    asOf: '2026-11-20T21:00:00Z',
    baseCurrency: 'USD',
    instruments: {
      NOTE: { kind: 'bond', currency: 'USD', issuer: 'treasury', maturity: '2028-11-15', coupon: '4', price: '100' },
      XYZ: { kind: 'equity', currency: 'USD', price: '100' },
    },
    accounts: [{ id: 'A1', pools: [{ id: 'cross', model: 'strategy', rulePack: 'us-reg-t', cash: { USD: '-5000' }, positions: [position] }] }],
  };
  writeFileSync(path, JSON.stringify(pack));
  return path;
}

const BOND = { instrument: 'NOTE', quantity: '10000' };

test('margin marks the figures that rest on an unverified rule, and says once what the mark means', async () => {
  const { out } = await plimsoll('margin', packFile(BOND));
  expect(out).toMatch(/A1 .* 5,000\.00 +◇ [\d,.]+ +◇ 200\.00 +◇ 4,800\.00/);
  expect(out.match(/rests on an unverified rule/g)).toHaveLength(1);
  const { out: verified } = await plimsoll('margin', packFile({ instrument: 'XYZ', quantity: '100' }));
  expect(verified).not.toContain('◇');
});

test('the JSON names those figures, of the account and of each pool', async () => {
  const { accounts } = JSON.parse((await plimsoll('margin', packFile(BOND), '--json')).out) as CalcPackResult;
  for (const state of [accounts[0], accounts[0]?.pools[0]]) {
    expect(state?.unverified).toEqual(expect.arrayContaining(['maintenance', 'excess', 'healthRatio']));
    expect(state?.unverified).not.toContain('equity');
  }
  const { accounts: verified } = JSON.parse((await plimsoll('margin', packFile({ instrument: 'XYZ', quantity: '100' }), '--json')).out) as CalcPackResult;
  expect(verified[0]?.unverified).toEqual([]);
});

test('a result that was written without the marks still verifies; one that states others does not', async () => {
  const path = packFile(BOND);
  const computed = await plimsoll('margin', path, '--json');
  const pack = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  const without = JSON.parse(computed.out, (key, value: unknown) => (key === 'unverified' ? undefined : value)) as CalcPackResult;
  writeFileSync(path, JSON.stringify({ ...pack, result: without }));
  expect((await plimsoll('verify', path)).status).toBe(0);
  const other = JSON.parse(computed.out, (key, value: unknown) => (key === 'unverified' ? [] : value)) as CalcPackResult;
  writeFileSync(path, JSON.stringify({ ...pack, result: other }));
  expect((await plimsoll('verify', path)).status).toBe(1);
});
