import { BUILD_PARTS, buildMain, buildRenderer, isBuilt, type BuildPart } from '../../../build/build.ts';
import type { Terminal } from '../terminal.ts';
import { EXIT, trouble, type ExitStatus } from '../with-desk.ts';

export interface BuildOptions {
  only?: string;
}

const BUILDERS: Record<BuildPart, () => Promise<void>> = { renderer: buildRenderer, main: buildMain };

/** `build`: builds what has changed since it was last built; `--only renderer` is all that the browser host needs. */
export async function buildCommand(terminal: Terminal, { only }: BuildOptions): Promise<ExitStatus> {
  const parts = BUILD_PARTS.filter((part) => only === undefined || part === only);
  if (parts.length === 0) return trouble(terminal, { code: 'unknown-part', message: `There is no part called ${JSON.stringify(only)}.`, fix: `Parts are ${BUILD_PARTS.join(' and ')}.` });
  for (const part of parts) {
    if (await isBuilt(part)) {
      terminal.out(`${part}: up to date`);
      continue;
    }
    await BUILDERS[part]();
    terminal.out(`${part}: built`);
  }
  return EXIT.done;
}
