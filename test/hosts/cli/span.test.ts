import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../desk/desk-fixture.ts';
import { SPN } from '../../import/span/sample.ts';
import { plimsoll } from './book-fixture.ts';

function file(text: string): string {
  const path = join(temporaryFolder(), 'parameters.spn');
  writeFileSync(path, text);
  return path;
}

test('a risk parameter file is told in a table, with what was not read', async () => {
  const { status, out } = await plimsoll('span', file(SPN));
  expect(status).toBe(0);
  expect(out).toContain('XCH, 2026-11-20: 4 contracts in 16 scenarios, 1 spread between commodities');
  expect(out).toMatch(/^CL +Crude oil +USD +3 +2 +75$/m);
  expect(out).toContain('not read: option of OIL, its risk array does not have 16 numbers');
});

test('with --json it is the parts of a calc pack, which "margin" then computes', async () => {
  const { out } = await plimsoll('span', file(SPN), '--json');
  const { rulePack, asOf, ...parts } = JSON.parse(out) as { rulePack: string; asOf: string };
  const pack = { format: 'plimsoll/calc-pack@1', asOf, baseCurrency: 'USD', ...parts, accounts: [{ id: 'A', regime: 'venue', pools: [{ id: 'p', model: 'scan', packs: [rulePack], positions: [{ instrument: 'OILZ6', quantity: '2' }] }] }] };
  const computed = JSON.parse((await plimsoll('margin', file(JSON.stringify(pack)), '--json')).out) as { accounts: { maintenance: string }[] };
  expect(computed.accounts[0]?.maintenance).toBe('6040');
  // For people, the scenarios stand under the commodity they are of.
  expect((await plimsoll('margin', file(JSON.stringify(pack)))).out).toMatch(/^  Crude oil: loses .* in Scenario \d+/m);
});

test('what is no risk parameter file is refused in one line', async () => {
  expect(await plimsoll('span', file('hello'))).toMatchObject({ status: 2, errors: [expect.stringContaining('no SPAN risk parameter file')] });
  expect(await plimsoll('span', '/nowhere.spn')).toMatchObject({ status: 2, errors: [expect.stringContaining('There is no such file')] });
});
