import { afterEach, expect, test, vi } from 'vitest';
import { compileKernel } from '../../../../main/build/kernel.ts';
import { KERNEL_MODULE } from '../../../../main/engine/columns/scan/kernel-module.ts';
import { plainKernel } from '../../../../main/engine/columns/scan/lane.ts';
import { wasmMemory } from '../../../../main/engine/columns/scan/wasm.ts';

afterEach(() => vi.restoreAllMocks());

test('the kernel that is checked in is what its source compiles to', async () => {
  expect(Buffer.from(await compileKernel('.')).toString('base64')).toBe(KERNEL_MODULE);
});

test('a host that does not know the instructions of the kernel computes in plain arrays', () => {
  vi.spyOn(WebAssembly, 'validate').mockReturnValue(false);
  expect(wasmMemory(1).kernel).toBe(plainKernel);
  vi.restoreAllMocks();
  expect(wasmMemory(1).kernel).not.toBe(plainKernel);
});
