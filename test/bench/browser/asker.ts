import { parentPort, workerData } from 'node:worker_threads';

/** Asks the host one small question after another while it is told to, and tells how long each answer took. */

const { port, link } = workerData as { port: number; link: string };
const origin = `http://127.0.0.1:${port}`;
const opened = await fetch(link, { redirect: 'manual' });
const cookie = opened.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
const headers = { cookie, origin, 'x-plimsoll': '1', 'content-type': 'application/json' };
const QUESTIONS = [['book.info', '{}'], ['margin.state', '{"account":"U1000"}'], ['rows.order', '{"table":"accounts","sort":[{"field":"healthRatio","descending":false}]}']] as const;
const PAUSE_MS = 4;

const state = { isAsking: false };
let times: number[] = [];

async function askOn(): Promise<void> {
  for (let index = 0; state.isAsking; index += 1) {
    const [channel, body] = QUESTIONS[index % QUESTIONS.length] ?? QUESTIONS[0];
    const from = performance.now();
    const answer = await fetch(`${origin}/ask/${channel}`, { method: 'POST', headers, body });
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`${channel} answered ${answer.status}`);
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
