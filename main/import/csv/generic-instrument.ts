import type { InstrumentFact } from '../../../shared/domain/facts.ts';
import { symbolId } from '../../../shared/domain/instrument-id.ts';
import type { Currency, Instrument, InstrumentKind } from '../../../shared/domain/instrument.ts';
import type { DecimalText } from '../../../shared/money.ts';
import { readBondText } from '../symbols/bond-text.ts';
import { nameProblem } from '../symbols/instrument-name.ts';
import { parseOptionSymbol } from '../symbols/option-symbol.ts';
import { shareClassSymbol } from '../symbols/share-class.ts';
import { stockInstrument } from '../symbols/stock.ts';
import { readAmount, readPercent } from '../values/amount.ts';
import { readDay } from '../values/day.ts';
import { cellOf } from './cells.ts';
import type { GenericField } from './generic-columns.ts';
import { genericOption } from './generic-option.ts';
import type { GenericFile } from './generic-rows.ts';

/** An instrument of a row, and the underlying that a derivative brings along. */
export interface GenericInstrument {
  fact: InstrumentFact;
  underlying: InstrumentFact | null;
}

/** Why a row cannot be read, and the field that is to blame. */
export interface RowProblem {
  code: string;
  reason: string;
  field?: GenericField;
}

type Kind = InstrumentKind | 'cash';
const KINDS = new Map<string, Kind>([
  ['equity', 'equity'], ['equities', 'equity'], ['stock', 'equity'], ['stocks', 'equity'], ['stk', 'equity'], ['common stock', 'equity'], ['adr', 'equity'], ['fund', 'equity'], ['mutual fund', 'equity'],
  ['etf', 'etf'], ['etn', 'etf'], ['etp', 'etf'],
  ['index', 'index'], ['ind', 'index'],
  ['bond', 'bond'], ['bonds', 'bond'], ['fixed income', 'bond'], ['bill', 'bond'], ['note', 'bond'],
  ['option', 'option'], ['options', 'option'], ['opt', 'option'], ['call', 'option'], ['put', 'option'], ['fop', 'option'],
  ['future', 'future'], ['futures', 'future'], ['fut', 'future'],
  ['cash', 'cash'], ['currency', 'cash'],
  ['cfd', 'cfd'], ['warrant', 'warrant'], ['war', 'warrant'], ['coin', 'coin'], ['crypto', 'coin'], ['perpetual', 'perpetual'], ['perp', 'perpetual'], ['loan', 'loan'],
]);
// The cells beside the symbol that say what an instrument is.
const NAMING_FIELDS = ['description', 'multiplier', 'kind', 'underlying', 'right', 'strike', 'expiry', 'isin', 'maturity', 'coupon', 'issuer', 'grade', 'leverage', 'class'] as const;
const CASH_SYMBOLS = new Set(['CASH', 'CASH BALANCE', 'SETTLED CASH']);
const EQUITY_CLASSES = new Set(['common', 'preferred', 'adr', 'reit', 'fund', 'other']);
const ISSUERS = new Set(['treasury', 'agency', 'municipal', 'corporate', 'unknown']);
const GRADES = new Set(['investment', 'speculative', 'unknown']);

/** The currency of a row that is cash; null for any other row. */
export function cashCurrency(kindText: string, symbol: string, currency: Currency): Currency | null {
  const kind = KINDS.get(kindText.toLowerCase());
  if (kind !== 'cash' && !(kindText === '' && CASH_SYMBOLS.has(symbol.toUpperCase()))) return null;
  return /^[A-Za-z]{3}$/.test(symbol) ? symbol.toUpperCase() : currency;
}

/** An instrument with the cells it was named by. */
export interface NamedByCells {
  cells: readonly string[];
  currency: Currency;
  named: GenericInstrument | RowProblem;
}

/** The instrument that a row's cells name; the same cells give the same object. */
export function genericInstrument(file: GenericFile, cells: readonly string[], symbol: string, currency: Currency): GenericInstrument | RowProblem {
  const ofSymbol = file.instruments.get(symbol);
  if (ofSymbol) for (const known of ofSymbol) if (known.currency === currency && namesAlike(file, known.cells, cells)) return known.named;
  const named = { cells, currency, named: nameInstrument(file, cells, symbol, currency) };
  if (ofSymbol) ofSymbol.push(named);
  else file.instruments.set(symbol, [named]);
  return named.named;
}

function namesAlike({ columns }: GenericFile, known: readonly string[], cells: readonly string[]): boolean {
  for (const field of NAMING_FIELDS) {
    const index = columns[field];
    if (index >= 0 && known[index] !== cells[index]) return false;
  }
  return true;
}

