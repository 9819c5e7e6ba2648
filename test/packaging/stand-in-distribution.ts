import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The mark in Electron's binary behind which its fuses lie. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const FUSE_VERSION = '\x01';
const FUSES = '00000000';

/**
 * Makes what looks to the packager like an unzipped Electron: a program that does nothing but carries real fuses, all
 * off, and the files that lie beside it.
 */
export function makeStandInDistribution(folder: string, version: string): void {
  mkdirSync(join(folder, 'resources'), { recursive: true });
  mkdirSync(join(folder, 'locales'), { recursive: true });
  for (const language of ['en-US', 'de']) writeFileSync(join(folder, `locales/${language}.pak`), language);
  writeFileSync(join(folder, 'electron'), `#!/bin/sh\nexit 0\n# ${SENTINEL}${FUSE_VERSION}${String.fromCharCode(FUSES.length)}${FUSES}`, 'latin1');
  chmodSync(join(folder, 'electron'), 0o755);
  writeFileSync(join(folder, 'version'), version);
  writeFileSync(join(folder, 'LICENSE'), 'Stands in for the licence of Electron.\n');
  writeFileSync(join(folder, 'LICENSES.chromium.html'), '<p>Stands in for the licences of Chromium.</p>\n');
}
