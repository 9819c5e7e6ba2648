import type { ActivityFact } from '../../../shared/domain/facts.ts';
import { fromDecimalText } from '../../../shared/money.ts';
import { difference, input, product, sum, type Figure } from '../figure/figure.ts';
import type { StrategyContext } from './context.ts';
import { initialRate } from './trade-requirement.ts';

/**
 * What securities that came in or left on a day do to the special memorandum account: their market value less what Reg T
 * asks of them, so marginable stock counts for half of its value. Options have no loan value, futures are not Reg T's.
 * Null where one of them has no price or rate.
 */
export function loanValueOfTransfers(rows: readonly ActivityFact[], context: StrategyContext): Figure | null {
  const { market, currency } = context;
  const values: Figure[] = [];
  for (const { kind, instrument, quantity, id } of rows) {
    if (kind !== 'transfer' || instrument === null || quantity === null || quantity === '0') continue;
    const terms = market.terms(instrument);
    if (!terms) return null;
    if (terms.kind !== 'equity' && terms.kind !== 'etf' && terms.kind !== 'bond') continue;
    const conversion = market.conversion(terms.currency, currency);
    const price = market.price(instrument);
    if (!conversion || !price) return null;
    const units = input(fromDecimalText(quantity), 'shares', { label: `Transfer ${id}`, source: 'activity' });
    const scale = terms.kind === 'bond' ? [input(fromDecimalText(terms.multiplier ?? '0.01'), 'factor', { label: `Multiplier of ${instrument}`, source: 'contract terms' })] : [];
    const value = product(currency, [units, ...scale, price, ...conversion], { label: `Market value of transfer ${id}`, subject: { instrument } });
    const asked = product(currency, [initialRate(terms, false, context), value], { label: `Regulation T margin of transfer ${id}` });
    values.push(difference(currency, [value, asked], { label: `Loan value of transfer ${id}` }));
  }
  return sum(currency, values.toSorted((a, b) => a.amount.cmp(b.amount)), { label: 'Loan value of securities that came and went' });
}
