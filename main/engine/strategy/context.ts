import type { Currency } from '../../../shared/domain/instrument.ts';
import type { RuleReference } from '../../../shared/explain.ts';
import { Decimal } from '../../../shared/money.ts';
import { input, product, type Figure } from '../figure/figure.ts';
import type { Unpriced } from '../margin-model.ts';
import type { MarketView } from '../market/market-view.ts';
import type { Holding } from '../pool/holding.ts';
import type { Rules } from '../packs/rules.ts';
import type { NakedCharge } from './naked.ts';
import type { LongRates } from './stock-rates.ts';

/** What every rule of the strategy model needs beside the position it is applied to. */
export interface StrategyContext {
  market: MarketView;
  rules: Rules;
  /** Currency of the pool: every charge is in it. */
  currency: Currency;
  /** Turns the rules' money amounts into the pool's currency; null when no rate is known. */
  ruleMoney: readonly Figure[] | null;
  /** Figures whose sign a rule branched on, such as a price less a threshold: a root search must stop where one turns. */
  thresholds: Figure[];
  /** Rules that lacked an input though the position has a charge, each once. */
  problems: Map<string, Unpriced>;
  /** Charges of short options that nothing covers, made once for each. */
  naked: Map<Holding, NakedCharge>;
  /** Rates of long stock holdings, likewise. */
  longRates: Map<Holding, LongRates>;
  /** What quantities of a holding are asked alone, or save, by a name that says which; likewise. */
  amounts: Map<Holding, Map<string, Decimal | null>>;
}

export function strategyContext(currency: Currency, market: MarketView, rules: Rules): StrategyContext {
  return { market, rules, currency, ruleMoney: market.conversion(rules.currency, currency), thresholds: [], problems: new Map(), naked: new Map(), longRates: new Map(), amounts: new Map() };
}

/** An amount of a quantity of one holding that rests on nothing else, made once. */
export function onceFor<Amount extends Decimal | null>(holding: Holding, name: string, quantity: Decimal, { amounts }: StrategyContext, make: () => Amount): Amount {
  const own = amounts.get(holding) ?? new Map<string, Decimal | null>();
  amounts.set(holding, own);
  const key = `${name} ${quantity.toFixed()}`;
  if (!own.has(key)) own.set(key, make());
  return own.get(key) as Amount;
}

export const ZERO = new Decimal(0);

/** A count of units as a figure: always positive, since the rules say by name whether it is long or short. */
export function countOf(holding: Holding, quantity: Decimal): Figure {
  return input(quantity, holding.unit, { label: () => `${holding.quantity.isNegative() ? 'Short' : 'Long'} ${holding.instrument}`, source: 'position', subject: { instrument: holding.instrument } });
}

/** Market value of part of a holding, positive, in the pool's currency, at the mark or at another price. */
export function marketValue(holding: Holding, count: Figure, currency: Currency, price: Figure = holding.price): Figure {
  const scale = holding.multiplier.amount.eq(1) ? [] : [holding.multiplier];
  return product(currency, [count, ...scale, price, ...holding.conversion], { label: () => `Market value of ${holding.instrument}`, subject: { instrument: holding.instrument } });
}

/** A rate applied to a market value or a principal. */
export function charge(label: string, rate: Figure, base: Figure, currency: Currency, rule: RuleReference): Figure {
  return product(currency, [rate, base], { label, rule });
}

/** True when a rule that we only recall takes part. */
export function anyUnverified(rules: readonly (RuleReference | null | undefined)[]): boolean {
  return rules.some((rule) => rule?.status === 'unverified');
}

export function zeroFigure(unit: string, label: string): Figure {
  return input(ZERO, unit, { label, source: 'by definition' });
}
