import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { CustomScheme, Protocol } from 'electron';
import { contentSecurityPolicy, NONCE_PLACEHOLDER } from '../page-policy.ts';
import type { ServedFile } from './renderer-files.ts';

/** Where the page lives. */
export const ORIGIN = 'app://plimsoll';
export const START_PAGE = `${ORIGIN}/index.html`;

/**
 * The scheme's privileges, spelt out. Standard and secure, so that it is an origin like any other; nothing else: the
 * page asks the desk through the bridge and never fetches. No code cache, because cached code would be a copy of the
 * program outside the signed archive.
 */
export const ownScheme: CustomScheme = {
  scheme: 'app',
  privileges: {
    standard: true,
    secure: true,
    bypassCSP: false,
    allowServiceWorkers: false,
    supportFetchAPI: false,
    corsEnabled: false,
    stream: false,
    codeCache: false,
    allowExtensions: false,
  },
};

function headersFor(type: string, nonce: string): Record<string, string> {
  return {
    'content-type': type,
    'content-security-policy': contentSecurityPolicy(nonce),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'x-dns-prefetch-control': 'off',
    'cache-control': 'no-store',
  };
}

function refuse(status: number): Response {
  return new Response(null, { status, headers: headersFor('text/plain', freshNonce()) });
}

function freshNonce(): string {
  return randomBytes(18).toString('base64');
}

/** Answers one request for a page file: 405 for anything but GET, 404 for anything not in the build's list. */
export async function servePage(files: ReadonlyMap<string, ServedFile>, request: { url: string; method: string }): Promise<Response> {
  if (request.method !== 'GET') return refuse(405);
  const url = URL.parse(request.url);
  const file = url && `${url.protocol}//${url.host}` === ORIGIN && url.search === '' ? files.get(url.pathname) : undefined;
  if (!file) return refuse(404);
  const nonce = freshNonce();
  const headers = headersFor(file.type, nonce);
  if (!file.type.startsWith('text/html')) return new Response(new Uint8Array(await readFile(file.url)), { headers });
  const page = await readFile(file.url, 'utf8');
  return new Response(page.replaceAll(NONCE_PLACEHOLDER, nonce), { headers });
}

/** Serves our scheme from the build's list, and refuses `file:` altogether. */
export function serveScheme(protocol: Protocol, files: ReadonlyMap<string, ServedFile>): void {
  protocol.handle('app', (request) => servePage(files, request));
  protocol.handle('file', () => refuse(403));
}
