import { expect, test } from 'vitest';
import type { Figure } from '../../main/engine/figure/figure.ts';
import { computeAccount } from '../../main/desk/compute.ts';
import { holdingsFrom, withMark } from '../../main/desk/holdings.ts';
import { areSame, type StatedMargin } from '../../main/desk/same-figures.ts';
import { noFacts, type Facts } from '../../shared/domain/facts.ts';
import { markOf } from './random-facts.ts';

const DAY = '2026-11-20';

/** A covered call and stock of another name, on margin. */
const FACTS: Facts = {
  ...noFacts(),
  account: [{ account: 'U1', name: null, baseCurrency: 'USD', regime: 'regT', regimeSource: 'file', asOf: DAY }],
  instrument: [
    { id: 'XYZ', terms: { kind: 'equity', currency: 'USD' }, identifiers: { symbol: 'XYZ' } },
    { id: 'ABC', terms: { kind: 'equity', currency: 'USD' }, identifiers: { symbol: 'ABC' } },
    { id: 'XYZ call', terms: { kind: 'option', currency: 'USD', multiplier: '100', underlying: 'XYZ', right: 'call', strike: '105', expiry: '2027-03-19' }, identifiers: { symbol: 'XYZ call' } },
  ],
  mark: [markOf('XYZ', '100'), markOf('ABC', '50'), markOf('XYZ call', '5')],
  position: ['XYZ', 'ABC', 'XYZ call'].map((instrument) => ({ account: 'U1', subType: 'margin', instrument, quantity: instrument === 'XYZ call' ? '-1' : '100', entryPrice: null, asOf: DAY })),
  cash: [{ account: 'U1', currency: 'USD', kind: 'tradeDate', amount: '-4000', valueDate: null, asOf: DAY }],
};

function computed(mark = markOf('ABC', '50')): StatedMargin {
  const holdings = withMark(holdingsFrom(FACTS), mark);
  const account = holdings.accounts.get('U1');
  if (!account) throw new Error('no account');
  return computeAccount(holdings, account);
}

/** The same with one figure of its first pool's tree replaced, the first that has no children. */
function withOneInput(stated: StatedMargin, change: (input: Figure) => Figure): StatedMargin {
  const replaced = (figure: Figure): Figure => (figure.children.length === 0 ? change(figure) : { ...figure, children: figure.children.map((child, at) => (at === 0 ? replaced(child) : child)) });
  const [first, ...rest] = stated.margin.pools;
  if (!first) throw new Error('no pool');
  const pool = { ...first, figures: { ...first.figures, maintenance: replaced(first.figures.maintenance) } };
  return { state: stated.state, margin: { ...stated.margin, pools: [pool, ...rest] } };
}

test('an account computed twice is the same, and at another price of one position it is not', () => {
  expect(areSame(computed(), computed())).toBe(true);
  expect(areSame(computed(), computed(markOf('ABC', '51')))).toBe(false);
});

test.each([{ source: 'another file' }, { asOf: '2026-11-19' }, { kind: 'manual' as const }])('an account at the same price from elsewhere is not the same: %o', (from) => {
  expect(areSame(computed(), computed({ ...markOf('ABC', '50'), ...from }))).toBe(false);
});

test.each<[string, (input: Figure) => Figure]>([
  ['amount', (input) => ({ ...input, amount: input.amount.plus('0.01') })],
  ['source', (input) => ({ ...input, about: { ...input.about, source: 'elsewhere' } })],
  ['rule', (input) => ({ ...input, about: { ...input.about, rule: { id: 'other', text: '' } as never } })],
])('figures that come from another %s deep in a tree are not the same, whatever they add up to', (_what, change) => {
  expect(areSame(computed(), withOneInput(computed(), (input) => ({ ...input })))).toBe(true);
  expect(areSame(computed(), withOneInput(computed(), change))).toBe(false);
});
