import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { WebSocket, type ClientOptions } from 'ws';
import type { PushMessage } from '../../../shared/contract.ts';
import type { LineAnswer } from '../../../shared/line.ts';
import { openChange, rowsOfChange, tableOf } from '../../../shared/packed-rows/change.ts';
import { succeed, type Result } from '../../../shared/result.ts';
import { flexFile, importBytes, valueOf } from '../../desk/desk-fixture.ts';
import { openLink, openServed, question, servedDesk, type Served } from './loopback-fixture.ts';

let served: Served;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ served, close } = await openServed());
});
afterAll(() => close());

interface Line {
  socket: WebSocket;
  messages: PushMessage[];
  /** Asks over the line, and waits for the answer to that number. */
  ask: (number: number, ask: string, input?: unknown) => Promise<Result<unknown>>;
}

/** Opens the line as our page does, changed as the test wants. */
function openLine({ port, cookie }: Pick<Served, 'port' | 'cookie'>, changed: ClientOptions & { path?: string } = {}): Promise<Line> {
  const { path = '/line', ...options } = changed;
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { origin: `http://127.0.0.1:${port}`, ...options, headers: { cookie, ...options.headers } });
  onTestFinished(() => socket.terminate());
  const messages: PushMessage[] = [];
  const answers = new Map<number, Result<unknown>>();
  let packed: number | null = null;
  socket.on('message', (data: Buffer, isBinary) => {
    if (isBinary && packed !== null) answers.set(packed, succeed(data));
    else if (isBinary) messages.push({ push: `${tableOf(data)}.changed`, value: data });
    if (isBinary) return void (packed = null);
    const message = JSON.parse(data.toString('utf8')) as PushMessage | LineAnswer;
    if ('push' in message) messages.push(message);
    else if ('packed' in message) packed = message.answer;
    else answers.set(message.answer, message.result);
  });
  async function ask(number: number, channel: string, input: unknown = {}): Promise<Result<unknown>> {
    socket.send(JSON.stringify({ ask: channel, number, input }));
    await until(() => answers.has(number));
    return answers.get(number) as Result<unknown>;
  }
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve({ socket, messages, ask }));
    socket.once('error', reject);
  });
}

async function until(found: () => boolean): Promise<void> {
  while (!found()) await new Promise((resolve) => setTimeout(resolve, 5));
}

test('the line opens only for our own page, with a session', async () => {
  const { port } = served;
  await expect(openLine(served, { headers: { cookie: '' } })).rejects.toThrow('401');
  await expect(openLine(served, { headers: { cookie: `plimsoll-${port}=${'A'.repeat(43)}` } })).rejects.toThrow('401');
  await expect(openLine(served, { origin: 'https://evil.example' })).rejects.toThrow('403');
  await expect(openLine(served, { origin: `http://127.0.0.1:${port + 1}` })).rejects.toThrow('403');
  await expect(openLine(served, { origin: '' })).rejects.toThrow('403');
  await expect(openLine(served, { headers: { host: `evil.example:${port}` }, origin: `http://evil.example:${port}` })).rejects.toThrow('403');
  await expect(openLine(served, { path: '/lines' })).rejects.toThrow('404');
  await expect(openLine(served, { path: '/ask/book.info' })).rejects.toThrow('404');
});

test('an import in the desk reaches every open line as the messages of the contract', async () => {
  const lines = [await openLine(served), await openLine(served)];
  await importBytes(served.desk, 'daily.xml', flexFile('2026-11-20', [{ account: 'U1', cash: '1000', positions: [{ symbol: 'XYZ', quantity: '100', price: '95' }] }]));
  for (const { messages } of lines) {
    await until(() => messages.some(({ push }) => push === 'accounts.changed'));
    const changed = messages.find((message) => message.push === 'accounts.changed');
    expect(changed && rowsOfChange(openChange(changed.value)).map(({ account, netLiq }) => [account, netLiq])).toEqual([['U1', '10500']]);
  }
});

test('a question over the line is answered as a POST of it is: faults, packed rows and all', async () => {
  const { ask } = await openLine(served);
  for (const [number, [channel, input]] of ([['host.info', {}], ['accounts.view', { account: 'nobody' }], ['book.info', { more: 1 }], ['marks.set', { instrument: 'XYZ', price: 95 }], ['no.such', {}], ['__proto__', {}], ['files.receive', { name: 'a.csv', bytes: 'x' }]] as const).entries()) {
    const posted = await question(served, channel, JSON.stringify(input), {});
    if (channel !== 'files.receive') expect(await ask(number, channel, input), channel).toEqual(JSON.parse(posted.text));
    else expect(await ask(number, channel, input)).toMatchObject({ ok: false, fault: { code: 'bad-input' } });
  }
  const input = { table: 'accounts', sort: [] } as const;
  expect(await ask(99, 'rows.order', input)).toEqual(succeed(Buffer.from(valueOf(await served.desk.ask('rows.order', { ...input, sort: [] })))));
});

test('who sends anything but questions is cut off, and the desk goes on', async () => {
  const before = await served.desk.ask('book.info', {});
  const long = JSON.stringify({ ask: 'marks.set', number: 1, input: { instrument: 'x'.repeat(300_000), price: '1' } });
  const asked = JSON.stringify({ ask: 'runs.official', number: 1, input: {} });
  const attempts: Record<string, string | Buffer> = {
    'no JSON': 'x', 'no question': '{}', 'no number': '{"ask":"runs.official","input":{}}', 'half a number': '{"ask":"runs.official","number":1.5,"input":{}}', 'more than a question': '{"ask":"runs.official","number":1,"input":{},"x-plimsoll":"1"}', null: 'null', bytes: Buffer.from(asked), 'too long': long,
  };
  for (const [name, attempt] of Object.entries(attempts)) {
    const { socket } = await openLine(served);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    const answered: string[] = [];
    socket.on('message', (data: Buffer) => answered.push(data.toString('utf8')));
    socket.send(attempt);
    // Nor is carried out what comes behind it.
    socket.send(asked);
    await closed;
    expect(answered, name).toEqual([]);
  }
  expect(await served.desk.ask('book.info', {})).toEqual(before);
});

test('a session that is over asks nothing more over the line it opened', async () => {
  const other = await servedDesk();
  const { socket, ask } = await openLine(other);
  expect(await ask(1, 'host.info')).toMatchObject({ ok: true });
  const closed = new Promise((resolve) => socket.once('close', resolve));
  for (let newer = 0; newer < 32; newer += 1) await openLink(other.port, other.host.freshLink());
  expect(await ask(2, 'host.info')).toMatchObject({ ok: false, fault: { code: 'no-session' } });
  await closed;
});

test('a session that is over is pushed nothing more over the line it opened', async () => {
  const other = await servedDesk();
  const { socket, messages } = await openLine(other);
  const closed = new Promise((resolve) => socket.once('close', resolve));
  for (let newer = 0; newer < 32; newer += 1) await openLink(other.port, other.host.freshLink());
  await importBytes(other.desk, 'daily.xml', flexFile('2026-11-20', [{ account: 'U1', cash: '1000', positions: [{ symbol: 'XYZ', quantity: '100', price: '95' }] }]));
  await closed;
  expect(messages).toEqual([]);
});

test('who asks without end and takes no answer is cut off', async () => {
  const { socket } = await openLine(served);
  const closed = new Promise((resolve) => socket.once('close', resolve));
  for (let number = 0; number < 2_000; number += 1) socket.send(JSON.stringify({ ask: 'book.info', number, input: {} }));
  await closed;
  expect((await served.desk.ask('book.info', {})).ok).toBe(true);
});
