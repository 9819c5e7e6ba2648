import { Decimal } from '../../shared/money.ts';
import type { DemoAccount } from './account.ts';
import { valueOf, type Holding, type Snapshot } from './holdings.ts';
import { multiplierOf, priceOf, type Day } from './market.ts';
import { dollars, grouped, quoted, slashDay } from './text.ts';

const HEADER = ['Symbol', 'Description', 'Qty (Quantity)', 'Price', 'Price Chng $ (Price Change $)', 'Price Chng % (Price Change %)', 'Mkt Val (Market Value)', 'Day Chng $ (Day Change $)', 'Day Chng % (Day Change %)', 'Cost Basis', 'Gain $ (Gain/Loss $)', 'Gain % (Gain/Loss %)', 'Ratings', 'Reinvest?', 'Reinvest Capital Gains?', '% of Acct (% of Account)', 'Security Type'];

/** Schwab's positions of all accounts: a title, then a section per account with its own header, cash and total. */
export function schwabFile(accounts: readonly DemoAccount[], day: Day): string {
  const sections = accounts.flatMap((account) => {
    const close = account.closes.get(day);
    return close ? sectionOf(account, close, day) : [];
  });
  return [quoted(`Positions for All-Accounts as of 04:11 PM ET, ${slashDay(day)}`), '', ...sections].map((line) => `${line}\n`).join('');
}

function sectionOf(account: DemoAccount, { holdings, cash }: Snapshot, day: Day): string[] {
  const money = cash.get('USD') ?? new Decimal(0);
  const total = holdings.reduce((sum, holding) => sum.plus(valueOf(holding, day) ?? 0), money);
  return [
    quoted(account.id),
    line(HEADER),
    ...holdings.map((holding) => line(positionCells(holding, total, day))),
    line(cells({ symbol: 'Cash & Cash Investments', value: dollars(money), type: 'Cash and Money Market', share: percent(money, total) })),
    line(cells({ symbol: 'Account Total', value: dollars(total), type: '--', share: '100%' })),
    '',
  ];
}

function positionCells(holding: Holding, total: Decimal, day: Day): string[] {
  const { instrument, quantity, cost } = holding;
  const value = valueOf(holding, day) ?? new Decimal(0);
  const basis = cost.times(quantity).times(multiplierOf(instrument));
  const [symbol, description, type] = named(holding);
  return cells({
    symbol,
    description,
    quantity: grouped(quantity, 0),
    price: priceOf(instrument, day)?.toFixed() ?? '--',
    value: dollars(value),
    cost: dollars(basis),
    gain: dollars(value.minus(basis)),
    share: percent(value, total),
    type,
  });
}

function named({ instrument }: Holding): [symbol: string, description: string, type: string] {
  if (instrument.kind === 'stock') return [instrument.underlying.symbol, instrument.underlying.name, instrument.underlying.kind === 'etf' ? 'ETFs & Closed End Funds' : 'Equity'];
  if (instrument.kind === 'bond') return [instrument.bond.cusip, instrument.bond.description, 'Fixed Income'];
  if (instrument.kind !== 'option') return [instrument.symbol, instrument.name, 'Equity'];
  const { underlying, right, strike, expiry } = instrument;
  const side = right === 'C' ? 'CALL' : 'PUT';
  return [`${underlying.symbol} ${slashDay(expiry)} ${strike.toFixed(2)} ${right}`, `${side} ${underlying.name} $${strike.toFixed()} EXP ${slashDay(expiry)}`, 'Option'];
}

function cells(row: { symbol: string; description?: string; quantity?: string; price?: string; value: string; cost?: string; gain?: string; share: string; type: string }): string[] {
  const { symbol, description = '--', quantity = '--', price = '--', value, cost = '--', gain = '--', share, type } = row;
  return [symbol, description, quantity, price, '--', '--', value, '--', '--', cost, gain, '--', '--', '--', '--', share, type];
}

function percent(part: Decimal, whole: Decimal): string {
  return whole.isZero() ? '--' : `${part.div(whole).times(100).toFixed(2, Decimal.ROUND_HALF_EVEN)}%`;
}

function line(values: readonly string[]): string {
  return values.map(quoted).join(',');
}
