import { STATUS_CODES, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import type { Desk, PushMessage } from '../../../shared/contract.ts';
import { LINE_QUESTION_LENGTH_MAX } from '../../../shared/line.ts';
import { faultLine, type Fault } from '../../../shared/result.ts';
import type { HostAnswers } from '../../desk/door.ts';
import type { Gate } from './gate.ts';
import { answerQuestions, POLICY_VIOLATION } from './line-questions.ts';
import { pushOutbox } from './push-outbox.ts';
import { STANDING_HEADERS } from './reply.ts';

/** Twenty times a second: as often as an eye and a grid can follow. */
const SEND_EVERY_MS = 50;
/** A browser with more than this unsent is slow: it gets nothing until it caught up, then only the newest. */
const UNSENT_BYTES_MAX = 1024 * 1024;
const PING_EVERY_MS = 30_000;
/** A letter takes at most three bytes. */
const INCOMING_BYTES_MAX = 3 * LINE_QUESTION_LENGTH_MAX;

const LINE_PATH = '/line';

export interface LineRoute {
  close(): void;
}

/**
 * Opens `/line`: a WebSocket on which each browser with a session asks its questions (`shared/line.ts`) and receives the
 * desk's messages, packed rows as they are, the others as JSON text.
 */
export function openLineRoute(server: Server, gate: Gate, desk: Desk, hostAnswers: HostAnswers): LineRoute {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: INCOMING_BYTES_MAX, perMessageDeflate: false, clientTracking: true });

  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const refused = refusal(request, gate);
    if (refused) {
      refuseUpgrade(socket, refused.status, refused.fault);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client) => {
      const isSession = (): boolean => gate.session(request).ok;
      answerQuestions(client, { desk, hostAnswers, isSession });
      pushTo(client, desk, isSession);
    });
  });

  return {
    close() {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
    },
  };
}

function refusal(request: IncomingMessage, gate: Gate): { status: number; fault: Fault } | null {
  const address = gate.address(request, 'required');
  if (!address.ok) return { status: 403, fault: address.fault };
  const session = gate.session(request);
  if (!session.ok) return { status: 401, fault: session.fault };
  if (request.url !== LINE_PATH) return { status: 404, fault: { code: 'not-found', message: 'There is no such page.' } };
  return null;
}

function refuseUpgrade(socket: Duplex, status: number, fault: Fault): void {
  const body = `Plimsoll: ${faultLine(fault)}\n`;
  const headers = { ...STANDING_HEADERS, 'content-type': 'text/plain; charset=utf-8', 'content-length': String(Buffer.byteLength(body)), connection: 'close' };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n${body}`);
}

/** Packed rows name their table themselves, so their bytes are the whole message. */
function send(client: WebSocket, { value, ...message }: PushMessage): void {
  client.send(value instanceof Uint8Array ? value : JSON.stringify({ ...message, value }));
}

function pushTo(client: WebSocket, desk: Desk, isSession: () => boolean): void {
  const outbox = pushOutbox();
  let timer: NodeJS.Timeout | null = null;
  let answered = true;

  function flush(): void {
    timer = null;
    if (outbox.size === 0 || client.readyState !== WebSocket.OPEN) return;
    if (!isSession()) return client.close(POLICY_VIOLATION);
    if (client.bufferedAmount <= UNSENT_BYTES_MAX) {
      for (const message of outbox.take()) send(client, message);
    }
    timer = setTimeout(flush, SEND_EVERY_MS);
  }

  const stopListening = desk.onPush((message) => {
    outbox.add(message);
    // The first after a quiet while goes out at once; the timer then spaces those that follow.
    if (!timer) flush();
  });
  const heartbeat = setInterval(() => {
    if (!answered) client.terminate();
    answered = false;
    client.ping();
  }, PING_EVERY_MS);

  client.on('pong', () => (answered = true));
  client.on('error', () => client.terminate());
  client.on('close', () => {
    stopListening();
    clearInterval(heartbeat);
    if (timer) clearTimeout(timer);
  });
}
