import { describe, expect, test } from 'vitest';
import { computePack } from '../../../main/engine/calc-pack/compute-pack.ts';
import { readCalcPack } from '../../../main/engine/calc-pack/read-pack.ts';
import { openSpanReader, type SpanParameters } from '../../../main/desk/span-file.ts';
import { spanPack } from '../../../main/desk/span-pack.ts';
import type { AccountState } from '../../../shared/domain/margin-state.ts';
import { futureLosses, PA2_FILE, SPN } from './sample.ts';

/** The file in pieces of so many characters, as it comes from a disk. */
function read(text: string, piece = text.length) {
  const reader = openSpanReader('sample.spn');
  for (let at = 0; at < text.length; at += piece) reader.write(text.slice(at, at + piece));
  return reader.close();
}

function parameters(text: string, piece?: number): SpanParameters {
  const result = read(text, piece);
  if (!result.ok) throw new Error(result.fault.message);
  return result.value;
}

/** What a pool of these contracts is asked under the file's own rules. */
function margined(file: SpanParameters, positions: Readonly<Record<string, string>>): AccountState {
  const { rulePack, asOf, ...parts } = spanPack(file);
  const pack = readCalcPack({ format: 'plimsoll/calc-pack@1', asOf, baseCurrency: 'USD', ...parts, accounts: [{ id: 'A', regime: 'venue', pools: [{ id: 'p', model: 'scan', packs: [rulePack], positions: Object.entries(positions).map(([instrument, quantity]) => ({ instrument, quantity })) }] }] });
  const computed = pack.ok ? computePack(pack.value) : pack;
  if (!computed.ok) throw new Error(`${computed.fault.at}: ${computed.fault.message}`);
  return computed.value.accounts[0] as AccountState;
}

describe('the XML form', () => {
  test('contracts carry price, unit, expiry, delta and the array as the file has it; options know the future they are on', () => {
    const { clearingOrg, businessDate, contracts, scenarios } = parameters(SPN);
    expect([clearingOrg, businessDate, scenarios.length]).toEqual(['XCH', '2026-11-20', 16]);
    expect(scenarios[4]).toEqual({ price: '-1/3', vol: '1', weight: '1', pairedWith: 6 });
    expect(scenarios[14]).toEqual({ price: '3', vol: '0', weight: '0.33', pairedWith: 15 });
    expect(contracts.map(({ product, kind, expiry, strike }) => [product, kind, expiry, strike])).toEqual([['OIL', 'future', '2026-12-31', null], ['OIL', 'future', '2027-03-31', null], ['GAS', 'future', '2026-12-28', null], ['OIL', 'option', '2026-12-15', '62.5']]);
    expect(contracts[0]).toMatchObject({ price: '60.5', multiplier: '1000', compositeDelta: '1', losses: futureLosses(3000).map(String) });
    expect(contracts[3]).toMatchObject({ right: 'call', underlyingProduct: 'OIL', underlyingExpiry: '2026-12-31', european: true, multiplier: '1000', compositeDelta: '0.35' });
  });

  test('a commodity carries products, tiers, spreads, delivery charges and its minimum', () => {
    const [oil] = parameters(SPN).commodities;
    expect(oil).toMatchObject({ code: 'CL', products: ['OIL'], shortOptionMinimum: '75', shortOptionMethod: 'GROSS', weightedRiskMethod: 'NORMAL' });
    expect(oil?.tiers).toEqual({ 1: { from: '2026-12', to: '2026-12' }, 2: { from: '2027-01', to: '2027-12' } });
    expect(oil?.spotMonths).toEqual([{ period: '2026-12', spread: '10', outright: '20' }]);
  });

  test('what has no whole array is left out and told', () => {
    expect(parameters(SPN).skipped).toEqual([{ what: 'option of OIL', reason: 'its risk array does not have 16 numbers', count: 1 }]);
  });

  test('pieces of any length give the same', () => {
    const whole = parameters(SPN);
    for (const piece of [1, 7, 64, 1000]) expect(parameters(SPN, piece)).toEqual(whole);
  });

  test.each([
    ['is cut off', SPN.slice(0, 4000), 'broken-xml'],
    ['declares a document type', SPN.replace('<spanFile>', '<!DOCTYPE x [<!ENTITY a "b">]><spanFile>'), 'xml-doctype'],
    ['is of another kind', '<FlexQueryResponse></FlexQueryResponse>', 'no-span-file'],
    ['has no date', SPN.replace('<date>20261120</date>', ''), 'no-date'],
    ['is empty', '', 'no-span-file'],
    ['is nested without end', `<spanFile>${'<a>'.repeat(100)}`, 'xml-too-deep'],
  ])('a file that %s is refused', (_, text, code) => {
    expect(read(text)).toMatchObject({ ok: false, fault: { code } });
  });
});

describe('margin by a file', () => {
  test('an outright future is asked its scan range and the charge of its delivery month', () => {
    expect(margined(parameters(SPN), { OILZ6: '2' }).maintenance).toBe('6040');
  });
  test('a spread between months: what the arrays leave, the flat charge, the delivery month in spreads', () => {
    expect(margined(parameters(SPN), { OILZ6: '1', OILH7: '-1' }).maintenance).toBe('710');
  });
  test('oil against gas earns the file’s credit; a credit above one is in per cent', () => {
    // 1 oil and 2 gas: 3,000 + 3,000, less 60 % of both, and 10 for the delivery month, whose delta is in the spread.
    expect(margined(parameters(SPN), { OILZ6: '1', GASZ6: '-2' }).maintenance).toBe('2410');
  });
  test('a short option is asked its worst loss, its value, and nothing less than the minimum', () => {
    // 800 in scenario 11, delta 0.35 outright in the delivery month at 20, and the option's value of 1,200.
    expect(margined(parameters(SPN), { 'OIL 2026-12-15 C 62.5': '-1' }).maintenance).toBe('2007');
  });
});

describe('the fixed-width form', () => {
  test('the same contracts come out of it, with records that are not read told', () => {
    const { contracts, skipped, commodities } = parameters(PA2_FILE);
    const oil = parameters(SPN).contracts.filter(({ product }) => product === 'OIL');
    expect(contracts.map(({ losses, compositeDelta, price, multiplier, strike, expiry }) => ({ losses, compositeDelta, price, multiplier, strike, expiry }))).toEqual(oil.map(({ losses, compositeDelta, price, multiplier, strike, expiry }) => ({ losses, compositeDelta, price, multiplier, strike, expiry })));
    expect(commodities[0]?.tiers).toEqual({ 1: { from: '2026-12', to: '2026-12' }, 2: { from: '2027-01', to: '2027-12' } });
    expect(skipped.map(({ what }) => what)).toEqual(['record 1', 'record V']);
    expect(parameters(PA2_FILE, 5)).toEqual(parameters(PA2_FILE));
  });
  test('margin is the same where the file says as much', () => {
    expect(margined(parameters(PA2_FILE), { OILZ6: '1', OILH7: '-1' }).maintenance).toBe('700');
  });
});
