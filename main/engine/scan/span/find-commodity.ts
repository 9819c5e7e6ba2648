import type { Instrument, InstrumentId } from '../../../../shared/domain/instrument.ts';
import type { MarketView } from '../../market/market-view.ts';
import type { ScanRules } from '../rules.ts';

/** `ESZ6`, `/ESZ26` and `6EH7:EUR` carry their product before a month letter and a year. */
const CONTRACT_NAME = /^\/?([A-Z0-9]{1,8})[FGHJKMNQUVXZ]\d{1,2}(?::[A-Z]+)?$/;

/** The commodity an instrument belongs to: by its own name, its product root, or what it is on; null when none has it. */
export function commodityOf(instrument: InstrumentId, terms: Instrument, market: MarketView, { commodities }: ScanRules): string | null {
  const names = namesOf(instrument, terms, market);
  return [...commodities].find(([, { contracts }]) => contracts.some((contract) => names.includes(contract)))?.[0] ?? null;
}

function namesOf(instrument: InstrumentId, terms: Instrument, market: MarketView): string[] {
  const root = CONTRACT_NAME.exec(instrument)?.[1];
  const own = [instrument, ...(root === undefined ? [] : [root])];
  if (terms.kind === 'option') {
    const underlying = market.terms(terms.underlying);
    return [...own, ...(underlying ? namesOf(terms.underlying, underlying, market) : [terms.underlying])];
  }
  if ((terms.kind === 'future' || terms.kind === 'perpetual') && terms.underlying) return [...own, terms.underlying, terms.underlying.replace(/^\//, '').replace(/:[A-Z]+$/, '')];
  return own;
}