function nameInstrument(file: GenericFile, cells: readonly string[], symbol: string, currency: Currency): GenericInstrument | RowProblem {
  const cell = (field: GenericField): string => cellOf(cells, file.columns, field);
  const multiplier = readAmount(cell('multiplier'), file.decimalComma);
  if (multiplier === undefined || multiplier?.startsWith('-')) return bad('multiplier', cell('multiplier'));
  const kindText = cell('kind');
  const stated = KINDS.get(kindText.toLowerCase());
  const spelled = stated === undefined || stated === 'option' ? parseOptionSymbol(symbol, { currency }) : null;
  const isOption = stated === 'option' || (kindText === '' && (spelled !== null || (cell('strike') !== '' && cell('expiry') !== '')));
  const named = isOption
    ? genericOption(file, cell, symbol, currency, size(multiplier), spelled)
    : otherKind(file, cell, { symbol, currency, multiplier: size(multiplier), kind: stated ?? (kindText === '' ? 'equity' : 'other') });
  if ('code' in named) return named;
  const unnamed = nameProblem(named.fact.id) ?? (named.underlying && nameProblem(named.underlying.id));
  if (unnamed) return { ...unnamed, field: 'symbol' };
  if (cell('isin') === '') return named;
  return { ...named, fact: { ...named.fact, identifiers: { ...named.fact.identifiers, isin: cell('isin') } } };
}

// A size of zero is a blank that a spreadsheet filled in.
function size(multiplier: DecimalText | null): DecimalText | null {
  return multiplier === '0' ? null : multiplier;
}

interface Other {
  symbol: string;
  currency: Currency;
  multiplier: DecimalText | null;
  kind: Kind;
}

type Cell = (field: GenericField) => string;

function otherKind(file: GenericFile, cell: Cell, { symbol, currency, multiplier, kind }: Other): GenericInstrument | RowProblem {
  const description = cell('description') || null;
  const described = description ? { description } : {};
  const named = (terms: Instrument, name = symbol): GenericInstrument => ({ fact: { id: symbolId(name, currency), terms, identifiers: { symbol } }, underlying: null });
  if (kind === 'equity' || kind === 'etf' || kind === 'index') return stockOf(file, cell, { symbol, currency, multiplier, kind });
  if (kind === 'bond') return bondOf(file, cell, { symbol, currency, multiplier, kind });
  if (kind === 'future') {
    const expiry = readDay(cell('expiry'), file.profile.dateFormat);
    if (expiry === undefined) return bad('expiry', cell('expiry'));
    const underlying = cell('underlying');
    return named({ kind: 'future', currency, ...described, multiplier, underlying: underlying ? symbolId(shareClassSymbol(underlying), currency) : null, expiry });
  }
  const name = kind === 'cfd' ? `${symbol} CFD` : kind === 'coin' ? `${symbol} COIN` : symbol;
  return named({ kind: kind === 'option' || kind === 'cash' ? 'other' : kind, currency, ...described, multiplier }, name);
}

function stockOf({ decimalComma }: GenericFile, cell: Cell, { symbol, currency, multiplier, kind }: Other): GenericInstrument | RowProblem {
  const leverage = readAmount(cell('leverage').replace(/x$/i, ''), decimalComma);
  // Zero, like an empty cell, says that the fund is not leveraged; inverse funds are written with a minus.
  if (leverage === undefined || /^-?0\./.test(leverage ?? '')) return bad('leverage', cell('leverage'));
  const classText = cell('class').toLowerCase();
  const fundClass = classText === 'broad' || classText === 'narrow' ? classText : undefined;
  const stockClass = EQUITY_CLASSES.has(classText) ? (classText as 'common') : undefined;
  const isFund = kind === 'etf' || kind === 'index';
  // Without a kind column a row is only presumed to be stock, and the text may say that it is a fund.
  const fact = stockInstrument({
    symbol,
    currency,
    description: cell('description') || null,
    ...(isFund ? { kind } : {}),
    ...(stockClass ? { class: stockClass } : {}),
    ...(fundClass ? { fundClass } : {}),
    leverage: leverage === null || leverage === '0' ? null : leverage.replace('-', ''),
  });
  return { fact: multiplier && multiplier !== '1' ? { ...fact, terms: { ...fact.terms, multiplier } } : fact, underlying: null };
}

function bondOf({ decimalComma, profile }: GenericFile, cell: Cell, { symbol, currency, multiplier }: Other): GenericInstrument | RowProblem {
  const description = cell('description') || null;
  const said = readBondText([symbol, description, cell('issuer')], currency);
  const coupon = readPercent(cell('coupon'), decimalComma);
  if (coupon === undefined) return bad('coupon', cell('coupon'));
  const maturity = readDay(cell('maturity') || cell('expiry'), profile.dateFormat);
  if (maturity === undefined) return bad('maturity', cell('maturity') || cell('expiry'));
  const issuer = cell('issuer').toLowerCase();
  const grade = cell('grade').toLowerCase();
  const terms: Instrument = {
    kind: 'bond',
    currency,
    ...(description ? { description } : {}),
    // Prices of bonds are per cent; files that write 1 mean one unit of face value.
    multiplier: multiplier === null || multiplier === '1' ? '0.01' : multiplier,
    issuer: ISSUERS.has(issuer) ? (issuer as 'unknown') : said.issuer,
    grade: GRADES.has(grade) ? (grade as 'unknown') : 'unknown',
    maturity: maturity ?? said.maturity,
    coupon: coupon ?? said.coupon,
    ...(said.convertible ? { convertible: true } : {}),
  };
  return { fact: { id: symbolId(symbol, currency), terms, identifiers: { symbol } }, underlying: null };
}

function bad(field: GenericField, text: string): RowProblem {
  return { code: 'bad-value', reason: `The ${field} "${text.slice(0, 40)}" cannot be read.`, field };
}
