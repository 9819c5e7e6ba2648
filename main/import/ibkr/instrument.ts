import type { InstrumentFact } from '../../../shared/domain/facts.ts';
import { symbolId } from '../../../shared/domain/instrument-id.ts';
import type { Currency, Instrument } from '../../../shared/domain/instrument.ts';
import { fromDecimalText, isPositiveText, type DecimalText } from '../../../shared/money.ts';
import { nameProblem } from '../symbols/instrument-name.ts';
import { readBondText } from '../symbols/bond-text.ts';
import { stockInstrument } from '../symbols/stock.ts';
import { computedAmount } from '../values/computed.ts';
import { identifiersOf } from './identifiers.ts';
import { optionInstrument, type Named } from './option.ts';
import { amountOf, dayIn, namingText, textOf, type FlexRow } from './rows.ts';

type EquityClass = Extract<Instrument, { kind: 'equity' }>['class'];
const STOCK_CLASSES = new Map<string, EquityClass>([
  ['COMMON', 'common'],
  ['PREFERRED', 'preferred'],
  ['PREFERENCE', 'preferred'],
  ['ADR', 'adr'],
  ['GDR', 'adr'],
  ['REIT', 'reit'],
  ['CLOSED-END FUND', 'fund'],
]);
const PER_CENT: DecimalText = '0.01';
const FUND_CATEGORIES = new Set(['ETF', 'ETN', 'ETC', 'ETP']);
const CATEGORY_KINDS = new Map<string, 'cfd' | 'warrant' | 'coin'>([
  ['CFD', 'cfd'],
  ['WAR', 'warrant'],
  ['IOPT', 'warrant'],
  ['CRYPTO', 'coin'],
]);

/** Instruments by the words that name them: a file repeats them account after account. */
export type InstrumentCache = Map<string, Named>;

/** The instrument that a row names by its attributes, with the underlying that an option brings along. */
export function instrumentOf(cache: InstrumentCache, row: FlexRow, currency: Currency): Named {
  const key = `${currency}\n${namingText(row)}`;
  let named = cache.get(key);
  if (!named) cache.set(key, (named = nameInstrument(row, currency)));
  return named;
}

function nameInstrument(row: FlexRow, currency: Currency): Named {
  const symbol = textOf(row, 'symbol') ?? textOf(row, 'description');
  if (symbol === undefined) return { ok: false, problem: { code: 'no-symbol', reason: 'The row names no symbol.', attribute: 'symbol' } };
  const multiplier = amountOf(row, 'multiplier');
  // Zero stands for "not said" in some exports; below zero no contract has a size.
  if (multiplier === undefined || multiplier?.startsWith('-')) {
    return { ok: false, problem: { code: 'not-a-number', reason: `The multiplier "${textOf(row, 'multiplier')}" is not a contract's size.`, attribute: 'multiplier' } };
  }
  const size = multiplier === '0' ? null : multiplier;
  const category = textOf(row, 'assetCategory')?.toUpperCase();
  if (category === 'OPT' || category === 'FOP' || category === 'FSFOP') return optionInstrument(row, symbol, currency, size);
  const fact = otherThanOption(row, symbol, currency, size, category);
  const unnamed = nameProblem(fact.id);
  if (unnamed) return { ok: false, problem: { ...unnamed, attribute: 'symbol' } };
  return { ok: true, value: { fact: { ...fact, identifiers: identifiersOf(row, symbol) }, underlying: null } };
}

function otherThanOption(row: FlexRow, symbol: string, currency: Currency, multiplier: DecimalText | null, category: string | undefined): InstrumentFact {
  const description = textOf(row, 'description');
  const terms = { currency, ...(description ? { description } : {}) };
  const named = (terms: Instrument, name = symbol): InstrumentFact => ({ id: symbolId(name, currency), terms, identifiers: { symbol } });
  if (category === 'STK' || category === 'FUND' || category === undefined) return stockOf(row, symbol, currency, category);
  if (category === 'BOND' || category === 'BILL') return named(bondTerms(row, symbol, currency, category));
  if (category === 'FUT') {
    const underlying = textOf(row, 'underlyingSymbol');
    const expiry = dayIn(row, 'expiry', 'maturity');
    return named({ kind: 'future', ...terms, multiplier, underlying: underlying ? symbolId(underlying, currency) : null, expiry: expiry ?? null });
  }
  const kind = CATEGORY_KINDS.get(category) ?? 'other';
  // A CFD has the symbol of its stock, and a coin that of a stock or fund: their names say what they are.
  const name = kind === 'cfd' ? `${symbol} CFD` : kind === 'coin' ? `${symbol} COIN` : symbol;
  return named({ kind, ...terms, multiplier }, name);
}

function stockOf(row: FlexRow, symbol: string, currency: Currency, category: string | undefined): InstrumentFact {
  const subCategory = textOf(row, 'subCategory')?.toUpperCase();
  const description = textOf(row, 'description');
  const isFund = subCategory !== undefined && FUND_CATEGORIES.has(subCategory);
  const stockClass = category === 'FUND' ? 'fund' : subCategory === undefined ? undefined : (STOCK_CLASSES.get(subCategory) ?? 'other');
  return stockInstrument({ symbol, currency, description, ...(isFund ? { kind: 'etf' } : { class: stockClass }) });
}

function bondTerms(row: FlexRow, symbol: string, currency: Currency, category: string): Instrument {
  const description = textOf(row, 'description');
  const said = readBondText([symbol, description, textOf(row, 'issuer'), textOf(row, 'subCategory'), category === 'BILL' ? 'T-BILL' : null], currency);
  const maturity = dayIn(row, 'maturity', 'expiry') ?? said.maturity;
  // Inflation-linked and amortising bonds: the price is per cent of the face value times this factor.
  const factor = amountOf(row, 'principalAdjustFactor');
  return {
    kind: 'bond',
    currency,
    ...(description ? { description } : {}),
    multiplier: factor && isPositiveText(factor) ? computedAmount(fromDecimalText(factor).times(PER_CENT)) : PER_CENT,
    issuer: said.issuer,
    grade: 'unknown',
    maturity,
    coupon: said.coupon,
    ...(said.convertible ? { convertible: true } : {}),
  };
}
