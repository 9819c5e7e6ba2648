import { expect, test } from 'vitest';
import type { ExplainNode } from '../../shared/explain.ts';
import { asRead, citesAgain, labelUnder, nodesBehind, restsOnUnverified } from '../../shared/explain-tree.ts';

const node = (label: string, more: Partial<ExplainNode> = {}): ExplainNode => ({ label, op: 'sum', amount: '1', unit: 'USD', children: [], ...more });
const leg = node('House maintenance, AMD', { op: 'greatest' });
const rule = (status: 'verified' | 'unverified'): NonNullable<ExplainNode['rule']> => ({ pack: 'us@1', cites: 'FINRA', parameter: 'p', status });

test('an underlying with one strategy is one line; what it stands for can still be asked, pairing included', () => {
  const strategy = node('long stock', { subject: { group: 'AMD' }, children: [leg] });
  const group = node('AMD', { subject: { group: 'AMD' }, children: [strategy] });
  const read = asRead(node('Maintenance requirement', { amount: '2', children: [group, node('KO', { subject: { group: 'KO' }, children: [node('a', { amount: '0' }), leg] })] }));
  expect(read.children.map(({ label }) => label)).toEqual(['AMD, long stock', 'KO']);
  expect(read.children[0]?.children).toEqual([leg]);
  expect(nodesBehind(read.children[0] as ExplainNode)).toEqual([group, strategy]);
  expect(nodesBehind(leg)).toEqual([leg]);
});

test('the worst of one pool is not said twice, the worst of two is', () => {
  const pool = node('Health ratio', { op: 'quotient', unit: 'times' });
  expect(asRead(node('Health ratio', { op: 'choice', chosen: 0, unit: 'times', children: [pool] }))).toBe(pool);
  const two = node('Health ratio', { op: 'choice', chosen: 0, unit: 'times', children: [pool, pool] });
  expect(asRead(two)).toBe(two);
});

test('a rate under its product is called a rate; two charges by one rule say who asks, two pools which they are', () => {
  const rate = node('House maintenance, long stock', { op: 'input', unit: 'ratio' });
  expect(labelUnder(rate, node('House maintenance, long stock', { op: 'product', children: [rate] }))).toBe('Rate');
  expect(labelUnder(rate, node('Anything else', { op: 'product', children: [rate] }))).toBe('House maintenance, long stock');
  const [exchange, house] = [node('Side of a short straddle'), node('Side of a short straddle')];
  const greatest = node('House maintenance, KO', { op: 'greatest', children: [exchange, house] });
  expect(greatest.children.map((child) => labelUnder(child, greatest))).toEqual(['Exchange: Side of a short straddle', 'House: Side of a short straddle']);
  const pools = [node('Equity', { subject: { pool: 'cross' } }), node('Equity', { subject: { pool: 'futures' } })];
  expect(pools.map((pool) => labelUnder(pool, node('Equity', { children: pools })))).toEqual(['Equity, pool cross', 'Equity, pool futures']);
  const unlike = node('House maintenance, KO', { op: 'greatest', children: [exchange, leg] });
  expect(labelUnder(exchange, unlike)).toBe('Side of a short straddle');
});

test('a figure rests on an unverified rule when anything beneath it does, whether it won or not', () => {
  const lost = node('lost', { rule: rule('unverified') });
  expect(restsOnUnverified(node('greatest', { op: 'greatest', chosen: 0, children: [node('won', { rule: rule('verified') }), node('between', { children: [lost] })] }))).toBe(true);
  expect(restsOnUnverified(node('won', { rule: rule('verified') }))).toBe(false);
  expect(citesAgain(lost, node('above', { rule: rule('unverified') }))).toBe(true);
  expect(citesAgain(lost, node('above', { rule: { ...rule('unverified'), parameter: 'other' } }))).toBe(false);
});
