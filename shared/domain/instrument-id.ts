import type { DecimalText } from '../money.ts';
import type { IsoDate } from '../time.ts';
import type { Currency, InstrumentId } from './instrument.ts';

/** Instruments priced in dollars carry no suffix, so that the names a US desk types are the names it sees. */
const UNMARKED_CURRENCY: Currency = 'USD';

function withCurrency(name: string, currency: Currency): InstrumentId {
  return currency === UNMARKED_CURRENCY ? name : `${name}:${currency}`;
}

/** Stock, fund, bond or future: its symbol, with the currency where that is not the dollar: `RY:CAD`. */
export function symbolId(symbol: string, currency: Currency): InstrumentId {
  return withCurrency(symbol.trim().toUpperCase().replaceAll(/\s+/g, ' '), currency);
}

/** Option: `AAPL 2026-09-18 C 260`. The root keeps its digits (`AAPL1`), since those mark an adjusted contract. */
export function optionId(terms: {
  root: string;
  expiry: IsoDate;
  right: 'call' | 'put';
  strike: DecimalText;
  currency: Currency;
}): InstrumentId {
  const { root, expiry, right, strike, currency } = terms;
  return withCurrency(`${root.trim().toUpperCase()} ${expiry} ${right === 'call' ? 'C' : 'P'} ${strike}`, currency);
}
