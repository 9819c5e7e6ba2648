import { expect, test } from 'vitest';
import type { Book } from '../../main/books/book.ts';
import { closeBook } from '../../main/books/open.ts';
import { readFacts } from '../../main/books/reading/read-facts.ts';
import { readHeld } from '../../main/books/reading/read-held.ts';
import { connect } from '../../main/books/sql/connect.ts';
import { applyPlan } from '../../main/books/writing/apply-plan.ts';
import { SUB_TYPES, type PositionFact } from '../../shared/domain/facts.ts';
import { accountStarts, buffersOf, positionAt, type PositionColumns } from '../../shared/domain/position-columns.ts';
import { account, cash, mark, position, positionsFile, stock } from './facts.ts';
import { changeOf, makePlan } from './make-plan.ts';
import { faultCode, faultText, MARY, must, newBook, reopen } from './temp-book.ts';

const DAY = '2026-11-19';
/** Quantities and prices of every form: few digits and many, none after the point and all, and none at all. */
const AMOUNTS = ['1', '-5', '0.5', '-0.000001', '123456789012345', '-123456789012345', '1234567890.12345', '-1234567890123456', '12345678901234567890123456789.5', '0.000000000000001'];

function heldPositions(held: PositionColumns): PositionFact[] {
  return Array.from({ length: held.count }, (_, row) => positionAt(held, row));
}

/** 600 accounts, so that they are read in several windows; every third of them holds nothing. */
function variedBook(): { book: Book; path: string } {
  const { book, path } = newBook();
  const codes = Array.from({ length: 600 }, (_, number) => `U${number}`);
  const changes = [
    ...AMOUNTS.map((_, number) => changeOf('instrument', 'new', stock(`S${number}`))),
    ...codes.flatMap((code, number) => {
      const held = AMOUNTS.map((quantity, at) => ({ ...position(code, `S${(at * 7 + number) % AMOUNTS.length}`, quantity, number % 5 === 0 ? '2026-11-18' : DAY), entryPrice: at % 3 === 0 ? null : (AMOUNTS[(at + number) % AMOUNTS.length] as string), subType: SUB_TYPES[(at + number) % SUB_TYPES.length] as PositionFact['subType'] }));
      return [changeOf('account', 'new', account(code, DAY)), changeOf('cash', 'new', cash(code, String(number), DAY)), ...(number % 3 === 2 ? [] : held.map((fact) => changeOf('position', 'new', fact)))];
    }),
    changeOf('mark', 'new', mark('S1', '10', DAY)),
  ];
  const { plan, bytes } = makePlan(DAY, changes);
  must(applyPlan(book, plan, bytes, MARY));
  return { book, path };
}

test('columns hold, row by row, the positions that facts hold, and every other fact is as it is there', () => {
  const { book } = variedBook();
  const { position: positions, ...others } = must(readFacts(book));
  const { facts, held } = must(readHeld(book));
  expect(heldPositions(held)).toEqual(positions);
  expect(facts).toEqual({ ...others, position: [], instrument: [] });
  expect(held.instrumentTexts).toEqual(others.instrument.map(({ terms, identifiers }) => ({ terms: JSON.stringify(terms), identifiers: JSON.stringify(identifiers) })));
  expect(held.accounts).toEqual(others.account.map(({ account }) => account));
  expect(held.instruments).toEqual(others.instrument.map(({ id }) => id));
});

test('a few accounts of many are read alone, in the order of their numbers', () => {
  const { book } = variedBook();
  const some = ['U599', 'U3', 'U4', 'nobody', 'U300', 'U3'];
  const { facts, held } = must(readHeld(book, some));
  const expected = must(readFacts(book, ['U3', 'U4', 'U300', 'U599']));
  expect(heldPositions(held)).toEqual(expected.position);
  expect(facts.cash).toEqual(expected.cash);
  expect(held.accounts).toEqual(['U3', 'U4', 'U300', 'U599']);
});

test('an account’s rows stand together, and starts tell where, also of accounts that hold nothing', () => {
  const { held } = must(readHeld(variedBook().book));
  const starts = accountStarts(held);
  expect(starts).toHaveLength(held.accounts.length + 1);
  const byStarts = held.accounts.flatMap((_, account) => Array.from({ length: (starts[account + 1] as number) - (starts[account] as number) }, () => account));
  expect(byStarts).toEqual(Array.from(held.account.subarray(0, held.count)));
});

