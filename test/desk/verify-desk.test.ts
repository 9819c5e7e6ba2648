import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { applyPlan } from '../../main/books/writing/apply-plan.ts';
import { bookReading } from '../../main/desk/book-reading.ts';
import { slicedJobs } from '../../main/desk/job.ts';
import { holding, opening, openState } from '../../main/desk/recompute.ts';
import { finish } from '../../main/desk/rows/slices.ts';
import { verifyDesk, type Verifiers } from '../../main/desk/verify-desk.ts';
import { verifyStates } from '../../main/desk/verify-states.ts';
import { noFacts } from '../../shared/domain/facts.ts';
import { fail, succeed } from '../../shared/result.ts';
import type { Progress } from '../../shared/views.ts';
import { positionsFile } from '../books/facts.ts';
import { MARY, must, newBook } from '../books/temp-book.ts';
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

test('when one account cannot be verified no other is begun', async () => {
  const { book } = newBook();
  for (let at = 0; at < 12; at += 1) {
    const { plan, bytes } = positionsFile(`U${at}`, '2026-11-19', { AAPL: '10' });
    must(applyPlan(book, plan, bytes, MARY));
  }
  const read = bookReading(() => '2026-11-19').whole(book);
  const state = finish(opening(read.standing, finish(holding(read))));
  const asked: string[] = [];
  const verify: Verifiers['accounts']['verify'] = async ({ account }) => {
    asked.push(account);
    await setImmediate();
    return account === 'U0' ? fail({ code: 'account-stopped', message: 'Its thread ended.' }) : succeed({ columns: 0, differences: [] });
  };
  expect(await verifyStates(state, read, { verify }, () => undefined)).toMatchObject({ ok: false, fault: { code: 'account-stopped' } });
  // But those that were on their way with it.
  expect(asked.length).toBeLessThan(8);
});
