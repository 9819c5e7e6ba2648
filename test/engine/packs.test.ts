import { describe, expect, test } from 'vitest';
import { resolveRules, shippedPacks, withPacks } from '../../main/engine/packs/shelf.ts';
import type { Rules } from '../../main/engine/packs/rules.ts';

const shelf = shippedPacks();
const regulatory = shelf.packs.get('us-reg-t');

function rulesOf(...ids: string[]): Rules {
  const rules = resolveRules(shelf, ids);
  if (!rules.ok) throw new Error(rules.fault.message);
  return rules.value;
}

describe('the shipped packs', () => {
  test('are there, and every number has a label, a citation and a status', () => {
    expect([...shelf.packs.keys()]).toEqual(expect.arrayContaining(['us-reg-t', 'house-standard', 'broker-list', 'cash-account']));
    for (const { parameters } of shelf.packs.values()) {
      for (const { label, cites, status } of Object.values(parameters)) expect([label, cites, status].every((text) => text.length > 0)).toBe(true);
    }
  });
  test('mark what is only recalled', () => {
    expect(rulesOf('us-reg-t').parameter('exchange.bond.treasury.under1Year').rule).toEqual({
      pack: 'us-reg-t@2026-06-04',
      cites: 'FINRA 4210(e)(2)(A)',
      parameter: 'exchange.bond.treasury.under1Year',
      status: 'unverified',
    });
  });
  test('carry the policy of calls', () => {
    const rules = rulesOf('us-reg-t', 'house-standard');
    const keys = ['calls.house.dueBusinessDays', 'calls.exchange.dueBusinessDays', 'calls.regT.dueBusinessDays', 'calls.regT.deMinimis', 'account.minimumEquity', 'calls.amountQuantum'];
    expect(keys.map((key) => rules.parameter(key).value)).toEqual(['5', '2', '3', '1000', '2000', '0.01']);
  });
});

describe('layers', () => {
  const later = { id: 'ours', version: '1', title: 'Ours', layer: 'account', model: 'strategy', effectiveFrom: '2026-11-20', parameters: {} };
  const own = (layer: string, value: string, id = 'ours') => ({ ...later, id, layer, parameters: { 'house.stock.long.maintenance': { value, unit: 'ratio', label: 'Own rate', cites: 'agreement', status: 'house' } } });

  test('the later layer wins, whatever the order of the list', () => {
    const more = withPacks(shelf, [own('account', '0.6'), own('brokerList', '0.5', 'list')]);
    if (!more.ok) throw new Error(more.fault.message);
    for (const ids of [['us-reg-t', 'house-standard', 'list', 'ours'], ['ours', 'list', 'house-standard', 'us-reg-t']]) {
      const rules = resolveRules(more.value, ids);
      expect(rules.ok && rules.value.parameter('house.stock.long.maintenance').value).toBe('0.6');
      expect(rules.ok && rules.value.packs.at(-1)).toBe('ours@1');
    }
  });
  test('a pack brings the packs it extends, once, beneath it', () => {
    expect(rulesOf('cash-account').packs).toEqual(['us-reg-t@2026-06-04', 'cash-account@2026-06-04']);
    expect(rulesOf('cash-account', 'us-reg-t').packs).toEqual(['us-reg-t@2026-06-04', 'cash-account@2026-06-04']);
    expect(rulesOf('cash-account').parameter('exchange.stock.long').value).toBe('1');
  });
  test('two packs that extend each other end', () => {
    const pair = withPacks(shelf, [{ ...own('house', '0.5', 'a'), extends: 'b' }, { ...own('house', '0.6', 'b'), extends: 'a' }]);
    expect(pair.ok && resolveRules(pair.value, ['us-reg-t', 'a']).ok).toBe(true);
  });
  test('a pack put on the shelf again takes the place of the one with its id; the old shelf is as it was', () => {
    const stricter = withPacks(shelf, [{ ...regulatory, version: 'draft' }]);
    expect(stricter.ok && stricter.value.packs.get('us-reg-t')?.version).toBe('draft');
    expect(shelf.packs.get('us-reg-t')?.version).toBe('2026-06-04');
  });
  test('an instrument’s rate: null where no list has it', () => {
    const rules = rulesOf('us-reg-t', 'house-standard', 'broker-list');
    expect(rules.instrumentRate('GME', 'maintenance.long')?.value).toBe('1');
    expect(rules.instrumentRate('NVDA', 'option.short')).toBe(null);
    expect(rules.instrumentRate('AAPL', 'maintenance.long')).toBe(null);
  });
});

describe('faults name the place', () => {
  const withParameter = (key: string, change: object) => withPacks(shelf, [{ ...regulatory, parameters: { ...regulatory?.parameters, [key]: { value: '0.25', unit: 'ratio', label: 'L', cites: 'C', status: 'house', ...change } } }]);
  test.each([
    ['a value that is a number', 'exchange.stock.long', { value: 0.25 }, 'packs[0].parameters["exchange.stock.long"].value'],
    ['a value in another spelling', 'exchange.stock.long', { value: '0.250' }, 'packs[0].parameters["exchange.stock.long"].value'],
    ['a value with too many decimals', 'exchange.stock.long', { value: '0.1234567' }, 'packs[0].parameters["exchange.stock.long"].value'],
    ['no citation', 'exchange.stock.long', { cites: '' }, 'packs[0].parameters["exchange.stock.long"].cites'],
    ['an unknown status', 'exchange.stock.long', { status: 'sure' }, 'packs[0].parameters["exchange.stock.long"].status'],
    ['an unknown key', 'exchange.stock.long', { why: 'so' }, 'packs[0].parameters["exchange.stock.long"].why'],
  ])('%s', (_, key, change, at) => {
    expect(withParameter(key, change)).toMatchObject({ ok: false, fault: { code: 'bad-rule-pack', at } });
  });
  test('what is no pack at all', () => {
    for (const nothing of [null, 7, 'us-reg-t', []]) expect(withPacks(shelf, [nothing])).toMatchObject({ ok: false, fault: { code: 'bad-rule-pack', at: 'packs[0]' } });
  });
  test('an unknown id, with the known ones', () => {
    expect(resolveRules(shelf, ['us-reg-t', 'nobody'])).toMatchObject({ ok: false, fault: { code: 'unknown-rule-pack', message: 'There is no rule pack "nobody".' } });
  });
  test('layers for different models', () => {
    const other = withPacks(shelf, [{ ...regulatory, id: 'scan-pack', model: 'scan' }]);
    expect(other.ok && resolveRules(other.value, ['us-reg-t', 'scan-pack'])).toMatchObject({ ok: false, fault: { code: 'mixed-models' } });
  });
  test('layers that leave something unset', () => {
    const { 'exchange.stock.long': _, ...parameters } = regulatory?.parameters ?? {};
    const short = withPacks(shelf, [{ ...regulatory, id: 'short', parameters }]);
    expect(short.ok && resolveRules(short.value, ['short'])).toMatchObject({ ok: false, fault: { code: 'incomplete-rules', message: 'No pack of short sets exchange.stock.long.' } });
  });
});
