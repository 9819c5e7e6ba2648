import { expect, test } from 'vitest';
import { COLUMNS_MAX, csvRows, LINE_LENGTH_MAX, type RowCursor } from '../../../main/import/text/csv-rows.ts';
import { sniffDelimiter } from '../../../main/import/text/delimiter.ts';

function all(text: string, delimiter = ','): { rows: string[][]; lines: number[]; cursor: RowCursor } {
  const cursor = csvRows('a.csv', text, delimiter);
  const rows: string[][] = [];
  const lines: number[] = [];
  while (cursor.next()) {
    rows.push(cursor.cells);
    lines.push(cursor.line);
  }
  return { rows, lines, cursor };
}

test('plain rows, Windows line ends and a last line without one', () => {
  expect(all('a,b\r\nc,d\n\ne,f').rows).toEqual([['a', 'b'], ['c', 'd'], [''], ['e', 'f']]);
});

test('quoted cells hold delimiters, doubled quotes and line breaks, and the lines are still counted', () => {
  const { rows, lines } = all('"a,1","say ""hi"""\r\n"two\nlines",x\nlast,y');
  expect(rows).toEqual([['a,1', 'say "hi"'], ['two\nlines', 'x'], ['last', 'y']]);
  expect(lines).toEqual([1, 2, 4]);
});

test('a quote inside an unquoted cell is an inch sign, not a quote', () => {
  expect(all('12" pipe,5\nb,6').rows).toEqual([['12" pipe', '5'], ['b', '6']]);
});

test.each([
  ['a,b\n"open,c\nd', 'open-quote', 2],
  ['a,b\n"x"y,c', 'stray-quote', 2],
  [`a,b\n${'x'.repeat(LINE_LENGTH_MAX + 1)}`, 'line-too-long', 2],
  [`a,b\n"${'x,'.repeat(LINE_LENGTH_MAX)}"`, 'open-quote', 2],
  [','.repeat(COLUMNS_MAX), 'too-many-columns', 1],
])('%# a row that cannot be right stops the reading with its line', (text, code, line) => {
  const { cursor } = all(text);
  expect(cursor.fault).toMatchObject({ code, at: `a.csv:${line}` });
});

test('work is reported in slices, and a throw in the report gets through', () => {
  const text = 'a,b\n'.repeat(10_000);
  const done: number[] = [];
  const cursor = csvRows('a.csv', text, ',', (at) => done.push(at));
  while (cursor.next());
  expect(done.length).toBeGreaterThan(1);
  const cancelled = csvRows('a.csv', text, ',', () => {
    throw new Error('cancelled');
  });
  expect(() => {
    while (cancelled.next());
  }).toThrow('cancelled');
});

test.each([
  ['a,b,c\n1,2,3', ','],
  ['a;b;c\n1,5;2;3', ';'],
  ['a\tb\n1\t2', '\t'],
  ['a|b\n1|2', '|'],
  ['"a;x","b"\n"1;2","3"', ','],
  ['sep=;\na;b', ';'],
  ['nothing here', ','],
])('the delimiter of %j is %j', (text, delimiter) => {
  expect(sniffDelimiter(text)).toBe(delimiter);
});
