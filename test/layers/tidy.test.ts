import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { roomOf, sourceFiles, type SourceFile } from '../source-files.ts';

const LINES_MAX = 300;
const MEDIAN_LINES_MAX = 100;

const files = sourceFiles();
const productFiles = files.filter(({ path }) => !path.startsWith('test/'));
const checks = 'test/layers/'; // this folder has to spell the words it bans

function linesWith(pattern: RegExp, among: readonly SourceFile[]): string[] {
  return among
    .filter(({ path }) => !path.startsWith(checks))
    .flatMap(({ path, text }) => text.split('\n').flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])));
}

test('no banned word stands in the source', () => {
  expect(linesWith(/\bparseFloat\b|\bas any\b|: any\b|ag-grid-enterprise|\binnerHTML\b|\bTODO\b|\bFIXME\b|dangerouslySetInnerHTML/, files)).toEqual([]);
});

test('no test is skipped without a reason or left alone to run', () => {
  expect(linesWith(/\b(?:test|describe|it)\.(?:only|todo)\(|\btest\.skip\(/, files)).toEqual([]);
});

test('the engine and the calls are told the time and have no luck', () => {
  const pure = productFiles.filter(({ path }) => ['main/engine', 'main/calls'].includes(roomOf(path)));
  expect(linesWith(/\bDate\.now\b|new Date\(\)|\bMath\.random\b|\bperformance\b|\bprocess\./, pure)).toEqual([]);
});

test('models take no transcendental function from the platform, so the same input gives the same bits everywhere', () => {
  const engine = productFiles.filter(({ path }) => path.startsWith('main/engine/'));
  expect(linesWith(/\bMath\.(?:exp|log|log1p|expm1|pow|sin|cos|tan|atan|cbrt|erf)\b/, engine)).toEqual([]);
});

test('ipcMain is touched by the door alone', () => {
  const others = productFiles.filter(({ path }) => path !== 'main/hosts/electron/door.ts');
  expect(linesWith(/\bipcMain\b/, others)).toEqual([]);
});

test('no file is longer than a reader bears, unless it says why at its top', () => {
  const long = files.filter(({ lines, text }) => lines > LINES_MAX && !/Long on purpose:/.test(text.slice(0, 600)));
  expect(long.map(({ path, lines }) => `${path}: ${lines} lines`)).toEqual([]);
});

test('the median source file is short', () => {
  const lines = productFiles.map((file) => file.lines).sort((a, b) => a - b);
  expect(lines[Math.floor(lines.length / 2)]).toBeLessThanOrEqual(MEDIAN_LINES_MAX);
});

test('every source file is imported by another source file, or is a way in', () => {
  const waysIn = [
    /^main\/(?:plimsoll|guard)\.js$/,
    /^main\/desk\/(?:account|book|desk|file|pairing)-thread\.ts$/, // started by its name
    /^main\/books\/behind\/write-thread\.ts$/, // started by its name, too
    /^main\/hosts\/electron\/(?:main|preload)\.ts$/, // started by Electron
    /^main\/demo\/generate\.ts$/,
    /^main\/engine\/columns\/(?:strategy\/branch|scan\/edits)\.ts$/, // edits of a large account in columns: measured by the bench, not yet what a what-if asks
    /^renderer\/(?:main\.tsx|.*\.css)$/,
  ];
  // A file that only its test imports is dead code with a test.
  const imported = new Set(productFiles.flatMap(({ imports }) => imports));
  const orphans = productFiles.filter(({ path }) => !imported.has(path) && !waysIn.some((way) => way.test(path)));
  expect(orphans.map(({ path }) => path)).toEqual([]);
});

test('every room has a README, and so has every folder of two or more source files', () => {
  const rooms = ['main', 'renderer', 'shared', 'test', ...readdirSync('main').map((name) => join('main', name))].filter((path) => statSync(path).isDirectory());
  const sources = files.filter(({ path }) => /\.(?:ts|tsx|js)$/.test(path) && !/\/(?:fixtures|files)\//.test(path));
  const folders = [...Map.groupBy(sources, ({ path }) => dirname(path))].flatMap(([folder, inside]) => (inside.length > 1 ? [folder] : []));
  expect([...new Set([...rooms, ...folders])].filter((folder) => !existsSync(join(folder, 'README.md')))).toEqual([]);
});

test('the top level holds the four rooms and what tools require', () => {
  const allowed = new Set(['main', 'renderer', 'shared', 'test', 'electron-builder.yml', 'package.json', 'package-lock.json', 'tsconfig.json', 'vite.config.ts', 'README.md', 'LICENSE']);
  const tooling = new Set(['node_modules', 'dist', 'release']);
  const extra = readdirSync('.').filter((name) => !name.startsWith('.') && !allowed.has(name) && !tooling.has(name));
  expect(extra).toEqual([]);
});
