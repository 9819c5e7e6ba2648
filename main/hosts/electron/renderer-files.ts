import { readFile } from 'node:fs/promises';
import { rendererManifest } from '../../build/renderer-manifest.ts';

/** A file that may be served. */
export interface ServedFile {
  url: URL;
  type: string;
}

/**
 * Reads the build's list and turns it into a map from request path (`/assets/x.js`) to file. The map is the whole of
 * what can be served: an address that is not a key of it does not exist, however it is spelt.
 */
export async function readRendererFiles(manifestUrl: URL, folder: URL): Promise<Map<string, ServedFile>> {
  const { files } = rendererManifest.parse(JSON.parse(await readFile(manifestUrl, 'utf8')));
  return new Map(files.map(({ path, type }) => [`/${path}`, { url: new URL(path, folder), type }]));
}
