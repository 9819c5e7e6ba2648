import { expect, test } from 'vitest';
import { deskHolder, type HolderParts } from '../../../main/hosts/electron/desk-holder.ts';
import type { RunningDesk } from '../../../main/desk/open-desk.ts';
import type { PushMessage } from '../../../shared/contract.ts';
import { fail, succeed, type Result } from '../../../shared/result.ts';

const push: PushMessage = { push: 'progress', value: { jobId: 'j', label: 'Import', done: 1, total: 2, unit: 'rows', state: 'running' } };

/** A holder over desks that write down what happens to them. */
function setUp() {
  const log: string[] = [];
  const listeners = new Map<string, (message: PushMessage) => void>();
  const dead = new Set<string>();
  const parts: HolderParts = {
    open({ book }) {
      log.push(`open ${book}`);
      if (book === 'damaged') return Promise.resolve(fail({ code: 'book-damaged', message: 'It is damaged.' }));
      const desk: RunningDesk = {
        engineVersion: '1',
        ask: () => Promise.resolve((dead.has(book) ? fail({ code: 'desk-stopped', message: 'The desk stopped.' }) : succeed({ rows: [book] })) as Result<never>),
        onPush(listener) {
          listeners.set(book, listener);
          return () => listeners.delete(book);
        },
        close() {
          log.push(`close ${book}`);
          return Promise.resolve();
        },
      };
      return Promise.resolve(succeed(desk));
    },
    hostAnswers: () => ({ 'files.choose': () => Promise.resolve(succeed({ files: [] })) }),
    push: (message) => log.push(`push ${message.push}`),
    stopped: (line) => log.push(`stopped ${line}`),
  };
  return { holder: deskHolder(parts), log, listeners, dead };
}
const rows = 'exclusions.list';

test('a question asked before the book is open waits for it', async () => {
  const { holder } = setUp();
  const early = holder.ask(rows, {});
  await holder.open({ book: '/books/desk.plimsoll' });
  expect(await early).toEqual(succeed({ rows: ['/books/desk.plimsoll'] }));
});

test('opening says the name of the book', async () => {
  expect(await setUp().holder.open({ book: '/books/desk.plimsoll' })).toEqual(succeed({ book: '/books/desk.plimsoll', name: 'desk' }));
});

test('another book replaces the first only once it is open', async () => {
  const { holder, log } = setUp();
  await holder.open({ book: 'a' });
  await holder.open({ book: 'b' });
  expect(log).toEqual(['open a', 'open b', 'close a']);
  expect(await holder.ask(rows, {})).toEqual(succeed({ rows: ['b'] }));
});

test('a book that does not open leaves the one before in place', async () => {
  const { holder, log } = setUp();
  await holder.open({ book: 'a' });
  expect((await holder.open({ book: 'damaged' })).ok).toBe(false);
  expect(log).toEqual(['open a', 'open damaged']);
  expect(await holder.ask(rows, {})).toEqual(succeed({ rows: ['a'] }));
});

test('the same book is let go of before it is opened again, because it has one writer', async () => {
  const { holder, log } = setUp();
  await holder.open({ book: 'a' });
  await holder.open({ book: 'a' });
  expect(log).toEqual(['open a', 'close a', 'open a']);
});

test('pushes come from the present book only', async () => {
  const { holder, log, listeners } = setUp();
  await holder.open({ book: 'a' });
  await holder.open({ book: 'b' });
  expect([...listeners.keys()]).toEqual(['b']);
  listeners.get('b')?.(push);
  expect(log.at(-1)).toBe('push progress');
});

test('what only the host answers is answered by the host', async () => {
  const { holder } = setUp();
  await holder.open({ book: 'a' });
  expect(await holder.ask('files.choose', {})).toEqual(succeed({ files: [] }));
});

test('dead threads are told once, in one line, however often the desk is asked', async () => {
  const { holder, log, dead } = setUp();
  await holder.open({ book: 'a' });
  dead.add('a');
  await Promise.all([holder.ask(rows, {}), holder.ask(rows, {})]);
  await holder.ask(rows, {});
  expect(log.filter((line) => line.startsWith('stopped'))).toEqual(['stopped The desk stopped.']);
});

test('closing lets go of the book and answers whoever still waits', async () => {
  const { holder, log } = setUp();
  await holder.open({ book: 'a' });
  await holder.close();
  expect(log).toEqual(['open a', 'close a']);
  expect(await holder.ask(rows, {})).toMatchObject({ ok: false, fault: { code: 'desk-closed' } });
  const never = setUp();
  const waiting = never.holder.ask(rows, {});
  await never.holder.close();
  expect(await waiting).toMatchObject({ ok: false, fault: { code: 'desk-closed' } });
});
