import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { extractAll, listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isBuilt } from '../../main/build/build.ts';
import { rendererManifest } from '../../main/build/renderer-manifest.ts';
import { makeStandInDistribution } from './stand-in-distribution.ts';

// Packs the application for Linux with a stand-in for Electron's binary, which cannot be had everywhere, and looks at
// what came out. Nothing is fetched. The binary itself is the one thing that is not tested here.

const root = fileURLToPath(new URL('../../', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'plimsoll-pack-'));
const resources = join(work, `out/linux-${process.arch === 'x64' ? '' : `${process.arch}-`}unpacked/resources`);
const archive = join(resources, 'app.asar');
const packed = join(work, 'app');
const runsHere = process.platform === 'linux';

const packageJson = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string; devDependencies: Record<string, string> };
const ARCHIVE_BYTES_MAX = 8 * 1024 * 1024;

function node(args: readonly string[], env: Record<string, string> = {}) {
  return spawnSync(process.execPath, args, { cwd: work, encoding: 'utf8', env: { ...process.env, PLIMSOLL_HOME: join(work, 'home'), PLIMSOLL_STAND_IN_USER_DATA: work, ...env } });
}

beforeAll(async () => {
  for (const part of ['renderer', 'main'] as const) {
    if (!(await isBuilt(part))) execFileSync(process.execPath, ['main/plimsoll.js', 'build', '--only', part], { cwd: root, stdio: 'pipe' });
  }
  makeStandInDistribution(join(work, 'electron'), packageJson.devDependencies['electron'] ?? '');
  const builder = join(root, 'node_modules/.bin/electron-builder');
  execFileSync(process.execPath, [builder, '--linux', '--dir', '--publish', 'never', `-c.electronDist=${join(work, 'electron')}`, `-c.directories.output=${join(work, 'out')}`], { cwd: root, stdio: 'pipe' });
  extractAll(archive, packed);
  cpSync(`${archive}.unpacked`, packed, { recursive: true });
}, 300_000);

afterAll(() => rmSync(work, { recursive: true, force: true }));

const files = (): string[] => listPackage(archive, { isPack: false }).map((path) => path.replaceAll('\\', '/')).filter((path) => !statSync(join(packed, path)).isDirectory());

// ------------------------------------------------------------------ what is in it

const allowed = [
  /^\/package\.json$/,
  /^\/dist\/main\/(?:cli|electron|account-thread|book-thread|desk-thread|file-thread|pairing-thread|write-thread)\.js$/,
  /^\/dist\/main\/[\w.-]+-[\w-]{8}\.js$/,
  /^\/dist\/preload\/preload\.cjs$/,
  /^\/dist\/renderer\/index\.html$/,
  /^\/dist\/renderer\/assets\/[\w-]+-[\w-]{8}\.(?:js|css|svg)$/,
  /^\/dist\/renderer-files\.json$/,
  /^\/dist\/demo\/files\/[\w.-]+$/,
  /^\/node_modules\/better-sqlite3\/(?:package\.json|LICENSE|README\.md)$/,
  /^\/node_modules\/better-sqlite3\/lib\/[\w/-]+\.js$/,
  /^\/node_modules\/better-sqlite3\/prebuilds\/[\w-]+\.node$/,
];

test('the archive holds the program and nothing that is not known to belong to it', () => {
  expect(files().filter((path) => !allowed.some((pattern) => pattern.test(path)))).toEqual([]);
});

test.each(['/package.json', '/dist/main/cli.js', '/dist/main/electron.js', '/dist/main/account-thread.js', '/dist/main/book-thread.js', '/dist/main/desk-thread.js', '/dist/main/file-thread.js', '/dist/main/pairing-thread.js', '/dist/main/write-thread.js', '/dist/preload/preload.cjs', '/dist/renderer/index.html', '/dist/renderer-files.json', '/node_modules/better-sqlite3/lib/index.js'])('the archive holds %s', (path) => {
  expect(files()).toContain(path);
});

test('the demo book can be made from what is packed', () => {
  expect(readdirSync(join(packed, 'dist/demo/files')).sort()).toEqual(readdirSync(join(root, 'main/demo/files')).sort());
});

