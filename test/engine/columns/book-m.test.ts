import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readGeneric } from '../../../main/import/csv/generic.ts';
import { accountName, bookM } from '../../bench/book-m/book.ts';
import { accountM, centsText, marketM } from '../../bench/book-m/facts.ts';
import { PROFILE_M, writeMarketFile, writePositionFile } from '../../bench/book-m/files.ts';
import { ACCOUNT_KINDS } from '../../bench/book-m/sizes.ts';

test('the book is the same for the same seed, has as many positions as asked, and no account has an instrument twice', () => {
  const [one, other, third] = [bookM({ kind: 'mixed', positions: 20_000, seed: 5 }), bookM({ kind: 'mixed', positions: 20_000, seed: 5 }), bookM({ kind: 'mixed', positions: 20_000, seed: 6 })];
  expect(one).toEqual(other);
  expect(one.positions).not.toEqual(third.positions);
  const { start, instrument, quantity, count } = one.positions;
  expect([count, start[one.accounts]]).toEqual([20_000, 20_000]);
  expect(quantity.every((held) => held !== 0)).toBe(true);
  for (let account = 0; account < one.accounts; account += 1) {
    const held = instrument.slice(start[account], start[account + 1]);
    expect(held).toEqual(Int32Array.from(new Set(held)).toSorted());
  }
});

test('of twenty accounts of a mixed book eight are scan, eight strategy, three bracket and one lending or fixed', () => {
  const { sizes } = bookM({ kind: 'mixed', positions: 40_000 });
  const counts = ACCOUNT_KINDS.map((_, kind) => sizes.kind.filter((one) => one === kind).length);
  expect(counts).toEqual([160, 160, 60, 10, 10]);
});

test('the position file reads back as the accounts that the engine is given, the market file has every instrument', () => {
  const book = bookM({ kind: 'mixed', positions: 1_500 });
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-book-m-'));
  try {
    expect(writePositionFile(join(folder, 'm.csv'), book)).toBe(1_500 + book.accounts);
    expect(writeMarketFile(join(folder, 'market.csv'), book)).toBe(book.universe.count);
    const read = readGeneric('m.csv', readFileSync(join(folder, 'm.csv'), 'utf8'), { profile: PROFILE_M, regime: undefined, tick: undefined });
    if (!read.ok) throw new Error(read.fault.message);
    expect(read.value.rejected).toEqual([]);
    const { position, cash, mark } = read.value.facts;
    const marks = marketM(book).marks;
    expect(mark.every(({ instrument, value }) => marks.get(instrument)?.value === value)).toBe(true);
    for (let account = 0; account < book.accounts; account += 1) {
      const name = accountName(account);
      const own = accountM(book, account).pools[0]?.positions.map(({ instrument, subType, quantity }) => ({ instrument, subType, quantity }));
      const theirs = position.filter((row) => row.account === name).map(({ instrument, subType, quantity }) => ({ instrument, subType, quantity }));
      const byName = (a: { instrument: string }, b: { instrument: string }): number => (a.instrument < b.instrument ? -1 : 1);
      expect(theirs.toSorted(byName)).toEqual(own?.toSorted(byName));
      expect(cash.find((row) => row.account === name)?.amount).toBe(centsText(book.cashCents[account] as number));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
