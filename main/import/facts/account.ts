import type { Regime } from '../../../shared/domain/facts.ts';
import type { Currency } from '../../../shared/domain/instrument.ts';

const UNSAID = ': the file does not say';

/** An account's regime and who says so. A chosen default and the built-in one are marked, so that a file that knows better wins. */
export function regimeFrom(capabilities: string | undefined, chosen: Regime | undefined): { regime: Regime; regimeSource: string } {
  const said = capabilities?.toLowerCase() ?? '';
  const regimeSource = `broker's file: ${capabilities}`;
  if (said.includes('portfolio')) return { regime: 'portfolio', regimeSource };
  if (said.includes('margin') || said.includes('reg t') || said.includes('regt')) return { regime: 'regT', regimeSource };
  if (said.includes('cash')) return { regime: 'cash', regimeSource };
  return chosen ? { regime: chosen, regimeSource: `chosen at import${UNSAID}` } : { regime: 'regT', regimeSource: `assumed${UNSAID}` };
}

/** True when the regime came from a file or a mapping, not from a default. */
export function isStatedRegime(regimeSource: string): boolean {
  return !regimeSource.endsWith(UNSAID);
}

const CURRENCY = /^[A-Z][A-Z0-9]{2,9}$/;

/** A currency code in capitals; undefined when the text is none. */
export function readCurrency(text: string | undefined): Currency | undefined {
  const upper = text?.trim().toUpperCase();
  return upper !== undefined && CURRENCY.test(upper) ? upper : undefined;
}
