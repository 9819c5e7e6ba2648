import { afterAll, beforeAll, expect, test } from 'vitest';
import { FILE_BYTES_MAX } from '../../../shared/file-bytes.ts';
import { valueOf } from '../../desk/desk-fixture.ts';
import { openLink, openServed, question, questionHeaders, SECRET_TEXT, send, sendRaw, type Reply, type Served } from './loopback-fixture.ts';

// No refusal changes anything (that is part of the claim), so all are tried on one host.
let served: Served;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ served, close } = await openServed());
});
afterAll(() => close());

/**
 * What is wrong with how these attempts were refused: a refusal has one of the statuses, says so in words without a
 * stack, a path or anything of ours, hands out no cookie, and changes nothing in the book.
 */
async function badlyRefused(attempts: Record<string, () => Promise<Reply>>, statuses: readonly number[]): Promise<string[]> {
  const wrong: string[] = [];
  const sequence = await sequenceOf();
  for (const [name, attempt] of Object.entries(attempts)) {
    const { status, text, headers } = await attempt();
    if (!statuses.includes(status)) wrong.push(`${name}: ${status} ${text}`);
    if (/\n\s+at |node:|\/work|\.ts:\d/.test(text) || text.includes(SECRET_TEXT)) wrong.push(`${name} tells: ${text}`);
    if (headers['set-cookie']) wrong.push(`${name} was given a cookie`);
    if (headers['cache-control'] !== 'no-store' || headers['x-content-type-options'] !== 'nosniff') wrong.push(`${name} lacks the standing headers`);
  }
  if ((await sequenceOf()) !== sequence) wrong.push('the book was changed');
  return wrong;
}

const sequenceOf = async (): Promise<number> => valueOf(await served.desk.ask('book.info', {})).sequence;

test('a link that is wrong, used, replaced or looked ahead at opens nothing', async () => {
  const { port, host } = served;
  const used = host.freshLink();
  await openLink(port, used);
  expect((await send(port, { path: new URL(used).pathname + new URL(used).search })).status, 'a used token').toBe(401);
  const replaced = host.freshLink();
  const live = host.freshLink();
  const path = (link: string): string => new URL(link).pathname + new URL(link).search;
  expect(await badlyRefused(
    {
      'a wrong token': () => send(port, { path: `/?token=${'A'.repeat(43)}` }),
      'an empty token': () => send(port, { path: '/?token=' }),
      'a replaced token': () => send(port, { path: path(replaced) }),
      'a token cut short': () => send(port, { path: path(live).slice(0, -1) }),
      'a token with more behind it': () => send(port, { path: `${path(live)}&x=1` }),
      'a token under another name': () => send(port, { path: path(live).replace('token', 'Token') }),
      'a browser looking ahead': () => send(port, { path: path(live), headers: { 'sec-purpose': 'prefetch;prerender' } }),
      'a token as a POST': () => send(port, { method: 'POST', path: path(live) }),
      'a token as a HEAD': () => send(port, { method: 'HEAD', path: path(live) }),
    },
    [401, 403, 405],
  )).toEqual([]);
  expect(await openLink(port, live), 'none of these used up the link').toMatch(/^plimsoll-/);
});

test('without the cookie of a session nothing is shown or answered', async () => {
  const { port, cookie } = served;
  const secret = cookie.slice(cookie.indexOf('=') + 1);
  const withCookie = (value: string) => () => question(served, 'host.info', '{}', { cookie: value });
  expect(await badlyRefused(
    {
      'the page': () => send(port, { path: '/' }),
      'an asset': () => send(port, { path: '/assets/app.js' }),
      'a question': () => question(served, 'book.info', '{}', { cookie: undefined }),
      'an upload': () => question(served, 'files.receive', 'bytes', { cookie: undefined, 'content-type': 'application/octet-stream', 'x-file-name': 'a.csv' }),
      'an empty cookie': withCookie(`plimsoll-${port}=`),
      'a wrong secret': withCookie(`plimsoll-${port}=${'A'.repeat(43)}`),
      'the secret cut short': withCookie(cookie.slice(0, -1)),
      'the secret under another port’s name': withCookie(`plimsoll-${port + 1}=${secret}`),
      'the secret under a longer name': withCookie(`x${cookie}`),
      'the secret in the address': () => send(port, { path: `/?${cookie}` }),
      'the secret as a bearer': () => question(served, 'host.info', '{}', { cookie: undefined, authorization: `Bearer ${secret}` }),
    },
    [401],
  )).toEqual([]);
});

