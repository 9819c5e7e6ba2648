import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { electronBinary, hasDisplay, thisMachine } from '../../main/hosts/start/electron-binary.ts';
import { plimsoll } from './workstation.ts';

// The real, unpackaged application in a real Electron, attacked from inside its page. Electron's binary is fetched
// from outside the npm registry, so it is not everywhere.

const machine = thisMachine();
const binary = electronBinary(machine);
const reason = binary === null ? 'the Electron binary is not on this machine (node node_modules/electron/install.js fetches it)' : hasDisplay(machine) ? null : 'there is no display';
if (reason !== null) console.log(`The desktop tests are skipped: ${reason}.`);

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-electron-'));
const book = join(folder, 'demo.plimsoll');
const complaints: string[] = [];
let app: ElectronApplication;
let page: Page;

beforeAll(async () => {
  if (binary === null || reason !== null) return;
  execFileSync(process.execPath, ['main/plimsoll.js', 'build'], { stdio: 'pipe' });
  const made = plimsoll('demo', book);
  if (made.status !== 0) throw new Error(`the demo book was not made: ${made.stderr}`);
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []; // Chromium will not start otherwise
  app = await _electron.launch({ executablePath: binary, args: [...asRoot, '.', `--user-data-dir=${join(folder, 'user')}`, '--book', book] });
  page = await app.firstWindow();
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await page.getByTestId('queue-grid').waitFor();
}, 120_000);

afterAll(async () => {
  await app?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(reason !== null)('the desktop application', () => {
  test('the queue is on screen, from our own scheme', async () => {
    expect(page.url()).toMatch(/^app:\/\/plimsoll\/index\.html/);
    expect(await page.getByTestId('queue-grid').getByRole('row').count()).toBeGreaterThan(5);
    expect(await page.title()).toContain('Plimsoll');
  });

  test('the page has the bridge and nothing of Node', async () => {
    const seen = await page.evaluate(() => ({
      bridge: Object.keys((window as unknown as { plimsoll: object }).plimsoll).sort(),
      node: ['require', 'process', 'Buffer', 'global', 'module'].filter((name) => name in window),
    }));
    expect(seen).toEqual({ bridge: ['ask', 'onPush'], node: [] });
  });

  test('the page cannot leave, open a window, fetch or get a permission', async () => {
    const before = page.url();
    const outcome = await page.evaluate(async () => {
      const fetched = await fetch('https://example.com/').then(() => 'answered', () => 'refused');
      const file = await fetch('file:///etc/hostname').then(() => 'answered', () => 'refused');
      const permission = await Notification.requestPermission();
      const opened = window.open('https://example.com/') === null;
      location.href = 'https://example.com/';
      return { fetched, file, permission, opened };
    });
    expect(outcome).toEqual({ fetched: 'refused', file: 'refused', permission: 'denied', opened: true });
    expect(page.url()).toBe(before);
    expect(app.windows()).toHaveLength(1);
  });

  test('an unknown question is refused in words', async () => {
    const ask = (channel: string) => page.evaluate((name) => (window as unknown as { plimsoll: { ask(c: string, i: unknown): Promise<unknown> } }).plimsoll.ask(name, {}), channel);
    expect(await ask('__proto__')).toMatchObject({ ok: false, fault: { code: 'unknown-channel' } });
    expect(await ask('host.info')).toMatchObject({ ok: true, value: { host: 'electron', networkBlocked: true } });
  });

  test('the page broke no policy of its own', async () => {
    await page.getByTestId('queue-grid').getByRole('row').nth(2).click();
    expect(complaints.filter((line) => !line.includes('example.com') && !line.includes('file:'))).toEqual([]);
  });
});
