import { readdir, stat, writeFile } from 'node:fs/promises';
import { extname, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** Plain names between slashes, none beginning with a dot: nothing climbs, nothing is hidden, no drive is named. */
const plainPath = z.string().regex(/^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/);

/** The files that the desktop window may load: path under dist/renderer, media type and size. */
export const rendererManifest = z.strictObject({
  files: z.array(z.strictObject({ path: plainPath, type: z.string(), bytes: z.int().nonnegative() })).min(1),
});
export type RendererManifest = z.infer<typeof rendererManifest>;

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

/**
 * Lists the built renderer's files for the desktop window, which serves these and nothing else. A kind of file that
 * has no media type here fails the build: it would be refused on screen.
 */
export async function writeRendererManifest(dist: URL): Promise<RendererManifest> {
  const folder = fileURLToPath(new URL('renderer/', dist));
  const files: RendererManifest['files'] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = `${entry.parentPath}${sep}${entry.name}`;
    const path = relative(folder, file).split(sep).join('/');
    const type = TYPES[extname(path)];
    if (type === undefined) throw new Error(`dist/renderer/${path}: no media type is known for this kind of file; add it to main/build/renderer-manifest.ts.`);
    files.push({ path, type, bytes: (await stat(file)).size });
  }
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  const manifest = rendererManifest.parse({ files });
  await writeFile(new URL('renderer-files.json', dist), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}
