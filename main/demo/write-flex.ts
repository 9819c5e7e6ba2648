import { Decimal } from '../../shared/money.ts';
import { addBusinessDay } from './days.ts';
import type { DemoAccount, DemoEvent } from './account.ts';
import { dollarValue, valueOf, type Holding, type Snapshot } from './holdings.ts';
import { currencyOf, dollarsFor, instrumentKey, multiplierOf, priceOf, type Day, type DemoInstrument } from './market.ts';
import { compactDay, escapeXml, ibkrDay, osiSymbol } from './text.ts';
import { FX } from './universe.ts';

/** An IBKR Flex query of a day: one statement per account, with the attributes a margin desk asks for. */
export function flexFile(queryName: string, accounts: readonly DemoAccount[], day: Day): string {
  const statements = accounts.map((account) => statement(account, closeOf(account, day), day));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<FlexQueryResponse queryName="${escapeXml(queryName)}" type="AF">`,
    `<FlexStatements count="${accounts.length}">`,
    ...statements,
    '</FlexStatements>',
    '</FlexQueryResponse>',
    '',
  ].join('\n');
}

function closeOf(account: DemoAccount, day: Day): Snapshot {
  const close = account.closes.get(day);
  if (!close) throw new Error(`${account.id} has no close of ${day}`);
  return close;
}

function statement(account: DemoAccount, close: Snapshot, day: Day): string {
  const capabilities = { margin: 'Margin', portfolio: 'Portfolio Margin', cash: 'Cash' }[account.regime];
  const today = account.events.filter((event) => event.day === day);
  return [
    element('FlexStatement', { accountId: account.id, fromDate: compactDay(day), toDate: compactDay(day), period: 'LastBusinessDay', whenGenerated: `${compactDay(day)};203000` }, false),
    element('AccountInformation', { accountId: account.id, currency: account.base, name: account.client, accountType: 'Advisor Client', accountCapabilities: capabilities }),
    ...section('EquitySummaryInBase', [equitySummary(account, close, day)]),
    ...section('CashReport', cashReport(account, close, day)),
    ...section('OpenPositions', close.holdings.map((holding) => openPosition(account, holding, day))),
    ...(today.some(({ kind }) => kind === 'trade') ? section('Trades', today.flatMap((event) => trade(account, event))) : []),
    ...(today.some(({ kind }) => kind === 'deposit') ? section('CashTransactions', today.flatMap((event) => deposit(account, event))) : []),
    ...section('ConversionRates', conversionRates(account, close, day)),
    '</FlexStatement>',
  ].join('\n');
}

function openPosition(account: DemoAccount, holding: Holding, day: Day): string {
  const { instrument, quantity, cost } = holding;
  const value = valueOf(holding, day);
  return element('OpenPosition', {
    accountId: account.id,
    currency: currencyOf(instrument),
    fxRateToBase: rateToBase(currencyOf(instrument), account.base, day),
    ...attributesOf(instrument),
    multiplier: instrument.kind === 'bond' ? '1' : multiplierOf(instrument).toFixed(),
    reportDate: compactDay(day),
    position: quantity.toFixed(),
    markPrice: priceOf(instrument, day)?.toFixed() ?? '',
    positionValue: value?.toDecimalPlaces(2, Decimal.ROUND_HALF_EVEN).toFixed() ?? '',
    costBasisPrice: cost.toFixed(),
    side: quantity.isNegative() ? 'Short' : 'Long',
    levelOfDetail: 'SUMMARY',
  });
}

/** The attributes that name an instrument. */
function attributesOf(instrument: DemoInstrument): Record<string, string> {
  const conid = contractNumber(instrument);
  if (instrument.kind === 'stock') {
    const { symbol, name, kind, exchange } = instrument.underlying;
    return { assetCategory: 'STK', subCategory: kind === 'etf' ? 'ETF' : 'COMMON', symbol, description: name, conid, listingExchange: exchange };
  }
  if (instrument.kind === 'option') {
    const { underlying, right, strike, expiry, adjusted } = instrument;
    const root = `${underlying.symbol}${adjusted ? '1' : ''}`;
    const description = `${root} ${ibkrDay(expiry)} ${strike.toFixed()} ${right}`;
    return { assetCategory: 'OPT', subCategory: right, symbol: osiSymbol(root, expiry, right, strike), description, conid, underlyingSymbol: underlying.symbol, strike: strike.toFixed(), expiry: compactDay(expiry), putCall: right };
  }
  if (instrument.kind === 'bond') {
    const { symbol, description, cusip, issuer, maturity, sector } = instrument.bond;
    const subCategory = { treasury: 'Govt', corporate: 'Corp', municipal: 'Muni' }[sector];
    return { assetCategory: sector === 'treasury' && symbol.startsWith('B ') ? 'BILL' : 'BOND', subCategory, symbol, description, conid, cusip, issuer, maturity: compactDay(maturity) };
  }
  if (instrument.kind === 'halted') return { assetCategory: 'STK', subCategory: 'COMMON', symbol: instrument.symbol, description: instrument.name, conid, listingExchange: 'NASDAQ' };
  return { assetCategory: 'FUT', symbol: instrument.symbol, description: instrument.name, conid, underlyingSymbol: instrument.root, expiry: compactDay(instrument.expiry) };
}

/** A number of our own for each contract: brokers number theirs, and nothing here is theirs. */
function contractNumber(instrument: DemoInstrument): string {
  let number = 7;
  for (const letter of instrumentKey(instrument)) number = (number * 131 + (letter.codePointAt(0) ?? 0)) % 900_000_000;
  return String(100_000_000 + number);
}

function equitySummary(account: DemoAccount, close: Snapshot, day: Day): string {
  const perBase = dollarsFor(account.base, day);
  const sumOf = (kinds: readonly DemoInstrument['kind'][]) =>
    close.holdings.filter(({ instrument }) => kinds.includes(instrument.kind)).reduce((sum, holding) => sum.plus(dollarValue(holding, day)), new Decimal(0)).div(perBase).toDecimalPlaces(2, Decimal.ROUND_HALF_EVEN);
  const cash = totalCash(account, close, day);
  const stock = sumOf(['stock', 'halted']);
  const options = sumOf(['option']);
  const bonds = sumOf(['bond']);
  return element('EquitySummaryByReportDateInBase', {
    accountId: account.id,
    currency: account.base,
    reportDate: compactDay(day),
    cash: cash.toFixed(),
    stock: stock.toFixed(),
    options: options.toFixed(),
    bonds: bonds.toFixed(),
    total: cash.plus(stock).plus(options).plus(bonds).toFixed(),
  });
}

function totalCash(account: DemoAccount, close: Snapshot, day: Day): Decimal {
  const dollars = [...close.cash].reduce((sum, [currency, amount]) => sum.plus(amount.times(dollarsFor(currency, day))), new Decimal(0));
  return dollars.div(dollarsFor(account.base, day)).toDecimalPlaces(2, Decimal.ROUND_HALF_EVEN);
}

/** The base summary beside the currency rows is in the real files too, and would be a double count. */
function cashReport(account: DemoAccount, close: Snapshot, day: Day): string[] {
  const row = (currency: string, amount: Decimal) =>
    element('CashReportCurrency', { accountId: account.id, currency, fromDate: compactDay(day), toDate: compactDay(day), endingCash: amount.toFixed(), endingSettledCash: amount.toFixed() });
  return [row('BASE_SUMMARY', totalCash(account, close, day)), ...[...close.cash].map(([currency, amount]) => row(currency, amount))];
}

function trade(account: DemoAccount, event: DemoEvent): string[] {
  if (event.kind !== 'trade') return [];
  const money = event.price.times(event.quantity).times(multiplierOf(event.instrument));
  const id = `${contractNumber(event.instrument)}${account.id.slice(-3)}`;
  return [
    element('Trade', {
      accountId: account.id,
      currency: currencyOf(event.instrument),
      fxRateToBase: rateToBase(currencyOf(event.instrument), account.base, event.day),
      ...attributesOf(event.instrument),
      tradeID: id,
      multiplier: multiplierOf(event.instrument).toFixed(),
      dateTime: `${compactDay(event.day)};143112`,
      tradeDate: compactDay(event.day),
      settleDateTarget: compactDay(addBusinessDay(event.day)),
      transactionType: 'ExchTrade',
      quantity: event.quantity.toFixed(),
      tradePrice: event.price.toFixed(),
      tradeMoney: money.toFixed(),
      proceeds: money.negated().toFixed(),
      taxes: '0',
      ibCommission: '0',
      netCash: money.negated().toFixed(),
      buySell: event.quantity.isNegative() ? 'SELL' : 'BUY',
      transactionID: `9${id}`,
      levelOfDetail: 'EXECUTION',
    }),
  ];
}

function deposit(account: DemoAccount, event: DemoEvent): string[] {
  if (event.kind !== 'deposit') return [];
  return [
    element('CashTransaction', {
      accountId: account.id,
      currency: account.base,
      fxRateToBase: '1',
      description: 'ELECTRONIC FUND TRANSFER',
      dateTime: `${compactDay(event.day)};112004`,
      amount: event.amount.toFixed(),
      type: 'Deposits/Withdrawals',
      transactionID: `8${account.id.slice(1)}${compactDay(event.day).slice(4)}`,
      reportDate: compactDay(event.day),
      levelOfDetail: 'DETAIL',
    }),
  ];
}

function conversionRates(account: DemoAccount, close: Snapshot, day: Day): string[] {
  const used = new Set([...close.holdings.map(({ instrument }) => currencyOf(instrument)), ...close.cash.keys()]);
  used.delete(account.base);
  return Object.keys(FX)
    .filter((currency) => used.has(currency))
    .map((currency) => element('ConversionRate', { reportDate: compactDay(day), fromCurrency: currency, toCurrency: account.base, rate: rateToBase(currency, account.base, day) }));
}

function rateToBase(currency: string, base: string, day: Day): string {
  if (currency === base) return '1';
  const rate = dollarsFor(currency, day).div(dollarsFor(base, day));
  return base === 'USD' ? rate.toFixed() : rate.toSignificantDigits(6, Decimal.ROUND_HALF_EVEN).toFixed();
}

function section(name: string, rows: readonly string[]): string[] {
  return rows.length === 0 ? [`<${name} />`] : [`<${name}>`, ...rows, `</${name}>`];
}

function element(name: string, attributes: Record<string, string>, closed = true): string {
  const text = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`).join('');
  return `<${name}${text}${closed ? ' />' : '>'}`;
}
