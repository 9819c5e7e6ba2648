import { Decimal, fromDecimalText } from '../../../shared/money.ts';
import { absent, difference, input, product, type AbsentFigure, type Figure } from '../figure/figure.ts';
import type { MarginFigures } from '../margin-model.ts';
import type { Rules } from '../packs/rules.ts';
import type { StatusMetric, StatusRung } from '../packs/schema.ts';
import { ratio } from './ratio.ts';

type Known = Omit<MarginFigures, 'marginToLiquidation'>;

/** What a rung on a ratio sets against each other; rungs on amounts name no level that equity can be held against. */
const SIDES: Partial<Record<StatusMetric, (figures: Known) => readonly [Figure, Figure] | null>> = {
  equityToMaintenance: ({ equity, maintenance }) => [equity, maintenance],
  equityToExchangeMaintenance: ({ equity, exchangeMaintenance }) => [equity, exchangeMaintenance],
  healthRatio: ({ healthRatio: { children: [covers, owes] } }) => (covers && owes ? [covers, owes] : null),
};

/** The share of maintenance at which a venue liquidates: its ladder's rung, or maintenance itself. */
export function liquidationMultiple(rules: Rules): Decimal {
  const rung = rungOf(rules);
  return rung?.metric === 'equityToMaintenance' ? fromDecimalText(rung.value) : new Decimal(1);
}

function rungOf({ statusLadder }: Rules): StatusRung | undefined {
  return statusLadder.find(({ status, metric, comparison }) => status === 'liquidation' && comparison === 'below' && SIDES[metric] !== undefined);
}

/**
 * What can be lost before positions are liquidated: equity, or of loans what counts of assets, less the ladder's own multiple
 * of the requirement, which need not be maintenance. Null where the ladder names no such level.
 */
export function leftToLiquidation(figures: Known, currency: string, rules: Rules): Figure | null {
  const rung = rungOf(rules);
  const sides = rung ? (SIDES[rung.metric]?.(figures) ?? null) : null;
  if (!rung || !sides) return null;
  const [covers, owes] = sides;
  const multiple = input(fromDecimalText(rung.value), 'times', { label: 'Liquidation, of the requirement', source: `status ladder of ${rules.packs.join(', ')}: ${rung.cites}` });
  const level = product(currency, [multiple, owes], { label: 'Level at which positions are liquidated' });
  // Who owes nothing is never liquidated, and may lose all.
  return difference(currency, [rung.metric === 'healthRatio' && owes.amount.isZero() ? figures.equity : covers, level], { label: 'What can be lost before liquidation' });
}

/**
 * The part of equity that can be lost before positions are liquidated: (equity − level) ÷ equity, half-even to six places.
 * Does not exist where the ladder names no such level, and where equity is not positive.
 */
export function marginToLiquidation({ equity }: Known, left: Figure | null): Figure | AbsentFigure {
  const about = { label: 'Margin to liquidation' };
  if (!left) return absent('times', { ...about, arithmetic: 'the rules name no level of liquidation in terms of the requirement' });
  return ratio(about.label, left, equity, 'equity is not positive');
}
