import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { assert } from '../../shared/result.ts';

const FOLDER = join('main', 'engine', 'columns', 'scan');

/**
 * Compiles the inner loops of the scan lane and writes them as text into the module that the engine imports. The text is
 * checked in, so that the engine runs from its sources, in a bundle and in a package alike and opens no file; a test holds
 * it equal to what the source compiles to. Compiling twice gives the same bytes.
 */
export async function buildKernel(programFolder: string): Promise<void> {
  const path = join(programFolder, FOLDER, 'kernel-module.ts');
  const text = moduleText(await compileKernel(programFolder));
  if ((await readFile(path, 'utf8')) !== text) await writeFile(path, text);
}

/** What is used of the compiler. Its own types declare globals of its language, which would then be ours everywhere. */
interface Compiler {
  compileString: (source: string, options: Record<string, unknown>) => Promise<{ binary: Uint8Array | null; error: Error | null }>;
}
const COMPILER: string = 'assemblyscript/asc';

/** The WebAssembly module of `kernel.as`. */
export async function compileKernel(programFolder: string): Promise<Uint8Array> {
  const { compileString } = (await import(COMPILER)) as Compiler;
  const source = await readFile(join(programFolder, FOLDER, 'kernel.as'), 'utf8');
  const { binary, error } = await compileString(source, { optimizeLevel: 3, shrinkLevel: 0, enable: ['simd', 'relaxed-simd'], runtime: 'stub', noAssert: true, importMemory: true });
  assert(!error && binary !== null, `kernel.as does not compile: ${error?.message ?? ''}`);
  return binary;
}

const LINE = 120;

function moduleText(binary: Uint8Array): string {
  const lines = Buffer.from(binary).toString('base64').match(new RegExp(`.{1,${LINE}}`, 'g')) ?? [];
  return `/** kernel.as compiled, as base64. Made by \`npm run build\` (main/build/kernel.ts): edit kernel.as instead. */\nexport const KERNEL_MODULE =\n${lines.map((line) => `  '${line}'`).join(' +\n')};\n`;
}
