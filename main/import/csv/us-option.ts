import type { InstrumentFact } from '../../../shared/domain/facts.ts';
import type { DecimalText } from '../../../shared/money.ts';
import type { Result } from '../../../shared/result.ts';
import { succeed } from '../../../shared/result.ts';
import type { Collected } from '../facts/collect.ts';
import { parseOptionSymbol } from '../symbols/option-symbol.ts';
import { OCC_CONTRACT_SIZE, saysAdjusted, sizeBorneOut } from '../symbols/option-terms.ts';
import { optionUnderlying } from '../symbols/stock.ts';

/** An option of a US retail broker's file, with its underlying. */
export interface UsOption {
  instrument: InstrumentFact;
  underlying: InstrumentFact;
}

/**
 * An option as Schwab and Fidelity list it, both of whom clear only through the OCC and give no contract size. A root
 * without adjustment digit stands for 100; where the file's own value of the position says otherwise, the contract is
 * flagged as adjusted and nothing is assumed. Null when the symbol is not an option's.
 */
export function usOption(collected: Collected, symbol: string, row: { description: string | null; quantity: DecimalText | null; price: DecimalText | null; value: DecimalText | null; line: number }): Result<UsOption> | null {
  const parsed = parseOptionSymbol(symbol, { currency: 'USD' });
  if (parsed === null) return null;
  if (!parsed.ok) return parsed;
  const { id, root, terms } = parsed.value;
  const known = row.quantity !== null && row.price !== null && row.value !== null && row.quantity !== '0' && row.price !== '0' && row.value !== '0';
  const disagrees = known && sizeBorneOut(row.quantity ?? '0', row.price, row.value) === null;
  const adjusted = saysAdjusted(root, row.description) || disagrees;
  if (disagrees && !terms.adjusted) {
    collected.notes.add(`${collected.file}:${row.line}: ${id} is not worth 100 times its price in this file; it is flagged as an adjusted contract.`);
  }
  const described = row.description ? { description: row.description } : {};
  const size = adjusted ? ({ multiplier: null, adjusted: true } as const) : { multiplier: OCC_CONTRACT_SIZE };
  return succeed({ instrument: { id, terms: { ...terms, ...described, ...size }, identifiers: { symbol: symbol.trim() } }, underlying: optionUnderlying(terms) });
}
