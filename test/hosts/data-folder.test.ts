import { expect, test } from 'vitest';
import { dataFolder, demoBook } from '../../main/hosts/data-folder.ts';

test('a person’s books lie where their system keeps such things', () => {
  expect(dataFolder({ platform: 'linux', env: {}, home: '/home/mary' })).toBe('/home/mary/.local/share/plimsoll');
  expect(dataFolder({ platform: 'linux', env: { XDG_DATA_HOME: '/data/mary' }, home: '/home/mary' })).toBe('/data/mary/plimsoll');
  expect(dataFolder({ platform: 'darwin', env: {}, home: '/Users/mary' })).toBe('/Users/mary/Library/Application Support/Plimsoll');
  expect(dataFolder({ platform: 'win32', env: { APPDATA: 'C:\\Users\\mary\\AppData\\Roaming' }, home: 'C:\\Users\\mary' })).toBe('C:\\Users\\mary\\AppData\\Roaming\\Plimsoll');
  expect(demoBook({ platform: 'win32', env: {}, home: 'C:\\Users\\mary' })).toBe('C:\\Users\\mary\\AppData\\Roaming\\Plimsoll\\demo.plimsoll');
});

test('PLIMSOLL_HOME overrides it on every system', () => {
  for (const platform of ['linux', 'darwin', 'win32'] as const) {
    expect(dataFolder({ platform, env: { PLIMSOLL_HOME: '/books', XDG_DATA_HOME: '/x', APPDATA: 'C:\\x' }, home: '/home/mary' })).toBe('/books');
  }
});
