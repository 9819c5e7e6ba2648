import { painted, type Paint } from './paint.ts';
import type { Terminal } from './terminal.ts';

/** One column of a printed table. */
export interface Column<Row> {
  header: string;
  align: 'left' | 'right';
  cell: (row: Row) => string;
  /** Narrowest this column may be cut to when the lines are too long; columns without one are never cut. */
  widthMin?: number;
  /** Left out when the terminal is too narrow even so: 1 goes first. Columns without one always stay. */
  dropOrder?: number;
  paint?: (row: Row) => Paint | undefined;
}

const GAP = ' '.repeat(2);
const CUT = '…';

/**
 * A table for people: one header line, a rule, one line per row; numbers right-aligned, with the closing bracket of a
 * negative outside the figures so that their digits stay in line. To fit the terminal, columns are cut, widest first,
 * and then left out; figures are never cut.
 */
export function printTable<Row>(terminal: Terminal, columns: readonly Column<Row>[], rows: readonly Row[]): void {
  const next = columns.filter(({ dropOrder }) => dropOrder !== undefined).sort((a, b) => (a.dropOrder ?? 0) - (b.dropOrder ?? 0))[0];
  if (!printFitting(terminal, columns, rows, next === undefined)) printTable(terminal, columns.filter((column) => column !== next), rows);
}

/** Prints the table if these columns can be made to fit, or if it must; tells whether it did. */
function printFitting<Row>(terminal: Terminal, columns: readonly Column<Row>[], rows: readonly Row[], must: boolean): boolean {
  const bracketed = columns.map(({ align, cell }) => align === 'right' && rows.some((row) => cell(row).endsWith(')')));
  const texts = rows.map((row) => columns.map((column, index) => withBracketRoom(oneLine(column.cell(row)), bracketed[index] === true)));
  const headers = columns.map(({ header }, index) => withBracketRoom(header, bracketed[index] === true));
  const widths = fittedWidths(columns, [headers, ...texts], terminal.columns);
  if (totalOf(widths) > terminal.columns && !must) return false;

  const line = (cells: readonly string[], row?: Row): string =>
    columns
      .map((column, index) => painted(terminal, row === undefined ? 'bold' : column.paint?.(row), padded(cells[index] ?? '', widths[index] ?? 0, column.align)))
      .join(GAP)
      .trimEnd();

  terminal.out(line(headers));
  terminal.out(painted(terminal, 'dim', widths.map((width) => '─'.repeat(width)).join(GAP)));
  for (const [index, row] of rows.entries()) terminal.out(line(texts[index] ?? [], row));
  return true;
}

const totalOf = (widths: readonly number[]): number => widths.reduce((sum, width) => sum + width, GAP.length * (widths.length - 1));

/** Names come from files: a control character must not reach a terminal. */
function oneLine(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ');
}

function withBracketRoom(text: string, bracketed: boolean): string {
  return bracketed && !text.endsWith(')') ? `${text} ` : text;
}

const lettersOf = (text: string): string[] => Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
/** Characters as a person counts them; those used here take one cell each. */
const widthOf = (text: string): number => (/^[ -~]*$/.test(text) ? text.length : lettersOf(text).length);

function padded(text: string, width: number, align: 'left' | 'right'): string {
  const shown = widthOf(text) <= width ? text : `${lettersOf(text).slice(0, width - 1).join('')}${CUT}`;
  const space = ' '.repeat(width - widthOf(shown));
  return align === 'left' ? shown + space : space + shown;
}

function fittedWidths<Row>(columns: readonly Column<Row>[], lines: readonly (readonly string[])[], room: number): number[] {
  const widths = columns.map((_, index) => Math.max(...lines.map((cells) => widthOf(cells[index] ?? ''))));
  let excess = totalOf(widths) - room;
  while (excess > 0) {
    const index = widestToCut(columns, widths);
    if (index === null) break;
    widths[index] = (widths[index] ?? 0) - 1;
    excess -= 1;
  }
  return widths;
}

function widestToCut<Row>(columns: readonly Column<Row>[], widths: readonly number[]): number | null {
  let widest: number | null = null;
  for (const [index, { widthMin }] of columns.entries()) {
    const width = widths[index] ?? 0;
    if (widthMin === undefined || width <= widthMin) continue;
    if (widest === null || width > (widths[widest] ?? 0)) widest = index;
  }
  return widest;
}
