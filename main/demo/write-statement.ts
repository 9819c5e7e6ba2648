import { Decimal } from '../../shared/money.ts';
import type { DemoAccount } from './account.ts';
import { valueOf, type Holding, type Snapshot } from './holdings.ts';
import { multiplierOf, priceOf, type Day, type DemoInstrument } from './market.ts';
import { cell, grouped, ibkrDay } from './text.ts';

/** An IBKR activity statement: one account, sections of rows that each begin with the section's name. */
export function statementFile(account: DemoAccount, close: Snapshot, day: Day): string {
  const rows = [
    ['Statement', 'Header', 'Field Name', 'Field Value'],
    ['Statement', 'Data', 'BrokerName', 'Interactive Brokers LLC'],
    ['Statement', 'Data', 'Title', 'Activity Statement'],
    ['Statement', 'Data', 'Period', longDay(day)],
    ['Statement', 'Data', 'WhenGenerated', `${day}, 20:31:07 EST`],
    ['Account Information', 'Header', 'Field Name', 'Field Value'],
    ['Account Information', 'Data', 'Name', account.client],
    ['Account Information', 'Data', 'Account', account.id],
    ['Account Information', 'Data', 'Account Type', 'Individual'],
    ['Account Information', 'Data', 'Account Capabilities', 'Margin'],
    ['Account Information', 'Data', 'Base Currency', account.base],
    ...netAssetValue(close, day),
    ...cashReport(close),
    ...openPositions(close.holdings, day),
    ...instruments(close.holdings),
  ];
  return rows.map((row) => `${row.map(cell).join(',')}\n`).join('');
}

function netAssetValue({ holdings, cash }: Snapshot, day: Day): string[][] {
  const money = cash.get('USD') ?? new Decimal(0);
  const totals = (members: readonly Holding[]) => {
    const values = members.map((holding) => valueOf(holding, day) ?? new Decimal(0));
    const sum = (sign: (value: Decimal) => boolean) => values.filter(sign).reduce((total, value) => total.plus(value), new Decimal(0));
    return { long: sum((value) => value.gt(0)), short: sum((value) => value.lt(0)) };
  };
  const row = (name: string, long: Decimal, short: Decimal) => ['Net Asset Value', 'Data', name, '', cents(long), cents(short), cents(long.plus(short)), ''];
  const all = totals(holdings);
  return [
    ['Net Asset Value', 'Header', 'Asset Class', 'Prior Total', 'Current Long', 'Current Short', 'Current Total', 'Change'],
    row('Cash', Decimal.max(money, 0), Decimal.min(money, 0)),
    ...[['Stock', 'stock'], ['Options', 'option'], ['Bonds', 'bond']].flatMap(([name = '', kind]) => {
      const { long, short } = totals(holdings.filter(({ instrument }) => instrument.kind === kind));
      return long.isZero() && short.isZero() ? [] : [row(name, long, short)];
    }),
    row('Total', all.long.plus(Decimal.max(money, 0)), all.short.plus(Decimal.min(money, 0))),
  ];
}

function cashReport({ cash }: Snapshot): string[][] {
  const row = (summary: string, currency: string, amount: Decimal) => ['Cash Report', 'Data', summary, currency, amount.toFixed(), amount.toFixed(), '0', ''];
  const total = cash.get('USD') ?? new Decimal(0);
  return [
    ['Cash Report', 'Header', 'Currency Summary', 'Currency', 'Total', 'Securities', 'Futures', ''],
    row('Starting Cash', 'Base Currency Summary', total),
    row('Ending Cash', 'Base Currency Summary', total),
    row('Ending Settled Cash', 'Base Currency Summary', total),
    row('Starting Cash', 'USD', total),
    row('Ending Cash', 'USD', total),
    row('Ending Settled Cash', 'USD', total),
  ];
}

function openPositions(holdings: readonly Holding[], day: Day): string[][] {
  const header = ['Open Positions', 'Header', 'DataDiscriminator', 'Asset Category', 'Currency', 'Symbol', 'Quantity', 'Mult', 'Cost Price', 'Cost Basis', 'Close Price', 'Value', 'Unrealized P/L', 'Code'];
  const groups = Map.groupBy(holdings, ({ instrument }) => categoryOf(instrument));
  return [...groups].flatMap(([category, members]) => [header, ...members.map((holding) => positionRow(category, holding, day)), totalRow(category, members, day)]);
}

function positionRow(category: string, holding: Holding, day: Day): string[] {
  const { instrument, quantity, cost } = holding;
  const multiplier = multiplierOf(instrument);
  const basis = cost.times(quantity).times(multiplier);
  const value = valueOf(holding, day) ?? new Decimal(0);
  return ['Open Positions', 'Data', 'Summary', category, 'USD', symbolOf(instrument), grouped(quantity, 0), multiplier.toFixed(), cost.toFixed(), cents(basis), priceOf(instrument, day)?.toFixed() ?? '', cents(value), cents(value.minus(basis)), ''];
}

function totalRow(category: string, members: readonly Holding[], day: Day): string[] {
  const value = members.reduce((sum, holding) => sum.plus(valueOf(holding, day) ?? 0), new Decimal(0));
  return ['Open Positions', 'Total', '', category, 'USD', '', '', '', '', '', '', cents(value), '', ''];
}

function instruments(holdings: readonly Holding[]): string[][] {
  const header = ['Financial Instrument Information', 'Header', 'Asset Category', 'Symbol', 'Description', 'Conid', 'Security ID', 'Underlying', 'Listing Exch', 'Multiplier', 'Type', 'Code'];
  const stocks = holdings.flatMap(({ instrument }) => {
    if (instrument.kind !== 'stock') return [];
    const { symbol, name, exchange, kind } = instrument.underlying;
    return [['Financial Instrument Information', 'Data', 'Stocks', symbol, name, '', '', symbol, exchange, '1', kind === 'etf' ? 'ETF' : 'COMMON', '']];
  });
  return [header, ...stocks];
}

function categoryOf({ kind }: DemoInstrument): string {
  return { stock: 'Stocks', halted: 'Stocks', option: 'Equity and Index Options', bond: 'Bonds', future: 'Futures' }[kind];
}

function symbolOf(instrument: DemoInstrument): string {
  if (instrument.kind === 'stock') return instrument.underlying.symbol;
  if (instrument.kind === 'bond') return instrument.bond.symbol;
  if (instrument.kind !== 'option') return instrument.symbol;
  return `${instrument.underlying.symbol} ${ibkrDay(instrument.expiry)} ${instrument.strike.toFixed()} ${instrument.right}`;
}

function longDay(day: Day): string {
  return `November ${Number(day.slice(8))}, ${day.slice(0, 4)}`;
}

function cents(amount: Decimal): string {
  return amount.toFixed(2, Decimal.ROUND_HALF_EVEN);
}
