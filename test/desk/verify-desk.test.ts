import { expect, test } from 'vitest';
import { slicedJobs } from '../../main/desk/job.ts';
import { openState } from '../../main/desk/recompute.ts';
import { verifyDesk, type Verifiers } from '../../main/desk/verify-desk.ts';
import { noFacts } from '../../shared/domain/facts.ts';
import { fail, succeed } from '../../shared/result.ts';
import type { Progress } from '../../shared/views.ts';
import { flexFile, importBytes, testDesk, valueOf } from './desk-fixture.ts';
import { STANDING } from './random-facts.ts';

const FRIDAY = flexFile('2026-11-20', [{ account: 'U1', cash: '5000', positions: [{ symbol: 'XYZ', quantity: '1000', price: '80' }] }]);

test('a file with other bytes and nothing new in it moves the desk on too, and the book can be verified after it', async () => {
  const desk = await testDesk();
  await importBytes(desk, 'friday.xml', FRIDAY);
  const before = valueOf(await desk.ask('book.info', {}));
  const { counts } = await importBytes(desk, 'again.xml', new Uint8Array([...FRIDAY, 10]));
  expect(counts).toMatchObject({ new: 0, changed: 0, closed: 0 });
  expect(valueOf(await desk.ask('book.info', {}))).toEqual({ ...before, sequence: before.sequence + 1 });
  expect(valueOf(await desk.ask('book.verify', {}))).toMatchObject({ journal: before.sequence + 1, files: 2, accounts: 1, differences: [] });
});

/** A book that is another entry further each time it is read, and a desk that is behind it; what they were asked, in order. */
function restless(): { verifiers: Verifiers; asked: string[] } {
  const asked: string[] = [];
  const state = openState(STANDING, noFacts());
  let { sequence } = STANDING;
  const answers: Record<string, () => unknown> = {
    'book.verify': () => ({ partitions: 1, journal: 1, files: 0 }),
    'book.read': () => ({ standing: { ...STANDING, sequence: (sequence += 1) } }),
  };
  const asking = <T>(question: string, answer: T): Promise<T> => (asked.push(question), Promise.resolve(answer));
  return {
    asked,
    verifiers: {
      book: { ask: (question) => asking(question, succeed(answers[question]?.())) },
      settled: () => asking('settled', { ...state }),
      accounts: { verify: () => asking('account', fail({ code: 'unasked', message: 'No account is there.' })) },
    },
  };
}

test('a book that moves on whenever it is read is given up in a sentence that says what to do', async () => {
  const { verifiers, asked } = restless();
  const told = await verifyDesk(verifiers, () => undefined);
  expect(told).toMatchObject({ ok: false, fault: { code: 'book-moved-on' } });
  expect(told.ok ? '' : told.fault.fix).toMatch(/^Verify again/);
  expect(asked).toHaveLength(1 + 5 * 2);
});

test.each([
  { step: 'book.verify', next: 'Verifying journal and files', asked: ['book.verify'] },
  { step: 'book.read', next: 'Reading the book', asked: ['book.verify', 'book.read', 'settled'] },
])('a verification that is cancelled during $step ends after it, and said what it was at', async ({ step, next, asked: all }) => {
  const { verifiers, asked } = restless();
  const told: Progress[] = [];
  const jobs = slicedJobs((progress) => told.push(progress), () => 0);
  const book: Verifiers['book'] = {
    ask(question, input) {
      if (question === step) {
        expect(told.at(-1)).toMatchObject({ label: next, done: 0, total: null, state: 'running' });
        jobs.cancel('verify');
      }
      return verifiers.book.ask(question, input);
    },
  };
  expect(await jobs.run({ jobId: 'verify', label: 'Verifying', unit: 'accounts' }, (tick) => verifyDesk({ ...verifiers, book }, tick))).toMatchObject({ ok: false, fault: { code: 'cancelled', message: 'Verifying was cancelled; nothing was changed.' } });
  expect(asked).toEqual(all);
  expect(told.at(-1)).toMatchObject({ state: 'cancelled' });
});
