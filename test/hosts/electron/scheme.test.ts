import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Protocol } from 'electron';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readRendererFiles, type ServedFile } from '../../../main/hosts/electron/renderer-files.ts';
import { ownScheme, servePage, serveScheme } from '../../../main/hosts/electron/scheme.ts';
import { rendererManifest, writeRendererManifest } from '../../../main/build/renderer-manifest.ts';
import { protocol } from './electron-stand-in.ts';

const dist = mkdtempSync(join(tmpdir(), 'plimsoll-scheme-'));
const distUrl = pathToFileURL(`${dist}/`);
let files: Map<string, ServedFile>;

beforeAll(async () => {
  mkdirSync(join(dist, 'renderer/assets'), { recursive: true });
  writeFileSync(join(dist, 'secret.txt'), 'not for the page');
  writeFileSync(join(dist, 'renderer/index.html'), '<meta property="csp-nonce" nonce="__CSP_NONCE__"><script nonce="__CSP_NONCE__" src="./assets/a-1.js"></script>');
  writeFileSync(join(dist, 'renderer/assets/a-1.js'), 'const kept = "__CSP_NONCE__";');
  writeFileSync(join(dist, 'renderer/assets/mark.svg'), '<svg/>');
  await writeRendererManifest(distUrl);
  writeFileSync(join(dist, 'renderer/late.js'), 'written after the list was made');
  files = await readRendererFiles(new URL('renderer-files.json', distUrl), new URL('renderer/', distUrl));
});
afterAll(() => rmSync(dist, { recursive: true, force: true }));

const get = (url: string, method = 'GET') => servePage(files, { url, method });

test('the start page carries a fresh nonce in its text and in its policy, a different one every time', async () => {
  const nonces = new Set<string>();
  for (let load = 0; load < 20; load += 1) {
    const response = await get('app://plimsoll/index.html');
    const policy = response.headers.get('content-security-policy') ?? '';
    const nonce = /'nonce-([A-Za-z0-9+/]{24})'/.exec(policy)?.[1];
    expect(policy).toBe(
      `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:; font-src 'self'; connect-src 'self'; ` +
        "base-uri 'none'; form-action 'none'; frame-src 'none'; object-src 'none'; frame-ancestors 'none'",
    );
    expect(await response.text()).toBe(`<meta property="csp-nonce" nonce="${nonce}"><script nonce="${nonce}" src="./assets/a-1.js"></script>`);
    nonces.add(nonce ?? '');
  }
  expect(nonces.size).toBe(20);
});

test('scripts are sent as they were built, with their own media type', async () => {
  const response = await get('app://plimsoll/assets/a-1.js');
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect(await response.text()).toBe('const kept = "__CSP_NONCE__";');
});

test.each(['app://plimsoll/index.html', 'app://plimsoll/assets/mark.svg', 'app://plimsoll/nothing'])('%s is answered with every protecting header', async (url) => {
  const { headers } = await get(url);
  expect(Object.fromEntries(headers)).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'x-dns-prefetch-control': 'off',
    'cache-control': 'no-store',
  });
  expect(headers.get('content-security-policy')).toContain("default-src 'none'");
});

const refused = [
  'app://plimsoll/',
  'app://plimsoll/secret.txt',
  'app://plimsoll/../secret.txt',
  'app://plimsoll/%2e%2e/secret.txt',
  'app://plimsoll/..%2fsecret.txt',
  'app://plimsoll/..%5csecret.txt',
  'app://plimsoll/assets/../../secret.txt',
  'app://plimsoll/assets/..\\..\\secret.txt',
  'app://plimsoll/./../../../../etc/passwd',
  'app://plimsoll//etc/passwd',
  'app://plimsoll/%2fetc%2fpasswd',
  'app://plimsoll/index.html%00.js',
  'app://plimsoll/index.html/',
  'app://plimsoll/INDEX.HTML',
  'app://plimsoll/index.html?x=1',
  'app://plimsoll/renderer-files.json',
  'app://plimsoll/late.js',
  'app://plimsoll/assets',
  'app://plimsoll/assets/',
  'app://plimsoll/__proto__',
  'app://plimsoll/constructor',
  'app://plimsoll:80/index.html',
  'app://user@other/index.html',
  'app://other/index.html',
  'app://PLIMSOLL/index.html',
  'file:///etc/passwd',
  'https://plimsoll/index.html',
];

test.each(refused)('not in the list, so not there: %s', async (url) => {
  const response = await get(url);
  expect(response.status).toBe(404);
  expect(await response.text()).toBe('');
});

test('a path that the address itself climbs back into is the file it names, no other', async () => {
  expect(await (await get('app://plimsoll/x/../index.html')).text()).toContain('csp-nonce');
});

test.each(['POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'])('%s is refused', async (method) => {
  expect((await get('app://plimsoll/index.html', method)).status).toBe(405);
});

test('file: is refused altogether', async () => {
  serveScheme(protocol as unknown as Protocol, files);
  const response = (await protocol.handlers.get('file')?.({ url: 'file:///etc/passwd', method: 'GET' })) as Response;
  expect(response.status).toBe(403);
  expect(await response.text()).toBe('');
});

test('our scheme is standard and secure and has no other privilege', () => {
  expect(ownScheme.scheme).toBe('app');
  const granted = Object.entries(ownScheme.privileges ?? {}).flatMap(([name, given]) => (given ? [name] : []));
  expect(granted.sort()).toEqual(['secure', 'standard']);
  expect(Object.keys(ownScheme.privileges ?? {})).toHaveLength(9);
});

test.each(['../main/cli.js', '/etc/passwd', 'a/../../b.js', 'C:/x.js', 'a\\b.js', '', '.env', 'a//b'])('a list that names %j is refused as a whole', (path) => {
  expect(rendererManifest.safeParse({ files: [{ path, type: 'text/javascript', bytes: 1 }] }).success).toBe(false);
});

test('a kind of file without a media type fails the build', async () => {
  writeFileSync(join(dist, 'renderer/odd.exe'), '');
  await expect(writeRendererManifest(distUrl)).rejects.toThrow('odd.exe');
  rmSync(join(dist, 'renderer/odd.exe'));
});