test('one native file is packed, the one of this platform, it alone lies beside the archive, and it is unchanged', () => {
  const name = `node_modules/better-sqlite3/prebuilds/linux-${process.arch}.node`;
  expect(files().filter((path) => path.endsWith('.node'))).toEqual([`/${name}`]);
  const unpacked = readdirSync(`${archive}.unpacked`, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(unpacked.map((entry) => join(entry.parentPath, entry.name))).toEqual([join(`${archive}.unpacked`, name)]);
  expect(readFileSync(join(`${archive}.unpacked`, name)).equals(readFileSync(join(root, name)))).toBe(true);
});

test('every page file of the list is packed, with the size of the list, and no other', () => {
  const manifest = rendererManifest.parse(JSON.parse(readFileSync(join(packed, 'dist/renderer-files.json'), 'utf8')));
  expect(manifest.files.map(({ path }) => `/dist/renderer/${path}`).sort()).toEqual(files().filter((path) => path.startsWith('/dist/renderer/')).sort());
  for (const { path, bytes } of manifest.files) expect([path, statSync(join(packed, 'dist/renderer', path)).size]).toEqual([path, bytes]);
});

test('the archive stays small', () => {
  expect(statSync(archive).size).toBeLessThan(ARCHIVE_BYTES_MAX);
});

test('the packed package.json starts the desktop program and carries no scripts or tools', () => {
  const about = JSON.parse(readFileSync(join(packed, 'package.json'), 'utf8')) as Record<string, unknown>;
  expect(about).toMatchObject({ name: 'plimsoll', main: 'dist/main/electron.js', type: 'module', version: packageJson.version });
  expect(about).not.toHaveProperty('scripts');
  expect(about).not.toHaveProperty('devDependencies');
});

test('the preload loads Electron and nothing else', () => {
  const preload = readFileSync(join(packed, 'dist/preload/preload.cjs'), 'utf8');
  expect([...preload.matchAll(/require\(\s*["'`]([^"'`]+)/g)].map((match) => match[1])).toEqual(['electron']);
  expect(preload).not.toMatch(/\bimport\b/);
});

test('the start page takes its nonce where the host puts it and has no inline script or style', () => {
  const page = readFileSync(join(packed, 'dist/renderer/index.html'), 'utf8');
  expect(page).toContain('__CSP_NONCE__');
  expect(page).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>/);
  expect(page).not.toMatch(/<style|\sstyle=|\son\w+=/);
});

// ------------------------------------------------------------------ how it is locked down

const { ENABLE, DISABLE } = FuseState;
test.each([
  ['RunAsNode', DISABLE],
  ['EnableCookieEncryption', ENABLE],
  ['EnableNodeOptionsEnvironmentVariable', DISABLE],
  ['EnableNodeCliInspectArguments', DISABLE],
  ['EnableEmbeddedAsarIntegrityValidation', ENABLE],
  ['OnlyLoadAppFromAsar', ENABLE],
  ['LoadBrowserProcessSpecificV8Snapshot', DISABLE],
  ['GrantFileProtocolExtraPrivileges', DISABLE],
] as const)('the fuse %s is written into the binary', async (name, state) => {
  const wire = await getCurrentFuseWire(join(resources, '../plimsoll'));
  expect(wire[FuseV1Options[name]]).toBe(state);
});

test('of the languages of Chromium only English is packed', () => {
  expect(readdirSync(join(resources, '../locales'))).toEqual(['en-US.pak']);
});

test('electron-builder.yml names the Electron that the types come from', () => {
  const named = /^electronVersion: (\S+)$/m.exec(readFileSync(join(root, 'electron-builder.yml'), 'utf8'))?.[1];
  expect(named).toBe(packageJson.devDependencies['electron']);
});

test('every platform that is packed names a native file that exists', () => {
  const settings = readFileSync(join(root, 'electron-builder.yml'), 'utf8');
  const named = [...settings.matchAll(/filter: \["(\w+)-\$\{arch\}\.node"\]/g)].map((match) => match[1]);
  expect(named).toEqual(['linux', 'darwin', 'win32']);
  for (const platform of named) for (const arch of ['x64', 'arm64']) expect(existsSync(join(root, `node_modules/better-sqlite3/prebuilds/${platform}-${arch}.node`))).toBe(true);
});

// ------------------------------------------------------------------ that it runs

if (!runsHere) console.log('The packed program is not run: what is packed here is for Linux.');

test.runIf(runsHere)('the packed command line checks itself', () => {
  const { status, stdout, stderr } = node([join(packed, 'dist/main/cli.js'), 'self-check']);
  expect([status, stderr]).toEqual([0, '']);
  expect(JSON.parse(stdout)).toMatchObject({ ok: true });
});

test.runIf(runsHere)('the packed desktop program checks itself without a window', () => {
  const { status, stdout, stderr } = node([join(root, 'test/packaging/run-packed.ts'), join(packed, 'dist/main/electron.js'), '--self-check']);
  expect([status, stderr]).toEqual([0, '']);
  expect(JSON.parse(stdout)).toMatchObject({ ok: true });
});

test.runIf(runsHere)('the packed desktop program makes the demo book, answers its page and lets go of the book', () => {
  const { status, stdout, stderr } = node([join(root, 'test/packaging/run-packed.ts'), join(packed, 'dist/main/electron.js'), '--questions', 'host.info', 'book.info', 'calls.queue', 'no.such']);
  expect([status, stderr]).toEqual([0, '']);
  const { title, answers } = JSON.parse(stdout) as { title: string; answers: { channel: string; result: unknown }[] };
  const answerTo = (channel: string) => answers.find((each) => each.channel === channel)?.result;
  expect(title).toBe('demo — Plimsoll');
  expect(answerTo('host.info')).toMatchObject({ ok: true, value: { host: 'electron', version: packageJson.version, fileDialog: true, networkBlocked: true } });
  expect(answerTo('book.info')).toMatchObject({ ok: true, value: { readOnly: false, heldBy: null } });
  expect(answerTo('no.such')).toMatchObject({ ok: false, fault: { code: 'unknown-channel' } });
  // The same book, with the packed command line: not held by anybody, and the same queue.
  const queue = node([join(packed, 'dist/main/cli.js'), 'queue', join(work, 'home/demo.plimsoll'), '--json']);
  expect([queue.status, queue.stderr]).toEqual([0, '']);
  expect(JSON.parse(queue.stdout)).toMatchObject({ rows: (answerTo('calls.queue') as { value: { rows: unknown[] } }).value.rows });
});
