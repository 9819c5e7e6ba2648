import { Decimal } from '../../shared/money.ts';
import type { DemoAccount } from './account.ts';
import { valueOf, type Holding } from './holdings.ts';
import { multiplierOf, priceOf, type Day } from './market.ts';
import { cell, compactDay, dollars } from './text.ts';

const HEADER = 'Account Number,Account Name,Symbol,Description,Quantity,Last Price,Last Price Change,Current Value,Today\'s Gain/Loss Dollar,Today\'s Gain/Loss Percent,Total Gain/Loss Dollar,Total Gain/Loss Percent,Percent Of Account,Cost Basis Total,Average Cost Basis,Type';

/** Fidelity's positions of all accounts: one table, one cell too many in every row, and a day only in its footer. */
export function fidelityFile(accounts: readonly DemoAccount[], day: Day): string {
  const rows = accounts.flatMap((account) => {
    const close = account.closes.get(day);
    if (!close) return [];
    const cash = close.cash.get('USD') ?? new Decimal(0);
    const total = close.holdings.reduce((sum, holding) => sum.plus(valueOf(holding, day) ?? 0), cash);
    const core = [account.id, account.client, 'SPAXX**', 'HELD IN MONEY MARKET', '', '', '', dollars(cash), '', '', '', '', share(cash, total), '', '', 'Cash', ''];
    return [core, ...close.holdings.map((holding) => positionCells(account, holding, total, day))];
  });
  const footer = [
    '"The data and information in this spreadsheet is provided to you solely for your use and is not for distribution. The spreadsheet is provided for informational purposes only."',
    `"Date downloaded Nov-${day.slice(8)}-${day.slice(0, 4)} 5:02 p.m ET"`,
  ];
  return `\uFEFF${[HEADER, ...rows.map((row) => row.map(cell).join(',')), '', ...footer].map((line) => `${line}\n`).join('')}`;
}

function positionCells(account: DemoAccount, holding: Holding, total: Decimal, day: Day): string[] {
  const { instrument, quantity, cost } = holding;
  const value = valueOf(holding, day) ?? new Decimal(0);
  const basis = cost.times(quantity).times(multiplierOf(instrument));
  const gain = value.minus(basis);
  const [symbol, description] = named(holding);
  const price = priceOf(instrument, day);
  return [
    account.id,
    account.client,
    symbol,
    description,
    quantity.toFixed(),
    price ? `$${price.toFixed()}` : '--',
    'n/a',
    dollars(value),
    'n/a',
    'n/a',
    `${gain.isNegative() ? '' : '+'}${dollars(gain)}`,
    basis.isZero() ? '--' : `${gain.isNegative() ? '' : '+'}${gain.div(basis.abs()).times(100).toFixed(2)}%`,
    share(value, total),
    dollars(basis),
    `$${cost.toFixed(2)}`,
    'Margin',
    '',
  ];
}

function named({ instrument }: Holding): [symbol: string, description: string] {
  if (instrument.kind === 'stock') return [instrument.underlying.symbol, instrument.underlying.name];
  if (instrument.kind === 'bond') return [instrument.bond.cusip, instrument.bond.description];
  if (instrument.kind !== 'option') return [instrument.symbol, instrument.name];
  const { underlying, right, strike, expiry } = instrument;
  const day = compactDay(expiry).slice(2);
  return [` -${underlying.symbol}${day}${right}${strike.toFixed()}`, `${underlying.symbol} ${expiry} $${strike.toFixed()} ${right === 'C' ? 'CALL' : 'PUT'}`];
}

function share(part: Decimal, whole: Decimal): string {
  return whole.isZero() ? '--' : `${part.div(whole).times(100).toFixed(2)}%`;
}
