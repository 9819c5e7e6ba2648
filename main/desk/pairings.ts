import type { ExplainNode } from '../../shared/explain.ts';
import { Decimal, toDecimalText, type DecimalText } from '../../shared/money.ts';
import type { PairingView } from '../../shared/pairing.ts';
import type { Figure } from '../engine/figure/figure.ts';
import { toExplain } from '../engine/figure/to-explain.ts';
import type { AccountMargin } from '../engine/margin.ts';
import type { PoolMargin } from '../engine/margin-model.ts';

/** A bound from a linear program has many digits; shown with these, rounded so that it stays a bound. */
const BOUND_PLACES = 6;

/** How the legs of each underlying of an account were put together: what is not proved first, then what saves most. */
export function pairingsOf({ pools }: AccountMargin): PairingView[] {
  const views = pools.flatMap((pool) => (pool.pairings ?? []).map((pairing) => viewOf(pool, pairing)));
  return views.toSorted((a, b) => Number(a.optimal) - Number(b.optimal) || new Decimal(b.saving).cmp(a.saving) || (a.group < b.group ? -1 : 1));
}

function viewOf(pool: PoolMargin, { group, quality }: NonNullable<PoolMargin['pairings']>[number]): PairingView {
  const { cost, lowerBound, gap, greedy } = quality();
  const simple = greedy();
  const optimal = gap.isZero();
  const bound = optimal ? cost : lowerBound.toDecimalPlaces(BOUND_PLACES, Decimal.ROUND_FLOOR);
  return {
    pool: pool.id,
    group,
    currency: pool.currency,
    strategies: groupFigure(pool, group)?.children.map((strategy) => ({ name: toExplainLabel(strategy), instruments: instrumentsOf(strategy), houseMaintenance: text(strategy.amount) })) ?? [],
    cost: text(cost),
    greedy: text(simple),
    saving: text(simple.minus(cost)),
    lowerBound: text(bound),
    gap: text(cost.minus(bound)),
    optimal,
  };
}

const text = (amount: Decimal): DecimalText => toDecimalText(amount);

function toExplainLabel({ about: { label } }: Figure): string {
  return typeof label === 'string' ? label : label();
}

const isGroup = (label: string, group: string | undefined, op: string): group is string => op === 'sum' && group !== undefined && group === label;

/** The line of an underlying in the tree of the pool's house maintenance: its children are the strategies. */
function groupFigure({ figures }: PoolMargin, group: string): Figure | undefined {
  return figures.maintenance.children.find((child) => child.about.subject?.group === group && isGroup(toExplainLabel(child), group, child.op));
}

/** The instruments of a strategy's legs, in order: the first that each leg's tree is about. */
function instrumentsOf({ children }: Figure): string[] {
  return [...new Set(children.map(firstInstrument).filter((instrument) => instrument !== null))];
}

function firstInstrument({ about, children }: Figure): string | null {
  if (about.subject?.instrument !== undefined) return about.subject.instrument;
  for (const child of children) {
    const found = firstInstrument(child);
    if (found !== null) return found;
  }
  return null;
}

/** The tree of a figure, with the pairing beside every line that is an underlying of a pool. */
export function explainWithPairings(figure: Parameters<typeof toExplain>[0], margin: AccountMargin): ExplainNode {
  const tree = withPools(toExplain(figure), margin);
  const pairings = margin.pools.flatMap((pool) => (pool.pairings ?? []).map((pairing) => ({ pool, pairing })));
  if (pairings.length > 0) attach(tree, margin.pools[0]?.id ?? '');
  return tree;

  function attach(node: ExplainNode, pool: string): void {
    const here = node.subject?.pool ?? pool;
    if (isGroup(node.label, node.subject?.group, node.op)) {
      const found = pairings.find((each) => each.pool.id === here && each.pairing.group === node.label);
      if (found) node.pairing = viewOf(found.pool, found.pairing);
      return;
    }
    for (const child of node.children) attach(child, here);
  }
}

/** A sum over pools names each of them, so that two lines of one label can be told apart. */
function withPools(tree: ExplainNode, { pools }: AccountMargin): ExplainNode {
  if (pools.length > 1 && tree.op === 'sum' && tree.children.length === pools.length) {
    for (const [index, { id }] of pools.entries()) {
      const child = tree.children[index];
      if (child) child.subject = { ...child.subject, pool: id };
    }
  }
  return tree;
}
