import { normalHeader } from '../text/headers.ts';
import { ASSET_CLASSES } from './activity-columns.ts';
import { rowFrom, type Attribute, type FlexRow } from './rows.ts';
import type { SectionTable } from './sections.ts';

const FIELD_ATTRIBUTES = new Map<string, Attribute>([
  ['account', 'accountId'],
  ['name', 'name'],
  ['account capabilities', 'accountCapabilities'],
  ['base currency', 'currency'],
  ['whengenerated', 'whenGenerated'],
]);

/** Whose statement it is and of which day, from the field lists at its top. */
export function headings(tables: readonly SectionTable[]): FlexRow {
  const attributes: Partial<Record<Attribute, string>> = {};
  let line = 1;
  for (const { section, rows } of tables) {
    if (section !== 'Statement' && section !== 'Account Information') continue;
    for (const { cells, line: rowLine } of rows) {
      const [field = '', value = ''] = cells;
      const name = normalHeader(field);
      const attribute = FIELD_ATTRIBUTES.get(name);
      // An account may carry its nickname in parentheses: `U1234567 (Main)`.
      if (attribute) attributes[attribute] = attribute === 'accountId' ? value.replace(/\s*\(.*\)\s*$/, '') : value;
      if (attribute === 'accountId') line = rowLine;
      if (name === 'period') attributes.toDate = value.split(' - ').at(-1)?.trim() ?? value;
    }
  }
  return rowFrom('FlexStatement', line, attributes, { columns: { toDate: 'Period', whenGenerated: 'WhenGenerated' } });
}

const ENDINGS = new Map<string, readonly [Attribute, Attribute, Attribute]>([
  ['ending cash', ['endingCash', 'endingCashSec', 'endingCashCom']],
  ['ending settled cash', ['endingSettledCash', 'endingSettledCashSec', 'endingSettledCashCom']],
]);
const CASH_HEADERS = { currency: 'currency', account: 'account', total: 'total', securities: 'securities', futures: 'futures' } as const;
const CASH_COLUMNS = { currency: 'Currency', endingCash: 'Total', endingSettledCash: 'Total' } as const;

/** The ending balances of a cash report, one row per account and currency as a Flex file has them. */
export function cashRows({ header, rows }: SectionTable): FlexRow[] {
  const at = (name: string): number => header.findIndex((cell) => normalHeader(cell) === name);
  const columns = Object.fromEntries(Object.entries(CASH_HEADERS).map(([field, name]) => [field, at(name)])) as Record<keyof typeof CASH_HEADERS, number>;
  const balances = new Map<string, { line: number; text: string; attributes: Partial<Record<Attribute, string | undefined>> }>();
  for (const { kind, cells, line, text } of rows) {
    const endings = ENDINGS.get(normalHeader(cells[0] ?? ''));
    if (kind !== 'Data' || !endings) continue;
    const currency = cells[columns.currency]?.trim() ?? '';
    const account = columns.account < 0 ? undefined : cells[columns.account];
    const key = `${account ?? ''}\n${currency}`;
    const balance = balances.get(key) ?? { line, text, attributes: { accountId: account, currency: currency === 'Base Currency Summary' ? 'BASE_SUMMARY' : currency } };
    balance.attributes[endings[0]] = cells[columns.total];
    balance.attributes[endings[1]] = cells[columns.securities];
    balance.attributes[endings[2]] = cells[columns.futures];
    balances.set(key, balance);
  }
  return [...balances.values()].map(({ line, text, attributes }) => rowFrom('CashReportCurrency', line, attributes, { text, columns: CASH_COLUMNS }));
}

/** The net asset value as the equity summary of a Flex file; null when the statement has none. */
export function equityRow(tables: readonly SectionTable[]): FlexRow | null {
  const table = tables.find(({ section, header }) => section === 'Net Asset Value' && header.some((cell) => normalHeader(cell) === 'current total'));
  if (!table) return null;
  const total = table.header.findIndex((cell) => normalHeader(cell) === 'current total');
  const attributes: Partial<Record<Attribute, string | undefined>> = {};
  for (const { cells } of table.rows) {
    const attribute = ASSET_CLASSES.get(normalHeader(cells[0] ?? ''));
    if (attribute) attributes[attribute] = cells[total];
  }
  return rowFrom('EquitySummaryByReportDateInBase', table.headerLine, attributes);
}
