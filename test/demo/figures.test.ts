import { beforeAll, expect, test } from 'vitest';
import { computeAccount } from '../../main/desk/compute.ts';
import type { DeskState } from '../../main/desk/desk-state.ts';
import type { AccountMargin } from '../../main/engine/margin.ts';
import type { AbsentFigure, Figure } from '../../main/engine/figure/figure.ts';
import { FIGURES } from '../../shared/domain/margin-state.ts';
import { pageOfFigure, pageOfNode } from '../../shared/help/find.ts';
import type { ExplainNode } from '../../shared/explain.ts';
import { Decimal, toDecimalText } from '../../shared/money.ts';
import { explainWithPairings, pairingsOf } from '../../main/desk/pairings.ts';
import { playDemo, stateOf } from './play.ts';

// Every tree of every account of the demo book, walked once: figures are shared between trees, so each is seen once.

let state: DeskState;
let accounts: AccountMargin[];

beforeAll(() => {
  state = stateOf(playDemo());
  accounts = [...state.holdings.accounts.values()].map((account) => computeAccount(state.holdings, account).margin);
}, 120_000);

type Node = Figure | AbsentFigure;
const labelOf = ({ about: { label } }: Node): string => (typeof label === 'string' ? label : label());

/** True when a figure rests on an unverified rule, found by looking at every node anew. */
function restsOn(figure: Node, known: Map<Node, boolean>): boolean {
  const before = known.get(figure);
  if (before !== undefined) return before;
  const rests = figure.about.rule?.status === 'unverified' || figure.children.some((child) => restsOn(child, known));
  known.set(figure, rests);
  return rests;
}

test('figures that rest on an unverified rule, and no others, are marked: in every account’s row and on every position', () => {
  let marked = 0;
  for (const { id, figures, pools } of accounts) {
    const known = new Map<Node, boolean>();
    const resting = FIGURES.filter((figure) => restsOn(figures[figure], known));
    expect([id, state.accountRows.get(id)?.unverified]).toEqual([id, resting]);
    marked += resting.length;
    for (const { model, positions } of pools) {
      for (const { instrument, requirement, badges } of positions) {
        const rests = requirement !== null && Object.values(requirement).some((figure) => restsOn(figure, known));
        // A bond of which too little is known carries the badge as well: which rule it is under is a guess. Under a model of
        // risk a position carries the doubts of its whole class.
        const guessed = model === 'scan' || state.holdings.instruments.get(instrument)?.terms.kind === 'bond';
        if (rests || !guessed) expect([id, instrument, badges.includes('unverifiedRule')]).toEqual([id, instrument, rests]);
      }
    }
  }
  expect(marked).toBeGreaterThan(100);
});

test('every node of every tree leads to a page about its own rule, or to that of the nearest node above it', () => {
  const cited = new Set<string>();
  const lost = new Set<string>();
  let nodes = 0;
  for (const { figures } of accounts) {
    const seen = new Set<Node>();
    const visit = (figure: Node): void => {
      if (seen.has(figure)) return;
      seen.add(figure);
      nodes += 1;
      const { rule, subject } = figure.about;
      if (rule?.parameter !== undefined && !cited.has(rule.parameter)) {
        cited.add(rule.parameter);
        // What cites a parameter must itself lead to a page: a page above it would be about something else.
        if (!pageOfNode({ label: labelOf(figure), op: figure.op, ...(rule ? { rule } : {}), ...(subject ? { subject } : {}) })) lost.add(rule.parameter);
      }
      figure.children.forEach(visit);
    };
    for (const figure of FIGURES) {
      expect(pageOfFigure(figure).id).not.toBe('');
      visit(figures[figure]);
    }
  }
  expect(nodes).toBeGreaterThan(50_000);
  expect(cited.size).toBeGreaterThan(30);
  expect([...lost]).toEqual([]);
});

test('the pairing of every underlying is proved to be the least, and often beats the greedy one', () => {
  const pairings = accounts.flatMap(({ pools }) => pools.flatMap((pool) => pool.pairings ?? []));
  expect(pairings.length).toBeGreaterThan(500);
  expect(pairings.filter(({ proved }) => !proved).map(({ group }) => group)).toEqual([]);
  const qualities = pairings.map(({ quality }) => quality());
  expect(qualities.filter(({ gap }) => !gap.isZero())).toEqual([]);
  // Nearly always the bound without whole contracts is met exactly, which needs no trust in the search.
  expect(qualities.filter(({ relaxed, cost }) => relaxed().eq(cost)).length).toBeGreaterThan(0.99 * qualities.length);
  expect(qualities.filter(({ greedy, cost }) => greedy().gt(cost)).length).toBeGreaterThan(50);
});

test('every pairing is told with its strategies, which add up to its cost; optimal is said only where the gap is nothing', () => {
  let told = 0;
  for (const margin of accounts) {
    const views = pairingsOf(margin);
    for (const { group, strategies, cost, greedy, saving, lowerBound, gap, optimal } of views) {
      const total = strategies.reduce((sum, { houseMaintenance }) => sum.plus(houseMaintenance), new Decimal(0));
      expect([margin.id, group, toDecimalText(total)]).toEqual([margin.id, group, cost]);
      expect([saving, gap]).toEqual([toDecimalText(new Decimal(greedy).minus(cost)), toDecimalText(new Decimal(cost).minus(lowerBound))]);
      expect(optimal).toBe(gap === '0');
      expect(strategies.every(({ name, instruments }) => name !== '' && instruments.length > 0)).toBe(true);
    }
    if (views.length === 0) continue;
    const tree = explainWithPairings(margin.figures.excess, margin);
    expect([margin.id, pairingsIn(tree)]).toEqual([margin.id, views.map(({ group }) => group).toSorted()]);
    told += views.length;
  }
  expect(told).toBeGreaterThan(400);
});

/** The underlyings of a tree that tell their pairing, in the tree of house maintenance beneath it. */
function pairingsIn({ pairing, children }: ExplainNode): string[] {
  return [...(pairing ? [pairing.group] : []), ...children.flatMap(pairingsIn)].toSorted();
}
