import type { CashKind } from '../../../shared/domain/facts.ts';
import { fromDecimalText, type DecimalText } from '../../../shared/money.ts';
import { readCurrency } from '../facts/account.ts';
import { addCash, addFigure, addFx, addInstrument, reject, skip } from '../facts/collect.ts';
import { instrumentOf } from './instrument.ts';
import { amountOf, dayIn, textOf, troubleAt, type Attribute, type FlexRow } from './rows.ts';
import type { Statement } from './statement.ts';

// The equity summary's figures, under the names they keep in the book.
const FIGURES: readonly [Attribute, string][] = [
  ['total', 'netLiq'],
  ['cash', 'cash'],
  ['stock', 'stock'],
  ['options', 'options'],
  ['bonds', 'bonds'],
  ['funds', 'funds'],
  ['notes', 'notes'],
  ['commodities', 'commodities'],
  ['crypto', 'crypto'],
  ['dividendAccruals', 'dividendAccruals'],
  ['interestAccruals', 'interestAccruals'],
];
const BASE_SUMMARY = 'BASE_SUMMARY';

/** Reads the account's cash: the cash report by currency, else the equity summary's total in the base currency. */
export function readCash(statement: Statement): void {
  const { rows, collected, baseCurrency } = statement;
  const byCurrency = rows.cash.filter((row) => textOf(row, 'currency') !== BASE_SUMMARY);
  for (const row of rows.cash) {
    const isSummary = textOf(row, 'currency') === BASE_SUMMARY;
    if (isSummary && byCurrency.length > 0) {
      skip(collected, troubleAt(row, 'base-summary', 'The sum of the currency rows beside it, in the base currency: counting it would count the cash twice.'));
    } else {
      readCashRow(statement, row, isSummary ? baseCurrency : textOf(row, 'currency'));
    }
  }
  const summary = lastEquity(statement);
  if (!summary) return;
  const total = amountOf(summary, 'cash');
  if (rows.cash.length === 0 && total) put(statement, summary, baseCurrency, 'tradeDate', total);
  readAccrual(statement, summary, 'interestAccruals', 'accruedInterest');
  readAccrual(statement, summary, 'dividendAccruals', 'accruedDividend');
}

function readCashRow(statement: Statement, row: FlexRow, currencyText: string | undefined): void {
  const { collected } = statement;
  const currency = readCurrency(currencyText);
  const ending = amountOf(row, 'endingCash');
  if (currency === undefined || !ending) {
    const column = currency === undefined ? 'currency' : 'endingCash';
    reject(collected, troubleAt(row, 'bad-cash-row', `The cash row has no ${column === 'currency' ? 'currency' : 'amount'} that can be read.`, column));
    return;
  }
  const settled = amountOf(row, 'endingSettledCash') ?? null;
  const futures = futuresPart(row, ending);
  put(statement, row, currency, 'tradeDate', futures ? futures.securities : ending);
  if (futures) put(statement, row, currency, 'futuresSegment', futures.commodities);
  const settledSecurities = futures ? (amountOf(row, 'endingSettledCashSec') ?? settled) : settled;
  if (settledSecurities !== null) put(statement, row, currency, 'settled', settledSecurities);
}

// Money in the commodities segment does not margin securities; it is split off only where both parts are stated and add up.
function futuresPart(row: FlexRow, ending: DecimalText): { securities: DecimalText; commodities: DecimalText } | null {
  const securities = amountOf(row, 'endingCashSec');
  const commodities = amountOf(row, 'endingCashCom');
  if (!securities || !commodities || commodities === '0') return null;
  return fromDecimalText(securities).plus(commodities).equals(ending) ? { securities, commodities } : null;
}

function readAccrual(statement: Statement, summary: FlexRow, attribute: Attribute, kind: CashKind): void {
  const amount = amountOf(summary, attribute);
  if (amount && amount !== '0') put(statement, summary, statement.baseCurrency, kind, amount);
}

function put({ collected, account, day }: Statement, row: FlexRow, currency: string, kind: CashKind, amount: DecimalText): void {
  addCash(collected, { account: account.account, currency, kind, amount, valueDate: null, asOf: day }, row.line);
}

/** Keeps the broker's own figures of the last report date beside ours. */
export function readFigures(statement: Statement): void {
  const summary = lastEquity(statement);
  if (!summary) return;
  const { collected, account, baseCurrency, day } = statement;
  for (const [attribute, name] of FIGURES) {
    const amount = amountOf(summary, attribute);
    if (amount === undefined) {
      reject(collected, troubleAt(summary, 'not-a-number', `The figure "${textOf(summary, attribute)}" is not a number.`, attribute));
    } else if (amount !== null) {
      addFigure(collected, { account: account.account, name, amount, currency: baseCurrency, asOf: dayIn(summary, 'reportDate') ?? day }, summary.line);
    }
  }
}

function lastEquity({ rows }: Statement): FlexRow | null {
  let last: FlexRow | null = null;
  for (const row of rows.equity) {
    if (last === null || (dayIn(row, 'reportDate') ?? '') >= (dayIn(last, 'reportDate') ?? '')) last = row;
  }
  return last;
}

/** Reads the table of conversion rates; a long statement has one for every day, and the latest counts. */
export function readRates({ rows, collected, day }: Statement): void {
  for (const row of rows.rates) {
    const currency = readCurrency(textOf(row, 'fromCurrency'));
    const base = readCurrency(textOf(row, 'toCurrency'));
    const rate = amountOf(row, 'rate');
    if (currency && base && rate && !rate.startsWith('-') && rate !== '0') {
      addFx(collected, { currency, base, rate, asOf: dayIn(row, 'reportDate') ?? day, source: collected.source }, row.line, true);
    } else if (rate !== '-1') {
      // IBKR writes -1 where it has no rate for a currency of that day.
      reject(collected, troubleAt(row, 'bad-rate', 'The conversion rate cannot be read.', 'rate'));
    }
  }
}

/** Reads the list of securities: terms of instruments whose positions and trades may leave them out. */
export function readSecurities({ rows, collected, baseCurrency, instruments }: Statement): void {
  // The list may leave the currency out; the broker's contract number leads to a row that has it.
  const currencies = new Map([...rows.trades, ...rows.positions].map((row) => [textOf(row, 'conid') ?? '', textOf(row, 'currency')]));
  currencies.delete('');
  for (const row of rows.securities) {
    const currency = readCurrency(textOf(row, 'currency') ?? currencies.get(textOf(row, 'conid') ?? '')) ?? baseCurrency;
    const instrument = instrumentOf(instruments, row, currency);
    if (!instrument.ok) {
      reject(collected, troubleAt(row, instrument.problem.code, instrument.problem.reason, instrument.problem.attribute));
      continue;
    }
    addInstrument(collected, instrument.value.fact, 'master', row.line);
    if (instrument.value.underlying) addInstrument(collected, instrument.value.underlying, 'underlying', row.line);
  }
}
