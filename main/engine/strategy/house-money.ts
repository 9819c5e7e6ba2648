import { product, type Figure } from '../figure/figure.ts';
import type { Holding } from '../pool/holding.ts';
import { digitsProblem } from '../pool/digits.ts';
import type { ResolvedParameter } from '../packs/rules.ts';
import type { StrategyContext } from './context.ts';

/**
 * An amount a share of the rules (2.50 dollars, a price threshold) in the currency an instrument is quoted in. Null where
 * no exchange rate is known, or the product would not be exact: the account is then indeterminate, with that reason.
 */
export function inQuotedCurrency({ figure, rule }: ResolvedParameter, holding: Holding, unit: string, context: StrategyContext): Figure | null {
  const { market, rules, problems } = context;
  const from = rules.currency;
  const into = holding.terms.currency;
  const factors = market.conversion(from, into);
  const { label } = figure.about;
  const words = typeof label === 'string' ? label : label();
  if (!factors) {
    problems.set(`${holding.instrument} ${words}`, { instrument: holding.instrument, reason: `no exchange rate from ${from} into ${into} is known for the house rule "${words}"`, indeterminate: true });
    return null;
  }
  if (factors.length === 0) return figure;
  const tooLong = digitsProblem([holding.quantity, holding.multiplier.amount, figure.amount, ...factors.map(({ amount }) => amount), ...holding.conversion.map(({ amount }) => amount)], market.decimalsMax, 'quantity, multiplier, amount and exchange rates');
  if (tooLong !== null) {
    problems.set(`${holding.instrument} ${words}`, { instrument: holding.instrument, reason: `the house rule "${words}" cannot be converted: ${tooLong}`, indeterminate: true });
    return null;
  }
  return product(unit, [figure, ...factors], { label: `${words}, in ${into}`, rule });
}
