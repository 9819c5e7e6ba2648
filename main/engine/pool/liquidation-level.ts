import { Decimal, fromDecimalText } from '../../../shared/money.ts';
import { difference, input, product, type AbsentFigure, type Figure } from '../figure/figure.ts';
import type { Rules } from '../packs/rules.ts';
import { ratio } from './assemble.ts';

/** The share of maintenance at which positions are liquidated: the ladder's rung, or maintenance itself. */
export function liquidationMultiple(rules: Rules): Decimal {
  const rung = rungOf(rules);
  return rung ? fromDecimalText(rung.value) : new Decimal(1);
}

function rungOf({ statusLadder }: Rules): Rules['statusLadder'][number] | undefined {
  return statusLadder.find(({ status, metric, comparison }) => status === 'liquidation' && metric === 'equityToMaintenance' && comparison === 'below');
}

/**
 * Margin to liquidation: (equity − the level at which positions are liquidated) ÷ equity. The level is the ladder's own
 * multiple of maintenance. Does not exist where equity is not positive.
 */
export function marginToLiquidation(equity: Figure, maintenance: Figure, currency: string, rules: Rules): Figure | AbsentFigure {
  const rung = rungOf(rules);
  const multiple = input(liquidationMultiple(rules), 'times', { label: 'Liquidation, of maintenance', source: rung ? `status ladder of ${rules.packs.join(', ')}: ${rung.cites}` : 'no rung says otherwise' });
  const level = product(currency, [multiple, maintenance], { label: 'Level at which positions are liquidated' });
  const left = difference(currency, [equity, level], { label: 'Equity less the level of liquidation' });
  return ratio('Margin to liquidation', left, equity, 'equity is not positive');
}
