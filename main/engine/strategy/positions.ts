import type { PositionBadge } from '../../../shared/domain/margin-state.ts';
import { toDecimalText } from '../../../shared/money.ts';
import { sum, type Figure } from '../figure/figure.ts';
import type { PositionMargin, RequirementParts } from '../margin-model.ts';
import type { Holding } from '../pool/holding.ts';
import { areThose } from '../pool/near.ts';
import type { HoldingAddOn } from '../add-ons/add-ons.ts';
import { isUnknownBond } from './bond-rates.ts';
import { ZERO, type StrategyContext } from './context.ts';
import type { LegCharge } from './leg-charge.ts';
import type { PricedGroup } from './priced-group.ts';

/** A group as far as its holdings' shares go. */
type Shared = Pick<PricedGroup, 'id' | 'holdings' | 'strategies' | 'notPairedYet' | 'unpriced'>;

interface Share {
  group: Shared;
  legs: { name: string; charge: LegCharge }[];
}

/**
 * Each holding's share of what its group is asked: the sum of its legs over all strategies it is part of. It is the very one
 * of `before` where the holding and its strategies are.
 */
export function positionMargins(group: Shared, addOns: ReadonlyMap<Holding, HoldingAddOn>, context: StrategyContext, before: PricedGroup | null = null): PositionMargin[] {
  const shares = sharesOf(group);
  const had = before && isPlain(group) && isPlain(before) ? new Map(before.holdings.map((holding, at) => [holding, before.positions[at]])) : null;
  const hadShares = had && before ? sharesOf(before) : null;
  const unpriced = new Set(group.unpriced.map(({ instrument }) => instrument));
  return group.holdings.map((holding) => {
    const known = had?.get(holding);
    if (known && hadShares && areThose(chargesOf(hadShares.get(holding)), chargesOf(shares.get(holding)))) return known;
    return positionMargin(holding, shares.get(holding), addOns.get(holding), unpriced, context);
  });
}

/** Nothing is said of its positions beside what is asked of them. */
function isPlain({ notPairedYet, unpriced }: Shared): boolean {
  return notPairedYet.size === 0 && unpriced.length === 0;
}

function chargesOf(share: Share | undefined): LegCharge[] {
  return share?.legs.map(({ charge }) => charge) ?? [];
}

function sharesOf(group: Shared): Map<Holding, Share> {
  const shares = new Map<Holding, Share>();
  for (const { name, charges } of group.strategies) {
    for (const charge of charges) {
      const share = shares.get(charge.holding) ?? { group, legs: [] };
      share.legs.push({ name, charge });
      shares.set(charge.holding, share);
    }
  }
  return shares;
}

function positionMargin(holding: Holding, share: Share | undefined, addOn: HoldingAddOn | undefined, unpriced: ReadonlySet<string>, { currency }: StrategyContext): PositionMargin {
  const legs = share?.legs ?? [];
  const [first, ...others] = legs;
  const total = (stack: 'regT' | 'exchange' | 'houseInitial' | 'houseMaintenance', label: string): Figure =>
    first && others.length === 0 ? first.charge[stack] : sum(currency, legs.map(({ charge }) => charge[stack]), { label: () => `${label}, ${holding.instrument}`, subject: { group: share?.group.id, instrument: holding.instrument } });
  const withAddOn = (stack: 'houseInitial' | 'houseMaintenance', label: string): Figure => {
    const onTop = stack === 'houseInitial' ? addOn?.initial : addOn?.maintenance;
    return onTop ? sum(currency, [total(stack, `${label} without add-ons`), onTop], { label: () => `${label}, ${holding.instrument}`, subject: { instrument: holding.instrument } }) : total(stack, label);
  };
  const heaviest = legs.toSorted((a, b) => b.charge.houseMaintenance.amount.cmp(a.charge.houseMaintenance.amount))[0];
  return {
    instrument: holding.instrument,
    subType: holding.subType,
    quantity: toDecimalText(holding.quantity),
    price: toDecimalText(holding.price.amount),
    localValue: holding.localValue,
    value: holding.value,
    requirement: { regT: total('regT', 'Regulation T'), exchange: total('exchange', 'Exchange maintenance'), houseInitial: withAddOn('houseInitial', 'Initial'), houseMaintenance: withAddOn('houseMaintenance', 'Maintenance') },
    group: share?.group.id ?? holding.instrument,
    strategy: [...new Set(legs.map(({ name }) => name))].join(' + '),
    rule: [heaviest?.charge.rule, addOn?.cites].filter(Boolean).join('; '),
    parts: holding.class === 'option' ? partsOf(legs.map(({ charge }) => charge)) : null,
    badges: badgesOf(holding, legs, share, addOn?.unverified === true, unpriced),
  };
}

function partsOf(charges: readonly LegCharge[]): RequirementParts {
  let [risk, shortOptionValue, longPremium, shortMarketValue] = [ZERO, ZERO, ZERO, ZERO];
  for (const { parts } of charges) {
    if (!parts) continue;
    risk = risk.plus(parts.risk);
    shortOptionValue = shortOptionValue.plus(parts.shortOptionValue);
    longPremium = longPremium.plus(parts.longPremium);
    shortMarketValue = shortMarketValue.plus(parts.shortMarketValue);
  }
  return { risk, shortOptionValue, longPremium, cashToDeposit: risk.plus(shortOptionValue).plus(longPremium).minus(shortMarketValue) };
}

function badgesOf(holding: Holding, legs: Share['legs'], share: Share | undefined, unverified: boolean, unpriced: ReadonlySet<string>): PositionBadge[] {
  const badges: PositionBadge[] = [];
  if (share?.group.notPairedYet.has(holding)) badges.push('notPairedYet');
  if (unpriced.has(holding.instrument)) badges.push('unpriced');
  if (holding.class === 'option' && (holding.terms.adjusted === true || holding.terms.deliverable !== undefined)) badges.push('adjusted');
  if (unverified || legs.some(({ charge }) => charge.unverified) || (holding.class === 'bond' && isUnknownBond(holding.terms))) badges.push('unverifiedRule');
  return badges;
}
