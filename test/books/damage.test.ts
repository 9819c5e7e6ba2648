import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { faultOf } from '../../main/books/faults.ts';
import type { Book } from '../../main/books/book.ts';
import { closeBook, openBook } from '../../main/books/open.ts';
import { lastRun, readCallEvents, readCalls, readDailyRecords } from '../../main/books/reading/read-calls.ts';
import { readFacts } from '../../main/books/reading/read-facts.ts';
import { readHeld } from '../../main/books/reading/read-held.ts';
import { readImports, readProfiles } from '../../main/books/reading/read-imports.ts';
import { readJournal } from '../../main/books/reading/read-journal.ts';
import { ensureStructure, verifyBook } from '../../main/books/verify-book.ts';
import { applyPlan } from '../../main/books/writing/apply-plan.ts';
import { recordRun } from '../../main/books/writing/record-run.ts';
import { saveMark } from '../../main/books/writing/save-mark.ts';
import { saveProfile } from '../../main/books/writing/save-profile.ts';
import { connect } from '../../main/books/sql/connect.ts';
import type { Facts } from '../../shared/domain/facts.ts';
import { positionAt } from '../../shared/domain/position-columns.ts';
import { mark, positionsFile } from './facts.ts';
import { startChild } from './child.ts';
import { randomFrom, seedOf } from './random.ts';
import { runOf } from './run-outcome.ts';
import { faultCode, faultText, MARY, MissingResult, must, newBook, OPEN, reopen, tempFolder } from './temp-book.ts';

const TRIALS = Number(process.env['PLIMSOLL_DAMAGE_TRIALS'] ?? 200);

function fill(book: Book): void {
  for (const [code, day] of [['U1', '2026-11-17'], ['U2', '2026-11-17'], ['U1', '2026-11-18'], ['U2', '2026-11-19']] as const) {
    const file = positionsFile(code, day, Object.fromEntries(Array.from({ length: 60 }, (_, number) => [`S${number}`, `${number + 1}.${day.slice(8)}`])));
    must(applyPlan(book, file.plan, file.bytes, MARY));
  }
  for (let number = 0; number < 20; number += 1) must(saveMark(book, mark(`S${number}`, `10.${number + 1}1`, '2026-11-19'), MARY));
  must(recordRun(book, runOf('U1', '500', '2026-11-18'), MARY));
  must(recordRun(book, runOf('U1', '650', '2026-11-19'), MARY));
  must(saveProfile(book, { name: 'Desk', columns: { symbol: 'Sym', quantity: 'Qty' }, complete: true }, MARY));
}

/** Everything a book can answer, as a value to compare; what holds now read as facts, or in columns. */
function everything(book: Book, inColumns = false): unknown {
  return [
    inColumns ? heldNow(book) : must(readFacts(book)),
    must(readFacts(book, undefined, { sequence: 4 })),
    must(readFacts(book, undefined, { day: '2026-11-17' })),
    readCalls(book),
    readCallEvents(book, 'U1-house-1'),
    readDailyRecords(book, '2026-11-01', '2026-11-30'),
    lastRun(book, 'official'),
    readImports(book),
    readProfiles(book),
    readJournal(book),
  ];
}

function heldNow(book: Book): Facts {
  const { facts, held } = must(readHeld(book));
  const instrument = held.instruments.flatMap((id, place) => {
    const text = held.instrumentTexts?.[place];
    return text ? [{ id, terms: JSON.parse(text.terms), identifiers: JSON.parse(text.identifiers) }] : [];
  });
  return { ...facts, instrument, position: Array.from({ length: held.count }, (_, row) => positionAt(held, row)) };
}

/** What reading a book ends in: its content, or that its damage was noticed. */
function outcome(path: string, inColumns: boolean): { content: unknown } | 'noticed' {
  const opened = openBook(path, OPEN);
  if (!opened.ok) return 'noticed';
  try {
    return { content: everything(opened.value, inColumns) };
  } catch (error) {
    if (faultOf(error, path) === null && !(error instanceof MissingResult)) throw error;
    return 'noticed';
  } finally {
    closeBook(opened.value);
  }
}

function filledBook(): { path: string; content: unknown } {
  const { book, path } = newBook();
  fill(book);
  const content = everything(book);
  closeBook(book);
  return { path, content };
}

