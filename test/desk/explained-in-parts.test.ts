import { expect, test } from 'vitest';
import { inputOf, marketOf, shelfOf } from '../../main/desk/compute.ts';
import { holdingsFrom } from '../../main/desk/holdings.ts';
import { explainInPart, explainWithPairings } from '../../main/desk/pairings.ts';
import { marginAccount, type AccountMargin } from '../../main/engine/margin.ts';
import { noFacts, type Facts } from '../../shared/domain/facts.ts';
import type { ExplainNode } from '../../shared/explain.ts';
import { withParts } from '../../renderer/explain/in-parts.ts';
import { markOf, STANDING } from './random-facts.ts';

const DAY = '2026-11-20';
const [STOCKS, SPREADS, STRIKES] = [200, 8, 10];

function book(): Facts {
  const facts = noFacts();
  facts.account.push({ account: 'A', name: null, baseCurrency: 'USD', regime: 'regT', regimeSource: 'test', asOf: DAY });
  const hold = (id: string, terms: Facts['instrument'][number]['terms'], price: string, quantity: string): void => {
    facts.instrument.push({ id, terms, identifiers: { symbol: id } });
    facts.mark.push(markOf(id, price));
    facts.position.push({ account: 'A', subType: quantity.startsWith('-') ? 'short' : 'margin', instrument: id, quantity, entryPrice: null, asOf: DAY });
  };
  const call = (stock: string, strike: number, quantity: string): void =>
    hold(`${stock} C ${strike}`, { kind: 'option', currency: 'USD', multiplier: '100', underlying: stock, right: 'call', strike: String(strike), expiry: '2027-01-15' }, String(80 - strike), quantity);
  for (let at = 0; at < STOCKS; at += 1) hold(`S${at}`, { kind: 'equity', currency: 'USD', multiplier: '1' }, '50', '100');
  for (let at = 0; at < SPREADS; at += 1) for (const [strike, quantity] of [[50, '-2'], [55, '1']] as const) call(`S${at}`, strike, quantity);
  for (let at = 0; at < STRIKES; at += 1) call('S9', 40 + at, at % 2 === 0 ? '-1' : '1');
  return facts;
}

/** An account of two pools, of which the second has half of the first's positions, so that one underlying is paired in two ways. */
function twoPools(): AccountMargin {
  const holdings = holdingsFrom(book(), STANDING.start);
  const account = holdings.accounts.get('A');
  if (!account) throw new Error('the account is held');
  const input = inputOf(holdings, account);
  const pools = input.pools.flatMap((pool) => [pool, { ...pool, id: 'second', positions: pool.positions.filter((_, at) => at % 2 === 0) }]);
  return marginAccount({ ...input, pools }, marketOf(holdings), shelfOf(holdings));
}

const count = (node: ExplainNode, says: (node: ExplainNode) => boolean): number => node.children.reduce((sum, child) => sum + count(child, says), says(node) ? 1 : 0);
const left = (node: ExplainNode): number[][] => [...(node.left ? [node.left.at] : []), ...node.children.flatMap(left)];

function inParts(figure: AccountMargin['figures']['healthRatio'], margin: AccountMargin, nodesMax: number | undefined): ExplainNode {
  const parts = new Map<string, ExplainNode>();
  let tree = explainInPart(figure, margin, [], nodesMax) as ExplainNode;
  for (let places = left(tree); places.length > 0; places = left(tree)) {
    for (const at of places) parts.set(at.join('.'), explainInPart(figure, margin, at, nodesMax) as ExplainNode);
    tree = withParts(tree, parts);
  }
  return tree;
}

test('a tree of several pools put together from all its parts is the whole tree, with every pairing and every pool’s name', () => {
  const margin = twoPools();
  expect(margin.pools.length).toBe(2);
  for (const name of ['maintenance', 'excess', 'healthRatio'] as const) {
    const figure = margin.figures[name];
    const whole = explainWithPairings(figure, margin);
    // Few lines at once leave out the pools and the underlyings themselves, as an account of thousands of positions does.
    for (const nodesMax of [undefined, 100]) expect([name, inParts(figure, margin, nodesMax)]).toEqual([name, whole]);
    if (name !== 'maintenance') continue;
    expect(count(whole, () => true)).toBeGreaterThan(2_000);
    expect(left(explainInPart(figure, margin, []) as ExplainNode).length).toBeGreaterThan(2);
    expect(count(whole, ({ pairing }) => pairing?.pool === 'second')).toBeGreaterThan(1);
    expect(whole.children.map(({ subject }) => subject?.pool)).toEqual(margin.pools.map(({ id }) => id));
  }
});

test('a part from any line on, alone, says what the whole tree says there', () => {
  const margin = twoPools();
  const figure = margin.figures.maintenance;
  const visit = (node: ExplainNode, at: number[]): void => {
    const part = explainInPart(figure, margin, at);
    expect(part && { ...part, children: [] }).toEqual({ ...node, children: [] });
    if (at.length < 4) for (const [place, child] of node.children.entries()) if (place < 12) visit(child, [...at, place]);
  };
  visit(explainWithPairings(figure, margin), []);
});
