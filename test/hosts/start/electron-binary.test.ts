import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { electronBinary, hasDisplay, obtainElectron } from '../../../main/hosts/start/electron-binary.ts';

function electronFolder(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-electron-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'dist'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

test('Linux has a display when X or Wayland says so; other systems always', () => {
  expect(hasDisplay({ platform: 'linux', env: {} })).toBe(false);
  expect(hasDisplay({ platform: 'linux', env: { DISPLAY: '' } })).toBe(false);
  expect(hasDisplay({ platform: 'linux', env: { DISPLAY: ':0' } })).toBe(true);
  expect(hasDisplay({ platform: 'linux', env: { WAYLAND_DISPLAY: 'wayland-0' } })).toBe(true);
  expect(hasDisplay({ platform: 'darwin', env: {} })).toBe(true);
  expect(hasDisplay({ platform: 'win32', env: {} })).toBe(true);
});

test('the binary is there only when its path file names a file that exists', () => {
  expect(electronBinary({ electronFolder: electronFolder({}), env: {} })).toBeNull();
  expect(electronBinary({ electronFolder: electronFolder({ 'path.txt': 'electron' }), env: {} })).toBeNull();
  expect(electronBinary({ electronFolder: electronFolder({ 'path.txt': '', 'dist/electron': '' }), env: {} })).toBeNull();
  const folder = electronFolder({ 'path.txt': 'electron', 'dist/electron': '' });
  expect(electronBinary({ electronFolder: folder, env: {} })).toBe(join(folder, 'dist', 'electron'));
  const elsewhere = electronFolder({ 'dist/electron': '' });
  expect(electronBinary({ electronFolder: folder, env: { ELECTRON_OVERRIDE_DIST_PATH: join(elsewhere, 'dist') } })).toBe(join(elsewhere, 'dist', 'electron'));
});

test('without a display nothing is fetched, even where the binary is', async () => {
  const folder = electronFolder({ 'path.txt': 'electron', 'dist/electron': '' });
  expect(await obtainElectron({ platform: 'linux', env: {}, electronFolder: folder }, () => undefined)).toMatchObject({ ok: false, fault: { code: 'no-display' } });
});

test('with a display, the binary that is there is taken without fetching', async () => {
  const folder = electronFolder({ 'path.txt': 'electron', 'dist/electron': '' });
  expect(await obtainElectron({ platform: 'linux', env: { DISPLAY: ':0' }, electronFolder: folder }, () => undefined)).toEqual({ ok: true, value: join(folder, 'dist', 'electron') });
});

test('a source that does not answer is told as a reason, and nothing is tried', async () => {
  const said: string[] = [];
  const folder = electronFolder({ 'install.js': 'throw new Error("must not run")' });
  // Port 9 on this machine: nothing listens there, so the way is closed at once and nothing leaves the machine.
  const machine = { platform: 'linux' as const, env: { DISPLAY: ':0', ELECTRON_MIRROR: 'http://127.0.0.1:9/' }, electronFolder: folder };
  expect(await obtainElectron(machine, (line) => said.push(line))).toMatchObject({ ok: false, fault: { code: 'no-electron' } });
  expect(said).toEqual([]);
});
