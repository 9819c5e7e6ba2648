import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { fail, succeed, type Result } from '../../../shared/result.ts';
import { contentSecurityPolicy, NONCE_PLACEHOLDER } from '../page-policy.ts';

/** One file of the built renderer, as it is sent. */
export interface PageFile {
  type: string;
  bytes: Buffer;
}

/**
 * The files the host serves, by the exact path a browser asks for. The map is made once, at the start, from what is
 * there: a request is looked up in it and never becomes a path, so no spelling of `..` leads anywhere.
 */
export type PageFiles = ReadonlyMap<string, PageFile>;

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/** Reads the built renderer. A fault when it has not been built. */
export function readPageFiles(folder: string): Result<PageFiles> {
  const files = new Map<string, PageFile>();
  try {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      const type = TYPES[extname(entry.name)];
      if (!entry.isFile() || type === undefined) continue;
      const file = join(entry.parentPath, entry.name);
      files.set(`/${relative(folder, file).split(sep).join('/')}`, { type, bytes: readFileSync(file) });
    }
  } catch {
    files.clear();
  }
  const page = files.get('/index.html');
  if (!page) return fail({ code: 'not-built', message: 'The pages of Plimsoll have not been built.', fix: 'Run "npm run build".' });
  files.delete('/index.html');
  return succeed(files.set('/', page));
}

/** One load of a page: its own nonce in the text and in the policy. */
export function pageLoad(file: PageFile): { bytes: Buffer; policy: string } {
  const nonce = randomBytes(16).toString('base64');
  const bytes = Buffer.from(file.bytes.toString('utf8').replaceAll(NONCE_PLACEHOLDER, nonce), 'utf8');
  return { bytes, policy: contentSecurityPolicy(nonce) };
}
