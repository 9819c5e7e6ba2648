import { afterEach, expect, test } from 'vitest';
import { copyWhole } from '../../../renderer/explain/copy.ts';
import { notices } from '../../../renderer/shell/notices.ts';
import type { ExplainNode } from '../../../shared/explain.ts';
import { fail, succeed } from '../../../shared/result.ts';
import { maintenanceTree } from './tree.ts';

afterEach(() => notices.set([]));

const inParts: ExplainNode = { ...maintenanceTree, children: maintenanceTree.children.map((child, at) => ({ ...child, children: [], ...(child.children.length > 0 ? { left: { at: [at], unverified: false } } : {}) })) };
const whole = () => Promise.resolve(succeed(maintenanceTree));

test('of a tree that is shown in parts the whole is copied', async () => {
  const copied: string[] = [];
  const copies = (text: string): boolean => copied.push(text) > 0;
  expect(await copyWhole(maintenanceTree, null, () => Promise.reject(new Error('all of it is here')), copies)).toBeNull();
  expect(await copyWhole(inParts, null, whole, copies)).toBeNull();
  expect(copied[0]).toContain('Underlying price: 35 USD/share');
  expect(copied[1]).toBe(copied[0]);
});

test('a text that came too late for the press waits for the next one, unless the figure is another by then', async () => {
  const ready = await copyWhole(inParts, null, whole, () => false);
  expect(ready?.amount).toBe('5975');
  expect(notices.get().map(({ text }) => text)).toEqual(['The whole explanation is here. Press Copy once more to put it on the clipboard.']);
  const copied: string[] = [];
  const copies = (text: string): boolean => copied.push(text) > 0;
  expect(await copyWhole(inParts, ready, () => Promise.reject(new Error('it waits here')), copies)).toBeNull();
  expect(copied).toEqual([ready?.text]);
  await expect(copyWhole({ ...inParts, amount: '1' }, ready, () => Promise.reject(new Error('asked anew')), copies)).rejects.toThrow('asked anew');
});

test('when the whole cannot be had, nothing is copied and that is said', async () => {
  const copied: string[] = [];
  await copyWhole(inParts, null, () => Promise.resolve(fail({ code: 'gone', message: 'The desk is gone.' })), (text) => copied.push(text) > 0);
  expect(copied).toEqual([]);
  expect(notices.get().map(({ text }) => text)).toEqual(['The desk is gone.']);
});
