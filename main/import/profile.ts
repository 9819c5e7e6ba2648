import type { MappingProfile } from '../../shared/domain/import-plan.ts';
import { fail, succeed, type Result } from '../../shared/result.ts';
import { HEADER_ROWS_MAX, type GenericField } from './csv/generic-columns.ts';
import { SUGGESTED_NAMES } from './csv/suggested-names.ts';
import type { SourceFile } from './read-file.ts';
import { firstRows, isBlank } from './text/csv-rows.ts';
import { decodeText } from './text/decode.ts';
import { sniffDelimiter } from './text/delimiter.ts';
import { headerScore, hostileHeader, normalHeader } from './text/headers.ts';
import { oneLineFault } from './text/one-line.ts';
import { readAmount } from './values/amount.ts';
import { dayInFileName, readDay, type DayFormat } from './values/day.ts';

const SAMPLE_ROWS = 20;
const NAME_LENGTH_MAX = 60;
const DAY_FORMATS: readonly DayFormat[] = ['YYYY-MM-DD', 'MM/DD/YYYY', 'DD/MM/YYYY', 'DD.MM.YYYY', 'YYYYMMDD'];

/** Header row and first rows of a CSV, and a mapping profile that a person can correct. Faults: not text, no table, a hostile header. */
export function suggestProfile(source: SourceFile, name: string): Result<{ headers: string[]; sample: string[][]; suggestion: MappingProfile }> {
  const decoded = decodeText(source.name, source.bytes);
  if (!decoded.ok) return decoded;
  const { text } = decoded.value;
  const delimiter = sniffDelimiter(text);
  const rows = firstRows(source.name, text, delimiter, HEADER_ROWS_MAX + SAMPLE_ROWS).filter(({ cells }) => !isBlank(cells));
  const header = likeliestHeader(rows);
  if (!header) return fail({ code: 'no-table', message: 'The file has no row of at least two column names.', at: source.name, fix: 'Export it with its header row.' });
  const hostile = hostileHeader(header.cells);
  if (hostile) return fail(oneLineFault({ ...hostile, at: `${source.name}:${header.line}` }));
  const sample = rows.filter(({ line }) => line > header.line).slice(0, SAMPLE_ROWS).map(({ cells }) => cells);
  const headers = header.cells.map((cell) => cell.trim());
  return succeed({ headers, sample, suggestion: { name: profileName(name), delimiter, ...suggested(source.name, headers, sample) } });
}

type Suggested = Omit<MappingProfile, 'name' | 'delimiter'>;

function suggested(fileName: string, headers: readonly string[], sample: readonly string[][]): Suggested {
  const columns: Partial<Record<GenericField, string>> = {};
  const taken = new Set<string>();
  for (const [field, names] of SUGGESTED_NAMES) {
    const header = names.map((wanted) => headers.find((candidate) => normalHeader(candidate) === wanted)).find((found) => found !== undefined && !taken.has(found));
    if (header === undefined) continue;
    columns[field] = header;
    taken.add(header);
  }
  const cellsOf = (field: GenericField): string[] => sample.map((cells) => cells[headers.indexOf(columns[field] ?? '')]?.trim() ?? '').filter((cell) => cell !== '');
  const amounts = [...cellsOf('quantity'), ...cellsOf('price'), ...cellsOf('strike')];
  const days = [...cellsOf('asOf'), ...cellsOf('expiry'), ...cellsOf('maturity')];
  const dateFormat = days.length > 0 ? DAY_FORMATS.find((format) => days.every((day) => readDay(day, format))) : undefined;
  const day = columns.asOf === undefined ? dayInFileName(fileName) : null;
  const constants = { ...(columns.currency === undefined ? { currency: 'USD' } : {}), ...(day ? { asOf: day } : {}) };
  return {
    decimalComma: writesDecimalComma(amounts),
    ...(dateFormat ? { dateFormat } : {}),
    // A person still has to say which columns these two are, where no header gives them away.
    columns: { ...columns, symbol: columns.symbol ?? headers[0] ?? '', quantity: columns.quantity ?? headers[1] ?? '' },
    ...(Object.keys(constants).length > 0 ? { constants } : {}),
    complete: false,
  };
}

function likeliestHeader(rows: readonly { cells: string[]; line: number }[]): { cells: string[]; line: number } | null {
  const aliases = Object.fromEntries(SUGGESTED_NAMES) as Record<GenericField, readonly string[]>;
  let best: { cells: string[]; line: number } | null = null;
  let most = -1;
  for (const row of rows.slice(0, HEADER_ROWS_MAX)) {
    const named = row.cells.filter((cell) => cell.trim() !== '').length;
    const score = named < 2 ? -1 : headerScore(row.cells, aliases);
    if (score > most) [best, most] = [row, score];
  }
  return best;
}

function writesDecimalComma(amounts: readonly string[]): boolean {
  const asPoint = amounts.filter((text) => readAmount(text) !== undefined).length;
  const asComma = amounts.filter((text) => readAmount(text, true) !== undefined).length;
  return asComma > asPoint;
}

function profileName(fileName: string): string {
  const plain = fileName.replace(/\.[A-Za-z]{1,5}$/, '').replaceAll(/[\d_-]+/g, ' ').trim();
  return (plain || 'New profile').slice(0, NAME_LENGTH_MAX);
}
