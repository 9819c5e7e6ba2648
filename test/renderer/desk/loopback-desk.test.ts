import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import type { ConnectedDesk, Connection } from '../../../renderer/desk/connect.ts';
import { loopbackDesk } from '../../../renderer/desk/loopback-desk.ts';
import type { PushMessage } from '../../../shared/contract.ts';
import { LINE_QUESTION_LENGTH_MAX, type LineAnswer, type LineQuestion } from '../../../shared/line.ts';
import { packChange } from '../../../shared/packed-rows/change.ts';

interface Heard {
  method: string | undefined;
  url: string | undefined;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

/** A door that records what it hears and answers as told: real HTTP and a real WebSocket, no desk behind them. */
async function openDoor(answer: (heard: Heard) => { status: number; body: string }, port = 0): Promise<{ origin: string; port: number; heard: Heard[]; sockets: WebSocketServer; server: Server }> {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const one = { method: request.method, url: request.url, headers: request.headers, body: Buffer.concat(chunks) };
      heard.push(one);
      const { status, body } = answer(one);
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(body);
    });
  });
  const sockets = new WebSocketServer({ server, path: '/line' });
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
  closing.push(() => close(server, sockets));
  const listening = (server.address() as AddressInfo).port;
  return { origin: `http://127.0.0.1:${listening}`, port: listening, heard, sockets, server };
}

async function close(server: Server, sockets: WebSocketServer): Promise<void> {
  for (const client of sockets.clients) client.terminate();
  sockets.close();
  server.closeAllConnections();
  await new Promise((resolve) => {
    server.close(resolve);
  });
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise((resolve) => {
      setTimeout(resolve, 10);
    });
  }
}

let closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of closing) await stop();
  closing = [];
});

const ok = (value: unknown): { status: number; body: string } => ({ status: 200, body: JSON.stringify({ ok: true, value }) });

test('before the line stands a question is a POST of JSON with our header', async () => {
  const door = await openDoor(() => ok({ rows: [] }));
  const desk = loopbackDesk(door.origin);
  expect(await desk.ask('exclusions.list', {})).toEqual({ ok: true, value: { rows: [] } });
  const [first] = door.heard;
  expect([first?.method, first?.url, first?.headers['x-plimsoll'], first?.headers['content-type'], first?.body.toString()]).toEqual([
    'POST',
    '/ask/exclusions.list',
    '1',
    'application/json',
    '{}',
  ]);
});

test('a file goes as the body, its name in a header that takes any letter', async () => {
  const door = await openDoor(() => ok({ fileId: 'f', name: 'x', bytes: 3 }));
  const desk = loopbackDesk(door.origin);
  await desk.ask('files.receive', { name: 'Böök “1”.csv', bytes: new Uint8Array([1, 0, 255]) });
  const [first] = door.heard;
  expect(decodeURIComponent(String(first?.headers['x-file-name']))).toBe('Böök “1”.csv');
  expect(first?.headers['content-type']).toBe('application/octet-stream');
  expect([...(first?.body ?? [])]).toEqual([1, 0, 255]);
});

test('pushes arrive as they were sent', async () => {
  const door = await openDoor(() => ok({}));
  const pushed: PushMessage[] = [];
  loopbackDesk(door.origin).onPush((message) => pushed.push(message));
  await until(() => door.sockets.clients.size === 1);
  const message = { push: 'progress', value: { jobId: 'j', label: 'l', done: 1, total: null, unit: 'rows', state: 'running' } };
  for (const client of door.sockets.clients) client.send(JSON.stringify(message));
  await until(() => pushed.length > 0);
  expect(pushed).toEqual([message]);
});

/** A desk whose line stands, and the door's end of it: what was asked on it, and how to answer. */
async function overLine(): Promise<{ desk: ConnectedDesk; heard: Heard[]; seen: Connection[]; asked: LineQuestion[]; answer: (message: LineAnswer, bytes?: Uint8Array) => void; client: WebSocket }> {
  const door = await openDoor(() => ok({ by: 'POST' }));
  const desk = loopbackDesk(door.origin);
  const [seen, asked]: [Connection[], LineQuestion[]] = [[], []];
  desk.onConnection((connection) => seen.push(connection));
  await until(() => seen.at(-1) === 'connected' && door.sockets.clients.size === 1);
  const [client] = door.sockets.clients;
  if (!client) throw new Error('no line');
  client.on('message', (data: Buffer) => asked.push(JSON.parse(data.toString()) as LineQuestion));
  function answer(message: LineAnswer, bytes?: Uint8Array): void {
    client?.send(JSON.stringify(message));
    if (bytes) client?.send(bytes);
  }
  return { desk, heard: door.heard, seen, asked, answer, client };
}

