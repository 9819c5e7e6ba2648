import { sum, type Figure } from '../figure/figure.ts';
import type { HoldingAddOn } from '../add-ons/add-ons.ts';
import type { Holding } from '../pool/holding.ts';
import type { StrategyContext } from './context.ts';
import type { LegCharge } from './leg-charge.ts';
import type { PairedStrategy } from './pairing.ts';
import { positionMargins } from './positions.ts';
import type { PricedGroup, PricedStrategy, StackName } from './priced-group.ts';

const NO_ADD_ONS: ReadonlyMap<Holding, HoldingAddOn> = new Map();

/** A strategy of a group with what is asked for it. */
export function chargedStrategy(group: string, name: string, strategy: PairedStrategy, charges: LegCharge[], { currency }: StrategyContext): PricedStrategy {
  return { name, strategy, charges, stacks: everyStack((stack) => sum(currency, charges.map((charge) => charge[stack]), { label: name, subject: { group } })) };
}

/** A group under these strategies: what they add up to, and what of it is each holding's, as it was `before` where nothing of that is another. */
export function chargedGroup(group: Omit<PricedGroup, 'strategies' | 'stacks' | 'positions' | 'told'>, strategies: PricedStrategy[], context: StrategyContext, before: PricedGroup | null = null): PricedGroup {
  const { id } = group;
  const stacks = everyStack((stack) => sum(context.currency, strategies.map((one) => one.stacks[stack]), { label: id, subject: { group: id } }));
  const { houseMaintenance: asked } = stacks;
  const { quality, pairing: { proved } } = group;
  const told = quality && { group: id, asked, proved, quality };
  return { ...group, strategies, stacks, told, positions: positionMargins({ ...group, strategies }, NO_ADD_ONS, context, before) };
}

function everyStack(figureOf: (stack: StackName) => Figure): Record<StackName, Figure> {
  return { regT: figureOf('regT'), exchange: figureOf('exchange'), exchangeInitial: figureOf('exchangeInitial'), houseInitial: figureOf('houseInitial'), houseMaintenance: figureOf('houseMaintenance') };
}
