import { difference, greatest, sum, type Figure } from '../figure/figure.ts';
import type { Unpriced } from '../margin-model.ts';
import type { Holding } from '../pool/holding.ts';
import type { PreparedPool } from '../pool/prepare-pool.ts';
import type { Rules } from '../packs/rules.ts';
import { zeroFigure, type StrategyContext } from '../strategy/context.ts';
import type { LegCharge } from '../strategy/leg-charge.ts';
import type { PairedStrategy } from '../strategy/pairing.ts';
import { currencyHaircut } from './currency-haircut.ts';
import { exposureOf } from './exposure.ts';
import { spreadAddOn } from './spread-add-on.ts';
import { stockAddOns, type HouseRate } from './stock-add-on.ts';
import { verticalWidths } from './vertical-width.ts';

/** What is added to one holding's requirements, in the pool's currency. */
export interface HoldingAddOn {
  maintenance: Figure;
  initial: Figure;
  /** Citation of the rule, where the add-on is more than nothing. */
  cites: string | null;
  unverified: boolean;
}

/** Everything that is asked of an account beyond its strategies, after these were paired. */
export interface AddOns {
  byHolding: ReadonlyMap<Holding, HoldingAddOn>;
  /** Children of the pool's requirements. */
  maintenance: Figure[];
  initial: Figure[];
  rates: HouseRate[];
  /** Data that a table lacked. */
  notKnown: Unpriced[];
}

/** A strategy and the charges of its legs. */
export interface Charged {
  strategy: PairedStrategy;
  charges: readonly LegCharge[];
}

const NOTHING: AddOns = { byHolding: new Map(), maintenance: [], initial: [], rates: [], notKnown: [] };

/**
 * True when the rules ask something of an account that no single underlying shows: then a price may move what other
 * positions are asked, and what a position is asked may depend on how much there is of it.
 */
export function hasAddOns(rules: Rules): boolean {
  return rules.addOns.length > 0 || hasSpreadRules(rules) || rules.optionalSetting('option.indexCover') === 'fund' || rules.keys.some((key) => key.startsWith('house.fx.haircut'));
}

function hasSpreadRules(rules: Rules): boolean {
  return rules.optionalSetting('option.unequalCondor') === 'twoSpreads' || rules.optionalSetting('option.vertical') === 'width' || ['house.option.universalSpread.ofLoss', 'house.option.shortBox.ofCostToClose'].some((key) => rules.optional(key) !== null);
}

/** Account add-ons: concentration and liquidity tables, broker rules for spreads, and the currency haircut. */
export function addOnsOf(pool: PreparedPool, charged: () => readonly Charged[], context: StrategyContext): AddOns {
  const { rules, currency } = context;
  if (!hasAddOns(rules)) return NOTHING;
  const strategies = charged();
  const singles = new Map(strategies.filter(({ strategy }) => strategy.kind === 'single').flatMap((one) => one.charges.map((charge) => [charge.holding, charge] as const)));
  const rates = rules.addOns.length > 0 ? stockAddOns(exposureOf(pool, context), singles, context) : [];
  const charges = Map.groupBy(strategies.flatMap((one) => one.charges), ({ holding }) => holding);
  const onTop = new Map<Holding, { figure: Figure; cites: string | null; unverified: boolean }[]>();
  const add = (holding: Holding, figure: Figure, cites: string | null, unverified: boolean): void => {
    onTop.set(holding, [...(onTop.get(holding) ?? []), { figure, cites, unverified }]);
  };
  for (const { holding, onTop: figure, tables } of rates) {
    const charging = tables.filter(({ rate }) => !rate.amount.isZero()).map(({ layered }) => layered.rule);
    add(holding, figure, figure.amount.isZero() ? null : (figure.about.rule?.cites ?? null), charging.some(({ status }) => status === 'unverified'));
  }
  for (const { strategy, charges: legs } of hasSpreadRules(rules) ? strategies : []) {
    const found = spreadAddOn(strategy, legs, context);
    if (found) add(found.holding, found.onTop, found.onTop.amount.isZero() ? null : found.rule.cites, found.rule.status === 'unverified');
  }
  for (const { holding, onTop: figure, rule } of verticalWidths(strategies, context)) add(holding, figure, figure.amount.isZero() ? null : rule.cites, rule.status === 'unverified');
  const byHolding = new Map([...onTop].map(([holding, parts]): [Holding, HoldingAddOn] => [holding, together(holding, parts, charges.get(holding) ?? [], context)]));
  const haircut = currencyHaircut(pool, context);
  const children = (stack: 'maintenance' | 'initial'): Figure[] => {
    const figures = [...byHolding.values()].map((one) => one[stack]);
    return [...(figures.length > 0 ? [sum(currency, figures, { label: 'House add-ons' })] : []), ...(haircut ? [haircut] : [])];
  };
  return { byHolding, maintenance: children('maintenance'), initial: children('initial'), rates, notKnown: rates.flatMap(notKnown) };
}

/** The initial requirement grows only as far as it would otherwise be below maintenance. */
function together({ instrument }: Holding, parts: readonly { figure: Figure; cites: string | null; unverified: boolean }[], charges: readonly LegCharge[], { currency }: StrategyContext): HoldingAddOn {
  const [first, ...others] = parts.map(({ figure }) => figure);
  const maintenance = first && others.length === 0 ? first : sum(currency, parts.map(({ figure }) => figure), { label: `Add-ons, ${instrument}` });
  const total = (stack: 'houseMaintenance' | 'houseInitial', label: string): Figure => sum(currency, charges.map((charge) => charge[stack]), { label });
  const held = sum(currency, [total('houseMaintenance', 'Maintenance without add-ons'), maintenance], { label: 'Maintenance with add-ons' });
  const missing = difference(currency, [held, total('houseInitial', 'Initial without add-ons')], { label: 'Maintenance beyond initial' });
  return {
    maintenance,
    initial: greatest(currency, [zeroFigure(currency, 'Nothing on top'), missing], { label: `Add-on to the initial requirement, ${instrument}`, subject: { instrument } }),
    cites: parts.find(({ cites }) => cites !== null)?.cites ?? null,
    unverified: parts.some(({ unverified }) => unverified),
  };
}

function notKnown({ holding, tables }: HouseRate): Unpriced[] {
  return tables.filter(({ known }) => !known).map(({ layered, reason }) => ({ instrument: holding.instrument, reason: `${layered.table.label}: ${reason()}`, indeterminate: false }));
}
