import type { App, Session, WebContents } from 'electron';
import { beforeEach, expect, test } from 'vitest';
import { deadProxy, lockApp, lockContents, lockSession, mayRequest } from '../../../main/hosts/electron/policy.ts';
import { app, askedFor, forgetAsked, StandInContents, StandInSession } from './electron-stand-in.ts';

beforeEach(forgetAsked);

const lockedSession = (developing = false) => {
  const session = new StandInSession();
  lockSession(session as unknown as Session, developing);
  return session;
};
const lockedContents = () => {
  const contents = new StandInContents();
  lockContents(contents as unknown as WebContents);
  return contents;
};

/** Emits an event that can be prevented, and says whether it was and what its callback was told. */
function emitted(from: StandInContents | StandInSession, name: string, ...args: unknown[]) {
  let prevented = false;
  const chosen: unknown[][] = [];
  from.emit(name, { preventDefault: () => (prevented = true) }, ...args, (...choice: unknown[]) => chosen.push(choice));
  return { prevented, chosen };
}

test.each(['clipboard-read', 'media', 'geolocation', 'notifications', 'openExternal', 'fileSystem', 'unknown'])('the permission %s is denied when requested and when checked', (permission) => {
  const { handlers } = lockedSession();
  const decisions: unknown[] = [];
  handlers.get('permissionRequest')?.({}, permission, (granted: boolean) => decisions.push(granted), {});
  expect(decisions).toEqual([false]);
  expect(handlers.get('permissionCheck')?.(null, permission, 'app://plimsoll', {})).toBe(false);
});

test('devices are denied: kept permissions, screen sharing and pairing', () => {
  const { handlers } = lockedSession();
  expect(handlers.get('devicePermission')?.({ deviceType: 'usb' })).toBe(false);
  const answers: unknown[] = [];
  handlers.get('displayMedia')?.({}, (streams: unknown) => answers.push(streams));
  handlers.get('bluetoothPairing')?.({}, (response: unknown) => answers.push(response));
  expect(answers).toEqual([null, { confirmed: false }]);
});

test.each([
  ['select-usb-device', [{}], [[]]],
  ['select-hid-device', [{}], [[]]],
  ['select-serial-port', [[], {}], [['']]],
])('no device is chosen: %s', (name, args, chosen) => {
  expect(emitted(lockedSession(), name, ...args)).toEqual({ prevented: true, chosen });
});

test('no bluetooth device is chosen', () => {
  expect(emitted(lockedContents(), 'select-bluetooth-device', [])).toEqual({ prevented: true, chosen: [['']] });
});

test('downloads are prevented', () => {
  expect(emitted(lockedSession(), 'will-download').prevented).toBe(true);
});

test('every certificate is refused, and the spell checker fetches no dictionary', () => {
  const verdicts: unknown[] = [];
  lockedSession().handlers.get('certificateVerify')?.({}, (verdict: number) => verdicts.push(verdict));
  expect(verdicts).toEqual([-2]);
  expect(askedFor('session.setSpellCheckerEnabled')).toEqual([{ what: 'session.setSpellCheckerEnabled', with: [false] }]);
});

test.each(['will-navigate', 'will-redirect', 'will-frame-navigate', 'will-attach-webview'])('%s is prevented', (name) => {
  expect(emitted(lockedContents(), name).prevented).toBe(true);
});

test('a new window is denied, whatever its address', () => {
  const { windowOpenHandler } = lockedContents();
  for (const url of ['https://example.com', 'app://plimsoll/index.html', 'about:blank']) expect(windowOpenHandler?.({ url })).toEqual({ action: 'deny' });
});

test('peer connections get no way around the request filter', () => {
  lockedContents();
  expect(askedFor('contents.setWebRTCIPHandlingPolicy')[0]?.with).toEqual(['disable_non_proxied_udp']);
});

const blocked = [
  'https://example.com/',
  'http://127.0.0.1:8080/',
  'ws://127.0.0.1/line',
  'wss://example.com',
  'ftp://example.com',
  'file:///etc/passwd',
  'blob:https://example.com/1',
  'chrome://version',
  'devtools://devtools/bundled/inspector.html',
  'app://plimsoll.example.com/index.html',
  'app://other/index.html',
  'app://plimsollx',
  'APP://plimsoll/index.html',
];

test.each(blocked)('the request filter cancels %s', (url) => {
  const decisions: unknown[] = [];
  lockedSession().handlers.get('webRequest.onBeforeRequest')?.({ url, resourceType: 'xhr' }, (decision: unknown) => decisions.push(decision));
  expect(decisions).toEqual([{ cancel: true }]);
});

test('the request filter lets our own scheme through, and images the page carries in itself', () => {
  const decisions: unknown[] = [];
  const filter = lockedSession().handlers.get('webRequest.onBeforeRequest');
  filter?.({ url: 'app://plimsoll/assets/index.js', resourceType: 'script' }, (decision: unknown) => decisions.push(decision));
  filter?.({ url: 'data:image/svg+xml,<svg/>', resourceType: 'image' }, (decision: unknown) => decisions.push(decision));
  filter?.({ url: 'data:text/html,<script>', resourceType: 'mainFrame' }, (decision: unknown) => decisions.push(decision));
  expect(decisions).toEqual([{ cancel: false }, { cancel: false }, { cancel: true }]);
});

test('developer tools may load themselves while developing, and only then', () => {
  const tools = { url: 'devtools://devtools/bundled/inspector.html', resourceType: 'mainFrame' };
  expect(mayRequest(tools, true)).toBe(true);
  expect(mayRequest(tools, false)).toBe(false);
  expect(mayRequest({ url: 'https://example.com', resourceType: 'mainFrame' }, true)).toBe(false);
});

test('what slips past the filter meets a proxy that cannot exist, for loopback addresses too', () => {
  lockedSession();
  expect(askedFor('session.setProxy')[0]?.with).toEqual([deadProxy]);
  expect(deadProxy.proxyRules).toMatch(/\.invalid:\d+$/);
  expect(deadProxy.proxyBypassRules).toBe('<-loopback>');
});

test('sessions and pages made later are locked as well', () => {
  lockApp(app as unknown as App, false);
  const session = new StandInSession();
  const contents = new StandInContents();
  app.emit('session-created', session);
  app.emit('web-contents-created', {}, contents);
  expect(session.handlers.get('permissionCheck')?.()).toBe(false);
  expect(emitted(contents, 'will-navigate').prevented).toBe(true);
  app.removeAllListeners();
});
