import { z } from 'zod';
import type { CalcPackInput } from '../../../shared/calc-pack.ts';
import { plainDecimal, plainDecimalFromZero } from '../../../shared/calc-pack/plain-decimal.ts';
import type { AccountState } from '../../../shared/domain/margin-state.ts';
import { Decimal, toDecimalText } from '../../../shared/money.ts';
import { addDays, isIsoDate, type IsoDate } from '../../../shared/time.ts';
import { bookOf, BUSINESS_DAY, type Book } from './book.ts';

/** An option leg in any of the spellings that the published examples use. */
export const optionLeg = z
  .strictObject({
    instrument: z.literal('option').optional(),
    right: z.enum(['C', 'P', 'CALL', 'PUT']).transform((right) => (right.startsWith('C') ? ('call' as const) : ('put' as const))),
    strike: plainDecimalFromZero,
    price: plainDecimalFromZero.default('0'),
    quantity: plainDecimal.optional(),
    contracts: plainDecimal.optional(),
    expiry: z.string().optional(),
    expiryDaysFromToday: plainDecimalFromZero.optional(),
  })
  .refine(({ quantity, contracts }) => quantity === undefined || contracts === undefined, { error: 'a leg has "quantity" or "contracts"' });
export type OptionLeg = z.output<typeof optionLeg>;

/** The underlying's terms and price; the price is left out where the source does not print one. */
export interface Underlying {
  terms: { kind: 'equity' } | { kind: 'etf'; class?: 'broad' | 'narrow'; leverage?: string } | { kind: 'index'; class: 'broad' | 'narrow' };
  price: string | null;
}

export interface OptionBook {
  underlying: Underlying;
  legs: readonly OptionLeg[];
  /** Shares held beside the options: of the underlying, or of a fund that tracks an index that itself cannot be held. */
  stock?: { quantity: string; price: string } | undefined;
  multiplier?: string | undefined;
  /** Expiry of legs that do not say theirs. */
  expiry?: string | undefined;
}

/** Every leg one contract short unless it says otherwise: how the Cboe manual prints straddles. */
const CONTRACTS_DEFAULT = '-1';
/** Examples without dates are worked a month before the first expiry, so that no option is long-dated or expired. */
const DAYS_TO_FIRST_EXPIRY = 30;

export function optionBook(book: OptionBook, rest: Partial<Book> = {}): CalcPackInput {
  const expiries = book.legs.map((leg) => expiryDate(leg, book.expiry));
  const first = expiries.toSorted()[0] ?? addDays(BUSINESS_DAY, DAYS_TO_FIRST_EXPIRY);
  const instruments: Book['instruments'] = {
    XYZ: { currency: 'USD', price: book.underlying.price ?? nearestShortStrike(book.legs), ...book.underlying.terms },
  };
  const positions: NonNullable<Book['positions']> = book.legs.map((leg, index) => {
    const { right, strike, price, quantity, contracts } = leg;
    const id = `XYZ leg ${index + 1}`;
    instruments[id] = {
      kind: 'option', currency: 'USD', underlying: 'XYZ', right, strike, price,
      expiry: expiries[index] ?? first, style: 'american', multiplier: book.multiplier ?? '100',
    };
    return { instrument: id, quantity: quantity ?? contracts ?? CONTRACTS_DEFAULT };
  });
  if (book.stock && !new Decimal(book.stock.quantity).isZero()) positions.push(stockPosition(book, book.stock, instruments));
  return bookOf({ instruments, positions, asOf: `${addDays(first, -DAYS_TO_FIRST_EXPIRY)}T21:00:00Z`, ...rest });
}

function stockPosition(book: OptionBook, stock: { quantity: string; price: string }, instruments: Book['instruments']) {
  if (book.underlying.terms.kind !== 'index') return { instrument: 'XYZ', quantity: stock.quantity, entryPrice: stock.price };
  instruments['XYZ FUND'] = { kind: 'etf', currency: 'USD', class: book.underlying.terms.class, price: stock.price };
  return { instrument: 'XYZ FUND', quantity: stock.quantity, entryPrice: stock.price };
}

/** Where a source prints no underlying price, the first short option is taken to be at the money. */
function nearestShortStrike(legs: readonly OptionLeg[]): string {
  const short = legs.find(({ quantity, contracts }) => (quantity ?? contracts ?? CONTRACTS_DEFAULT).startsWith('-'));
  return (short ?? legs[0])?.strike ?? '0';
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** The leg's day: `2024-06-21`, a number of days from the first expiry, or the third Friday of `Apr` or `April 2007`. */
function expiryDate({ expiry, expiryDaysFromToday }: OptionLeg, common: string | undefined): IsoDate {
  if (expiryDaysFromToday !== undefined) return addDays(BUSINESS_DAY, DAYS_TO_FIRST_EXPIRY + new Decimal(expiryDaysFromToday).toNumber());
  const named = expiry ?? common;
  if (named === undefined) return addDays(BUSINESS_DAY, DAYS_TO_FIRST_EXPIRY);
  if (isIsoDate(named)) return named;
  const [, name = '', year = '2007'] = /^([A-Za-z]+)(?: (\d{4}))?$/.exec(named) ?? [];
  const month = MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
  if (month === 0) throw new Error(`The expiry ${JSON.stringify(named)} is neither a day nor a month.`);
  return thirdFriday(year, month);
}

function thirdFriday(year: string, month: number): IsoDate {
  const first = `${year}-${String(month).padStart(2, '0')}-01`;
  const weekday = new Date(`${first}T00:00:00Z`).getUTCDay();
  return addDays(first, ((5 - weekday + 7) % 7) + 14);
}

/** Requirement with all short premium in it: what the Cboe manual prints for single shorts. Stock counts at its Reg T. */
export function gross(state: AccountState): Decimal {
  return sumOf(state, ({ parts, regTInitial }) => (parts ? total([parts.risk, parts.shortOptionValue, parts.longPremium]) : new Decimal(regTInitial)));
}

/** Cash that has to come in for the whole position: premiums received are already taken off. */
export function cashToDeposit(state: AccountState): Decimal {
  return sumOf(state, ({ parts, regTInitial }) => new Decimal(parts ? parts.cashToDeposit : regTInitial));
}

/** Market value of the short options: the premium received when they are sold at their mark. */
export function premiumReceived(state: AccountState): Decimal {
  return gross(state).minus(cashToDeposit(state));
}

type Position = AccountState['pools'][number]['positions'][number];

export function sumOf(state: AccountState, amount: (position: Position) => Decimal): Decimal {
  return state.pools.flatMap(({ positions }) => positions).reduce((sum, position) => sum.plus(amount(position)), new Decimal(0));
}

function total(amounts: readonly string[]): Decimal {
  return amounts.reduce((sum, amount) => sum.plus(amount), new Decimal(0));
}

/** The one pool's stacks as decimals. */
export function stacksOf(state: AccountState) {
  const [pool] = state.pools;
  if (!pool) throw new Error('The account has no pool.');
  const { regT, exchange, house } = pool.stacks;
  return {
    regT: new Decimal(regT.initial),
    regTDueToday: regT.dueToday === null ? null : new Decimal(regT.dueToday),
    exchange: new Decimal(exchange.maintenance),
    exchangeInitial: new Decimal(exchange.initial),
    house: new Decimal(house.maintenance),
    houseInitial: new Decimal(house.initial),
  };
}

export function negated(quantity: string): string {
  return toDecimalText(new Decimal(quantity).neg());
}
