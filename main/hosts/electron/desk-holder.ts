import { basename } from 'node:path';
import type { PushMessage } from '../../../shared/contract.ts';
import { fail, type Result } from '../../../shared/result.ts';
import { answer, type HostAnswers } from '../../desk/door.ts';
import type { OpenDeskOptions, RunningDesk } from '../../desk/open-desk.ts';

/** What the holder needs from outside: how to open a desk, what only the host answers, and where pushes go. */
export interface HolderParts {
  open: (options: Pick<OpenDeskOptions, 'book' | 'create' | 'readOnly'>) => Promise<Result<RunningDesk>>;
  hostAnswers: (desk: RunningDesk) => HostAnswers;
  push: (message: PushMessage) => void;
  /** The desk's threads have died; told once per desk. */
  stopped: (line: string) => void;
}

/** The one desk behind the window, which can be exchanged for that of another book while the window stays. */
export interface DeskHolder {
  /** Answers a question once a book is open; until then it waits. */
  ask: (channel: string, input: unknown) => Promise<Result<unknown>>;
  /** Opens a book and, only when that went well, lets go of the one before. */
  open: (options: Pick<OpenDeskOptions, 'book' | 'create' | 'readOnly'>) => Promise<Result<{ book: string; name: string }>>;
  close: () => Promise<void>;
}

interface Held {
  book: string;
  desk: RunningDesk;
  stopListening: () => void;
}

/** The codes the desk answers with when its threads are gone. */
const STOPPED = 'desk-stopped';

export function deskHolder(parts: HolderParts): DeskHolder {
  let held: Held | null = null;
  let closed = false;
  let tellFirst: () => void = () => undefined;
  const first = new Promise<void>((resolve) => {
    tellFirst = resolve;
  });
  const told = new WeakSet<RunningDesk>();

  async function ask(channel: string, input: unknown): Promise<Result<unknown>> {
    if (!held && !closed) await first;
    if (!held) return fail({ code: 'desk-closed', message: 'No book is open.' });
    const { desk } = held;
    const result = await answer(desk, channel, input, parts.hostAnswers(desk));
    if (!result.ok && result.fault.code === STOPPED && !told.has(desk) && held?.desk === desk) {
      told.add(desk);
      parts.stopped(result.fault.message);
    }
    return result;
  }

  async function open(options: Parameters<HolderParts['open']>[0]): Promise<Result<{ book: string; name: string }>> {
    // A book has one writer: the same book can only be opened again once it has been let go of.
    if (held?.book === options.book) await letGo(take());
    const opened = await parts.open(options);
    if (!opened.ok) return opened;
    const before = take();
    held = { book: options.book, desk: opened.value, stopListening: opened.value.onPush(parts.push) };
    tellFirst();
    await letGo(before);
    return { ok: true, value: { book: options.book, name: basename(options.book).replace(/\.plimsoll$/, '') } };
  }

  function take(): Held | null {
    const taken = held;
    held = null;
    return taken;
  }

  async function letGo(last: Held | null): Promise<void> {
    last?.stopListening();
    await last?.desk.close();
  }

  async function close(): Promise<void> {
    closed = true;
    tellFirst();
    await letGo(take());
  }

  return { ask, open, close };
}
