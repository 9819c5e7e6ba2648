import { describe, expect, test } from 'vitest';
import { diffOfPacks } from '../../main/desk/pack-diff.ts';
import { explainFigure } from '../../main/engine/margin.ts';
import { packInForce, resolveRules, shippedPacks, versionsOf, withPacks, withVersions, type PackShelf } from '../../main/engine/packs/shelf.ts';
import { marginOf, stateOf, stock, type Desk } from './build.ts';

const shelf = shippedPacks();
const regime = (day: string | undefined): string => {
  const rules = resolveRules(shelf, ['us-reg-t', 'us-day-trading'], day);
  if (!rules.ok) throw new Error(rules.fault.message);
  return `${rules.value.optionalSetting('dayTrading.regime')} under ${rules.value.packs.at(-1)}`;
};

describe('the version in force on the business day counts', () => {
  test.each([
    ['2026-06-03', 'patternDayTrader under us-day-trading@2001-09-28'],
    ['2026-06-04', 'intradayMargin under us-day-trading@2026-06-04'],
    ['2027-12-01', 'intradayMargin under us-day-trading@2026-06-04'],
    [undefined, 'intradayMargin under us-day-trading@2026-06-04'],
  ])('day trading on %s: %s', (day, expected) => {
    expect(regime(day)).toBe(expected);
  });
  test.each([
    ['1995-06-07', '5'],
    ['2017-09-05', '4'],
    ['2024-05-27', '4'],
    ['2024-05-28', '3'],
  ])('a trade of %s is to be paid within %s business days, as settlement then was', (day, expected) => {
    const rules = resolveRules(shelf, ['us-reg-t'], day);
    expect(rules.ok && rules.value.parameter('calls.regT.dueBusinessDays').value).toBe(expected);
  });
  test('a day before the first version is a fault that names the pack and the day', () => {
    expect(resolveRules(shelf, ['us-reg-t'], '1995-06-06')).toMatchObject({
      ok: false,
      fault: { code: 'no-version-in-force', message: 'No version of the rule pack "us-reg-t" is in force on 1995-06-06: the first begins on 1995-06-07.' },
    });
  });
});

describe('a pack with two dated versions', () => {
  const rate = (value: string) => ({ 'house.stock.long.maintenance': { value, unit: 'ratio', label: 'Own rate', cites: 'agreement', status: 'house' } });
  const own = (version: string, effectiveFrom: string, value: string) => ({ id: 'ours', version, title: 'Ours', layer: 'house', model: 'strategy', effectiveFrom, parameters: rate(value) });
  function shelfWith(...packs: unknown[]): PackShelf {
    const made = withVersions(shelf, packs);
    if (!made.ok) throw new Error(made.fault.message);
    return made.value;
  }
  const both = shelfWith(own('2', '2026-11-20', '0.4'), own('1', '2026-11-01', '0.3'));
  const desk = (businessDate: string): Desk => ({ instruments: { XYZ: stock() }, prices: { XYZ: '100' }, positions: [['XYZ', '10']], packs: ['us-reg-t', 'ours'], shelf: both, businessDate });

  test('changes the figures on the day the later one begins, and each figure names its version', () => {
    expect(stateOf(desk('2026-11-19')).maintenance).toBe('300');
    expect(stateOf(desk('2026-11-20')).maintenance).toBe('400');
    expect(stateOf(desk('2026-11-19')).pools[0]?.packs.at(-1)).toBe('ours@1');
    expect(JSON.stringify(explainFigure(marginOf(desk('2026-11-20')), 'maintenance'))).toContain('"pack":"ours@2"');
    expect(JSON.stringify(explainFigure(marginOf(desk('2026-11-20')), 'maintenance'))).not.toContain('ours@1');
  });
  test('leaves an account before both of them without a requirement, and says why', () => {
    expect(stateOf(desk('2026-10-30'))).toMatchObject({ status: 'indeterminate', statusReason: 'No version of the rule pack "ours" is in force on 2026-10-30: the first begins on 2026-11-01.' });
  });
  test('is kept newest first, whatever the order they came in', () => {
    for (const one of [both, shelfWith(own('1', '2026-11-01', '0.3'), own('2', '2026-11-20', '0.4'))]) {
      expect(versionsOf(one, 'ours').map(({ version }) => version)).toEqual(['2', '1']);
      expect(one.packs.get('ours')?.version).toBe('2');
    }
  });
  test('the same version again takes its own place, and no other’s', () => {
    const again = withVersions(both, [own('1', '2026-11-05', '0.35')]);
    expect(again.ok && versionsOf(again.value, 'ours').map(({ version, effectiveFrom }) => [version, effectiveFrom])).toEqual([['2', '2026-11-20'], ['1', '2026-11-05']]);
  });
  test('a pack that overrides by id takes the place of all its versions', () => {
    const one = withPacks(both, [own('draft', '2026-11-10', '0.5')]);
    expect(one.ok && versionsOf(one.value, 'ours').map(({ version }) => version)).toEqual(['draft']);
    expect(one.ok && packInForce(one.value, 'ours', '2026-11-05').ok).toBe(false);
  });
});

test('two versions of a shipped pack are compared by their names', () => {
  const compared = diffOfPacks({ id: 'us-day-trading@2001-09-28' }, { id: 'us-day-trading' });
  expect(compared).toMatchObject({ ok: true, value: { before: 'us-day-trading@2001-09-28', after: 'us-day-trading@2026-06-04' } });
  const changes = compared.ok ? compared.value.changes : [];
  expect(changes).toContainEqual({ at: 'settings["dayTrading.regime"].value', before: 'patternDayTrader', after: 'intradayMargin', change: 'changed' });
  expect(diffOfPacks({ id: 'us-day-trading@1999' }, { id: 'us-day-trading' })).toMatchObject({ ok: false, fault: { code: 'unknown-rule-pack', fix: 'Its versions: 2026-06-04, 2001-09-28.' } });
});
