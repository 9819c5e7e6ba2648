import type { DecimalText } from '../../../shared/money.ts';
import type { IsoDate } from '../../../shared/time.ts';
import type { RowTrouble } from '../facts/collect.ts';
import { readAmount } from '../values/amount.ts';
import { readDay } from '../values/day.ts';

/** The attributes that are read, of all elements together. Anything else in the file is passed over. */
const ATTRIBUTES = [
  'accountCapabilities', 'accountId', 'accountType', 'accruedInt', 'acctAlias', 'actionID', 'amount', 'assetCategory', 'bonds', 'buySell', 'cash',
  'cashTransfer', 'commodities', 'conid', 'costBasisMoney', 'costBasisPrice', 'crypto', 'currency', 'cusip', 'date', 'dateTime', 'description',
  'direction', 'dividendAccruals', 'endingCash', 'endingCashCom', 'endingCashSec', 'endingSettledCash', 'endingSettledCashCom',
  'endingSettledCashSec', 'expiry', 'figi', 'fromCurrency', 'fromDate', 'funds', 'fxRateToBase', 'ibCommission', 'ibExecID', 'interestAccruals',
  'isin', 'issuer', 'levelOfDetail', 'markPrice', 'maturity', 'multiplier', 'name', 'netCash', 'notes', 'openPrice', 'options', 'position',
  'positionAmount', 'positionValue', 'principalAdjustFactor', 'proceeds', 'putCall', 'quantity', 'rate', 'reportDate', 'securityID', 'settleDate',
  'settleDateTarget', 'side', 'stock', 'strike', 'subCategory', 'symbol', 'taxes', 'toCurrency', 'toDate', 'total', 'tradeDate', 'tradeID',
  'tradePrice', 'transactionID', 'transactionType', 'type', 'underlyingCategory', 'underlyingConid', 'underlyingSecurityID', 'underlyingSymbol', 'whenGenerated',
] as const;
export type Attribute = (typeof ATTRIBUTES)[number];

const SLOTS: ReadonlyMap<string, number> = new Map(ATTRIBUTES.map((name, index) => [name, index]));
const SLOT_OF = Object.fromEntries(ATTRIBUTES.map((name, index) => [name, index])) as Record<Attribute, number>;

/** The place of an attribute named in a file; undefined for one that is not read. */
export function slotOf(name: string): number | undefined {
  return SLOTS.get(name);
}

/**
 * One element of a Flex file: the attributes that are read, by slot. A row of an activity statement is one too, with
 * its text as it stands in the file and the headers of its columns.
 */
export interface FlexRow {
  element: string;
  line: number;
  values: (string | undefined)[];
  text?: string;
  columns?: Partial<Record<Attribute, string>>;
}

/** A row made of attributes that were read elsewhere. */
export function rowFrom(element: string, line: number, attributes: Partial<Record<Attribute, string | undefined>>, from: Pick<FlexRow, 'text' | 'columns'> = {}): FlexRow {
  const values: (string | undefined)[] = [];
  for (const [name, value] of Object.entries(attributes)) values[SLOT_OF[name as Attribute]] = value;
  return { element, line, values, ...from };
}

/** An attribute's text; undefined where it is missing or empty, which Flex files do not tell apart. */
export function textOf(row: FlexRow, attribute: Attribute): string | undefined {
  const value = row.values[SLOT_OF[attribute]];
  return value === undefined || value.trim() === '' ? undefined : value.trim();
}

/** An amount; null where missing; undefined where the text is no number. */
export function amountOf(row: FlexRow, attribute: Attribute): DecimalText | null | undefined {
  return readAmount(row.values[SLOT_OF[attribute]] ?? '');
}

/** A day; null where missing; undefined where the text is no day. */
export function dayIn(row: FlexRow, ...attributes: Attribute[]): IsoDate | null | undefined {
  for (const attribute of attributes) {
    const day = readDay(row.values[SLOT_OF[attribute]] ?? '');
    if (day !== null) return day;
  }
  return null;
}

/** The same row with some attributes set. */
export function withAttributes(row: FlexRow, attributes: Partial<Record<Attribute, string>>): FlexRow {
  const values = [...row.values];
  for (const [name, value] of Object.entries(attributes)) values[SLOT_OF[name as Attribute]] = value;
  return { ...row, values };
}

const NAMING: readonly Attribute[] = [
  'assetCategory', 'subCategory', 'symbol', 'description', 'conid', 'isin', 'cusip', 'figi', 'multiplier', 'strike', 'expiry', 'putCall', 'maturity',
  'issuer', 'principalAdjustFactor', 'underlyingSymbol', 'underlyingConid', 'underlyingSecurityID', 'underlyingCategory',
];
// Without a contract size the value of the position may bear one out.
const SIZING: readonly Attribute[] = ['position', 'markPrice', 'positionValue'];

/** A text that is the same for rows that name their instrument in the same words. */
export function namingText(row: FlexRow): string {
  let text = '';
  for (const attribute of NAMING) text += `${row.values[SLOT_OF[attribute]] ?? ''}\n`;
  if (!row.values[SLOT_OF.multiplier]) for (const attribute of SIZING) text += `${row.values[SLOT_OF[attribute]] ?? ''}\n`;
  return text;
}

/** What the file itself calls an attribute. */
export function columnName(row: FlexRow, attribute: Attribute): string {
  return row.columns?.[attribute] ?? attribute;
}

/** What is said about a row that is not taken, with its place and the start of its text. */
export function troubleAt(row: FlexRow, code: string, reason: string, attribute?: Attribute): RowTrouble {
  return { line: row.line, code, reason, column: attribute && columnName(row, attribute), text: noteText(row) };
}

/** Why a row cannot be read, and which attribute is to blame. */
export interface RowProblem {
  code: string;
  reason: string;
  attribute: Attribute;
}

function noteText(row: FlexRow): string {
  if (row.text !== undefined) return row.text;
  const shown = ATTRIBUTES.flatMap((name, index) => (row.values[index] ? [`${name}="${row.values[index]}"`] : []));
  return `<${row.element} ${shown.join(' ')}`.slice(0, 160);
}
