import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { hashOfInputs } from '../../main/build/inputs.ts';

function sources(): string {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-inputs-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'renderer', 'grid'), { recursive: true });
  writeFileSync(join(folder, 'renderer', 'main.tsx'), 'one');
  writeFileSync(join(folder, 'renderer', 'grid', 'cells.ts'), 'two');
  writeFileSync(join(folder, 'package.json'), '{}');
  return folder;
}

test('the same contents have the same hash, whenever they were written', async () => {
  const [first, second] = [sources(), sources()];
  utimesSync(join(second, 'package.json'), 0, 0);
  expect(await hashOfInputs(first, ['renderer', 'package.json'])).toBe(await hashOfInputs(second, ['renderer', 'package.json']));
});

test('a changed, new, renamed or emptied file changes the hash', async () => {
  const before = await hashOfInputs(sources(), ['renderer', 'package.json']);
  const changes: ((folder: string) => void)[] = [
    (folder) => writeFileSync(join(folder, 'renderer', 'grid', 'cells.ts'), 'three'),
    (folder) => writeFileSync(join(folder, 'renderer', 'new.ts'), ''),
    (folder) => writeFileSync(join(folder, 'renderer', 'main.tsx'), ''),
    (folder) => {
      rmSync(join(folder, 'renderer', 'main.tsx'));
      writeFileSync(join(folder, 'renderer', 'other.tsx'), 'one');
    },
    (folder) => rmSync(join(folder, 'package.json')),
  ];
  for (const change of changes) {
    const folder = sources();
    change(folder);
    expect(await hashOfInputs(folder, ['renderer', 'package.json'])).not.toBe(before);
  }
});

test('what is not an input does not count', async () => {
  const folder = sources();
  const before = await hashOfInputs(folder, ['renderer']);
  writeFileSync(join(folder, 'package.json'), '{ "changed": true }');
  expect(await hashOfInputs(folder, ['renderer'])).toBe(before);
});
