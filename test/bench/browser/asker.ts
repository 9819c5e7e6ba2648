import { parentPort, workerData } from 'node:worker_threads';
import { WebSocket } from 'ws';
import type { LineAnswer } from '../../../shared/line.ts';

/** Asks the host one small question after another over the line, as a page does, while it is told to, and tells how long each answer took. */

const { port, link } = workerData as { port: number; link: string };
const origin = `http://127.0.0.1:${port}`;
const opened = await fetch(link, { redirect: 'manual' });
const cookie = opened.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
const QUESTIONS = [['book.info', {}], ['margin.state', { account: 'U1000' }], ['rows.order', { table: 'accounts', sort: [{ field: 'healthRatio', descending: false }] }]] as const;
const PAUSE_MS = 4;

const line = new WebSocket(`${origin.replace('http', 'ws')}/line`, { origin, headers: { cookie } });
let heard: ((answer: LineAnswer) => void) | null = null;
line.on('message', (data: Buffer, isBinary) => {
  const message = isBinary ? null : (JSON.parse(data.toString('utf8')) as LineAnswer | { push: string });
  if (message && 'answer' in message) heard?.(message);
});
await new Promise((resolve, reject) => line.once('open', resolve).once('error', reject));

const state = { isAsking: false };
let times: number[] = [];

async function askOn(): Promise<void> {
  for (let number = 0; state.isAsking; number += 1) {
    const [ask, input] = QUESTIONS[number % QUESTIONS.length] ?? QUESTIONS[0];
    const from = performance.now();
    const answer = await new Promise<LineAnswer>((resolve) => {
      heard = resolve;
      line.send(JSON.stringify({ ask, number, input }));
    });
    if ('result' in answer && !answer.result.ok) throw new Error(`${ask}: ${answer.result.fault.message}`);
    times.push(performance.now() - from);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

parentPort?.on('message', (message: 'go' | 'tell') => {
  state.isAsking = message === 'go';
  if (state.isAsking) void askOn();
  else {
    parentPort?.postMessage(times);
    times = [];
  }
});
parentPort?.postMessage('ready');
