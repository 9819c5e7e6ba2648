import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserWindow as RealWindow, Dialog } from 'electron';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { askAfterFault, askForBook, askForNewBook, faultChoices, type AfterFault } from '../../../main/hosts/electron/book-dialogs.ts';
import { chooseFiles } from '../../../main/hosts/electron/dialogs.ts';
import { chooseBook, openFirstBook, type BookWish } from '../../../main/hosts/electron/first-book.ts';
import { readOptions } from '../../../main/hosts/electron/options.ts';
import type { Desk } from '../../../shared/contract.ts';
import { FILE_BYTES_MAX } from '../../../shared/file-bytes.ts';
import { fail, succeed, type Fault, type Result } from '../../../shared/result.ts';
import { askedFor, dialog, dialogAnswers, forgetAsked } from './electron-stand-in.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-books-'));
const inFolder = (name: string, text = 'a,b\n'): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  forgetAsked();
  dialogAnswers.length = 0;
});

const window = { isDestroyed: () => false } as RealWindow;
const realDialog = dialog as unknown as Dialog;
const held: Fault = { code: 'book-held', message: 'This book is open in another program.', at: 'x.plimsoll' };

// ------------------------------------------------------------------ the command line

test.each<[string[], string | null, boolean]>([
  [['plimsoll'], null, false],
  [['electron', '--inspect=0', '.', '--book', 'a.plimsoll'], '/desk/a.plimsoll', false],
  [['plimsoll', '--book=/b.plimsoll'], '/b.plimsoll', false],
  [['plimsoll', '--book'], null, false],
  [['plimsoll', '--book', '--self-check'], null, true],
  [['plimsoll', '--book='], null, false],
  [['plimsoll', '--booked', 'x'], null, false],
])('the command line %j means the book %s', (argv, book, selfCheck) => {
  expect(readOptions(argv, '/desk')).toEqual({ book, selfCheck });
});

// ------------------------------------------------------------------ which book

test('the book named wins over the one remembered, and that over the demo book, if it is still there', () => {
  const there = inFolder('there.plimsoll');
  expect(chooseBook('/named', there, '/demo')).toBe('/named');
  expect(chooseBook(null, there, '/demo')).toBe(there);
  expect(chooseBook(null, join(folder, 'gone.plimsoll'), '/demo')).toBe('/demo');
  expect(chooseBook(null, null, '/demo')).toBe('/demo');
});

/** Opens with these outcomes in turn, and records what was asked for. */
function firstBook(book: string, outcomes: Result<unknown>[], choices: AfterFault[], another: (string | null)[] = []) {
  const wishes: BookWish[] = [];
  const made: string[] = [];
  const opened = openFirstBook(book, {
    demoBook: join(folder, 'demo.plimsoll'),
    makeDemo: (path) => Promise.resolve(succeed(made.push(path))),
    open(wish) {
      wishes.push(wish);
      return Promise.resolve(outcomes.shift() ?? fail({ code: 'x', message: 'nothing planned' }));
    },
    askAfterFault: () => Promise.resolve(choices.shift() ?? 'quit'),
    askForBook: () => Promise.resolve(another.shift() ?? null),
  });
  return { opened, wishes, made };
}

test('the demo book is made on the first start only', async () => {
  const demo = join(folder, 'demo.plimsoll');
  const first = firstBook(demo, [succeed(null)], []);
  expect(await first.opened).toBe(demo);
  expect(first.made).toEqual([demo]);
  inFolder('demo.plimsoll');
  const later = firstBook(demo, [succeed(null)], []);
  expect(await later.opened).toBe(demo);
  expect(later.made).toEqual([]);
  rmSync(demo);
});

test('a book that does not exist is never made in silence', async () => {
  const { opened, made, wishes } = firstBook(join(folder, 'mine.plimsoll'), [fail({ code: 'no-such-book', message: 'There is no such book.' })], ['quit']);
  expect(await opened).toBeNull();
  expect(made).toEqual([]);
  expect(wishes).toEqual([{ book: join(folder, 'mine.plimsoll') }]);
});

test('a held book can be read', async () => {
  const { opened, wishes } = firstBook('/b', [fail(held), succeed(null)], ['read-only']);
  expect(await opened).toBe('/b');
  expect(wishes).toEqual([{ book: '/b' }, { book: '/b', readOnly: true }]);
});

test('another book can be chosen; cancelling that choice asks again', async () => {
  const { opened, wishes } = firstBook('/b', [fail(held), fail(held), succeed(null)], ['another', 'another'], [null, '/c']);
  expect(await opened).toBe('/c');
  expect(wishes).toEqual([{ book: '/b' }, { book: '/b' }, { book: '/c' }]);
});

