import type { Channel, Input, Output, PushMessage } from '../../shared/contract.ts';
import { fail, succeed, type Result } from '../../shared/result.ts';
import type { ConnectedDesk, Connection } from './connect.ts';
import { openLine, type Line } from './loopback-line.ts';

const RETRY_MS = { first: 400, most: 5_000 };
/** A foreign page cannot send this header without our leave; the door refuses what comes without it. */
const OUR_HEADER = { 'x-plimsoll': '1' };

const NOT_REACHED = {
  code: 'desk-not-reached',
  message: 'The desk does not answer.',
  fix: 'See whether "npm start" is still running in the terminal; this page reconnects by itself.',
};
const DENIED = { code: 'link-used-up', message: 'This tab is not signed in to the desk.', fix: 'Press Enter in the terminal for a fresh link.' };

/** One small function per listener list: add, tell, remove. */
function listeners<T>(): { add: (listener: (value: T) => void) => () => void; tell: (value: T) => void } {
  const all = new Set<(value: T) => void>();
  return {
    add(listener) {
      all.add(listener);
      return () => all.delete(listener);
    },
    tell(value) {
      for (const listener of all) listener(value);
    },
  };
}

function requestOf<C extends Channel>(channel: C, input: Input<C>): RequestInit {
  if (channel !== 'files.receive') {
    return { method: 'POST', headers: { ...OUR_HEADER, 'content-type': 'application/json' }, body: JSON.stringify(input) };
  }
  const { name, bytes } = input as Input<'files.receive'>;
  return {
    method: 'POST',
    headers: { ...OUR_HEADER, 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(name) },
    body: bytes as Uint8Array<ArrayBuffer>,
  };
}

async function readAnswer<C extends Channel>(response: Response): Promise<Result<Output<C>>> {
  if (response.status === 401) return fail(DENIED);
  try {
    // Packed rows come as their bytes, every other answer as JSON.
    if (response.headers.get('content-type') === 'application/octet-stream') return succeed(new Uint8Array(await response.arrayBuffer())) as Result<Output<C>>;
    return (await response.json()) as Result<Output<C>>;
  } catch {
    return fail({ code: 'unreadable-answer', message: `The desk answered ${response.status} and nothing that can be read.` });
  }
}

/**
 * The desk behind the loopback door of `origin`: a line that reconnects carries questions and messages. Files go over
 * HTTP, and so does what is asked before the line stands: its answer also says why there is no line.
 */
export function loopbackDesk(origin: string): ConnectedDesk {
  const pushes = listeners<PushMessage>();
  const connections = listeners<Connection>();
  let connection: Connection = 'connecting';
  let retryMs = RETRY_MS.first;
  let line: Line | null = null;

  function become(next: Connection): void {
    if (next === connection) return;
    connection = next;
    connections.tell(next);
  }

  function ask<C extends Channel>(channel: C, input: Input<C>): Promise<Result<Output<C>>> {
    const asked = channel === 'files.receive' ? null : line?.ask(channel, input);
    return (asked as Promise<Result<Output<C>>> | null | undefined) ?? post(channel, input);
  }

  async function post<C extends Channel>(channel: C, input: Input<C>): Promise<Result<Output<C>>> {
    let response: Response;
    try {
      response = await fetch(`${origin}/ask/${channel}`, requestOf(channel, input));
    } catch {
      // One question that did not arrive says nothing of a line that stands; that its host is gone, the line says itself.
      if (connection !== 'connected') become('disconnected');
      return fail(NOT_REACHED);
    }
    const answer = await readAnswer<C>(response);
    if (response.status === 401) become('denied');
    return answer;
  }

  function retry(): void {
    become('disconnected');
    setTimeout(() => void reopen(), retryMs);
    retryMs = Math.min(retryMs * 2, RETRY_MS.most);
  }

  /** A refused WebSocket does not say why; an ordinary question tells "not there" from "not signed in". */
  async function reopen(): Promise<void> {
    const answer = await post('host.info', {});
    if (answer.ok) listen();
    else if (answer.fault.code !== DENIED.code) retry();
  }

  function listen(): void {
    line = openLine(`${origin.replace(/^http/, 'ws')}/line`, {
      onOpen() {
        retryMs = RETRY_MS.first;
        become('connected');
      },
      onPush: pushes.tell,
      onClose: retry,
      lost: NOT_REACHED,
    });
  }

  listen();
  return {
    ask,
    onPush: (listener) => pushes.add(listener),
    onConnection(listener) {
      listener(connection);
      return connections.add(listener);
    },
  };
}
