import { expect, test } from 'vitest';
import { roomOf, sourceFiles } from '../source-files.ts';

// Who may import whom. A file may import from its own room and from those listed.
const MAY_IMPORT: Record<string, readonly string[]> = {
  shared: [],
  'main/engine': ['shared'],
  'main/calls': ['shared', 'main/engine'],
  'main/import': ['shared'],
  'main/books': ['shared'],
  'main/demo': ['shared'],
  'main/desk': ['shared', 'main/import', 'main/books', 'main/engine', 'main/calls', 'main/demo'],
  'main/hosts': ['shared', 'main/desk', 'main/build'],
  'main/build': ['shared'],
  main: ['main/hosts'],
  renderer: ['shared'],
};

// Packages that only one place may touch.
const ONLY_IN: Record<string, (path: string) => boolean> = {
  electron: (path) => path.startsWith('main/hosts/electron/'),
  'better-sqlite3': (path) => path.startsWith('main/books/'),
  'ag-grid-community': (path) => path.startsWith('renderer/grid/'),
  'decimal.js': (path) => path === 'shared/money.ts',
  react: (path) => path.startsWith('renderer/'),
};

// Rooms that must stay pure: no platform modules at all.
const PURE = ['shared', 'main/engine', 'main/calls', 'main/import'];
const files = sourceFiles();
const productFiles = files.filter(({ path }) => !path.startsWith('test/'));

test('every room imports only the rooms below it', () => {
  const wrong = productFiles.flatMap(({ path, imports }) => {
    const room = roomOf(path);
    const allowed = MAY_IMPORT[room];
    if (!allowed) return [`${path} is in a room this test does not know: ${room}`];
    return imports
      .filter((name) => /^(?:main|renderer|shared|test)\//.test(name))
      .filter((name) => roomOf(name) !== room && !allowed.includes(roomOf(name)))
      .map((name) => `${path} imports ${name}`);
  });
  expect(wrong).toEqual([]);
});

test('packages with a home are imported only there', () => {
  const wrong = productFiles.flatMap(({ path, imports }) =>
    imports.filter((name) => ONLY_IN[name] && !ONLY_IN[name](path)).map((name) => `${path} imports ${name}`),
  );
  expect(wrong).toEqual([]);
});

test('pure rooms import no platform module', () => {
  const wrong = productFiles
    .filter(({ path }) => PURE.some((room) => path.startsWith(`${room}/`)))
    .flatMap(({ path, imports }) => imports.filter((name) => name.startsWith('node:')).map((name) => `${path} imports ${name}`));
  expect(wrong).toEqual([]);
});

test('the renderer imports no Node module', () => {
  const wrong = productFiles
    .filter(({ path }) => path.startsWith('renderer/'))
    .flatMap(({ path, imports }) => imports.filter((name) => name.startsWith('node:')).map((name) => `${path} imports ${name}`));
  expect(wrong).toEqual([]);
});

test('nothing is imported that does not exist', () => {
  const known = new Set(files.map(({ path }) => path));
  const wrong = files.flatMap(({ path, imports }) =>
    imports.filter((name) => /^(?:main|renderer|shared|test)\/.*\.(?:ts|tsx|js)$/.test(name) && !known.has(name)).map((name) => `${path} imports ${name}`),
  );
  expect(wrong).toEqual([]);
});
