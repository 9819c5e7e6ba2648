import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hashOfInputs } from './inputs.ts';

/**
 * Builds what cannot run from its sources: the pages (dist/renderer) and, for Electron and the packages, the main
 * process (dist/main and what lies beside it). Each part leaves a stamp, the hash of everything it was made from, so
 * that a later start knows that there is nothing to do.
 */
export const BUILD_PARTS = ['renderer', 'main'] as const;
export type BuildPart = (typeof BUILD_PARTS)[number];

/** The checkout, or the folder of the installed program: the same two steps up from here and from the bundle. */
export const PROGRAM_FOLDER = fileURLToPath(new URL('../../', import.meta.url));
export const RENDERER_FOLDER = join(PROGRAM_FOLDER, 'dist', 'renderer');

const dist = (name: string): string => join(PROGRAM_FOLDER, 'dist', name);
const TOOLS = ['package.json', 'package-lock.json', 'vite.config.ts', 'main/build'];
const PARTS: Record<BuildPart, { inputs: readonly string[]; made: string }> = {
  renderer: { inputs: ['renderer', 'shared', ...TOOLS], made: 'renderer/index.html' },
  // The desktop's list of pages is made from the built renderer.
  main: { inputs: ['main', 'shared', 'dist/renderer.stamp', ...TOOLS], made: 'main/electron.js' },
};

/** True when the part is there and made from what is there now. An installed program has no sources and is built. */
export async function isBuilt(part: BuildPart): Promise<boolean> {
  const { inputs, made } = PARTS[part];
  if (!existsSync(dist(made))) return false;
  if (!existsSync(join(PROGRAM_FOLDER, 'renderer', 'index.html'))) return true;
  const stamp = await readFile(dist(`${part}.stamp`), 'utf8').catch(() => '');
  return stamp === (await hashOfInputs(PROGRAM_FOLDER, inputs));
}

/** Builds the pages. They are made beside the old ones and exchanged at the end: a running host never sees half of them. */
export async function buildRenderer(): Promise<void> {
  // React picks its build by this; a test runner's "test" would put the development one into the pages.
  process.env['NODE_ENV'] = 'production';
  const { build } = await import('vite');
  const fresh = dist(`renderer-${process.pid}`);
  const stamp = await hashOfInputs(PROGRAM_FOLDER, PARTS.renderer.inputs);
  await mkdir(dist(''), { recursive: true });
  try {
    await build({
      configFile: join(PROGRAM_FOLDER, 'vite.config.ts'),
      root: join(PROGRAM_FOLDER, 'renderer'),
      logLevel: 'warn',
      build: { outDir: fresh, emptyOutDir: true },
    });
    await exchange(fresh, RENDERER_FOLDER);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  await writeFile(dist('renderer.stamp'), stamp);
}

/** Puts a new folder in the place of an old one. Two builds at once may both come to this; the later one stays. */
async function exchange(fresh: string, place: string): Promise<void> {
  const old = `${fresh}-old`;
  for (;;) {
    await rename(place, old).catch(() => undefined);
    await rm(old, { recursive: true, force: true });
    try {
      await rename(fresh, place);
      return;
    } catch (error) {
      if (!['ENOTEMPTY', 'EEXIST', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  }
}

/** Builds the main process and the preload. The renderer must have been built before. */
export async function buildMain(): Promise<void> {
  const [{ bundleMain }, { buildKernel }] = await Promise.all([import('./main-bundle.ts'), import('./kernel.ts')]);
  await buildKernel(PROGRAM_FOLDER);
  const stamp = await hashOfInputs(PROGRAM_FOLDER, PARTS.main.inputs);
  await bundleMain();
  await writeFile(dist('main.stamp'), stamp);
}
