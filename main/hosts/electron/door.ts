import { ipcMain, type BrowserWindow, type IpcMainInvokeEvent } from 'electron';
import type { PushMessage } from '../../../shared/contract.ts';
import { fail, type Result } from '../../../shared/result.ts';
import { ORIGIN } from './scheme.ts';

/** The one channel between page and program: questions go in on it, pushes come out. Spelt again in preload.ts. */
export const CHANNEL = 'plimsoll';

/** Whoever answers what comes through the door. */
export type Answerer = (channel: string, input: unknown) => Promise<Result<unknown>>;

type Sender = Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>;

/**
 * True only when the message comes from the live main frame of our window showing our own page. Anything that is
 * missing, destroyed, detached, nested or foreign is a no, and so is anything that throws while it is looked at.
 */
export function isOurPage(event: Sender, window: BrowserWindow): boolean {
  try {
    const { sender, senderFrame } = event;
    if (window.isDestroyed() || sender !== window.webContents || sender.isDestroyed()) return false;
    if (!senderFrame || senderFrame.isDestroyed() || senderFrame.detached) return false;
    if (senderFrame !== window.webContents.mainFrame || senderFrame.parent !== null) return false;
    return senderFrame.origin === ORIGIN;
  } catch {
    return false; // Frames throw when they go away while being looked at.
  }
}

/**
 * Opens the door: the sender is checked first and synchronously, before the message is looked at or anything awaited,
 * because a frame can navigate away meanwhile. Every answer, a refusal too, is a Result.
 */
export function openDoor(window: BrowserWindow, answer: Answerer): void {
  ipcMain.handle(CHANNEL, (event, channel: unknown, input: unknown): Promise<Result<unknown>> | Result<unknown> => {
    if (!isOurPage(event, window)) return fail({ code: 'foreign-sender', message: 'This page may not ask the desk anything.' });
    if (typeof channel !== 'string') return fail({ code: 'unknown-channel', message: 'A question has a name, which is text.' });
    return answer(channel, input);
  });
}

/** Sends a push to our page, if it is our page that is there. */
export function pushTo(window: BrowserWindow, message: PushMessage): void {
  try {
    if (window.isDestroyed() || window.webContents.isDestroyed()) return;
    const { mainFrame } = window.webContents;
    if (mainFrame.origin === ORIGIN) mainFrame.send(CHANNEL, message);
  } catch {
    // The page went away meanwhile; the next one asks for everything anew.
  }
}
