import type { InstrumentFact } from '../../../shared/domain/facts.ts';
import { symbolId } from '../../../shared/domain/instrument-id.ts';
import type { Currency, OptionInstrument } from '../../../shared/domain/instrument.ts';
import { isPositiveText, type DecimalText } from '../../../shared/money.ts';
import type { Result } from '../../../shared/result.ts';
import type { OptionSymbol } from '../symbols/option-symbol.ts';
import { namedOption, stockOfRoot } from '../symbols/option-terms.ts';
import { indexRoot } from '../symbols/index-roots.ts';
import { optionUnderlying, underlyingInstrument } from '../symbols/stock.ts';
import { readAmount } from '../values/amount.ts';
import { readDay } from '../values/day.ts';
import type { GenericField } from './generic-columns.ts';
import type { GenericInstrument, RowProblem } from './generic-instrument.ts';
import type { GenericFile } from './generic-rows.ts';

/** An option of a generic row: spelled in its symbol, or told by columns for expiry, strike and right. */
export function genericOption(file: GenericFile, cell: (field: GenericField) => string, symbol: string, currency: Currency, multiplier: DecimalText | null, spelled: Result<OptionSymbol> | null): GenericInstrument | RowProblem {
  const description = cell('description') || null;
  const expiry = readDay(cell('expiry'), file.profile.dateFormat);
  const strike = readAmount(cell('strike'), file.decimalComma);
  const right = rightOf(cell('right')) ?? rightOf(cell('kind'));
  if (expiry === undefined) return { code: 'bad-value', reason: `The expiry "${cell('expiry')}" cannot be read.`, field: 'expiry' };
  if (strike === undefined) return { code: 'bad-value', reason: `The strike "${cell('strike')}" cannot be read.`, field: 'strike' };
  if (spelled?.ok) return fromSymbol(file, spelled.value, multiplier, description, symbol);
  if (!expiry || !strike || !isPositiveText(strike) || !right) {
    if (spelled) return { code: spelled.fault.code, reason: spelled.fault.message, field: 'symbol' };
    const missing = !expiry ? 'expiry' : !right ? 'right' : 'strike';
    return { code: `no-${missing}`, reason: `The option ${symbol} has no ${missing} that can be read.`, field: missing };
  }
  // A futures option's local code is its own root; any other option is known by what it is on.
  const onFuture = spelled !== null || cell('kind').toUpperCase() === 'FOP';
  const series = symbol.split(' ', 1)[0] ?? symbol;
  const root = onFuture ? series : cell('underlying') || series;
  const underlying = onFuture ? futureNamed(cell('underlying') || series, currency) : stockNamed(root, currency);
  const option = namedOption({ root, expiry, right, strike, currency, underlying: underlying.id, multiplier, description, occ: false, onFuture });
  return { fact: { id: option.id, terms: option.terms, identifiers: { symbol } }, underlying };
}

function fromSymbol(file: GenericFile, { id, terms }: OptionSymbol, multiplier: DecimalText | null, description: string | null, symbol: string): GenericInstrument {
  const said = description ? { description } : {};
  const size = terms.adjusted ? null : (multiplier ?? (terms.settlement === undefined ? null : '1'));
  return { fact: { id, terms: { ...terms, ...said, multiplier: size }, identifiers: { symbol } }, underlying: knownUnderlying(file, terms) };
}

/** One object for the underlying of all options on it, so that it is compared once. */
function knownUnderlying({ underlyings }: GenericFile, terms: OptionInstrument): InstrumentFact {
  const key = `${terms.underlying} ${terms.settlement ?? ''}`;
  let known = underlyings.get(key);
  if (!known) underlyings.set(key, (known = optionUnderlying(terms)));
  return known;
}

function rightOf(text: string): 'call' | 'put' | null {
  const lower = text.toLowerCase();
  if (lower === 'c' || lower === 'call') return 'call';
  return lower === 'p' || lower === 'put' ? 'put' : null;
}

function futureNamed(symbol: string, currency: Currency): InstrumentFact {
  return { id: symbolId(symbol, currency), terms: { kind: 'future', currency, multiplier: null, underlying: null, expiry: null }, identifiers: { symbol } };
}

function stockNamed(root: string, currency: Currency): InstrumentFact {
  return underlyingInstrument(currency === 'USD' ? (indexRoot(root.toUpperCase())?.index ?? stockOfRoot(root.toUpperCase())) : root, currency);
}
