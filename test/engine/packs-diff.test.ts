import { expect, test } from 'vitest';
import { diffPacks } from '../../main/engine/packs/diff.ts';
import type { RulePack } from '../../main/engine/packs/schema.ts';
import { shippedPacks, withPacks } from '../../main/engine/packs/shelf.ts';

const shelf = shippedPacks();

/** A shipped pack after a change, validated as every pack is. */
function changed(id: string, change: (pack: RulePack) => unknown): RulePack {
  const made = withPacks(shelf, [change(structuredClone(packOf(id)))]);
  if (!made.ok) throw new Error(`${made.fault.at} ${made.fault.message}`);
  const pack = made.value.packs.get(id);
  if (!pack) throw new Error('no pack');
  return pack;
}
function packOf(id: string): RulePack {
  const pack = shelf.packs.get(id);
  if (!pack) throw new Error(`no pack ${id}`);
  return pack;
}

test('a pack is the same as itself, whatever the order of its keys', () => {
  for (const pack of shelf.packs.values()) {
    const turned = Object.fromEntries(Object.entries(pack).toReversed()) as RulePack;
    expect(diffPacks(pack, turned).changes).toEqual([]);
  }
});

test('a changed value, an added and a removed parameter each are one change with its path', () => {
  const after = changed('us-reg-t', (pack) => {
    const { 'exchange.stock.long': long, 'regT.stock.short': _removed, ...rest } = pack.parameters;
    return { ...pack, version: '2027-01-01', parameters: { ...rest, 'exchange.stock.long': { ...long, value: '0.3' }, 'house.stock.box': { value: '1', unit: 'ratio', label: 'New', cites: 'House policy', status: 'house' } } };
  });
  const difference = diffPacks(packOf('us-reg-t'), after);
  expect(difference).toMatchObject({ before: 'us-reg-t@2026-06-04', after: 'us-reg-t@2027-01-01' });
  expect(difference.changes.map(({ change, at }) => `${change} ${at}`)).toEqual([
    'changed version',
    'removed parameters["regT.stock.short"]',
    'changed parameters["exchange.stock.long"].value',
    'added parameters["house.stock.box"]',
  ]);
  expect(difference.changes[2]).toMatchObject({ before: '0.25', after: '0.3' });
});

test('a rate that is put between two others, and a rung that moves, do not change their neighbours', () => {
  const futures = changed('us-futures', (pack) => {
    const ES = pack.futures?.['ES'];
    if (!ES) throw new Error('no ES');
    const [first, ...rest] = ES.rates;
    return { ...pack, futures: { ...pack.futures, ES: { ...ES, rates: [first, { ...first, effectiveFrom: '2019-12-01' }, ...rest] } } };
  });
  expect(diffPacks(packOf('us-futures'), futures).changes.map(({ change, at }) => `${change} ${at}`)).toEqual(['added futures.ES.rates["2019-12-01"]']);
  const ladder = changed('house-standard', (pack) => ({ ...pack, statusLadder: pack.statusLadder?.toReversed() }));
  expect(diffPacks(packOf('house-standard'), ladder).changes).toEqual([]);
});
