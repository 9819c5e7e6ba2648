import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openDesk, type RunningDesk } from '../../../main/desk/open-desk.ts';
import { plainHostInfo } from '../../../main/hosts/identity.ts';
import { readPageFiles } from '../../../main/hosts/loopback/page-files.ts';
import { serveDesk, type LoopbackHost } from '../../../main/hosts/loopback/serve-desk.ts';
import { succeed } from '../../../shared/result.ts';
import { valueOf } from '../../desk/desk-fixture.ts';

export const SECRET_TEXT = 'not for anybody';
const PAGE = '<!doctype html><meta property="csp-nonce" nonce="__CSP_NONCE__"><script type="module" src="./assets/app.js"></script>';

/** A built renderer in small, with a file beside it that must never be served. */
function pageFolder(folder: string): string {
  const pages = join(folder, 'renderer');
  mkdirSync(join(pages, 'assets'), { recursive: true });
  writeFileSync(join(pages, 'index.html'), PAGE);
  writeFileSync(join(pages, 'assets', 'app.js'), 'export const here = true;\n');
  writeFileSync(join(pages, 'assets', 'app.css'), 'body { margin: 0 }\n');
  writeFileSync(join(pages, 'notes.txt'), SECRET_TEXT);
  writeFileSync(join(folder, 'secret.js'), SECRET_TEXT);
  return pages;
}

export interface Served {
  desk: RunningDesk;
  host: LoopbackHost;
  port: number;
  /** The cookie header of a browser that opened the link. */
  cookie: string;
}

/** The real desk over a new book, served by the real host, with one session started, until the test ends. */
export async function servedDesk(): Promise<Served> {
  const { served, close } = await openServed();
  onTestFinished(close);
  return served;
}

/** The same, until `close` is called. */
export async function openServed(): Promise<{ served: Served; close: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-'));
  const desk = valueOf(await openDesk({ book: join(folder, 'test.plimsoll'), user: 'tester', program: 'test', create: true }));
  const host = valueOf(
    await serveDesk({
      desk,
      pages: valueOf(readPageFiles(pageFolder(folder))),
      port: 0,
      hostAnswers: { 'host.info': () => Promise.resolve(succeed(plainHostInfo('loopback', desk.engineVersion))) },
    }),
  );
  const { port } = host;
  return {
    served: { desk, host, port, cookie: await openLink(port, host.freshLink()) },
    async close() {
      await host.close();
      await desk.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Opens a link as a browser does; the cookie it is given, as a browser sends it back. */
export async function openLink(port: number, link: string): Promise<string> {
  const reply = await send(port, { path: new URL(link).pathname + new URL(link).search });
  const [cookie = ''] = reply.headers['set-cookie'] ?? [];
  return cookie.split(';', 1)[0] ?? '';
}

export interface Sent {
  method?: string;
  path: string;
  headers?: Record<string, string | string[]>;
  body?: string | Uint8Array;
}
export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** One HTTP request exactly as given: nothing is normalised on the way. */
export function send(port: number, { method = 'GET', path, headers = {}, body }: Sent): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, method, path, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(chunks).toString('utf8') }));
    });
    request.on('error', reject);
    if (body !== undefined) request.write(body);
    request.end();
  });
}

/** Bytes on the wire as given, for requests no client would make; what comes back until the connection ends. */
export function sendRaw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.end(text));
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('close', () => resolve(Buffer.concat(chunks).toString('utf8')));
    socket.on('error', reject);
  });
}

/** The headers of a question from our own page. */
export function questionHeaders({ port, cookie }: Pick<Served, 'port' | 'cookie'>): Record<string, string> {
  return { cookie, host: `127.0.0.1:${port}`, origin: `http://127.0.0.1:${port}`, 'x-plimsoll': '1', 'content-type': 'application/json' };
}

/** A question as our own page asks it, changed as the test wants; an undefined header is left out. */
export function question(served: Served, channel: string, body: string | Uint8Array = '{}', changed: Record<string, string | string[] | undefined> = {}): Promise<Reply> {
  const headers = Object.fromEntries(Object.entries({ ...questionHeaders(served), ...changed }).filter((entry): entry is [string, string | string[]] => entry[1] !== undefined));
  return send(served.port, { method: 'POST', path: `/ask/${channel}`, headers, body });
}