test('columns reach another thread whole, without being copied', () => {
  const { held } = must(readHeld(variedBook().book));
  const positions = heldPositions(held);
  const there = structuredClone(held, { transfer: buffersOf(held) });
  expect(heldPositions(there)).toEqual(positions);
  expect(held.quantity.units.length + held.instrument.length).toBe(0);
});

test('an empty book holds empty columns', () => {
  const { held, facts } = must(readHeld(newBook().book));
  expect([held.count, held.accounts, held.instruments, facts.account]).toEqual([0, [], [], []]);
});

const HERE = "ended = 0 AND account_id = (SELECT id FROM account WHERE code = 'U2')";
test.each([
  { what: 'a changed quantity', sql: `UPDATE position SET quantity = '999' WHERE ${HERE} AND quantity = '5'` },
  { what: 'a changed price', sql: `UPDATE position SET entry_price = NULL WHERE ${HERE} AND quantity = '5'` },
  { what: 'another part of the account', sql: `UPDATE position SET sub_type = 'short' WHERE ${HERE} AND quantity = '5'` },
  { what: 'another day', sql: `UPDATE position SET valid_from = '2026-01-01' WHERE ${HERE} AND quantity = '5'` },
  { what: 'a missing position', sql: `DELETE FROM position WHERE ${HERE} AND quantity = '5'` },
  { what: 'no position left', sql: `DELETE FROM position WHERE ${HERE}` },
  { what: 'a position given to it', sql: `UPDATE position SET account_id = (SELECT id FROM account WHERE code = 'U2') WHERE ended = 0 AND instrument_id = (SELECT id FROM instrument WHERE code = 'U3X')` },
  { what: 'another name', sql: `UPDATE account SET code = 'U9' WHERE code = 'U2'` },
  { what: 'a text made to look like two rows', sql: `UPDATE position SET quantity = '5",null],[0,2,"cash",1,"7' WHERE ${HERE} AND quantity = '5'` },
  { what: 'bytes in place of text', sql: `UPDATE position SET quantity = '5' || char(0) WHERE ${HERE} AND quantity = '5'` },
])('$what is noticed when positions are read into columns, and the account is named', ({ sql }) => {
  const { path } = threeAccounts();
  edit(path, sql);
  const book = reopen(path);
  expect(must(readHeld(book, ['U1'])).held.count).toBe(3);
  for (const damaged of [readHeld(book), readHeld(book, ['U2', 'U9'])]) expect(faultText(damaged)).toMatch(/the data of account (U2|U9) is not what the journal recorded/);
});

test.each([
  { what: 'positions of an account that nobody ever wrote', sql: "INSERT INTO position SELECT ended, 5000000, sub_type, instrument_id, quantity, entry_price, valid_from, valid_to, sequence_from, sequence_to FROM position WHERE ended = 0 AND account_id = 1" },
  { what: 'an account of a number below all others', sql: "INSERT INTO account VALUES (-7, 'U0')" },
  { what: 'an instrument under another number', sql: "UPDATE instrument SET id = 4000 WHERE code = 'S1'" },
  { what: 'a forgotten digest', sql: "DELETE FROM partition_digest WHERE partition_id = (SELECT id FROM partition WHERE name = 'account/2')" },
])('$what is noticed when all positions are read into columns', ({ sql }) => {
  const { path } = threeAccounts();
  edit(path, sql);
  expect(faultCode(readHeld(reopen(path)))).toBe('book-damaged');
});

function threeAccounts(): { path: string } {
  const { book, path } = newBook();
  for (const code of ['U1', 'U2', 'U3']) {
    const { plan, bytes } = positionsFile(code, DAY, { S1: '5', S2: '6', [`${code}X`]: '7' });
    must(applyPlan(book, plan, bytes, MARY));
  }
  closeBook(book);
  return { path };
}

/** What somebody might do to the file with another program. */
function edit(path: string, sql: string): void {
  const db = connect(path);
  for (const setting of ['foreign_keys = OFF', 'ignore_check_constraints = ON']) db.pragma(setting);
  db.exec(sql);
  db.close();
}
