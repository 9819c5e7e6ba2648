import { expect, test } from 'vitest';
import { slicedJobs } from '../../main/desk/job.ts';
import { runOfficially } from '../../main/desk/official-run.ts';
import { openState } from '../../main/desk/recompute.ts';
import { noFacts } from '../../shared/domain/facts.ts';
import { succeed, type Result } from '../../shared/result.ts';
import type { Progress } from '../../shared/views.ts';
import { flexFile, importBytes, testDesk, valueOf } from './desk-fixture.ts';
import { STANDING } from './random-facts.ts';

/** Each is 2,000 short of its requirement. */
const accounts = Array.from({ length: 40 }, (_, at) => ({ account: `U${at}`, cash: '-58000', positions: [{ symbol: 'XYZ', quantity: '1000', price: '80' }] }));

test('an official run tells how far it is; cancelled, it leaves nothing behind; a second one meanwhile is refused', async () => {
  const desk = await testDesk();
  await importBytes(desk, 'friday.xml', flexFile('2026-11-20', accounts));
  const news: Progress[] = [];
  desk.onPush((message) => void (message.push === 'progress' && news.push(message.value)));
  const before = valueOf(await desk.ask('book.info', {}));

  const cancelled = desk.ask('runs.official', { jobId: 'run' });
  expect(await desk.ask('jobs.cancel', { jobId: 'run' })).toMatchObject({ ok: true });
  expect(await cancelled).toMatchObject({ ok: false, fault: { code: 'cancelled' } });
  expect(news.at(-1)).toMatchObject({ jobId: 'run', state: 'cancelled' });
  expect(valueOf(await desk.ask('book.info', {}))).toEqual(before);
  expect(await desk.ask('jobs.cancel', { jobId: 'run' })).toMatchObject({ ok: false, fault: { code: 'no-such-job' } });

  const [one, other] = await Promise.all([desk.ask('runs.official', { jobId: 'again' }), desk.ask('runs.official', {})]);
  expect(valueOf(one)).toMatchObject({ raised: accounts.length });
  expect(other).toMatchObject({ ok: false, fault: { code: 'run-under-way' } });
  expect(news.filter(({ jobId }) => jobId === 'again')).toContainEqual({ jobId: 'again', label: 'Official run', unit: 'accounts', done: 1, total: accounts.length, state: 'running' });
});

test('an official run is of the sequence it began with: a price that is typed meanwhile is in the book and not in the run', async () => {
  const desk = await testDesk();
  await importBytes(desk, 'friday.xml', flexFile('2026-11-20', accounts));
  const { sequence } = valueOf(await desk.ask('book.info', {}));
  const [ran, typed] = await Promise.all([desk.ask('runs.official', {}), desk.ask('marks.set', { instrument: 'XYZ', price: '70' })]);
  // The price went into the book first, and the run after it.
  expect(valueOf(typed).sequence).toBe(sequence + 1);
  expect(valueOf(await desk.ask('book.info', {})).sequence).toBe(sequence + 2);
  expect(valueOf(ran)).toMatchObject({ run: { sequence }, raised: accounts.length });
  // Every call is what was missing at 80, and what 70 lacks beyond it is expected.
  const { rows } = valueOf(await desk.ask('calls.queue', {}));
  expect(new Set(rows.map(({ state, called }) => `${state} ${called}`))).toEqual(new Set(['issued 2000', 'expected 7000']));
  const view = valueOf(await desk.ask('accounts.view', { account: 'U7' }));
  expect([view.positions[0]?.mark, view.row.netLiq]).toEqual(['70', '12000']);
});

test.each([
  { during: 'runs.begin', answer: { ok: true }, asked: ['runs.begin'], ended: { ok: false, fault: { code: 'cancelled' } } },
  { during: 'runs.record', answer: { ok: false, fault: { code: 'too-late' } }, asked: ['runs.begin', 'runs.record'], ended: { ok: true } },
])('an official run that is cancelled during $during is told whether it was, truly', async ({ during, answer, asked: all, ended }) => {
  const facts = noFacts();
  facts.account.push({ account: 'U1', name: null, baseCurrency: 'USD', regime: 'regT', regimeSource: 'test', asOf: '2026-11-20' });
  const jobs = slicedJobs(() => undefined, () => 0);
  const asked: string[] = [];
  const begun = { id: 'official-2026-11-20', businessDate: '2026-11-20', kind: 'official' };
  const ask = (question: string): Promise<Result<unknown>> => {
    asked.push(question);
    if (question === during) expect(jobs.cancel('run')).toMatchObject(answer);
    return Promise.resolve(succeed({ run: begun, by: 'tester' }));
  };
  expect(await jobs.run({ jobId: 'run', label: 'Official run', unit: 'accounts' }, (tick, atLast) => runOfficially(openState(STANDING, facts), { ask }, { businessDate: undefined, tick, atLast }))).toMatchObject(ended);
  expect(asked).toEqual(all);
  expect(jobs.cancel('run')).toBeNull();
});
