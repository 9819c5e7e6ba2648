import type { InstrumentFact } from '../../../shared/domain/facts.ts';
import type { Currency } from '../../../shared/domain/instrument.ts';
import { fail, succeed, type Result } from '../../../shared/result.ts';
import { OCC_CONTRACT_SIZE } from './option-terms.ts';
import { parseOptionSymbol } from './option-symbol.ts';
import { stockInstrument } from './stock.ts';

const STOCK = /^[A-Z0-9][A-Z0-9.\-/ ]{0,14}$/;
const WITH_CURRENCY = /^(.+):([A-Z][A-Z0-9]{2,9})$/;

/**
 * The instrument a person means by what they type: an option in any spelling, or a stock's symbol (`AAPL`, `BRK/B`,
 * `RY:CAD`). A plain option of the OCC stands for 100; an adjusted one, and one in another currency, gets no multiplier.
 */
export function instrumentFromSymbol(text: string, currency: Currency): Result<InstrumentFact> {
  const symbol = text.trim().toUpperCase();
  const option = parseOptionSymbol(symbol, { currency });
  if (option && !option.ok) return option;
  if (option) {
    const { id, terms, spelling } = option.value;
    const size = spelling === 'deribit' ? '1' : terms.currency === 'USD' ? OCC_CONTRACT_SIZE : null;
    return succeed({ id, terms: { ...terms, multiplier: terms.adjusted ? null : size }, identifiers: { symbol } });
  }
  const suffixed = WITH_CURRENCY.exec(symbol);
  const name = suffixed?.[1] ?? symbol;
  if (!STOCK.test(name)) {
    return fail({
      code: 'unknown-symbol',
      message: `"${text.trim()}" is neither a stock's symbol nor an option.`,
      fix: 'Write a stock as AAPL and an option as AAPL 260918C260, AAPL 18SEP26 260 C or AAPL 09/18/2026 260 C.',
    });
  }
  return succeed(stockInstrument({ symbol: name, currency: suffixed?.[2] ?? currency }));
}
