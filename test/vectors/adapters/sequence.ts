import { z } from 'zod';
import type { CalcPackInput } from '../../../shared/calc-pack.ts';
import { Decimal, toDecimalText } from '../../../shared/money.ts';
import { adapter, type Context } from '../adapter.ts';
import { bookOf, decimal } from './book.ts';
import { stacksOf } from './option-book.ts';
import { valueOf } from './stock.ts';
import { figure } from './trigger.ts';

const day = z.strictObject({ prev: z.string().optional(), event: z.string() });

/** An account after some days of one event each: what it holds, and what the last day did. */
interface Account {
  cash: Decimal;
  shares: Map<string, Decimal>;
  prices: Map<string, string>;
  sma: Decimal;
  activity: NonNullable<CalcPackInput['accounts'][number]['activity']>;
}

/**
 * ibkr/regt-sequence: a story told a day at a time; each vector names the one before it. This broker's initial margin
 * within the day is its maintenance margin, and available funds are stated against that; Reg T stands apart.
 */
export const dailySequence = adapter(day, (inputs, context) => {
  const account = accountAfter(inputs, context);
  const pack = packOf(account);
  const state = () => context.tools.account(pack);
  const status = () => state().status;
  return {
    cash: () => decimal(state().netLiq).minus(valueOf(state())),
    securitiesMV: () => valueOf(state()),
    ELV: () => decimal(state().equity),
    initialMargin: () => stacksOf(state()).exchangeInitial,
    maintenanceMargin: () => stacksOf(state()).exchange,
    availableFunds: () => decimal(state().equity).minus(stacksOf(state()).exchangeInitial),
    excessLiquidity: () => decimal(state().excess),
    regTMargin: () => stacksOf(state()).regT,
    SMA: () => smaOf(context, account),
    liquidation: () => status() === 'call' || status() === 'liquidation' || status() === 'bankrupt',
  };
});

/** Walks back to the first day, then forward again. The SMA of each day is the next day's prior balance. */
function accountAfter(inputs: z.output<typeof day>, context: Context): Account {
  const before = inputs.prev === undefined ? emptyAccount() : accountAfter(day.parse(context.find(inputs.prev).inputs), context);
  const prior = inputs.prev === undefined ? before.sma : smaOf(context, before);
  return happened({ ...before, sma: prior, activity: [] }, inputs.event);
}

function emptyAccount(): Account {
  return { cash: new Decimal(0), shares: new Map(), prices: new Map(), sma: new Decimal(0), activity: [] };
}

const NUMBER = '([\\d,]+(?:\\.\\d+)?)';
const MONEY = new RegExp(`^(deposit|withdraw) ${NUMBER}$`);
const TRADE = new RegExp(`^(buy|sell) ${NUMBER} (\\S+) @ ${NUMBER}$`);
/** The bracketed arithmetic that may follow a mark is the source's own gloss. */
const MARK = new RegExp(`^(\\S+) marks to ${NUMBER}(?: \\([^)]*\\))?$`);

function happened(account: Account, event: string): Account {
  const money = MONEY.exec(event);
  if (money) return paid(account, money[1] === 'deposit' ? amountOf(money[2]) : amountOf(money[2]).neg());
  const trade = TRADE.exec(event);
  if (trade) {
    const [, side, quantity, symbol = '', price] = trade;
    return traded(account, symbol, side === 'buy' ? amountOf(quantity) : amountOf(quantity).neg(), amountOf(price));
  }
  const mark = MARK.exec(event);
  if (!mark) throw new Error(`The event ${JSON.stringify(event)} is not one this adapter knows.`);
  const [, symbol = '', price] = mark;
  return { ...account, prices: new Map(account.prices).set(symbol, toDecimalText(amountOf(price))) };
}

function paid(account: Account, amount: Decimal): Account {
  const kind = amount.isNegative() ? ('withdrawal' as const) : ('deposit' as const);
  return { ...account, cash: account.cash.plus(amount), activity: [{ kind, amount: toDecimalText(amount) }] };
}

function traded(account: Account, symbol: string, quantity: Decimal, price: Decimal): Account {
  const amount = quantity.times(price).neg();
  return {
    ...account,
    cash: account.cash.plus(amount),
    shares: new Map(account.shares).set(symbol, quantity.plus(account.shares.get(symbol) ?? 0)),
    prices: new Map(account.prices).set(symbol, toDecimalText(price)),
    activity: [{ kind: 'trade', instrument: symbol, quantity: toDecimalText(quantity), price: toDecimalText(price), amount: toDecimalText(amount) }],
  };
}

/**
 * The broker's own SMA, IBKR's words for it: the greater of the prior balance moved by cash and trades, and equity over
 * the Reg T margin.
 */
function smaOf(context: Context, account: Account): Decimal {
  return figure(context.tools.ask('margin.regT', {}, packOf(account)), 'sma');
}

function packOf({ cash, shares, prices, sma, activity }: Account): CalcPackInput {
  const symbols = [...shares.keys()];
  return bookOf({
    instruments: Object.fromEntries(symbols.map((symbol) => [symbol, { kind: 'equity' as const, currency: 'USD', price: prices.get(symbol) ?? '0' }])),
    positions: symbols.map((symbol) => ({ instrument: symbol, quantity: toDecimalText(shares.get(symbol) ?? new Decimal(0)) })),
    cash,
    prior: { sma: toDecimalText(sma), equity: '0' },
    activity,
  });
}

function amountOf(text: string | undefined): Decimal {
  return new Decimal((text ?? '0').replaceAll(',', ''));
}
