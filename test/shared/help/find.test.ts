import { expect, test } from 'vitest';
import { shippedPacks } from '../../../main/engine/packs/shelf.ts';
import { STRATEGY_KINDS } from '../../../main/engine/strategy/pairing.ts';
import { FIGURES } from '../../../shared/domain/margin-state.ts';
import type { ExplainNode } from '../../../shared/explain.ts';
import { HELP_PAGES } from '../../../shared/help/pages.ts';
import { pageById, pageOfFigure, pageOfKey, pageOfNode, pageOfPath, pageOfStrategy } from '../../../shared/help/find.ts';

const node = (label: string, more: Partial<ExplainNode> = {}): ExplainNode => ({ label, op: 'sum', amount: '1', unit: 'USD', children: [], ...more });
const parameter = (key: string): NonNullable<ExplainNode['rule']> => ({ pack: 'us-reg-t@1', cites: 'a rule', parameter: key, status: 'house' });

test('every parameter, setting, rate by instrument, rung and future of every shipped pack has a page', () => {
  const packs = [...shippedPacks().packs.values()];
  const keys = packs.flatMap(({ id, parameters, settings = {}, perInstrument = {}, futures = {}, bracket = {}, scan = {}, venueGrid = {}, overlay = {}, statusLadder = [] }) =>
    [
      ...Object.keys(parameters),
      ...Object.keys(settings),
      ...Object.entries(perInstrument).flatMap(([instrument, { rates }]) => Object.keys(rates).map((rate) => `perInstrument.${instrument}.${rate}`)),
      ...Object.keys(futures).map((root) => `futures.${root}`),
      ...Object.entries({ bracket, scan, venueGrid, overlay }).flatMap(([section, entries]) => Object.keys(entries).map((entry) => `${section}.${entry}`)),
      ...statusLadder.map(({ status }) => `statusLadder.${status}`),
    ].map((key) => `${id} ${key}`),
  );
  expect(keys.length).toBeGreaterThan(100);
  expect(keys.filter((key) => pageOfKey(key.slice(key.indexOf(' ') + 1)) === null)).toEqual([]);
});

test('no key and no label is claimed by two pages, so that what leads where does not hang on the order of the pages', () => {
  for (const words of ['keys', 'labels', 'strategies', 'figures'] as const) {
    const all: readonly string[] = HELP_PAGES.flatMap(({ covers }) => covers[words] ?? []);
    expect(all.filter((word, index) => all.indexOf(word) !== index)).toEqual([]);
  }
});

test('every figure and every kind of strategy has a page', () => {
  for (const figure of FIGURES) expect(pageOfFigure(figure).title).not.toBe('');
  const names = ['covered call', 'covered put', 'protective put', 'protective call', 'collar', 'conversion', 'reversal', 'short straddle', 'short strangle', 'bull put spread', 'call calendar spread', 'long put butterfly', 'short call condor', 'iron condor', 'box', 'call ladder', 'option combination', 'uncovered put', 'long call', 'long stock', 'short stock', 'long bond', 'long fund', 'future, per contract', 'perpetual, by bracket', 'short call at a venue', 'portfolio margin', 'delta margin', 'venue portfolio margin', 'balance', 'collateral', 'debt', 'written option', 'short option', 'long option', 'perpetual', 'coin'];
  expect(names.filter((name) => pageOfStrategy(name) === null)).toEqual([]);
  expect(STRATEGY_KINDS.length).toBeLessThanOrEqual(names.length);
});

test('a node leads to the page of its label, else of its rule, else of the strategy; else what stands above it decides', () => {
  expect(pageOfNode(node('The dearer side of a short straddle', { rule: parameter('exchange.option.short.equity') }))?.id).toBe('straddles');
  expect(pageOfNode(node('Anything', { rule: parameter('exchange.option.short.equity') }))?.id).toBe('uncovered-options');
  expect(pageOfNode(node('House maintenance, long stock', { rule: parameter('perInstrument.TSLA.maintenance.long') }))?.id).toBe('stock');
  expect(pageOfNode(node('House maintenance, TSLA'))?.id).toBe('requirements');
  expect(pageOfNode(node('covered call', { subject: { group: 'AAPL' } }))?.id).toBe('covered');
  expect(pageOfNode(node('AAPL', { subject: { group: 'AAPL' } }))?.id).toBe('pairing');
  expect(pageOfNode(node('Rate times leverage', { rule: parameter('exchange.stock.long') }))?.id).toBe('funds');
  expect(pageOfNode(node('Exchange rate EUR into USD'))?.id).toBe('currencies');
  expect(pageOfNode(node('Nobody knows this label'))).toBeNull();
  expect(pageOfPath('excess', [node('Excess'), node('covered call', { subject: { group: 'AAPL' } }), node('Nobody knows this label')]).id).toBe('covered');
  expect(pageOfPath('leverage', [node('Nobody knows this label')]).id).toBe('ratios');
});

test('what a page says to see as well is there, and short names are fit for an address', () => {
  for (const { id, seeAlso } of HELP_PAGES) {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(seeAlso.filter((other) => pageById(other) === null || other === id)).toEqual([]);
  }
  expect(new Set(HELP_PAGES.map(({ id }) => id)).size).toBe(HELP_PAGES.length);
});