test('once the line stands questions go over it, and each gets its own answer whatever the order', async () => {
  const { desk, heard, asked, answer } = await overLine();
  const answers = [desk.ask('accounts.view', { account: 'A' }), desk.ask('accounts.view', { account: 'B' })];
  await until(() => asked.length === 2);
  expect(asked.map(({ ask, input }) => [ask, input])).toEqual([['accounts.view', { account: 'A' }], ['accounts.view', { account: 'B' }]]);
  for (const { number, input } of asked.toReversed()) answer({ answer: number, result: { ok: true, value: input } });
  expect(await Promise.all(answers)).toEqual([{ ok: true, value: { account: 'A' } }, { ok: true, value: { account: 'B' } }]);
  expect(heard).toEqual([]);
});

test('packed rows that were asked for are not taken for a message, nor a message for them', async () => {
  const { desk, asked, answer, client } = await overLine();
  const pushed: PushMessage[] = [];
  desk.onPush((message) => pushed.push(message));
  const [rows, message] = [1, 2].map((to) => packChange({ table: 'queue', from: 0, to, slots: [], rows: [], removed: [to] })) as [Uint8Array, Uint8Array];
  const read = desk.ask('rows.read', { table: 'queue', slots: [1] });
  await until(() => asked.length === 1);
  client.send(message);
  answer({ answer: asked[0]?.number ?? 0, packed: true }, rows);
  client.send(message);
  expect(await read).toEqual({ ok: true, value: new Uint8Array(rows) });
  await until(() => pushed.length === 2);
  expect(pushed).toEqual([1, 2].map(() => ({ push: 'queue.changed', value: new Uint8Array(message) })));
});

test('files, and what is too long for the line, go as a POST', async () => {
  const { desk, heard, asked } = await overLine();
  await desk.ask('files.receive', { name: 'a.csv', bytes: new Uint8Array([1]) });
  await desk.ask('marks.set', { instrument: 'x'.repeat(LINE_QUESTION_LENGTH_MAX), price: '1' });
  expect([heard.map(({ url }) => url), asked]).toEqual([['/ask/files.receive', '/ask/marks.set'], []]);
});

test('a line that ends takes its questions with it: they are answered that the desk is not there', async () => {
  const { desk, seen, asked, client } = await overLine();
  const answer = desk.ask('book.info', {});
  await until(() => asked.length === 1);
  client.terminate();
  expect(await answer).toMatchObject({ ok: false, fault: { code: 'desk-not-reached' } });
  expect(seen.at(-1)).toBe('disconnected');
  // Until the line is there again, a question is asked without it.
  expect(await desk.ask('book.info', {})).toEqual({ ok: true, value: { by: 'POST' } });
});

test('a tab that is not signed in says so, with the way out', async () => {
  const door = await openDoor(() => ({ status: 401, body: '' }));
  const desk = loopbackDesk(door.origin);
  const seen: Connection[] = [];
  desk.onConnection((connection) => seen.push(connection));
  const answer = await desk.ask('book.info', {});
  expect(answer).toMatchObject({ ok: false, fault: { code: 'link-used-up', fix: 'Press Enter in the terminal for a fresh link.' } });
  expect(seen.at(-1)).toBe('denied');
});

test('when the desk goes away it is said, and when it comes back the tab reconnects by itself', async () => {
  const first = await openDoor(() => ok({}));
  const desk = loopbackDesk(first.origin);
  const seen: Connection[] = [];
  desk.onConnection((connection) => seen.push(connection));
  await until(() => seen.at(-1) === 'connected');
  await close(first.server, first.sockets);
  closing = [];
  await until(() => seen.at(-1) === 'disconnected');
  expect(await desk.ask('book.info', {})).toMatchObject({ ok: false, fault: { code: 'desk-not-reached' } });
  await openDoor(() => ok({}), first.port);
  await until(() => seen.at(-1) === 'connected');
});
