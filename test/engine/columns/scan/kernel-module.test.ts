import { afterEach, expect, test, vi } from 'vitest';
import { compileKernel } from '../../../../main/build/kernel.ts';
import { KERNEL_MODULE } from '../../../../main/engine/columns/scan/kernel-module.ts';

afterEach(() => vi.restoreAllMocks());

test('the kernel that is checked in is what its source compiles to', async () => {
  expect(Buffer.from(await compileKernel('.')).toString('base64')).toBe(KERNEL_MODULE);
});

test('a host that does not know the instructions of the kernel computes in plain arrays', async () => {
  vi.spyOn(WebAssembly, 'validate').mockReturnValue(false);
  expect(await readAnew()).toMatchObject({ isPlain: true });
  vi.restoreAllMocks();
  expect(await readAnew()).toMatchObject({ isPlain: false });
});

/** What the host knows is looked for once, when it is first asked for: so the files are read anew. */
async function readAnew(): Promise<{ isPlain: boolean }> {
  vi.resetModules();
  const { plainKernel } = await import('../../../../main/engine/columns/scan/lane.ts');
  const { wasmMemory } = await import('../../../../main/engine/columns/scan/wasm.ts');
  return { isPlain: wasmMemory(1).kernel === plainKernel };
}
