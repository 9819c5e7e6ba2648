import type { ReadFile } from '../../../shared/domain/import-plan.ts';
import { fail, succeed, type Result } from '../../../shared/result.ts';
import type { ReaderOptions } from '../csv/read-options.ts';
import { skip, startCollecting, type Collected } from '../facts/collect.ts';
import { finishReading } from '../facts/finish.ts';
import { placeColumns, type Aliases } from '../text/headers.ts';
import { CATEGORIES, FOREX_COLUMNS, MONEY_COLUMNS, MONEY_SECTIONS, POSITION_COLUMNS, RATE_COLUMNS, SECURITY_COLUMNS, TRADE_COLUMNS } from './activity-columns.ts';
import { readStatements } from './read-statement.ts';
import { rowFrom, textOf, troubleAt, withAttributes, type Attribute, type FlexRow } from './rows.ts';
import { readSections, type SectionRow, type SectionTable } from './sections.ts';
import { emptyStatement, type StatementRows } from './statement.ts';
import { cashRows, equityRow, headings } from './statement-tables.ts';

const KNOWN_SECTIONS = ['Statement', 'Account Information', 'Open Positions', 'Net Asset Value', 'Cash Report', 'Trades'];

/** Reads an IBKR activity statement: its tables become the rows that a Flex file of the same account would hold. */
export function readActivityStatement(name: string, text: string, options: ReaderOptions): Result<ReadFile> {
  const sections = readSections(name, text, options.tick);
  if (!sections.ok) return sections;
  const tables = sections.value;
  if (!tables.some(({ section }) => KNOWN_SECTIONS.includes(section))) {
    const shown = [...new Set(tables.map(({ section }) => section))].slice(0, 5).join(', ');
    return fail({ code: 'localised-statement', message: `The statement's sections are named ${shown || 'nothing we know'}; English names are read.`, at: name, fix: 'Set the statement language to English and export it again.' });
  }
  const collected = startCollecting(name, 'IBKR activity statement');
  const rows = emptyStatement(headings(tables));
  rows.account = rows.opening;
  const filled = fillRows(name, tables, rows, collected);
  if (!filled.ok) return filled;
  const read = readStatements([rows], collected, options.regime);
  return read.ok ? succeed(finishReading(collected, { format: 'ibkr-activity-csv', ...read.value })) : read;
}

function fillRows(name: string, tables: readonly SectionTable[], rows: StatementRows, collected: Collected): Result<null> {
  for (const table of tables) {
    const read = rowsOf(name, table);
    if (read === null) continue;
    if (!read.ok) return read;
    rows.present.add(table.section.replace(' ', ''));
    rows[read.value.list].push(...read.value.rows);
    skipTotals(table, collected);
  }
  rows.cash.push(...tables.filter(({ section }) => section === 'Cash Report').flatMap(cashRows));
  const equity = equityRow(tables);
  if (equity) rows.equity.push(equity);
  keepOrders(rows, collected);
  return succeed(null);
}

type Read = Result<{ list: 'positions' | 'securities' | 'trades' | 'rates' | 'cashTransactions'; rows: FlexRow[] }>;

function rowsOf(name: string, table: SectionTable): Read | null {
  const read = (list: Extract<Read, { ok: true }>['value']['list'], aliases: Partial<Aliases<Attribute>>, required: readonly Attribute[], element: string): Read => {
    const rows = attributeRows(name, table, aliases, required, element);
    return rows.ok ? succeed({ list, rows: rows.value }) : rows;
  };
  if (table.section === 'Open Positions') return read('positions', POSITION_COLUMNS, ['assetCategory', 'currency', 'symbol', 'position'], 'OpenPosition');
  if (table.section === 'Financial Instrument Information') return read('securities', SECURITY_COLUMNS, ['assetCategory', 'symbol'], 'SecurityInfo');
  if (table.section === 'Trades') return read('trades', TRADE_COLUMNS, ['assetCategory', 'currency', 'symbol', 'quantity'], 'Trade');
  if (table.section === 'Forex Balances') return read('rates', FOREX_COLUMNS, ['toCurrency', 'fromCurrency', 'rate'], 'ConversionRate');
  if (table.section === 'Base Currency Exchange Rate') return read('rates', RATE_COLUMNS, ['fromCurrency', 'rate'], 'ConversionRate');
  if (MONEY_SECTIONS.has(table.section)) return read('cashTransactions', MONEY_COLUMNS, ['currency', 'amount'], 'CashTransaction');
  return null;
}

function attributeRows(name: string, table: SectionTable, aliases: Partial<Aliases<Attribute>>, required: readonly Attribute[], element: string): Result<FlexRow[]> {
  const wanted = aliases as Aliases<Attribute>;
  const columns = placeColumns(table.header, wanted, required, `${name}:${table.headerLine}`);
  if (!columns.ok) return columns;
  const placed = Object.entries(columns.value).filter(([, index]) => index >= 0) as [Attribute, number][];
  const names = Object.fromEntries(placed.map(([attribute, index]) => [attribute, table.header[index]?.trim()])) as Partial<Record<Attribute, string>>;
  return succeed(
    table.rows.filter(isDataRow).map(({ cells, line, text }) => {
      const attributes = Object.fromEntries(placed.map(([attribute, index]) => [attribute, cells[index]])) as Partial<Record<Attribute, string>>;
      return withMeaning(table.section, rowFrom(element, line, attributes, { text, columns: names }));
    }),
  );
}

function isDataRow({ kind, cells }: SectionRow): boolean {
  return kind === 'Data' && !/^(?:sub)?total/i.test(cells[0]?.trim() ?? '');
}

// Statements spell out what Flex files abbreviate, and leave to the section's name what Flex files say in the row.
function withMeaning(section: string, row: FlexRow): FlexRow {
  const extra: Partial<Record<Attribute, string>> = {};
  const category = textOf(row, 'assetCategory');
  if (category !== undefined) extra.assetCategory = CATEGORIES.get(category.toLowerCase()) ?? category.toUpperCase();
  const security = textOf(row, 'securityID');
  if (security !== undefined) extra[/^[A-Z]{2}[A-Z0-9]{9}\d$/.test(security) ? 'isin' : 'cusip'] = security;
  if (row.element === 'CashTransaction') extra.type = section;
  return withAttributes(row, extra);
}

function skipTotals({ section, rows }: SectionTable, collected: Collected): void {
  for (const row of rows) {
    if (!isDataRow(row)) skip(collected, { line: row.line, code: 'total', reason: `A ${row.kind === 'Data' ? 'total' : row.kind.toLowerCase()} row of ${section}.`, text: row.text });
  }
}

// An order row is the sum of the trade rows below it; where there are orders, they count as the executions.
function keepOrders(rows: StatementRows, collected: Collected): void {
  const levelOf = (row: FlexRow): string => textOf(row, 'levelOfDetail')?.toLowerCase() ?? 'order';
  const counted = rows.trades.some((row) => levelOf(row) === 'order') ? 'order' : 'trade';
  rows.trades = rows.trades.flatMap((row) => {
    if (levelOf(row) === counted) return [withAttributes(row, { levelOfDetail: 'EXECUTION' })];
    skip(collected, troubleAt(row, 'trade-level', `A ${levelOf(row)} row; the ${counted} rows count.`));
    return [];
  });
}
