import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { shippedPacks } from '../../../main/engine/packs/shelf.ts';
import { temporaryFolder } from '../../desk/desk-fixture.ts';
import { plimsoll } from './book-fixture.ts';

/** The shipped futures pack of the house in a file, after a change. */
function fileWith(change: Record<string, unknown>): string {
  const path = join(temporaryFolder(), 'mine.json');
  writeFileSync(path, JSON.stringify({ ...shippedPacks().packs.get('house-futures'), ...change }));
  return path;
}

test('a pack and itself are the same: exit 0', async () => {
  expect(await plimsoll('packs', 'diff', 'us-reg-t', 'us-reg-t')).toMatchObject({ status: 0, out: 'us-reg-t@2026-06-04 and us-reg-t@2026-06-04 are the same.' });
});

test('a shipped pack and a file: each change on a line with its path, exit 1', async () => {
  const { status, out } = await plimsoll('packs', 'diff', 'house-futures', fileWith({ version: '2027-01-01' }));
  expect([status, out]).toEqual([1, 'house-futures@2026-11-01 and house-futures@2027-01-01:\n  changed  version: 2026-11-01 became 2027-01-01']);
});

test('--json is the difference as data', async () => {
  const { out } = await plimsoll('packs', 'diff', 'house-futures', fileWith({ title: 'Mine' }), '--json');
  expect(JSON.parse(out)).toMatchObject({ changes: [{ change: 'changed', at: 'title', before: 'House futures margins, sample figures of no firm', after: 'Mine' }] });
});

test('a name that is neither, and a file that is no rule pack, are exit 2 with one line and its path', async () => {
  const unknown = await plimsoll('packs', 'diff', 'us-reg-t', 'none-such');
  expect([unknown.status, unknown.errors.length]).toEqual([2, 1]);
  expect(unknown.errors[0]).toContain('none-such');
  const bad = await plimsoll('packs', 'diff', 'us-reg-t', fileWith({ parameters: { x: { value: 1 } } }));
  expect([bad.status, bad.errors.length]).toEqual([2, 1]);
  expect(bad.errors[0]).toContain('parameters.x.value');
});
