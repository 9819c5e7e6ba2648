import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CalcPack } from '../../../shared/calc-pack.ts';
import type { AccountState } from '../../../shared/domain/margin-state.ts';
import { temporaryFolder } from '../../desk/desk-fixture.ts';
import { importedBook, plimsoll } from './book-fixture.ts';

async function exported(): Promise<{ book: string; path: string; pack: CalcPack; text: string }> {
  const { book, folder } = await importedBook();
  const { status, out } = await plimsoll('pack', book, 'U200');
  expect(status).toBe(0);
  const path = join(folder, 'U200.json');
  writeFileSync(path, out);
  return { book, path, pack: JSON.parse(out) as CalcPack, text: out };
}

test('a pack exported from a book holds its rules in full, verifies, and has the same bytes the next time', async () => {
  const { book, path, pack, text } = await exported();
  expect(pack).toMatchObject({ format: 'plimsoll/calc-pack@1', businessDate: '2026-11-20', accounts: [{ id: 'U200' }], result: { accounts: [{ id: 'U200', equity: '7000' }] } });
  expect(Object.keys(pack.rulePacks)).toEqual(['broker-list', 'house-standard', 'us-day-trading', 'us-reg-t']);
  expect(await plimsoll('verify', path)).toMatchObject({ status: 0, out: 'Equal: the figures come out as stated.', errors: [] });
  expect((await plimsoll('pack', book, 'U200')).out).toBe(text);
});

test('its figures are those of the book', async () => {
  const { book, pack } = await exported();
  const accounts = JSON.parse((await plimsoll('accounts', book, '--json')).out) as { rows: { account: string; equity: string; maintenance: string; status: string }[] };
  const row = accounts.rows.find(({ account }) => account === 'U200');
  const [state] = pack.result?.accounts ?? [];
  expect(state).toMatchObject({ equity: row?.equity, maintenance: row?.maintenance, status: row?.status } satisfies Partial<Record<keyof AccountState, unknown>>);
});

test('a changed figure is exit 1 with its place; --json has the differences', async () => {
  const { path, text } = await exported();
  writeFileSync(path, text.replaceAll('"-88000"', '"-88001"'));
  const told = await plimsoll('verify', path);
  expect(told.status).toBe(1);
  expect(told.out).toContain('result.accounts[0].equity: stated 7000, computed 6999');
  const json = await plimsoll('verify', path, '--json');
  expect(json.status).toBe(1);
  expect((JSON.parse(json.out) as { differences: { at: string }[] }).differences.map(({ at }) => at)).toContain('result.accounts[0].equity');
});

test('a book verifies: journal, digests, files and the figures of every account', async () => {
  const { book } = await importedBook();
  const { status, out } = await plimsoll('verify', book);
  expect(status).toBe(0);
  expect(out).toMatch(/^Equal: 2 journal entries, .* 1 file and the figures of 2 accounts, 2 pools in two ways, are as they should be\.$/);
  expect(JSON.parse((await plimsoll('verify', book, '--json')).out)).toMatchObject({ equal: true, accounts: 2, differences: [] });
});

test('a damaged book is exit 2 with one line', async () => {
  const { book } = await importedBook();
  const bytes = readFileSync(book);
  const at = bytes.indexOf('Quill Partners');
  expect(at).toBeGreaterThan(0);
  bytes.write('Quill Partnerz', at);
  writeFileSync(book, bytes);
  const { status, errors } = await plimsoll('verify', book);
  expect(status).toBe(2);
  expect(errors).toHaveLength(1);
});

test('a question with its answer verifies, and a wrong answer does not', async () => {
  const path = join(temporaryFolder(), 'question.json');
  const question = { format: 'plimsoll/question@1', ask: 'calendar.addBusinessDays', params: { day: '2026-11-20', businessDays: '1' } };
  writeFileSync(path, JSON.stringify({ ...question, answer: { day: '2026-11-23' } }));
  expect((await plimsoll('verify', path)).status).toBe(0);
  writeFileSync(path, JSON.stringify({ ...question, answer: { day: '2026-11-21' } }));
  expect(await plimsoll('verify', path)).toMatchObject({ status: 1, out: 'Not equal in 1 place:\n  answer.day: stated 2026-11-21, computed 2026-11-23' });
});

test('what cannot be verified is exit 2 with one line that names the file', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'pack.json');
  for (const [text, expected] of [['{', 'no JSON'], ['{"format":"plimsoll/calc-pack@1","asOf":"2026-11-20T21:00:00Z","baseCurrency":"USD","accounts":[{"id":"A","pools":[{"id":"p","model":"strategy","rulePack":"us-reg-t"}]}]}', 'carries no result']] as const) {
    writeFileSync(path, text);
    const { status, errors } = await plimsoll('verify', path);
    expect([status, errors.length]).toEqual([2, 1]);
    expect(errors[0]).toContain(expected);
    expect(errors[0]).toContain(path);
  }
  expect((await plimsoll('verify', join(folder, 'none'))).errors[0]).toContain('no such file');
});
