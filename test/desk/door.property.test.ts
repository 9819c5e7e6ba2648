import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { answer } from '../../main/desk/door.ts';
import { contract, type Channel, type Desk } from '../../shared/contract.ts';
import { flexFile, importBytes, testDesk, valueOf } from './desk-fixture.ts';

// Whatever arrives at the door, the answer is a Result with a sentence, and the book is as it was. Payloads are random
// JSON and random objects with the channel's own keys, so that many get past the first check.

const SEED = Number(process.env['PLIMSOLL_SEED'] ?? 20261120);
const RUNS = Number(process.env['PLIMSOLL_DOOR_RUNS'] ?? 150);

const WRITES_NOTHING_WITHOUT_A_REAL_KEY: readonly Channel[] = (Object.keys(contract) as Channel[]).filter(
  // These two are meant to write whatever satisfies their schema.
  (channel) => channel !== 'profiles.save' && channel !== 'runs.official',
);

function payload(channel: Channel): fc.Arbitrary<unknown> {
  const keys = Object.keys(contract[channel].input.shape);
  const value = fc.oneof(fc.string(), fc.jsonValue(), fc.constantFrom('0', '-1', '1e9', 'NaN', '__proto__', null, {}, []), fc.uint8Array({ maxLength: 40 }));
  const withOwnKeys = fc.record(Object.fromEntries(keys.map((key) => [key, value])), { requiredKeys: [] });
  return fc.oneof(fc.anything(), withOwnKeys, withOwnKeys);
}

test(`random payloads on every channel: ${RUNS} each, seed ${SEED}`, async () => {
  const desk: Desk = await testDesk();
  await importBytes(desk as Awaited<ReturnType<typeof testDesk>>, 'flex.xml', flexFile('2026-11-20', [{ account: 'U1', cash: '-4000', positions: [{ symbol: 'XYZ', quantity: '100', price: '80' }] }]));
  const before = valueOf(await desk.ask('accounts.list', {}));
  for (const channel of WRITES_NOTHING_WITHOUT_A_REAL_KEY) {
    await fc.assert(
      fc.asyncProperty(payload(channel), async (input) => {
        const result = await answer(desk, channel, input, {});
        expect(typeof result.ok).toBe('boolean');
        if (!result.ok) {
          expect(result.fault.message.length).toBeGreaterThan(5);
          expect(JSON.stringify(result.fault)).not.toMatch(/\n|\bat [\w.]+ \(|node:internal|\.ts:\d/);
          expect(result.fault.code).not.toBe('internal-error');
        }
      }),
      { numRuns: RUNS, seed: SEED },
    );
  }
  expect(valueOf(await desk.ask('accounts.list', {}))).toEqual(before);
});
