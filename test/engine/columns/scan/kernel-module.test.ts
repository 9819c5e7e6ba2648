import { expect, test } from 'vitest';
import { compileKernel } from '../../../../main/build/kernel.ts';
import { KERNEL_MODULE } from '../../../../main/engine/columns/scan/kernel-module.ts';

test('the kernel that is checked in is what its source compiles to', async () => {
  expect(Buffer.from(await compileKernel('.')).toString('base64')).toBe(KERNEL_MODULE);
});
