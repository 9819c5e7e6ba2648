import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';

const SCRIPT = fileURLToPath(new URL('../vectors.js', import.meta.url));
const FIXTURES = fileURLToPath(new URL('fixtures', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'plimsoll-vectors-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, ...args], { encoding: 'utf8' });
  return { status, lines: stdout.trimEnd().split('\n'), stdout, stderr };
}

test('the last line counts, and all passed is exit 0', () => {
  const { status, lines } = run('--dir', FIXTURES, '--only', 'letf/*');
  expect(lines).toEqual(['2 passed, 0 failed, 0 skipped']);
  expect(status).toBe(0);
});

test('a failure names the vector and the figure, and is exit 1', () => {
  const wrong = { id: 'letf/wrong', source: 'made up', inputs: { side: 'long', leverage: 2, basePct: 0.25 }, expected: { maintPct: 0.6 }, kind: 'component', tolerance: { abs: '0.01' } };
  writeFileSync(join(scratch, 'wrong.json'), JSON.stringify([wrong, { id: 'half/a/vector' }]));
  writeFileSync(join(scratch, 'broken.json'), '[{"id":');
  const { status, lines } = run('--dir', scratch);
  expect(status).toBe(1);
  expect(lines).toContain('FAILED  letf/wrong: maintPct: expected "0.6", got 0.5');
  expect(lines.filter((line) => line.startsWith('FAILED')).length).toBe(3);
  expect(lines.at(-1)).toBe('0 passed, 3 failed, 0 skipped');
});

test('with --json, standard output is one document and the closing line is on standard error', () => {
  const { status, stdout, stderr } = run('--dir', FIXTURES, '--only', 'trigger', '--json');
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ passed: 5, failed: 0, skipped: 0 });
  expect(stderr.trimEnd()).toBe('5 passed, 0 failed, 0 skipped');
});

test.each([
  [['--dir', '/no/such/place'], 'not a directory'],
  [[], 'Usage'],
  [['--dir', FIXTURES, '--only', 'zzz'], 'No vector'],
  [['--dir', FIXTURES, '--colour'], 'Usage'],
])('%j is bad usage: one line on standard error and exit 2', (args, words) => {
  const { status, stdout, stderr } = run(...args);
  expect(status).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain(words);
  expect(stderr.trimEnd().split('\n').length).toBe(1);
});
