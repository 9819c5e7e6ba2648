import type { BrowserWindow as RealWindow, IpcMainInvokeEvent } from 'electron';
import { expect, test } from 'vitest';
import { isOurPage, openDoor, pushTo } from '../../../main/hosts/electron/door.ts';
import { answer } from '../../../main/desk/door.ts';
import { succeed, type Result } from '../../../shared/result.ts';
import type { Desk, PushMessage } from '../../../shared/contract.ts';
import { BrowserWindow, ipcMain, standInFrame, StandInContents, type StandInFrame } from './electron-stand-in.ts';

const OURS = 'app://plimsoll';

/** A window showing our page, and the event a message from that page would carry. */
function ourWindow() {
  const window = new BrowserWindow({});
  window.webContents.mainFrame = standInFrame(OURS);
  const from = (senderFrame: StandInFrame | null, sender = window.webContents) => ({ sender, senderFrame }) as unknown as IpcMainInvokeEvent;
  return { window, real: window as unknown as RealWindow, from, ours: from(window.webContents.mainFrame) };
}

/** A door onto a desk that counts how often it was asked. */
function doorWithCount(real: RealWindow) {
  const questions: string[] = [];
  const desk: Pick<Desk, 'ask'> = {
    ask(channel) {
      questions.push(channel);
      return Promise.resolve(succeed({ rows: [] })) as Promise<Result<never>>;
    },
  };
  openDoor(real, (channel, input) => answer(desk as Desk, channel, input, {}));
  const invoke = (event: IpcMainInvokeEvent, ...args: unknown[]) => Promise.resolve(ipcMain.handlers.get('plimsoll')?.(event, ...args)) as Promise<Result<unknown>>;
  return { questions, invoke };
}

test('our own main frame is let in', async () => {
  const { real, ours } = ourWindow();
  const { questions, invoke } = doorWithCount(real);
  expect(isOurPage(ours, real)).toBe(true);
  expect(await invoke(ours, 'exclusions.list', {})).toEqual({ ok: true, value: { rows: [] } });
  expect(questions).toEqual(['exclusions.list']);
});

const strangers: [string, (parts: ReturnType<typeof ourWindow>) => IpcMainInvokeEvent][] = [
  ['no frame at all', ({ from }) => from(null)],
  ['a subframe of our page with our own origin', ({ window, from }) => from(standInFrame(OURS, window.webContents.mainFrame))],
  ['a main frame that is not the one in the window', ({ from }) => from(standInFrame(OURS))],
  ['our frame after it went to another origin', ({ window, from }) => from(Object.assign(window.webContents.mainFrame, { origin: 'https://example.com' }))],
  ['an origin that only begins like ours', ({ window, from }) => from(Object.assign(window.webContents.mainFrame, { origin: 'app://plimsoll.example.com' }))],
  ['an opaque origin', ({ window, from }) => from(Object.assign(window.webContents.mainFrame, { origin: 'null' }))],
  ['a file', ({ window, from }) => from(Object.assign(window.webContents.mainFrame, { origin: 'file://' }))],
  ['a destroyed frame', ({ window, from }) => from(Object.assign(window.webContents.mainFrame, { destroyed: true }))],
  ['a detached frame', ({ window, from }) => from(Object.assign(window.webContents.mainFrame, { detached: true }))],
  ['another window with a page of ours', ({ from }) => {
    const other = new StandInContents();
    other.mainFrame = standInFrame(OURS);
    return from(other.mainFrame, other);
  }],
  ['our frame, said to come from another window', ({ window, from }) => from(window.webContents.mainFrame, new StandInContents())],
  ['destroyed contents', ({ window, ours }) => {
    window.webContents.destroyed = true;
    return ours;
  }],
  ['a window that is gone', ({ window, ours }) => {
    window.destroyed = true;
    return ours;
  }],
  ['a frame that throws when looked at', ({ window, from }) => from(Object.defineProperty(window.webContents.mainFrame, 'origin', {
    get() {
      throw new Error('Render frame was disposed before WebFrameMain could be accessed');
    },
  }))],
  ['an event that throws when its frame is asked for', ({ window }) => Object.defineProperty({ sender: window.webContents }, 'senderFrame', {
    get() {
      throw new Error('gone');
    },
  }) as unknown as IpcMainInvokeEvent],
];

