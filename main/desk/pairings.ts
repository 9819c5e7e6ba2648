import type { ExplainNode } from '../../shared/explain.ts';
import { Decimal, toDecimalText, type DecimalText } from '../../shared/money.ts';
import type { PairingView } from '../../shared/pairing.ts';
import { assert } from '../../shared/result.ts';
import type { AbsentFigure, Figure } from '../engine/figure/figure.ts';
import { toExplain, toExplainInPart } from '../engine/figure/to-explain.ts';
import type { AccountMargin } from '../engine/margin.ts';
import type { PoolMargin } from '../engine/margin-model.ts';
import { finish, type Slices } from './rows/slices.ts';

/** A bound from a linear program has many digits; shown with these, rounded so that it stays a bound. */
const BOUND_PLACES = 6;

type AnyFigure = Figure | AbsentFigure;
export type PairingMargin = NonNullable<PoolMargin['pairings']>[number];

/** How the legs of each underlying of an account were put together: what is not proved first, then what saves most. */
export function pairingsOf(margin: AccountMargin): PairingView[] {
  finish(tellingPairings(margin));
  return pairingMargins(margin).map((one) => toldAs(margin, one)).sort(byDoubt).map(({ view }) => view);
}

/** Tells them in slices: what a simple pairing would ask takes a search of its own for each underlying. */
export function* tellingPairings(margin: AccountMargin): Slices<void> {
  for (const one of pairingMargins(margin)) {
    if (views.has(one)) continue;
    yield;
    toldAs(margin, one);
  }
}

/** In the engine's order. */
export function pairingMargins({ pools }: AccountMargin): PairingMargin[] {
  return pools.flatMap(({ pairings }) => pairings ?? []);
}

/** A pairing as it was told; an underlying that an edit leaves alone has the very pairing that it had. */
export interface ToldPairing {
  view: PairingView;
  saving: Decimal;
}
const views = new WeakMap<PairingMargin, ToldPairing>();

/** What is not proved first, then what saves most; what saves the same, by name, and in the engine's order where two pools pair one underlying. */
export function byDoubt(a: ToldPairing, b: ToldPairing): number {
  return Number(a.view.optimal) - Number(b.view.optimal) || b.saving.cmp(a.saving) || (a.view.group < b.view.group ? -1 : Number(a.view.group > b.view.group));
}

export function toldAs({ pools }: AccountMargin, pairing: PairingMargin): ToldPairing {
  const known = views.get(pairing);
  if (known) return known;
  const pool = pools.find(({ pairings }) => pairings?.includes(pairing));
  assert(pool !== undefined, 'a pairing is told with the pools it is of');
  const view = viewOf(pool, pairing);
  const told = { view, saving: new Decimal(view.saving) };
  views.set(pairing, told);
  return told;
}

function viewOf({ id, currency }: PoolMargin, { group, asked, quality }: PairingMargin): PairingView {
  const { cost, lowerBound, gap, greedy } = quality();
  const simple = greedy();
  const optimal = gap.isZero();
  const bound = optimal ? cost : lowerBound.toDecimalPlaces(BOUND_PLACES, Decimal.ROUND_FLOOR);
  return {
    pool: id,
    group,
    currency,
    strategies: asked.children.map((strategy) => ({ name: toExplainLabel(strategy), instruments: instrumentsOf(strategy), houseMaintenance: text(strategy.amount) })),
    cost: text(cost),
    greedy: text(simple),
    saving: text(simple.minus(cost)),
    lowerBound: text(bound),
    gap: text(cost.minus(bound)),
    optimal,
  };
}

const text = (amount: Decimal): DecimalText => toDecimalText(amount);

function toExplainLabel({ about: { label } }: AnyFigure): string {
  return typeof label === 'string' ? label : label();
}

const isGroup = (label: string, group: string | undefined, op: string): group is string => op === 'sum' && group !== undefined && group === label;

const isGroupFigure = (figure: AnyFigure): boolean => isGroup(toExplainLabel(figure), figure.about.subject?.group, figure.op);

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
export function explainWithPairings(figure: AnyFigure, margin: AccountMargin): ExplainNode {
  return told(toExplain(figure), figure, margin, []);
}

/** The same of a part of a large tree, which says what the whole tree says there; null where it has no such node. */
export function explainInPart(figure: AnyFigure, margin: AccountMargin, at: readonly number[], nodesMax?: number): ExplainNode | null {
  const part = toExplainInPart(figure, at, nodesMax);
  return part && told(part, figure, margin, at);
}

/** Names the pools and attaches the pairings in a tree that stands at these places of the figure's. */
function told(tree: ExplainNode, figure: AnyFigure, margin: AccountMargin, at: readonly number[]): ExplainNode {
  const { pools } = margin;
  const isByPool = pools.length > 1 && figure.op === 'sum' && figure.children.length === pools.length;
  if (isByPool) nameByPool(tree, pools, at);
  const above = pathTo(figure, at);
  if (above.some(isGroupFigure)) return tree;
  const named = above.findLast(({ about }) => about.subject?.pool !== undefined)?.about.subject?.pool;
  attach(tree, named ?? (isByPool ? pools[at[0] ?? 0] : pools[0])?.id ?? '', pairingsByGroup(margin));
  return tree;
}

/** A sum over pools names each of them, so that two lines of one label can be told apart. */
function nameByPool(tree: ExplainNode, pools: AccountMargin['pools'], at: readonly number[]): void {
  const [place] = at;
  const lines = place === undefined ? tree.children : at.length === 1 ? [tree] : [];
  for (const [index, line] of lines.entries()) {
    const pool = pools[place ?? index];
    if (pool) line.subject = { ...line.subject, pool: pool.id };
  }
}

/** The figures above the one at these places, from the top down. */
function pathTo(figure: AnyFigure, at: readonly number[]): AnyFigure[] {
  const path: AnyFigure[] = [];
  let here: AnyFigure | undefined = figure;
  for (const place of at) {
    if (!here) break;
    path.push(here);
    here = here.children[place];
  }
  return path;
}

type ViewsByGroup = ReadonlyMap<string, () => PairingView>;

function pairingsByGroup(margin: AccountMargin): ViewsByGroup {
  return new Map(margin.pools.flatMap((pool) => (pool.pairings ?? []).map((pairing) => [`${pool.id}\n${pairing.group}`, () => toldAs(margin, pairing).view] as const)));
}

function attach(node: ExplainNode, pool: string, pairings: ViewsByGroup): void {
  const here = node.subject?.pool ?? pool;
  if (isGroup(node.label, node.subject?.group, node.op)) {
    const found = pairings.get(`${here}\n${node.label}`);
    if (found) node.pairing = found();
    return;
  }
  for (const child of node.children) attach(child, here, pairings);
}
