import { absent, greatest, least, quotient, type AbsentFigure, type Figure } from '../figure/figure.ts';
import type { Memorandum } from '../margin-model.ts';
import type { ResolvedParameter } from '../packs/rules.ts';
import { zeroFigure, type StrategyContext } from './context.ts';

const CENTS = 2;

/**
 * Stock that could be bought and held overnight: the usable special memorandum account at the Reg T rate (twice the
 * balance at 50 %), but no more than leaves equity at maintenance with what was bought: a balance may be used while
 * equity stays above the maintenance rate (12 CFR 220.5, FINRA 4210(c)). For what Reg T gives no credit on, buying power
 * is the balance itself. Where trades are not known, equity above Reg T is the least the balance can be.
 */
export function buyingPower(memorandum: Memorandum | null, aboveRegT: Figure, excess: Figure, { currency, rules }: StrategyContext): Figure | AbsentFigure {
  const label = 'Buying power, overnight';
  const mayUse = memorandum?.usable ?? (rules.optionalSetting('regT.memorandum') === 'leastOfBalanceAndExcess' ? null : aboveRegT);
  const rate = rules.parameter('regT.stock.long');
  if (!mayUse || !rate.figure.amount.gt(0)) return absent(currency, { label, arithmetic: mayUse ? 'Reg T asks nothing' : 'trades are not known' });
  const maintenance = maintenanceRate(rules);
  const byBalance = quotient(currency, mayUse, rate.figure, CENTS, { label: 'Balance by the Regulation T rate', rule: rate.rule });
  const bounds: [Figure, ...Figure[]] = maintenance ? [byBalance, quotient(currency, excess, maintenance.figure, CENTS, { label: 'Excess by the maintenance rate', rule: maintenance.rule })] : [byBalance];
  return greatest(currency, [zeroFigure(currency, 'Nothing'), least(currency, bounds, { label: 'Least of the two' })], { label, rule: rate.rule });
}

/** The rate at which stock that is bought today must be kept: the house's where it asks more than the exchange. */
function maintenanceRate(rules: StrategyContext['rules']): ResolvedParameter | null {
  const exchange = rules.parameter('exchange.stock.long');
  const house = rules.optional('house.stock.long.maintenance');
  const higher = house?.figure.amount.gt(exchange.figure.amount) ? house : exchange;
  return higher.figure.amount.gt(0) ? higher : null;
}
