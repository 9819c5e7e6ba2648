import { beforeAll, beforeEach, expect, test } from 'vitest';
import { CHANNEL } from '../../../main/hosts/electron/door.ts';
import { asked, askedFor, forgetAsked, ipcRenderer } from './electron-stand-in.ts';

interface Bridge {
  ask(channel: string, input: unknown): Promise<unknown>;
  onPush(listener: (message: unknown) => void): () => void;
}
let exposed: readonly (readonly unknown[])[];
let bridge: Bridge;

beforeAll(async () => {
  await import('../../../main/hosts/electron/preload.ts');
  exposed = askedFor('contextBridge.exposeInMainWorld').map((each) => each.with);
  bridge = exposed[0]?.[1] as Bridge;
});
beforeEach(forgetAsked);

test('the page gets two functions under one name, and nothing else', () => {
  expect(exposed.map(([name]) => name)).toEqual(['plimsoll']);
  expect(Object.keys(bridge).sort()).toEqual(['ask', 'onPush']);
});

test('a question goes through the one channel', async () => {
  expect(await bridge.ask('book.info', {})).toEqual({ ok: true, value: 'answered' });
  expect(asked).toEqual([{ what: 'ipcRenderer.invoke', with: [CHANNEL, 'book.info', {}] }]);
});

test('a push brings its message and not its event, until nobody listens', () => {
  const heard: unknown[][] = [];
  const stop = bridge.onPush((...args) => heard.push(args));
  ipcRenderer.emit(CHANNEL, { sender: ipcRenderer }, { push: 'progress' });
  expect(heard).toEqual([[{ push: 'progress' }]]);
  expect(stop()).toBeUndefined();
  ipcRenderer.emit(CHANNEL, {}, { push: 'progress' });
  expect(heard).toHaveLength(1);
  expect(ipcRenderer.listenerCount(CHANNEL)).toBe(0);
});