test('an address that is not ours is refused, whatever it resolves to', async () => {
  const { port, cookie } = served;
  const hosts = ['evil.example', `evil.example:${port}`, '127.0.0.1', `127.0.0.1:${port + 1}`, `[::1]:${port}`, `127.0.0.1.evil.example:${port}`, `127.0.0.1:${port}.evil.example`, `0.0.0.0:${port}`, `127.1:${port}`, `2130706433:${port}`, `LOCALHOST.:${port}`];
  const attempts = hosts.flatMap((host): [string, () => Promise<Reply>][] => [
    [`a page at ${host}`, () => send(port, { path: '/', headers: { host, cookie } })],
    [`a question at ${host}`, () => question(served, 'host.info', '{}', { host, origin: `http://${host}` })],
    [`a link at ${host}`, () => send(port, { path: '/?token=x', headers: { host } })],
  ]);
  expect(await badlyRefused(Object.fromEntries(attempts), [403])).toEqual([]);
});

test('a request with no address, an empty one, or two, is refused', async () => {
  const { port, cookie } = served;
  const two = await sendRaw(port, `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nHost: evil.example\r\nCookie: ${cookie}\r\nConnection: close\r\n\r\n`);
  const none = await sendRaw(port, `GET / HTTP/1.0\r\nCookie: ${cookie}\r\n\r\n`);
  const empty = await sendRaw(port, `GET / HTTP/1.1\r\nHost: \r\nCookie: ${cookie}\r\nConnection: close\r\n\r\n`);
  for (const reply of [two, none, empty]) expect(reply).toMatch(/^HTTP\/1\.1 40[03] /);
});

test('another page’s request is refused even with the cookie', async () => {
  const { port, cookie } = served;
  const fromOrigin = (origin: string | string[] | undefined) => () => question(served, 'host.info', '{}', { origin });
  expect(await badlyRefused(
    {
      'a foreign origin': fromOrigin('https://evil.example'),
      'no origin': fromOrigin(undefined),
      'the null origin of a sandbox': fromOrigin('null'),
      'another port': fromOrigin(`http://127.0.0.1:${port + 1}`),
      'another scheme': fromOrigin(`https://127.0.0.1:${port}`),
      'our other name': fromOrigin(`http://localhost:${port}`),
      'our origin with a path': fromOrigin(`http://127.0.0.1:${port}/`),
      'a page request from a foreign origin': () => send(port, { path: '/', headers: { cookie, origin: 'https://evil.example' } }),
      'a page framed by another site': () => send(port, { path: '/', headers: { cookie, 'sec-fetch-site': 'cross-site' } }),
      'a question from another port of this machine': () => question(served, 'host.info', '{}', { 'sec-fetch-site': 'same-site' }),
    },
    [403],
  )).toEqual([]);
});

test('no spelling of a path leads out of the list of pages', async () => {
  const { port, cookie } = served;
  const paths = [
    '/../secret.js', '/..%2fsecret.js', '/%2e%2e/secret.js', '/%2e%2e%2fsecret.js', '/assets/../../secret.js', '/assets/..%5c..%5csecret.js', '/..\\secret.js', '/....//secret.js', '//secret.js',
    '/assets/%252e%252e/%252e%252e/secret.js', '/./assets/app.js', '/assets/./app.js', '/assets//app.js', '/assets/app.js/', '/assets/app.js%00.css', '/assets/app.js?x', '/ASSETS/app.js', '/assets', '/assets/',
    '/index.html', '/notes.txt', '/renderer/index.html', '/file:///etc/passwd', '/etc/passwd', '/C:/Windows/win.ini', '/__proto__', '/constructor', '/?', '/?x=1', 'http://evil.example/', 'http://127.0.0.1/assets/app.js', '*',
  ];
  expect(await badlyRefused(Object.fromEntries(paths.map((path) => [path, () => send(port, { path, headers: { cookie } })])), [404])).toEqual([]);
});

test('only GET and POST are answered, and POST only for questions', async () => {
  const { port, cookie } = served;
  const headers = questionHeaders(served);
  const methods = ['HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND'];
  expect(await badlyRefused(
    {
      ...Object.fromEntries(methods.map((method) => [method, () => send(port, { method, path: '/', headers: { cookie } })])),
      ...Object.fromEntries(methods.map((method) => [`${method} of a question`, () => send(port, { method, path: '/ask/book.info', headers })])),
      'a POST to the page': () => send(port, { method: 'POST', path: '/', headers, body: '{}' }),
      'a POST to an asset': () => send(port, { method: 'POST', path: '/assets/app.js', headers, body: '{}' }),
      'a POST near the questions': () => send(port, { method: 'POST', path: '/asks/host.info', headers, body: '{}' }),
    },
    [405],
  )).toEqual([]);
  expect((await send(port, { path: '/ask/book.info', headers: { cookie } })).status).toBe(404);
  expect(await sendRaw(port, `CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n`)).not.toMatch(/ 200 /);
});

