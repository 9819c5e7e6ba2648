import type { CalcPackInput } from '../../../shared/calc-pack.ts';
import { Decimal, toDecimalText } from '../../../shared/money.ts';

type PackAccountInput = CalcPackInput['accounts'][number];

/** What a vector needs to say about its one account; everything else has one plain value here. */
export interface Book {
  instruments: NonNullable<CalcPackInput['instruments']>;
  positions: PackAccountInput['pools'][number]['positions'];
  cash?: Decimal | string;
  asOf?: string;
  packs?: string[];
  rulePacks?: NonNullable<CalcPackInput['rulePacks']>;
  regime?: PackAccountInput['regime'];
  newAccount?: boolean;
  prior?: PackAccountInput['prior'];
  activity?: PackAccountInput['activity'];
}

/** Only the regulator's rules: what published examples are computed under, unless they name a house. */
export const REGULATION_ONLY = ['us-reg-t'];
export const BUSINESS_DAY = '2026-11-20';

/** A calc pack with one dollar account and one cross pool. */
export function bookOf(book: Book): CalcPackInput {
  const { cash = '0', asOf = `${BUSINESS_DAY}T21:00:00Z`, packs = REGULATION_ONLY, regime = 'regT' } = book;
  return {
    format: 'plimsoll/calc-pack@1',
    asOf,
    baseCurrency: 'USD',
    instruments: book.instruments,
    rulePacks: book.rulePacks ?? {},
    accounts: [
      {
        id: 'A1',
        regime,
        newAccount: book.newAccount ?? false,
        prior: book.prior ?? null,
        activity: book.activity ?? null,
        pools: [{ id: 'cross', model: 'strategy', packs, cash: { USD: text(cash) }, positions: book.positions }],
      },
    ],
  };
}

/** One position in one stock, with whatever else the book says. */
export function stockBook(shares: Decimal | string, price: Decimal | string, rest: Partial<Book> = {}): CalcPackInput {
  return bookOf({
    instruments: { XYZ: { kind: 'equity', currency: 'USD', price: text(price) } },
    positions: [{ instrument: 'XYZ', quantity: text(shares) }],
    ...rest,
  });
}

export function text(amount: Decimal | string): string {
  return typeof amount === 'string' ? amount : toDecimalText(amount);
}

export function decimal(amount: string): Decimal {
  return new Decimal(amount);
}

export function negative(amount: string): string {
  return toDecimalText(new Decimal(amount).neg());
}
