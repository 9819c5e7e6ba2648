import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

const COMMITS = 40;

function canTrace(): boolean {
  return process.platform === 'linux' && spawnSync('strace', ['-f', '-e', 'trace=fsync', 'true']).status === 0;
}

// The pragma only says what was asked for. What was flushed is for the system to say.
test('every commit is flushed to the disk before it is acknowledged, and so is the head file', (context) => {
  if (!canTrace()) {
    console.log('skipped: strace is not installed, or may not trace here');
    context.skip();
  }
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-flush-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const trace = join(folder, 'trace');
  const script = new URL('./children/write-some.ts', import.meta.url).pathname;
  const { status } = spawnSync('strace', ['-f', '-y', '-e', 'trace=fsync,fdatasync', '-o', trace, process.execPath, script, join(folder, 'desk.plimsoll'), String(COMMITS)], { stdio: ['ignore', 'ignore', 'inherit'] });
  expect(status).toBe(0);
  const flushed = (name: RegExp) => readFileSync(trace, 'utf8').split('\n').filter((line) => /f(data)?sync\(/.test(line) && name.test(line)).length;
  console.log(`${flushed(/desk\.plimsoll-wal>/)} flushes of the WAL and ${flushed(/desk\.plimsoll\.head\.new>/)} of the head for ${COMMITS} commits`);
  expect(flushed(/desk\.plimsoll-wal>/)).toBeGreaterThanOrEqual(COMMITS);
  expect(flushed(/desk\.plimsoll\.head\.new>/)).toBeGreaterThanOrEqual(COMMITS);
});
