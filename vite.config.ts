import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

// The renderer's build, and the test projects. The main process is built by main/build/ (see its README).
export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [react()],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2000,
  },
  // The host replaces this in the page it serves, with a fresh nonce for every load.
  html: { cspNonce: '__CSP_NONCE__' },
  test: {
    root: '.',
    pool: 'forks',
    maxWorkers: 2,
    environment: 'node',
    testTimeout: 30_000,
    setupFiles: ['./test/seed.ts'],
    // `electron` would look for its binary on import; tests of the Electron host get a small stand-in.
    alias: { electron: new URL('./test/hosts/electron/electron-stand-in.ts', import.meta.url).pathname },
    projects: [
      { extends: true, test: { name: 'layers', include: ['test/layers/**/*.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'unit',
          // Files of one worker share what they import: half of this stage was reading the same rooms anew for each. A test
          // that needs a store empty empties it first.
          isolate: false,
          include: ['test/{shared,import,engine,calls,desk,renderer,vectors,demo}/**/*.test.ts'],
          exclude: ['**/*.property.test.ts'],
        },
      },
      { extends: true, test: { name: 'properties', include: ['test/**/*.property.test.ts'], testTimeout: 120_000 } },
      { extends: true, test: { name: 'books', include: ['test/{books,hosts,packaging}/**/*.test.ts'], exclude: ['**/*.property.test.ts'], testTimeout: 120_000 } },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/e2e/browser-setup.ts'],
          testTimeout: 90_000,
          hookTimeout: 90_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
