import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { loadPage, openWindow, pagePreferences, windowOptions } from '../../../main/hosts/electron/window.ts';
import { freshState, placeWindow, readState, writeState, type WindowState } from '../../../main/hosts/electron/window-state.ts';
import { askedFor, BrowserWindow, forgetAsked } from './electron-stand-in.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-window-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(forgetAsked);

const packaged = pagePreferences('/dist/preload/preload.cjs', false);
const screen = { x: 0, y: 0, width: 1920, height: 1040 };
const opened = (state: WindowState = freshState) => {
  openWindow({ state, workAreas: [screen], dark: true, preload: '/p.cjs', developing: false });
  return BrowserWindow.opened.at(-1) as BrowserWindow;
};

test.each([
  ['sandbox', true],
  ['contextIsolation', true],
  ['nodeIntegration', false],
  ['nodeIntegrationInWorker', false],
  ['nodeIntegrationInSubFrames', false],
  ['webSecurity', true],
  ['allowRunningInsecureContent', false],
  ['webviewTag', false],
  ['plugins', false],
  ['experimentalFeatures', false],
  ['navigateOnDragDrop', false],
  ['disableDialogs', true],
  ['spellcheck', false],
  ['devTools', false],
])('the page preference %s is spelt out as %s', (name, value) => {
  expect(Object.entries(packaged)).toContainEqual([name, value]);
});

test('no Blink feature is named and no argument is passed to the page', () => {
  for (const name of ['enableBlinkFeatures', 'disableBlinkFeatures', 'additionalArguments', 'session', 'partition']) expect(packaged).not.toHaveProperty(name);
});

test('developer tools exist only while developing', () => {
  expect(pagePreferences('/p.cjs', true).devTools).toBe(true);
});

test('the window really gets these preferences, hides until it has painted and keeps its title', () => {
  const window = opened();
  expect(window.options).toMatchObject({ title: 'Plimsoll', show: false, webPreferences: { ...packaged, preload: '/p.cjs' } });
  expect(askedFor('window.show')).toHaveLength(0);
  window.emit('ready-to-show');
  expect(askedFor('window.show')).toHaveLength(1);
  let prevented = false;
  window.emit('page-title-updated', { preventDefault: () => (prevented = true) });
  expect(prevented).toBe(true);
});

test('the background before the first paint is the one that the page paints first', () => {
  const place = { width: 1, height: 1 };
  const colours = [false, true].map((dark) => windowOptions(place, dark, packaged).backgroundColor);
  expect(readFileSync('renderer/design/first-paint.css', 'utf8')).toContain(`background: light-dark(${colours.join(', ')})`);
});

test('the page is our own address and nothing else', async () => {
  await expect(loadPage(opened() as never)).rejects.toThrow('app://plimsoll/index.html'); // nobody serves it here
  expect(askedFor('window.loadURL')[0]?.with).toEqual(['app://plimsoll/index.html']);
});

test('a maximized window opens maximized', () => {
  opened({ ...freshState, maximized: true });
  expect(askedFor('window.maximize')).toHaveLength(1);
});

const second = { x: 1920, y: 0, width: 1280, height: 1024 };
const there = { x: 2000, y: 40, width: 1000, height: 700 };

test('a window opens where it was closed', () => {
  expect(placeWindow(there, [screen, second])).toEqual(there);
});

test('a window whose screen is gone opens in the middle of the main screen', () => {
  expect(placeWindow(there, [screen])).toEqual({ width: 1440, height: 900 });
});

test('a window whose title bar is above every screen is brought back', () => {
  expect(placeWindow({ ...there, y: -300 }, [screen, second])).not.toHaveProperty('x');
});

test('a first window is no larger than a small screen, and no window smaller than its minimum', () => {
  expect(placeWindow(null, [{ x: 0, y: 0, width: 1024, height: 640 }])).toEqual({ width: 1024, height: 640 });
  expect(placeWindow({ x: 0, y: 0, width: 200, height: 100 }, [screen])).toMatchObject({ width: 960, height: 600 });
});

test('the state is read back as it was written', () => {
  const file = join(folder, 'window.json');
  const state: WindowState = { bounds: there, maximized: true, theme: 'dark', book: '/books/desk.plimsoll' };
  writeState(file, state);
  expect(readState(file)).toEqual(state);
});

test.each(['', '{', '[]', '{"bounds":null}', '{"bounds":{"x":1e99,"y":0,"width":1,"height":1},"maximized":false,"theme":"dark","book":null}', '{"bounds":null,"maximized":false,"theme":"dark","book":null,"extra":1}'])('a state file that is not ours means a fresh start: %s', (text) => {
  const file = join(folder, 'bad.json');
  writeFileSync(file, text);
  expect(readState(file)).toEqual(freshState);
  expect(readFileSync(file, 'utf8')).toBe(text);
});

test('a missing state file means a fresh start', () => {
  expect(readState(join(folder, 'none.json'))).toEqual(freshState);
});
