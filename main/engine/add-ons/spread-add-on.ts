import type { RuleReference } from '../../../shared/explain.ts';
import { difference, greatest, product, sum, type Figure } from '../figure/figure.ts';
import type { Holding, OptionHolding } from '../pool/holding.ts';
import { countOf, marketValue, zeroFigure, type StrategyContext } from '../strategy/context.ts';
import { asTheRulesState, type LegCharge } from '../strategy/leg-charge.ts';
import type { Leg, PairedStrategy } from '../strategy/pairing.ts';
import { chargeVertical } from '../strategy/vertical.ts';
import { groupShape } from '../strategy/group-shape.ts';

/** What a house asks of one spread beyond its largest loss, carried by the leg that carries the loss. */
export interface SpreadAddOn {
  holding: Holding;
  onTop: Figure;
  rule: RuleReference;
}

/**
 * Broker rules for groups charged by their largest loss: a share of it above 100 % for a group that the broker does not list by name
 * (`house.option.universalSpread.ofLoss`); for a short box at least a share of what closing it costs
 * (`house.option.shortBox.ofCostToClose`); an iron condor with wings of different widths as two spreads
 * (`option.unequalCondor`). They come after the pairing, which therefore does not depend on them.
 */
export function spreadAddOn(strategy: PairedStrategy, charges: readonly LegCharge[], context: StrategyContext): SpreadAddOn | null {
  const { kind, legs } = strategy;
  if (kind !== 'spread') return null;
  const carrier = charges.find(({ holding }) => holding.quantity.isNegative());
  if (!carrier || carrier.holding.class !== 'option') return null;
  const { currency, rules } = context;
  const { holding } = carrier;
  const charged = asTheRulesState(carrier, context);
  const wanted: { asked: Figure; rule: RuleReference }[] = [];
  const share = rules.optional('house.option.universalSpread.ofLoss');
  if (share && !groupShape(optionsOf(legs)).listed) wanted.push({ rule: share.rule, asked: product(currency, [share.figure, charged], { label: 'Share of the largest loss', rule: share.rule }) });
  const cost = rules.optional('house.option.shortBox.ofCostToClose');
  if (cost && isShortBox(legs)) wanted.push({ rule: cost.rule, asked: product(currency, [cost.figure, costToClose(legs, currency)], { label: 'Share of what closing costs', rule: cost.rule }) });
  const wings = rules.optionalSetting('option.unequalCondor') === 'twoSpreads' ? asTwoSpreads(legs, context) : null;
  if (wings) wanted.push({ rule: rules.settingRule('option.unequalCondor'), asked: wings });
  const [first, ...others] = wanted;
  if (!first) return null;
  const asked = greatest(currency, [first.asked, ...others.map((other) => other.asked)], { label: `House rule of a spread, ${holding.instrument}` });
  const beyond = difference(currency, [asked, charged], { label: 'Beyond the largest loss' });
  const { rule } = wanted[asked.chosen] ?? first;
  return { holding, rule, onTop: greatest(currency, [zeroFigure(currency, 'Nothing on top'), beyond], { label: `Add-on, ${holding.instrument}`, rule, subject: { instrument: holding.instrument } }) };
}

/** The two sides of a condor of calls and puts, each charged as a spread of its own; null where both ask the same and expire together, and for any other group. */
function asTwoSpreads(legs: readonly Leg[], context: StrategyContext): Figure | null {
  const options = optionsOf(legs);
  const sides = (['call', 'put'] as const).map((right) => {
    const [short, long, ...more] = options.filter(({ holding }) => holding.terms.right === right).toSorted((a, b) => a.holding.quantity.cmp(b.holding.quantity));
    const isSpread = short && long && more.length === 0 && short.holding.quantity.isNegative() && !long.holding.quantity.isNegative() && short.quantity.eq(long.quantity);
    return isSpread ? chargeVertical(short.holding, long.holding, short.quantity, context).map((charge) => asTheRulesState(charge, context)) : null;
  });
  const [calls, puts] = sides.map((side, at) => side && sum(context.currency, side, { label: at === 0 ? 'Calls' : 'Puts' }));
  if (!calls || !puts) return null;
  const together = new Set(options.map(({ holding }) => holding.terms.expiry)).size === 1;
  return together && calls.amount.eq(puts.amount) ? null : sum(context.currency, [calls, puts], { label: 'Each side as a spread of its own' });
}

function optionsOf(legs: readonly Leg[]): Leg<OptionHolding>[] {
  return legs.filter((leg): leg is Leg<OptionHolding> => leg.holding.class === 'option');
}

/** A box that pays its width at expiry: a call short and a put long at the lower strike, the other way round at the higher. */
function isShortBox(legs: readonly Leg[]): boolean {
  const options = optionsOf(legs);
  const [first] = options;
  if (options.length !== 4 || !first || options.some(({ quantity, holding }) => !quantity.eq(first.quantity) || holding.terms.expiry !== first.holding.terms.expiry)) return false;
  const strikes = [...new Set(options.map(({ holding }) => holding.terms.strike))].toSorted((a, b) => Number(a) - Number(b));
  const [low] = strikes;
  const seen = new Set(options.map(({ holding }) => `${holding.terms.strike === low ? 'low' : 'high'} ${holding.terms.right} ${holding.quantity.isNegative() ? 'short' : 'long'}`));
  return strikes.length === 2 && ['low call short', 'low put long', 'high call long', 'high put short'].every((leg) => seen.has(leg));
}

function costToClose(legs: readonly Leg[], currency: string): Figure {
  const side = (short: boolean): Figure[] => legs.filter(({ holding }) => holding.quantity.isNegative() === short).map(({ holding, quantity }) => marketValue(holding, countOf(holding, quantity), currency));
  const paid = sum(currency, side(true), { label: 'Paid for the short options' });
  return difference(currency, [paid, sum(currency, side(false), { label: 'Got for the long options' })], { label: 'Cost to close' });
}
