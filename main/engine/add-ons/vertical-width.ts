import type { RuleReference } from '../../../shared/explain.ts';
import { Decimal } from '../../../shared/money.ts';
import { difference, greatest, type Figure } from '../figure/figure.ts';
import type { OptionHolding } from '../pool/holding.ts';
import { zeroFigure, type StrategyContext } from '../strategy/context.ts';
import { asTheRulesState, type LegCharge } from '../strategy/leg-charge.ts';
import { chargeNaked } from '../strategy/option.ts';
import type { Leg, PairedStrategy } from '../strategy/pairing.ts';
import { chargeSpread } from '../strategy/spread.ts';
import { areVertical } from '../strategy/vertical.ts';
import type { Charged } from './add-ons.ts';
import type { SpreadAddOn } from './spread-add-on.ts';

type Option = Leg<OptionHolding>;

/**
 * Verticals by their width (`option.vertical`: `width`): a broker that sees a short option beside a long one of the same
 * kind and expiry asks the width against the short one, also where it would be asked less alone. The pairing leaves such
 * options alone, so that they are put together here, the narrowest first; the add-on is what the width asks beyond.
 */
export function verticalWidths(strategies: readonly Charged[], context: StrategyContext): SpreadAddOn[] {
  if (context.rules.optionalSetting('option.vertical') !== 'width') return [];
  const paired = strategies.flatMap(({ strategy, charges }) => (strategy.kind === 'vertical' ? beyondCharged(optionsOf(strategy), charges.find(({ holding }) => holding.quantity.isNegative()) ?? null, context) : []));
  const alone = strategies.flatMap(({ strategy }) => (strategy.kind === 'single' ? optionsOf(strategy) : []));
  return [...paired, ...sideBySide(alone, context).flatMap(({ short, long }) => beyondCharged([short, long], chargeNaked(short.holding, short.quantity, context), context))];
}

function optionsOf({ legs }: PairedStrategy): Option[] {
  return legs.filter((leg): leg is Option => leg.holding.class === 'option');
}

/** Options that stand alone, put beside each other: the narrowest first, of equals in the order of the book. */
function sideBySide(alone: readonly Option[], context: StrategyContext): { short: Option; long: Option }[] {
  const left = new Map(alone.map(({ holding, quantity }) => [holding, quantity]));
  const shorts = alone.filter(({ holding }) => holding.quantity.isNegative());
  const longs = alone.filter(({ holding }) => !holding.quantity.isNegative());
  const one = new Decimal(1);
  const pairs = shorts.flatMap(({ holding: short }) => longs.filter(({ holding }) => areVertical(short, holding)).map(({ holding: long }) => ({ short, long, width: lossOf([{ holding: short, quantity: one }, { holding: long, quantity: one }], context) })));
  return pairs.toSorted((a, b) => a.width.amount.cmp(b.width.amount)).flatMap(({ short, long }) => {
    const quantity = Decimal.min(left.get(short) ?? 0, left.get(long) ?? 0);
    if (quantity.lte(0)) return [];
    for (const holding of [short, long]) left.set(holding, (left.get(holding) ?? quantity).minus(quantity));
    return [{ short: { holding: short, quantity }, long: { holding: long, quantity } }];
  });
}

/** The largest loss of the two, without regard to what the short one is asked alone. */
function lossOf(legs: readonly Option[], context: StrategyContext): Figure {
  const carrier = chargeSpread(legs, context).find(({ holding }) => holding.quantity.isNegative());
  return carrier ? asTheRulesState(carrier, context) : zeroFigure(context.currency, 'Nothing short');
}

function beyondCharged(legs: readonly Option[], charge: LegCharge | null, context: StrategyContext): SpreadAddOn[] {
  const short = legs.find(({ holding }) => holding.quantity.isNegative());
  const isVertical = legs.length === 2 && legs.every(({ holding }) => short && holding.terms.expiry === short.holding.terms.expiry);
  if (!charge || !short || !isVertical) return [];
  const rule: RuleReference = context.rules.settingRule('option.vertical');
  const beyond = difference(context.currency, [lossOf(legs, context), asTheRulesState(charge, context)], { label: 'Width of the vertical beyond the short option alone', rule });
  // Also where it is nothing: as the price moves it may come to something, and a root search follows the tree.
  const { holding } = short;
  return [{ holding, rule, onTop: greatest(context.currency, [zeroFigure(context.currency, 'Nothing on top'), beyond], { label: `Add-on, ${holding.instrument}`, rule, subject: { instrument: holding.instrument } }) }];
}
