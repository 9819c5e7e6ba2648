import type { InstrumentFact } from '../../../shared/domain/facts.ts';
import { symbolId } from '../../../shared/domain/instrument-id.ts';
import type { Currency } from '../../../shared/domain/instrument.ts';
import { isPositiveText, type DecimalText } from '../../../shared/money.ts';
import type { IsoDate } from '../../../shared/time.ts';
import { indexRoot } from '../symbols/index-roots.ts';
import { nameProblem } from '../symbols/instrument-name.ts';
import { parseOptionSymbol, type OptionSymbol } from '../symbols/option-symbol.ts';
import { namedOption, sizeBorneOut, stockOfRoot, type NamedOption } from '../symbols/option-terms.ts';
import { shareClassSymbol } from '../symbols/share-class.ts';
import { underlyingInstrument } from '../symbols/stock.ts';
import { identifiersOf } from './identifiers.ts';
import { amountOf, dayIn, textOf, type FlexRow, type RowProblem } from './rows.ts';

/** An instrument of a row, and the underlying that an option brings along. */
export interface FlexInstrument {
  fact: InstrumentFact;
  underlying: InstrumentFact | null;
}

/** What a row names: an instrument, or the reason why it cannot be told. */
export type Named = { ok: true; value: FlexInstrument } | { ok: false; problem: RowProblem };

interface Terms {
  root: string;
  expiry: IsoDate;
  right: 'call' | 'put';
  strike: DecimalText;
}

/**
 * An option of a Flex row. Its own attributes are believed first, then what its symbol spells, then its description
 * (`CHF 09JAN26 1.29 C`), since any attribute may be missing.
 */
export function optionInstrument(row: FlexRow, symbol: string, currency: Currency, multiplier: DecimalText | null): Named {
  const onFuture = textOf(row, 'assetCategory')?.toUpperCase() !== 'OPT';
  const spelled = spelledOption(symbol, currency);
  const described = spelledOption(textOf(row, 'description') ?? '', currency);
  const terms = termsOf(row, symbol, onFuture, spelled, described);
  if ('attribute' in terms) return { ok: false, problem: terms };

  // Contracts of the OCC are the ones spelled this way in dollars; style and delivery of others are not in the file.
  const occ = !onFuture && currency === 'USD' && (spelled?.spelling === 'osi' || spelled?.spelling === 'ibkr');
  const size = multiplier ?? (occ ? sizeBorneOut(amountOf(row, 'position') ?? '0', amountOf(row, 'markPrice') ?? null, amountOf(row, 'positionValue') ?? null) : null);
  const underlying = underlyingOf(row, terms.root, currency, onFuture, occ);
  const factor = amountOf(row, 'principalAdjustFactor');
  const option = namedOption({ ...terms, currency, underlying: underlying.id, multiplier: size, description: textOf(row, 'description'), occ, onFuture });
  const changed = occ && factor !== null && factor !== '0' && factor !== '1' && indexRoot(option.root) === undefined;
  const unnamed = nameProblem(option.id) ?? nameProblem(underlying.id);
  if (unnamed) return { ok: false, problem: { ...unnamed, attribute: 'symbol' } };
  return { ok: true, value: { fact: optionFact(row, symbol, option, changed), underlying } };
}

function optionFact(row: FlexRow, symbol: string, option: NamedOption, changed: boolean): InstrumentFact {
  const terms = changed ? { ...option.terms, adjusted: true, multiplier: null } : option.terms;
  return { id: option.id, terms, identifiers: identifiersOf(row, symbol) };
}

function spelledOption(text: string, currency: Currency): OptionSymbol | null {
  const parsed = parseOptionSymbol(text, { currency });
  return parsed?.ok ? parsed.value : null;
}

function termsOf(row: FlexRow, symbol: string, onFuture: boolean, spelled: OptionSymbol | null, described: OptionSymbol | null): Terms | RowProblem {
  const known = spelled ?? described;
  const expiry = dayIn(row, 'expiry') ?? known?.terms.expiry;
  const strike = amountOf(row, 'strike') ?? known?.terms.strike;
  const right = rightOf(textOf(row, 'putCall') ?? textOf(row, 'subCategory')) ?? known?.terms.right;
  if (!expiry) return { code: 'no-expiry', reason: `The option ${symbol} has no expiry that can be read.`, attribute: 'expiry' };
  if (!strike || !isPositiveText(strike)) return { code: 'no-strike', reason: `The option ${symbol} has no strike that can be read.`, attribute: 'strike' };
  if (!right) return { code: 'no-right', reason: `The option ${symbol} is neither a call nor a put.`, attribute: 'putCall' };
  return { root: rootOf(row, symbol, onFuture, known), expiry, right, strike };
}

// A futures option is told apart by its own series code (`CHUF6`); the description only names the future's currency.
function rootOf(row: FlexRow, symbol: string, onFuture: boolean, known: OptionSymbol | null): string {
  const series = symbol.split(' ', 1)[0] ?? symbol;
  return onFuture ? series : (known?.root ?? textOf(row, 'underlyingSymbol') ?? series);
}

function rightOf(text: string | undefined): 'call' | 'put' | undefined {
  const letter = text?.toUpperCase();
  if (letter === 'C' || letter === 'CALL') return 'call';
  return letter === 'P' || letter === 'PUT' ? 'put' : undefined;
}

function underlyingOf(row: FlexRow, root: string, currency: Currency, onFuture: boolean, occ: boolean): InstrumentFact {
  const named = textOf(row, 'underlyingSymbol');
  if (onFuture) {
    const symbol = named ?? root;
    return { id: symbolId(symbol, currency), terms: { kind: 'future', currency, multiplier: null, underlying: null, expiry: null }, identifiers: { symbol } };
  }
  const index = occ ? indexRoot(root) : undefined;
  const fact = underlyingInstrument(index?.index ?? (named ? shareClassSymbol(named) : stockOfRoot(root)), currency);
  const isIndex = textOf(row, 'underlyingCategory')?.toUpperCase() === 'IND';
  const terms = isIndex && fact.terms.kind !== 'index' ? ({ kind: 'index', currency, multiplier: '1', class: 'narrow' } as const) : fact.terms;
  const conid = textOf(row, 'underlyingConid');
  const security = textOf(row, 'underlyingSecurityID');
  const identifiers = { ...fact.identifiers, ...(conid ? { conid } : {}), ...(security && /^[A-Z]{2}[A-Z0-9]{10}$/.test(security) ? { isin: security } : {}) };
  return { ...fact, terms, identifiers };
}
