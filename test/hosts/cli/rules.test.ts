import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HELP_PAGES } from '../../../shared/help/pages.ts';
import { importedBook, plimsoll } from './book-fixture.ts';

const shared = mkdtempSync(join(tmpdir(), 'plimsoll-'));
let book: string;
beforeAll(async () => {
  ({ book } = await importedBook(undefined, shared));
}, 60_000);
afterAll(() => rmSync(shared, { recursive: true, force: true }));

test('rules lists every page, and each can be printed with a formula, what it rests on and lines that fit', async () => {
  const index = await plimsoll('rules');
  for (const { id } of HELP_PAGES) {
    expect(index.out).toContain(id);
    const { status, out } = await plimsoll('rules', id);
    expect([id, status]).toEqual([id, 0]);
    expect(out).toContain('Rests on');
  }
});

test('a page shows the values in force, with what they took the place of, and says which are unverified', async () => {
  const { out } = await plimsoll('rules', 'bonds');
  expect(out).toMatch(/ 6% {2}◇ Exchange maintenance, treasury security maturing in 20 years or more\n.*FINRA 4210\(e\)\(2\)\(A\) · UNVERIFIED/);
  const own = await plimsoll('rules', 'calls', '--book', book, '--account', 'U100');
  expect(own.out).toMatch(/In force in pool cross on 2026-11-20/);
  expect(own.out).toMatch(/5\.?\d* days {2}House maintenance call\n.*house-standard@2026-11-01 · in place of 5/);
});

test('a page that is not there, and half of an account, are one line and exit status 2', async () => {
  for (const args of [['rules', 'nothing'], ['rules', 'stock', '--book', book], ['rules', 'stock', '--account', 'U100']]) {
    const { status, out, errors } = await plimsoll(...args);
    expect([args, status, out, errors.length]).toEqual([args, 2, '', 1]);
  }
});

test('explain names the pages that tell its lines in words', async () => {
  expect((await plimsoll('explain', book, 'U100')).out).toMatch(/In words: "plimsoll rules PAGE", with requirements, .*stock/);
});
