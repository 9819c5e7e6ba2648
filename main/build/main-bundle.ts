import { existsSync } from 'node:fs';
import { cp, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build, type InlineConfig } from 'vite';
import { writeRendererManifest } from './renderer-manifest.ts';

const root = new URL('../../', import.meta.url);
const path = (name: string): string => fileURLToPath(new URL(name, root));

/**
 * The program's own code. Whatever it imports is bundled except Electron, the SQLite binding (which brings a native
 * file) and the build tools, which only a checkout has. Threads are entries of their own, because they are started by
 * name from whatever file they were bundled into; so chunks lie flat beside them, where `./desk-thread.js` and
 * `../demo/` mean the same from each.
 */
export const mainBundle: InlineConfig = {
  configFile: false,
  root: fileURLToPath(root),
  logLevel: 'warn',
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: true,
    target: 'node24',
    outDir: path('dist/main'),
    emptyOutDir: true,
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      input: {
        cli: path('main/plimsoll.js'),
        electron: path('main/hosts/electron/main.ts'),
        'account-thread': path('main/desk/account-thread.ts'),
        'book-thread': path('main/desk/book-thread.ts'),
        'desk-thread': path('main/desk/desk-thread.ts'),
        'file-thread': path('main/desk/file-thread.ts'),
        'pairing-thread': path('main/desk/pairing-thread.ts'),
        'write-thread': path('main/books/behind/write-thread.ts'),
      },
      external: ['electron', 'better-sqlite3', 'vite', '@vitejs/plugin-react'],
      // Text of one byte a letter is half the memory in every thread, and read sooner; so is text without comments.
      output: { format: 'es', charset: 'ascii', comments: { legal: true, annotation: false, jsdoc: false }, entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
};

/** The bridge: one CommonJS file, because a sandboxed preload can load nothing else. */
export const preloadBundle: InlineConfig = {
  configFile: false,
  root: fileURLToPath(root),
  logLevel: 'warn',
  publicDir: false,
  build: {
    target: 'node24',
    outDir: path('dist/preload'),
    emptyOutDir: true,
    minify: false,
    lib: { entry: path('main/hosts/electron/preload.ts'), formats: ['cjs'], fileName: () => 'preload.cjs' },
    rolldownOptions: { external: ['electron'] },
  },
};

/**
 * Builds dist/main, dist/preload, dist/demo and the list of renderer files. The renderer must have been built before:
 * its list is made from what is there.
 */
export async function bundleMain(): Promise<void> {
  if (!existsSync(path('dist/renderer/index.html'))) throw new Error('dist/renderer is not there: build the renderer before the main process.');
  await build(mainBundle);
  await build(preloadBundle);
  await rm(path('dist/demo'), { recursive: true, force: true });
  if (existsSync(path('main/demo/files'))) await cp(path('main/demo/files'), path('dist/demo/files'), { recursive: true });
  await writeRendererManifest(new URL('dist/', root));
}
