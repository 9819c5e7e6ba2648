import { expect, onTestFinished, test } from 'vitest';
import { WebSocket, type ClientOptions } from 'ws';
import type { PushMessage } from '../../../shared/contract.ts';
import { openChange, rowsOfChange, tableOf } from '../../../shared/packed-rows/change.ts';
import { flexFile, importBytes } from '../../desk/desk-fixture.ts';
import { servedDesk, type Served } from './loopback-fixture.ts';

interface Line {
  socket: WebSocket;
  messages: PushMessage[];
}

/** Opens the push line as our page does, changed as the test wants. */
function openLine({ port, cookie }: Served, changed: ClientOptions & { path?: string } = {}): Promise<Line> {
  const { path = '/push', ...options } = changed;
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { origin: `http://127.0.0.1:${port}`, ...options, headers: { cookie, ...options.headers } });
  onTestFinished(() => socket.terminate());
  const messages: PushMessage[] = [];
  socket.on('message', (data: Buffer, isBinary) => messages.push(isBinary ? { push: `${tableOf(data)}.changed`, value: data } : (JSON.parse(data.toString('utf8')) as PushMessage)));
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve({ socket, messages }));
    socket.once('error', reject);
  });
}

async function until(found: () => boolean): Promise<void> {
  while (!found()) await new Promise((resolve) => setTimeout(resolve, 5));
}

test('the line opens only for our own page, with a session', async () => {
  const served = await servedDesk();
  const { port } = served;
  await expect(openLine(served, { headers: { cookie: '' } })).rejects.toThrow('401');
  await expect(openLine(served, { headers: { cookie: `plimsoll-${port}=${'A'.repeat(43)}` } })).rejects.toThrow('401');
  await expect(openLine(served, { origin: 'https://evil.example' })).rejects.toThrow('403');
  await expect(openLine(served, { origin: `http://127.0.0.1:${port + 1}` })).rejects.toThrow('403');
  await expect(openLine(served, { origin: '' })).rejects.toThrow('403');
  await expect(openLine(served, { headers: { host: `evil.example:${port}` }, origin: `http://evil.example:${port}` })).rejects.toThrow('403');
  await expect(openLine(served, { path: '/pushes' })).rejects.toThrow('404');
  await expect(openLine(served, { path: '/ask/book.info' })).rejects.toThrow('404');
});

test('an import in the desk reaches every open line as the messages of the contract', async () => {
  const served = await servedDesk();
  const lines = [await openLine(served), await openLine(served)];
  await importBytes(served.desk, 'daily.xml', flexFile('2026-11-20', [{ account: 'U1', cash: '1000', positions: [{ symbol: 'XYZ', quantity: '100', price: '95' }] }]));
  for (const { messages } of lines) {
    await until(() => messages.some(({ push }) => push === 'accounts.changed'));
    const changed = messages.find((message) => message.push === 'accounts.changed');
    expect(changed && rowsOfChange(openChange(changed.value)).map(({ account, netLiq }) => [account, netLiq])).toEqual([['U1', '10500']]);
  }
});

test('a browser that sends more than a pong is cut off, and the desk goes on', async () => {
  const served = await servedDesk();
  const { socket } = await openLine(served);
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.send('x'.repeat(5000));
  await closed;
  expect((await served.desk.ask('book.info', {})).ok).toBe(true);
});