test(`no wrong figure is shown after one flipped bit, in ${TRIALS} trials`, () => {
  const { path, content } = filledBook();
  const bytes = readFileSync(path);
  const random = randomFrom(seedOf('flipped bits'));
  const copy = join(tempFolder(), 'copy.plimsoll');
  let noticed = 0;
  for (let trial = 0; trial < TRIALS; trial += 1) {
    const at = random(bytes.length);
    const bit = random(8);
    const flipped = Buffer.from(bytes);
    flipped[at] = (flipped[at] ?? 0) ^ (1 << bit);
    writeFileSync(copy, flipped);
    copyFileSync(`${path}.head`, `${copy}.head`);
    const result = outcome(copy, trial % 2 === 0);
    if (result === 'noticed') noticed += 1;
    expect({ at, bit, result }).toEqual({ at, bit, result: result === 'noticed' ? result : { content } });
    for (const suffix of ['-wal', '-shm']) rmSync(`${copy}${suffix}`, { force: true });
  }
  console.log(`${noticed} of ${TRIALS} flips noticed; the others changed nothing that is read`);
  expect(noticed).toBeGreaterThan(TRIALS / 10);
});

test('a changed quantity is noticed when its account is read, and the fault names the account', () => {
  const { path } = filledBook();
  edit(path, "UPDATE position SET quantity = '999' WHERE ended = 0 AND account_id = (SELECT id FROM account WHERE code = 'U2') AND quantity = '5.19'");
  const book = reopen(path);
  expect(must(readFacts(book, ['U1'])).position).toHaveLength(60);
  const damaged = readFacts(book, ['U2']);
  expect(faultCode(damaged)).toBe('book-damaged');
  expect(faultText(damaged)).toMatch(/desk\.plimsoll: The book is damaged: the data of account U2 is not what the journal recorded\. Nothing was changed\. Keep desk\.plimsoll, /);
  expect(faultCode(readFacts(book))).toBe('book-damaged');
});

test('a damaged account is not written to, so that damage is never signed as data', () => {
  const { path } = filledBook();
  edit(path, "UPDATE position SET quantity = '999' WHERE ended = 0 AND account_id = 1 AND quantity = '5.18'");
  const book = reopen(path);
  const file = positionsFile('U1', '2026-11-20', { S1: '7' });
  expect(faultCode(applyPlan(book, file.plan, file.bytes, MARY))).toBe('book-damaged');
  must(saveMark(book, mark('S1', '12', '2026-11-20'), MARY));
  expect(faultCode(readFacts(book, ['U1']))).toBe('book-damaged');
});

/** The file with one letter of an index changed, which no digest covers and no row shows. */
function withDamagedIndex(path: string): string {
  const bytes = readFileSync(path);
  const copy = join(tempFolder(), 'copy.plimsoll');
  for (let at = bytes.indexOf('U1-house-1'); at >= 0; at = bytes.indexOf('U1-house-1', at + 1)) {
    writeFileSync(copy, flippedAt(bytes, at + 1, 1));
    copyFileSync(`${path}.head`, `${copy}.head`);
    const opened = openBook(copy, OPEN);
    if (!opened.ok && faultText(opened).includes('missing from index')) return copy;
    if (opened.ok) closeBook(opened.value);
  }
  throw new Error('some entry of an index names the call');
}

test('a damaged index is noticed at opening, or where its check was left for later, before anything is written', () => {
  const { path } = filledBook();
  const book = reopen(withDamagedIndex(path), { checkLater: true });
  expect(must(readFacts(book)).position).not.toEqual([]);
  const { plan, bytes } = positionsFile('U1', '2026-11-20', { S1: '7' });
  expect(faultText(applyPlan(book, plan, bytes, MARY))).toContain('its structure is broken');
  expect(faultText(ensureStructure(book))).toContain('its structure is broken');
  expect(readJournal(book).at(-1)?.action).toBe('profile');
});

test('a sound book opened without the check of its structure is checked before it is written to', () => {
  const { path } = filledBook();
  const book = reopen(path, { checkLater: true });
  expect(book.isStructureChecked).toBe(false);
  must(saveMark(book, mark('S1', '12', '2026-11-20'), MARY));
  expect(book.isStructureChecked).toBe(true);
  must(ensureStructure(book));
});

function edit(path: string, sql: string): void {
  const db = connect(path);
  db.pragma('foreign_keys = OFF');
  db.exec(sql);
  db.close();
}

