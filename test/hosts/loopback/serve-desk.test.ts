import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readPageFiles } from '../../../main/hosts/loopback/page-files.ts';
import { serveDesk } from '../../../main/hosts/loopback/serve-desk.ts';
import { flexFile, temporaryFolder, valueOf } from '../../desk/desk-fixture.ts';
import { openLink, openServed, question, send, servedDesk, type Served } from './loopback-fixture.ts';

// None of these changes the book, so that one host does for all but the one that closes it.
let served: Served;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ served, close } = await openServed());
});
afterAll(() => close());

test('the link trades its token for a cookie that scripts cannot read and other sites do not send', async () => {
  const { host, port } = served;
  const link = new URL(host.freshLink());
  expect(link.origin).toBe(`http://127.0.0.1:${port}`);
  const { status, headers } = await send(port, { path: link.pathname + link.search });
  expect(status).toBe(303);
  expect(headers.location).toBe('/');
  expect(headers['set-cookie']).toEqual([expect.stringMatching(new RegExp(`^plimsoll-${port}=[\\w-]{43}; HttpOnly; SameSite=Strict; Path=/$`))]);
});

test('a person who opens the link again in the same browser is shown the page', async () => {
  const { host, port } = served;
  const link = host.freshLink();
  const cookie = await openLink(port, link);
  const again = await send(port, { path: new URL(link).pathname + new URL(link).search, headers: { cookie } });
  expect([again.status, again.headers.location, again.headers['set-cookie']]).toEqual([303, '/', undefined]);
});

test('the page has a policy with a nonce of its own for every load', async () => {
  const { port, cookie } = served;
  const loads = await Promise.all([1, 2].map(() => send(port, { path: '/', headers: { cookie } })));
  const nonces = loads.map(({ status, headers, text }) => {
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    const nonce = /'nonce-([^']+)'/.exec(String(headers['content-security-policy']))?.[1] ?? '';
    expect(text).toContain(`nonce="${nonce}"`);
    expect(text).not.toContain('__CSP_NONCE__');
    expect(headers['content-security-policy']).toBe(
      `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-src 'none'; object-src 'none'; frame-ancestors 'none'`,
    );
    return nonce;
  });
  expect(new Set(nonces).size).toBe(2);
});

test('every answer says that it may not be kept, guessed at, framed or shared', async () => {
  const { port, cookie } = served;
  const replies = [await send(port, { path: '/', headers: { cookie } }), await send(port, { path: '/assets/app.js', headers: { cookie } }), await question(served, 'host.info'), await send(port, { path: '/' })];
  for (const { headers } of replies) {
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'x-frame-options': 'DENY',
    });
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers).not.toHaveProperty('access-control-allow-origin');
    expect(headers).not.toHaveProperty('x-powered-by');
  }
});

test('assets are served as what they are', async () => {
  const { port, cookie } = served;
  const types = await Promise.all(['/assets/app.js', '/assets/app.css'].map(async (path) => (await send(port, { path, headers: { cookie } })).headers['content-type']));
  expect(types).toEqual(['text/javascript; charset=utf-8', 'text/css; charset=utf-8']);
});

test('a question is answered, under both names of this machine', async () => {
  const host = `localhost:${served.port}`;
  for (const changed of [{}, { host, origin: `http://${host}` }, { 'content-type': 'application/json; charset=utf-8' }]) {
    const { status, text, headers } = await question(served, 'host.info', '{}', changed);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(JSON.parse(text)).toMatchObject({ ok: true, value: { host: 'loopback', fileDialog: false } });
  }
});

test('an uploaded file keeps its name and bytes and goes through the same import', async () => {
  const bytes = flexFile('2026-11-20', [{ account: 'U1', cash: '1000', positions: [{ symbol: 'XYZ', quantity: '100', price: '95' }] }]);
  const upload = await question(served, 'files.receive', bytes, { 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent('täglich 1.xml') });
  const { value: file } = JSON.parse(upload.text) as { value: { fileId: string } };
  expect(file).toMatchObject({ name: 'täglich 1.xml', bytes: bytes.length });
  const plan = await question(served, 'import.plan', JSON.stringify({ fileId: file.fileId }));
  expect(JSON.parse(plan.text)).toMatchObject({ ok: true, value: { file: { name: 'täglich 1.xml', bytes: bytes.length }, format: 'ibkr-flex-xml', accounts: ['U1'] } });
});

test('a fault of the desk is an answer, not an error of the host', async () => {
  const { status, text } = await question(served, 'accounts.view', '{"account":"nobody"}');
  expect(status).toBe(200);
  expect(JSON.parse(text)).toMatchObject({ ok: false, fault: { code: 'unknown-account' } });
});

test('a port that is taken is a fault that says what to do', async () => {
  const { desk, port } = served;
  const second = await serveDesk({ desk, port, hostAnswers: {}, pages: new Map() });
  expect(second).toMatchObject({ ok: false, fault: { code: 'port-taken', fix: 'Leave out --port and a free one is taken.' } });
});

test('pages that were not built are a fault that says how to build them', () => {
  const empty = temporaryFolder();
  mkdirSync(join(empty, 'renderer'));
  for (const folder of [join(empty, 'renderer'), join(empty, 'nowhere')]) {
    expect(readPageFiles(folder)).toMatchObject({ ok: false, fault: { code: 'not-built', fix: 'Run "npm run build".' } });
  }
});

test('closing the host ends its connections and leaves the desk open', async () => {
  const { desk, host, port } = await servedDesk();
  await host.close();
  await expect(send(port, { path: '/' })).rejects.toThrow('ECONNREFUSED');
  expect(valueOf(await desk.ask('book.info', {})).accounts).toBe(0);
});
