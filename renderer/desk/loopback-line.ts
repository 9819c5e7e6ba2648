import type { PushMessage } from '../../shared/contract.ts';
import { LINE_QUESTION_LENGTH_MAX, type LineAnswer, type LineQuestion } from '../../shared/line.ts';
import { tableOf } from '../../shared/packed-rows/change.ts';
import { fail, succeed, type Fault, type Result } from '../../shared/result.ts';

/** The line that stands between this page and the loopback host. */
export interface Line {
  /** Puts a question on the line; null when it cannot go over it: the line is not open, or the question too long. */
  ask(channel: string, input: unknown): Promise<Result<unknown>> | null;
}

export interface LineEvents {
  onOpen: () => void;
  onPush: (message: PushMessage) => void;
  /** The line has ended, or could not be opened; nothing more comes of it. */
  onClose: () => void;
  /** What questions are told that the line takes with it. */
  lost: Fault;
}

export function openLine(url: string, { onOpen, onPush, onClose, lost }: LineEvents): Line {
  const socket = new WebSocket(url);
  const waiting = new Map<number, (result: Result<unknown>) => void>();
  let count = 0;
  /** The answer whose bytes come next. */
  let unpacked: number | null = null;

  function settle(number: number, result: Result<unknown>): void {
    waiting.get(number)?.(result);
    waiting.delete(number);
  }

  function takeText(message: PushMessage | LineAnswer): void {
    if ('push' in message) onPush(message);
    else if ('packed' in message) unpacked = message.answer;
    else settle(message.answer, message.result);
  }

  function takeBytes(bytes: Uint8Array): void {
    if (unpacked === null) onPush({ push: `${tableOf(bytes)}.changed`, value: bytes });
    else settle(unpacked, succeed(bytes));
    unpacked = null;
  }

  socket.binaryType = 'arraybuffer';
  socket.addEventListener('open', onOpen);
  socket.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) => {
    if (typeof data === 'string') takeText(JSON.parse(data) as PushMessage | LineAnswer);
    else takeBytes(new Uint8Array(data));
  });
  socket.addEventListener('close', () => {
    for (const number of waiting.keys()) settle(number, fail(lost));
    onClose();
  });

  return {
    ask(channel, input) {
      if (socket.readyState !== WebSocket.OPEN) return null;
      const number = count + 1;
      const text = JSON.stringify({ ask: channel, number, input } satisfies LineQuestion);
      if (text.length > LINE_QUESTION_LENGTH_MAX) return null;
      count = number;
      return new Promise((resolve) => {
        waiting.set(number, resolve);
        socket.send(text);
      });
    },
  };
}
