import { expect, test } from 'vitest';
import { closeBook } from '../../main/books/open.ts';
import { factsInTexts } from '../../main/books/reading/market-texts.ts';
import { readFacts } from '../../main/books/reading/read-facts.ts';
import { readMarket } from '../../main/books/reading/read-market.ts';
import { connect } from '../../main/books/sql/connect.ts';
import { applyPlan } from '../../main/books/writing/apply-plan.ts';
import { saveMark } from '../../main/books/writing/save-mark.ts';
import { mark, stock } from './facts.ts';
import { changeOf, makePlan } from './make-plan.ts';
import { MARY, must, newBook, reopen } from './temp-book.ts';

const DAY = '2026-11-19';
/** Characters that JSON may be written with in more ways than one. */
const ODD = ['"quoted"', 'back\\slash', 'a/b', 'tab\tand\nline', '\u0001\u001f\u007f', 'Zürich Ω', '🐋', '\u2028', ' ', '<&>'];

/** 600 instruments of three partitions, every third of them without a mark, and one price that was typed over. */
function written(): ReturnType<typeof newBook> {
  const made = newBook();
  const names = Array.from({ length: 600 }, (_, number) => `S${number}`);
  const changes = [
    ...names.map((name, at) => changeOf('instrument', 'new', { ...stock(name), identifiers: { symbol: ODD[at % ODD.length] as string } })),
    ...ODD.map((name) => changeOf('instrument', 'new', stock(`X${name}`))),
    ...names.flatMap((name, at) => (at % 3 === 0 ? [] : [changeOf('mark', 'new', { ...mark(name, String(at), DAY), source: ODD[at % ODD.length] as string })])),
    changeOf('fx', 'new', { currency: 'EUR', base: 'USD', rate: '1.1', asOf: DAY, source: 'test' }),
  ];
  const { plan, bytes } = makePlan(DAY, changes);
  must(applyPlan(made.book, plan, bytes, MARY));
  must(saveMark(made.book, { ...mark('S1', '12.5', DAY), kind: 'manual' }, MARY));
  return made;
}

test('instruments, marks and rates are the facts of the book, whatever characters they are written in', () => {
  const { book } = written();
  const { instrument, mark: marks, fx } = must(readFacts(book));
  const read = readMarket(book);
  const facts = [...factsInTexts(read)];
  expect(facts.flatMap((some) => some.instrument)).toEqual(instrument);
  expect(facts.flatMap((some) => some.mark)).toEqual(marks);
  expect(read.fx).toEqual(fx);
  expect(facts.length).toBeGreaterThan(4);
});

test.each([
  ['a price that was changed', "UPDATE mark SET value = '3' WHERE ended = 0 AND instrument_id = 300", 'marks (part 1)'],
  ['an instrument that was renamed', "UPDATE instrument SET code = 'S9x' WHERE code = 'S9'", 'instruments (part 0)'],
  ['a mark that is gone', 'DELETE FROM mark WHERE ended = 0 AND instrument_id = 5', 'marks (part 0)'],
  ['an instrument that nobody signed', "INSERT INTO instrument (id, code) VALUES (9000, 'NEW')", 'instruments (part 35)'],
])('%s is damage', (_, sql, part) => {
  const { book, path } = written();
  closeBook(book);
  const db = connect(path);
  db.exec(sql);
  db.close();
  expect(() => readMarket(reopen(path))).toThrow(`the data of ${part} is not what the journal recorded`);
});
