import { fromDecimalText } from '../../../shared/money.ts';
import { input, product, sum, type Figure } from '../figure/figure.ts';
import type { MarketView } from '../market/market-view.ts';
import type { OptionHolding } from '../pool/holding.ts';

/**
 * The amounts an option's rule is applied to, all in one unit: per share for a standard contract, so that the line reads
 * as a clerk writes it; per contract where the contract delivers something else (the 20 % is of the deliverable).
 */
export interface OptionBasis {
  /** What the contract is on: the underlying's price or the deliverable's value. Null when it cannot be priced. */
  spot: Figure | null;
  spotProblem: string;
  strike: Figure;
  premium: Figure;
  /** What turns the unit into one contract: the multiplier, or nothing when the unit is a contract already. */
  scale: readonly Figure[];
  unit: string;
}

export function optionBasis(holding: OptionHolding, market: MarketView): OptionBasis {
  const { terms, instrument } = holding;
  const strike = input(fromDecimalText(terms.strike), `${terms.currency}/share`, { label: `Strike of ${instrument}`, source: 'contract terms', subject: { instrument } });
  if (isStandard(holding)) {
    const spot = sameCurrency(terms.underlying, terms.currency, market) ? market.price(terms.underlying) : null;
    return { spot, spotProblem: problem(terms.underlying, terms.currency, market), strike, premium: holding.price, scale: [holding.multiplier], unit: `${terms.currency}/share` };
  }
  const unit = `${terms.currency}/contract`;
  return {
    spot: deliverableValue(holding, market, unit),
    spotProblem: 'its deliverable has no full price',
    strike: product(unit, [strike, holding.multiplier], { label: `Exercise price of one ${instrument}` }),
    premium: product(unit, [holding.price, holding.multiplier], { label: `Value of one ${instrument}` }),
    scale: [],
    unit,
  };
}

/** True when one contract delivers `multiplier` units of its underlying and nothing else. */
export function isStandard({ terms, multiplier }: OptionHolding): boolean {
  if (terms.deliverableCash !== undefined && terms.deliverableCash !== '0') return false;
  if (!terms.deliverable) return true;
  const [only, ...others] = terms.deliverable;
  return others.length === 0 && only?.instrument === terms.underlying && fromDecimalText(only.quantity).eq(multiplier.amount);
}

function deliverableValue({ terms }: OptionHolding, market: MarketView, unit: string): Figure | null {
  const parts: Figure[] = [];
  for (const { instrument, quantity } of terms.deliverable ?? []) {
    const price = sameCurrency(instrument, terms.currency, market) ? market.price(instrument) : null;
    if (!price) return null;
    const count = input(fromDecimalText(quantity), 'shares', { label: `${instrument} delivered by one contract`, source: 'contract terms' });
    parts.push(product(unit, [count, price], { label: `${instrument} delivered` }));
  }
  if (terms.deliverableCash) parts.push(input(fromDecimalText(terms.deliverableCash), unit, { label: 'Cash delivered by one contract', source: 'contract terms' }));
  return sum(unit, parts, { label: 'Value of what one contract delivers' });
}

/** An underlying in another currency than its option is not converted here; without terms it is taken to be in the same. */
function sameCurrency(underlying: string, currency: string, market: MarketView): boolean {
  const terms = market.terms(underlying);
  return terms === null || terms.currency === currency;
}

function problem(underlying: string, currency: string, market: MarketView): string {
  return sameCurrency(underlying, currency, market) ? market.priceProblem(underlying) : `its underlying ${underlying} is not priced in ${currency}`;
}
