import { pathToFileURL } from 'node:url';
import { array, assert, asyncProperty, constantFrom, oneof, string, webPath } from 'fast-check';
import { expect, test } from 'vitest';
import { servePage } from '../../../main/hosts/electron/scheme.ts';

// One file may be served. Everything around it, this test included, exists on disk and must not be.
const files = new Map([['/scheme.test.ts', { url: new URL('scheme.test.ts', import.meta.url), type: 'text/javascript; charset=utf-8' }]]);
const parts = ['..', '.', '%2e%2e', '%2E.', '..%2f', '%5c', '\\', '/', '//', '', 'door.test.ts', 'scheme.test.ts', 'electron-stand-in.ts', '%00', '?', '#', ':', '@', 'file:', 'C:', '~', 'etc', 'passwd', ' ', '\u202e', 'ſcheme.test.ts'];
const climbing = array(constantFrom(...parts), { maxLength: 12 }).map((words) => words.join('/'));
// Down and up again, and so back at the listed file: these must be served, or the test would compare with nothing.
const returning = array(constantFrom('a', 'b.js', '%20'), { maxLength: 4 }).map((names) => [...names.map((name) => `${name}/..`), 'scheme.test.ts'].join('/'));
const start = constantFrom('app://plimsoll/', 'app://plimsoll', 'app:', 'app:///', 'app://other/', 'file://', 'file:///', pathToFileURL('.').href, 'http://plimsoll/', '');

test('whatever the address, the answer is the one listed file or nothing', async () => {
  let served = 0;
  await assert(
    asyncProperty(start, oneof(climbing, returning, string({ unit: 'binary' }), webPath()), async (origin, rest) => {
      const address = `${origin}${rest}`;
      const response = await servePage(files, { url: address, method: 'GET' });
      const url = URL.parse(address);
      const isListed = url?.protocol === 'app:' && url.host === 'plimsoll' && url.pathname === '/scheme.test.ts' && url.search === '';
      expect(response.status).toBe(isListed ? 200 : 404);
      expect(await response.text()).toMatch(isListed ? /the start page carries a fresh nonce/ : /^$/);
      served += isListed ? 1 : 0;
    }),
    { numRuns: 5000 },
  );
  expect(served).toBeGreaterThan(0); // else nothing was compared with a file that is served
});