test('reading is offered only where somebody else holds the book; the last offer is to quit', () => {
  expect(faultChoices(held).choices).toEqual(['read-only', 'another', 'quit']);
  expect(faultChoices({ code: 'book-damaged', message: '' }).choices).toEqual(['another', 'quit']);
});

test('the fault is shown as one line, and Escape quits', async () => {
  dialogAnswers.push({ response: 2 });
  expect(await askAfterFault(realDialog, window, held)).toBe('quit');
  expect(askedFor('dialog.showMessageBox')[0]?.with[1]).toMatchObject({ message: 'x.plimsoll: This book is open in another program.', cancelId: 2 });
});

test('nothing is asked of a person who has closed the window', async () => {
  expect(await askAfterFault(realDialog, { isDestroyed: () => true } as RealWindow, held)).toBe('quit');
  expect(askedFor('dialog.showMessageBox')).toEqual([]);
});

test('a new book gets the ending of books', async () => {
  dialogAnswers.push({ canceled: false, filePath: '/b/desk' }, { canceled: false, filePath: '/b/desk.plimsoll' }, { canceled: true, filePath: '' });
  expect(await askForNewBook(realDialog, window)).toBe('/b/desk.plimsoll');
  expect(await askForNewBook(realDialog, window)).toBe('/b/desk.plimsoll');
  expect(await askForNewBook(realDialog, window)).toBeNull();
});

test('a cancelled choice of a book is no book', async () => {
  dialogAnswers.push({ canceled: true, filePaths: ['/b'] }, { canceled: false, filePaths: [] });
  expect(await askForBook(realDialog, window)).toBeNull();
  expect(await askForBook(realDialog, window)).toBeNull();
});

// ------------------------------------------------------------------ broker files

function receivingDesk() {
  const received: { name: string; bytes: Uint8Array }[] = [];
  const desk: Pick<Desk, 'ask'> = {
    ask(_channel, input) {
      const file = input as { name: string; bytes: Uint8Array };
      received.push(file);
      return Promise.resolve(succeed({ fileId: `f${received.length}`, name: file.name, bytes: file.bytes.length })) as Promise<Result<never>>;
    },
  };
  return { desk, received };
}

test('chosen files become tokens and names; no path crosses', async () => {
  const { desk, received } = receivingDesk();
  dialogAnswers.push({ canceled: false, filePaths: [inFolder('one.csv', 'x\n'), inFolder('two.xml', '<a/>')] });
  const chosen = await chooseFiles(realDialog, window, desk);
  expect(chosen).toEqual(succeed({ files: [{ fileId: 'f1', name: 'one.csv', bytes: 2 }, { fileId: 'f2', name: 'two.xml', bytes: 4 }] }));
  expect(JSON.stringify(chosen)).not.toContain(folder);
  expect(Object.getPrototypeOf(received[0]?.bytes)).toBe(Uint8Array.prototype);
});

test('cancelling is an empty choice, not a fault', async () => {
  dialogAnswers.push({ canceled: true, filePaths: [] });
  expect(await chooseFiles(realDialog, window, receivingDesk().desk)).toEqual(succeed({ files: [] }));
});

test('the dialog takes several files and no folders, and leaves no trace in recent files', async () => {
  dialogAnswers.push({ canceled: true, filePaths: [] });
  await chooseFiles(realDialog, window, receivingDesk().desk);
  expect(askedFor('dialog.showOpenDialog')[0]?.with[1]).toMatchObject({ properties: ['openFile', 'multiSelections', 'dontAddToRecent'] });
});

const unreadable: [string, () => string, string][] = [
  ['a folder', () => folder, 'not-a-file'],
  ['a missing file', () => join(folder, 'missing.csv'), 'file-unreadable'],
  [
    'a file over the limit',
    () => {
      const path = inFolder('large.csv');
      truncateSync(path, FILE_BYTES_MAX + 1); // sparse: takes no room
      return path;
    },
    'file-too-large',
  ],
];

test.each(unreadable)('%s is refused in one line that names the file and no folder', async (_name, path, code) => {
  const { desk, received } = receivingDesk();
  const file = path();
  dialogAnswers.push({ canceled: false, filePaths: [file] });
  const chosen = await chooseFiles(realDialog, window, desk);
  expect(chosen).toMatchObject({ ok: false, fault: { code, at: file.split('/').at(-1) } });
  expect(JSON.stringify(chosen)).not.toContain(`${tmpdir()}/`);
  expect(received).toEqual([]);
});

test('a fault of the desk is handed on', async () => {
  dialogAnswers.push({ canceled: false, filePaths: [inFolder('one.csv')] });
  const desk: Pick<Desk, 'ask'> = { ask: () => Promise.resolve(fail({ code: 'read-only', message: 'The book is read-only.' })) };
  expect(await chooseFiles(realDialog, window, desk)).toMatchObject({ ok: false, fault: { code: 'read-only' } });
});
