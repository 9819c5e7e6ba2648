import type { Identifiers } from '../../../shared/domain/instrument.ts';
import { textOf, type FlexRow } from './rows.ts';

/** How the broker and the numbering agencies name the instrument of a row. */
export function identifiersOf(row: FlexRow, symbol: string): Identifiers {
  const identifiers: Identifiers = { symbol };
  for (const name of ['conid', 'isin', 'cusip', 'figi'] as const) {
    const value = textOf(row, name);
    if (value !== undefined) identifiers[name] = value;
  }
  return identifiers;
}