test.each(strangers)('a foreign sender is refused before the desk hears of it: %s', async (_name, make) => {
  const parts = ourWindow();
  const event = make(parts);
  const { questions, invoke } = doorWithCount(parts.real);
  expect(isOurPage(event, parts.real)).toBe(false);
  expect(await invoke(event, 'exclusions.list', {})).toMatchObject({ ok: false, fault: { code: 'foreign-sender' } });
  expect(questions).toEqual([]);
});

test('the sender is judged when the message arrives, not after something was awaited', async () => {
  const { window, real, ours } = ourWindow();
  const { invoke, questions } = doorWithCount(real);
  const late = invoke(ours, 'exclusions.list', {});
  window.webContents.mainFrame.origin = 'https://example.com';
  expect((await late).ok).toBe(true);
  expect(questions).toHaveLength(1);
  expect((await invoke(ours, 'exclusions.list', {})).ok).toBe(false);
});

test.each([['__proto__'], ['constructor'], ['toString'], ['hasOwnProperty'], ['calls.queue '], ['CALLS.QUEUE'], ['']])('the unknown channel %j is refused by name', async (channel) => {
  const { real, ours } = ourWindow();
  const { questions, invoke } = doorWithCount(real);
  expect(await invoke(ours, channel, {})).toMatchObject({ ok: false, fault: { code: 'unknown-channel' } });
  expect(questions).toEqual([]);
});

test.each([[undefined], [null], [7], [['calls.queue']], [{ toString: () => 'calls.queue' }]])('a channel that is not text is refused: %s', async (channel) => {
  const { real, ours } = ourWindow();
  const { questions, invoke } = doorWithCount(real);
  expect(await invoke(ours, channel, {})).toMatchObject({ ok: false, fault: { code: 'unknown-channel' } });
  expect(questions).toEqual([]);
});

test.each([
  ['exclusions.list', undefined],
  ['exclusions.list', null],
  ['exclusions.list', { extra: 1 }],
  ['accounts.view', {}],
  ['accounts.view', { account: 7 }],
  ['accounts.view', JSON.parse('{"account":"A","__proto__":{"polluted":true}}')],
  ['import.planRows', { planId: 'p', offset: -1, limit: 10 }],
  ['import.planRows', { planId: 'p', offset: 0, limit: 1e9 }],
  ['files.receive', { name: 'x.csv', bytes: 'text' }],
  ['whatif.edit', { branchId: 'b', edit: { kind: 'setPrice', instrument: 'AAPL', price: 12.5 } }],
])('input that does not fit %s is refused: %j', async (channel, input) => {
  const { real, ours } = ourWindow();
  const { questions, invoke } = doorWithCount(real);
  expect(await invoke(ours, channel, input)).toMatchObject({ ok: false, fault: { code: 'bad-input' } });
  expect(questions).toEqual([]);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

const push: PushMessage = { push: 'progress', value: { jobId: 'j', label: 'Import', done: 1, total: 2, unit: 'rows', state: 'running' } };

test('a push goes to our page as one message', () => {
  const { window, real } = ourWindow();
  pushTo(real, push);
  expect(window.webContents.mainFrame.sent).toEqual([['plimsoll', push]]);
});

test('a push goes nowhere when the page is not ours or the window is gone', () => {
  const { window, real } = ourWindow();
  window.webContents.mainFrame.origin = 'null';
  pushTo(real, push);
  window.webContents.mainFrame.origin = OURS;
  window.destroyed = true;
  pushTo(real, push);
  expect(window.webContents.mainFrame.sent).toEqual([]);
});