test('a question without the marks of our own page is refused before it is read', async () => {
  expect(await badlyRefused(
    {
      'no x-plimsoll': () => question(served, 'runs.official', '{}', { 'x-plimsoll': undefined }),
      'another x-plimsoll': () => question(served, 'runs.official', '{}', { 'x-plimsoll': '2' }),
      'x-plimsoll twice': () => question(served, 'runs.official', '{}', { 'x-plimsoll': ['1', '1'] }),
      'no content type': () => question(served, 'runs.official', '{}', { 'content-type': undefined }),
      'a form': () => question(served, 'runs.official', 'businessDate=2026-11-20', { 'content-type': 'application/x-www-form-urlencoded' }),
      'plain text': () => question(served, 'runs.official', '{}', { 'content-type': 'text/plain' }),
      'bytes where JSON belongs': () => question(served, 'runs.official', '{}', { 'content-type': 'application/octet-stream' }),
      'JSON where bytes belong': () => question(served, 'files.receive', '{}', { 'x-file-name': 'a.csv' }),
    },
    [403, 415],
  )).toEqual([]);
});

test('a question that is not JSON, or does not fit its channel, is refused in one line', async () => {
  const bodies = ['', '{', '{"a":1}}', 'NaN', "{'a':1}", 'undefined', '{"fileId":"x"}', '[]', 'null', '"text"', '1', '{"__proto__":{"x":1}}', '{"constructor":1}'];
  expect(await badlyRefused(Object.fromEntries(bodies.map((body) => [body || 'nothing', () => question(served, 'book.info', body)])), [400])).toEqual([]);
  expect(await badlyRefused(
    {
      'text that is not UTF-8': () => question(served, 'book.info', Uint8Array.from([0x7b, 0xff, 0x7d])),
      'a number for an amount': () => question(served, 'marks.set', '{"instrument":"XYZ","price":95}'),
      'an amount that is not canonical': () => question(served, 'marks.set', '{"instrument":"XYZ","price":"1e3"}'),
      'a day that does not exist': () => question(served, 'runs.official', '{"businessDate":"2026-02-30"}'),
      'a command’s bytes as JSON': () => question(served, 'import.plan', '{"fileId":1}'),
    },
    [400],
  )).toEqual([]);
});

test('a channel that is not in the contract does not exist', async () => {
  const channels = ['', 'nothing.here', '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'book.info/', 'book.info?x=1', 'book%2einfo', 'BOOK.INFO', ' book.info', '../ask/book.info', 'desk.close', 'desk.open', 'book.close', 'calls.queue,book.info', 'x'.repeat(4000)];
  expect(await badlyRefused(Object.fromEntries(channels.map((channel) => [channel.slice(0, 40) || 'no name', () => question(served, encodeURI(channel).replaceAll('%252e', '%2e'))])), [404])).toEqual([]);
});

test('a body larger than its kind may be is refused with the limit in words', async () => {
  const large = `{"instrument":"${'x'.repeat(1024 * 1024)}","price":"1"}`;
  const declared = await question(served, 'marks.set', large);
  const undeclared = await question(served, 'marks.set', large, { 'transfer-encoding': 'chunked' });
  for (const { status, text } of [declared, undeclared]) {
    expect(status).toBe(413);
    expect(JSON.parse(text)).toMatchObject({ ok: false, fault: { code: 'too-large', message: 'That is more than the 1.0 MB Plimsoll takes at once.' } });
  }
  const upload = { ...questionHeaders(served), 'content-type': 'application/octet-stream', 'x-file-name': 'large.csv' };
  const head = Object.entries({ ...upload, 'content-length': String(FILE_BYTES_MAX + 1), connection: 'close' }).map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const reply = await sendRaw(served.port, `POST /ask/files.receive HTTP/1.1\r\n${head}\r\n`);
  expect(reply).toMatch(/^HTTP\/1\.1 413 /);
  expect(reply).toContain('210 MB');
});

test('a file name that could be anything but a name is refused', async () => {
  const names: (string | undefined)[] = [undefined, '', '.', '..', '..%2f..%2fetc%2fpasswd', '%2fetc%2fpasswd', 'C%3A%5Cbook.csv', 'a%00.csv', 'a%0d%0ab.csv', '%ff', '%', 'a%', '%ED%A0%80', 'a'.repeat(256)];
  const upload = { 'content-type': 'application/octet-stream' };
  expect(await badlyRefused(
    {
      ...Object.fromEntries(names.map((name) => [`name ${name ?? 'missing'}`.slice(0, 40), () => question(served, 'files.receive', 'bytes', { ...upload, 'x-file-name': name })])),
      'two names': () => question(served, 'files.receive', 'bytes', { ...upload, 'x-file-name': ['a.csv', 'b.csv'] }),
    },
    [400],
  )).toEqual([]);
});
