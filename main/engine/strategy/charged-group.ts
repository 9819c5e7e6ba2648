import { sum, type Figure } from '../figure/figure.ts';
import type { HoldingAddOn } from '../add-ons/add-ons.ts';
import type { Holding } from '../pool/holding.ts';
import type { StrategyContext } from './context.ts';
import { positionMargins } from './positions.ts';
import type { PricedGroup, PricedStrategy, StackName } from './priced-group.ts';

const NO_ADD_ONS: ReadonlyMap<Holding, HoldingAddOn> = new Map();

/** A group under these strategies: what they add up to, and what of it is each holding's. */
export function chargedGroup(group: Omit<PricedGroup, 'strategies' | 'stacks' | 'positions'>, strategies: PricedStrategy[], context: StrategyContext): PricedGroup {
  const { id } = group;
  const stack = (name: StackName): Figure => {
    const parts = strategies.map(({ name: label, charges }) => sum(context.currency, charges.map((charge) => charge[name]), { label, subject: { group: id } }));
    return sum(context.currency, parts, { label: id, subject: { group: id } });
  };
  const stacks = { regT: stack('regT'), exchange: stack('exchange'), exchangeInitial: stack('exchangeInitial'), houseInitial: stack('houseInitial'), houseMaintenance: stack('houseMaintenance') };
  return { ...group, strategies, stacks, positions: positionMargins({ ...group, strategies }, NO_ADD_ONS, context) };
}
