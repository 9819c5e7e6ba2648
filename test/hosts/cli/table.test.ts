import { expect, test } from 'vitest';
import { printTable, type Column } from '../../../main/hosts/cli/table.ts';
import { rememberingTerminal } from './remembering-terminal.ts';

interface Row {
  name: string;
  amount: string;
}

const columns: Column<Row>[] = [
  { header: 'Name', align: 'left', cell: ({ name }) => name, widthMin: 6 },
  { header: 'Amount', align: 'right', cell: ({ amount }) => amount },
];

function printed(rows: readonly Row[], width = 120): string[] {
  const terminal = rememberingTerminal(width);
  printTable(terminal, columns, rows);
  return terminal.written;
}

test('figures stand in line, the closing bracket of a negative outside them', () => {
  expect(printed([{ name: 'Adler', amount: '1,250.00' }, { name: 'Quill', amount: '(9.50)' }])).toEqual([
    'Name     Amount',
    '─────  ─────────',
    'Adler  1,250.00',
    'Quill     (9.50)',
  ]);
});

test('a column is cut, with a mark, only as far as the line must be', () => {
  const lines = printed([{ name: 'Halcyon Partners LP', amount: '1,000,000.00' }], 26);
  expect(lines.map((line) => line.length)).toEqual([26, 26, 26]);
  expect(lines[2]).toBe('Halcyon Par…  1,000,000.00');
});

test('a column is never cut below its least width, and one without a least width never', () => {
  expect(printed([{ name: 'Halcyon Partners LP', amount: '1,000,000.00' }], 10)[2]).toBe('Halcy…  1,000,000.00');
});

test('where cutting is not enough, columns are left out in their order, and figures stay whole', () => {
  const droppable: Column<Row>[] = [...columns, { header: 'Health', align: 'right', cell: () => '0.97', dropOrder: 2 }, { header: 'Driver', align: 'left', cell: () => 'TSLA', dropOrder: 1 }];
  const headersAt = (width: number): string => {
    const terminal = rememberingTerminal(width);
    printTable(terminal, droppable, [{ name: 'Halcyon Partners LP', amount: '1,000,000.00' }]);
    return terminal.written[0] ?? '';
  };
  expect([40, 34, 26, 12].map(headersAt)).toEqual(['Name              Amount  Health  Driver', 'Name          Amount  Health', 'Name               Amount', 'Name          Amount'].map((header) => expect.stringMatching(header.split(/ +/).join(' +') + '$') as string));
});

test('a name from a file cannot steer the terminal', () => {
  expect(printed([{ name: 'a\u001b[2Jb\nc', amount: '1.00' }])[2]).toBe('a [2Jb c    1.00');
});

test('letters with marks and glyphs outside the basic plane count as one', () => {
  const [, rule] = printed([{ name: 'e\u0301\u{1f4a7}', amount: '1.00' }]);
  expect(rule).toBe('────  ──────');
});

test('colour is an extra around the same text', () => {
  const plain = rememberingTerminal(120, false);
  const coloured = rememberingTerminal(120, true);
  const painted: Column<Row>[] = [{ ...columns[0]!, paint: () => 'red' }, columns[1]!];
  for (const terminal of [plain, coloured]) printTable(terminal, painted, [{ name: 'Adler', amount: '1.00' }]);
  // oxlint-disable-next-line no-control-regex -- the escape character is what is looked for
  expect(coloured.text().replaceAll(/\u001b\[\d+m/g, '')).toBe(plain.text());
  expect(coloured.text()).toContain('\u001b[31mAdler');
});