const moved = 'SELECT recorded_at, author, action, reason, detail, rows_ended, partitions_total, partitions_digest FROM journal WHERE sequence =';
const columns = '(recorded_at, author, action, reason, detail, rows_ended, partitions_total, partitions_digest)';
const tampering = [
  { kind: 'an edited entry', sql: "UPDATE journal SET author = 'paul' WHERE sequence = 4", code: 'book-damaged' },
  { kind: 'a deleted entry', sql: 'DELETE FROM journal WHERE sequence = 4', code: 'book-damaged' },
  { kind: 'an inserted entry', sql: "UPDATE journal SET sequence = -sequence WHERE sequence > 4; UPDATE journal SET sequence = 1 - sequence WHERE sequence < 0; INSERT INTO journal SELECT 5, recorded_at, 'paul', action, reason, detail, rows_ended, partitions_total, partitions_digest, hash, substr(hash, 2) || 'a' FROM journal WHERE sequence = 4", code: 'book-damaged' },
  { kind: 'two entries in each other’s place', sql: `CREATE TEMP TABLE fourth AS ${moved} 4; UPDATE journal SET ${columns} = (${moved} 5) WHERE sequence = 4; UPDATE journal SET ${columns} = (SELECT * FROM fourth) WHERE sequence = 5`, code: 'book-damaged' },
  { kind: 'a cut end', sql: 'DELETE FROM journal WHERE sequence > 27', code: 'lost-tail' },
];

test.each(tampering)('$kind of the journal is noticed at opening and by a full verification', ({ sql, code }) => {
  const { path } = filledBook();
  // The sign of a sequence is checked by the schema; whoever tampers with the file does not ask the schema.
  edit(path, `PRAGMA ignore_check_constraints = ON; ${sql}`);
  expect(faultCode(openBook(path, OPEN))).toBe(code);
});

test('a journal tampered with while the book is open is noticed by a full verification', () => {
  const { book, path } = newBook();
  fill(book);
  must(verifyBook(book));
  edit(path, "UPDATE journal SET reason = 'Nothing to see here' WHERE sequence = 3");
  expect(faultCode(verifyBook(book))).toBe('book-damaged');
});

test.each([
  { what: 'a partition’s digest, with its data', sql: "UPDATE partition_digest SET rows_digest = replace(rows_digest, 'a', 'b')" },
  { what: 'a past row', sql: "UPDATE position SET quantity = '1' WHERE ended > 0" },
  { what: 'a past row taken out', sql: 'DELETE FROM position WHERE ended = (SELECT max(ended) FROM position)' },
  { what: 'an account renamed', sql: "UPDATE account SET code = 'U9' WHERE code = 'U1'" },
  { what: 'an account’s partition forgotten', sql: "DELETE FROM partition_digest WHERE partition_id = (SELECT id FROM partition WHERE name = 'account/1')" },
  { what: 'a call event', sql: "UPDATE call_event SET author = 'paul'" },
  { what: 'a daily record taken out', sql: 'DELETE FROM daily_margin_record WHERE business_date = (SELECT min(business_date) FROM daily_margin_record)' },
  { what: 'a line of the imports', sql: 'UPDATE import SET rejected = 7 WHERE sequence = 2' },
  { what: 'the kept bytes of a file', sql: 'UPDATE source_file SET content = zeroblob(length(content))' },
  { what: 'a mapping profile', sql: `UPDATE mapping_profile SET profile = '{}'` },
  { what: 'a balance left to the next day', sql: "UPDATE prior_margin SET special_memorandum_account = '9999'" },
  { what: 'a run', sql: "UPDATE margin_run SET business_date = '2026-11-01'" },
])('a full verification notices $what', ({ sql }) => {
  const { path } = filledBook();
  edit(path, sql);
  const opened = openBook(path, OPEN);
  expect(opened.ok ? faultCode(verifyBook(opened.value)) : faultCode(opened)).toBe('book-damaged');
  if (opened.ok) closeBook(opened.value);
});

test(`a WAL that was cut or damaged anywhere is noticed, in ${TRIALS} of ${TRIALS} trials`, async () => {
  const { path } = filledBook();
  const writer = startChild('write-some.ts', path, '60', 'stay');
  await writer.untilLines(1);
  await writer.kill();
  const [book, wal, head] = ['', '-wal', '.head'].map((suffix) => readFileSync(`${path}${suffix}`)) as [Buffer, Buffer, Buffer];

  const random = randomFrom(seedOf('cut tails'));
  const copy = join(tempFolder(), 'copy.plimsoll');
  const openings: string[] = [];
  for (let trial = 0; trial < TRIALS; trial += 1) {
    writeFileSync(copy, book);
    writeFileSync(`${copy}.head`, head);
    rmSync(`${copy}-shm`, { force: true });
    writeFileSync(`${copy}-wal`, trial % 2 === 0 ? wal.subarray(0, random(wal.length)) : flippedAt(wal, random(wal.length), random(8)));
    openings.push(faultCode(openBook(copy, OPEN)));
  }
  expect(new Set(openings)).toEqual(new Set(['lost-tail']));
});

function flippedAt(bytes: Buffer, at: number, bit: number): Buffer {
  const flipped = Buffer.from(bytes);
  flipped[at] = (flipped[at] ?? 0) ^ (1 << bit);
  return flipped;
}
