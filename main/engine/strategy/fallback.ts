import type { Decimal } from '../../../shared/money.ts';
import { charge, countOf, marketValue, ZERO, type StrategyContext } from './context.ts';
import { legCharge, type LegCharge } from './leg-charge.ts';
import type { Holding } from '../pool/holding.ts';
import { nakedCharge } from './naked.ts';

/**
 * A short position whose rule cannot be applied: its market value, which it costs at least to be rid of it. Never taken
 * for the whole requirement: the pool is indeterminate.
 */
export function chargeAtMarketValue(holding: Holding, quantity: Decimal, context: StrategyContext): { charge: LegCharge; reason: string } {
  const { currency, rules } = context;
  const { figure, rule } = rules.parameter('exchange.fullyPaid');
  const value = marketValue(holding, countOf(holding, quantity), currency);
  const whole = charge('Market value alone', figure, value, currency, rule);
  const parts = holding.class === 'option' ? { risk: ZERO, shortOptionValue: value.amount, longPremium: ZERO, shortMarketValue: value.amount } : null;
  const reason = holding.class === 'option' ? nakedCharge(holding, context).basis.spotProblem : `no exchange rate from ${rules.currency} into ${currency} is known`;
  return {
    charge: legCharge({ holding, quantity, regT: whole, exchange: whole, house: null, houseInitial: null, exchangeRule: rule.cites, houseRule: null, exchangeParts: parts, houseParts: null, unverified: false }, context),
    reason,
  };
}
