import { afterEach, beforeEach, expect, test } from 'vitest';
import { startApplication } from '../../../main/hosts/electron/application.ts';
import { ownScheme } from '../../../main/hosts/electron/scheme.ts';
import { app, asked, BrowserWindow, forgetAsked } from './electron-stand-in.ts';

// The whole start, with a desk and a page, is run in test/packaging; here is what must happen before it.

const nowhere = new URL('file:///nowhere/');
const built = { manifest: nowhere, rendererFolder: nowhere, preload: nowhere, demoBook: '/nowhere/demo.plimsoll' };
const options = { selfCheck: false, book: null };
const usual = { lock: app.requestSingleInstanceLock, ready: app.whenReady };

beforeEach(forgetAsked);
afterEach(() => {
  app.requestSingleInstanceLock = usual.lock;
  app.whenReady = usual.ready;
  app.removeAllListeners();
});

test('the sandbox, the scheme and the locks are in place before Electron is ready, and no window is', () => {
  app.whenReady = () => new Promise(() => undefined); // never
  void startApplication(options, built);
  expect(asked.map((each) => each.what)).toEqual(['app.enableSandbox', 'protocol.registerSchemesAsPrivileged', 'app.setAboutPanelOptions']);
  expect(asked[1]?.with).toEqual([[ownScheme]]);
  expect(app.listenerCount('session-created')).toBe(1);
  expect(app.listenerCount('web-contents-created')).toBe(1);
  expect(BrowserWindow.opened).toEqual([]);
});

test('a second start leaves at once, without a window and without touching a book', async () => {
  app.requestSingleInstanceLock = () => false;
  app.whenReady = () => Promise.reject(new Error('must not be waited for'));
  await startApplication(options, built);
  expect(asked.at(-1)?.what).toBe('app.quit');
  expect(BrowserWindow.opened).toEqual([]);
});

test('a build without its list of pages is told, not shown as an empty window', async () => {
  await expect(startApplication(options, built)).rejects.toThrow('ENOENT');
  expect(BrowserWindow.opened).toEqual([]);
});
