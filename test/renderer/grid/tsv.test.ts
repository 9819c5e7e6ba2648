import { expect, test } from 'vitest';
import { toTsv, type CopiedCell } from '../../../renderer/grid/tsv.ts';

const words = (text: string): CopiedCell => ({ text, numeric: false });
const amount = (text: string): CopiedCell => ({ text, numeric: true });

test('cells are separated by tabs, rows by CR LF, headers first', () => {
  expect(toTsv([[words('U1'), amount('-1250.5')], [words('U2'), amount('0')]], ['Account', 'Excess'])).toBe('Account\tExcess\r\nU1\t-1250.5\r\nU2\t0');
});

test('an amount goes out as it is, minus sign and all', () => {
  expect(toTsv([[amount('-12345678901234567890.123456')]])).toBe('-12345678901234567890.123456');
});

test.each(['=1+1', '+49', '-AAPL', '@SUM(A1)'])('text that a spreadsheet would run is made plain: %s', (text) => {
  expect(toTsv([[words(text)]])).toBe(`'${text}`);
});

test('tabs, line ends and quotes inside a cell stay inside it', () => {
  expect(toTsv([[words('a\tb'), words('say "x"'), words('two\r\nlines')]])).toBe('"a\tb"\t"say ""x"""\t"two\r\nlines"');
});
