import { describe, expect, test } from 'vitest';
import { Decimal } from '../../shared/money.ts';
import { viewMarket } from '../../main/engine/market/market-view.ts';
import { resolveRules, shippedPacks } from '../../main/engine/packs/shelf.ts';
import { holdingsOf, preparePool } from '../../main/engine/pool/prepare-pool.ts';
import type { OptionHolding } from '../../main/engine/pool/holding.ts';
import { groupShape } from '../../main/engine/strategy/group-shape.ts';
import type { Leg } from '../../main/engine/strategy/pairing.ts';
import { accountOf, call, idOf, marketOf, poolOf, put, stateOf, stock, type Desk } from './build.ts';

type Row = readonly [option: ReturnType<typeof call>, contracts: string];

const at = (option: typeof call, rows: readonly (readonly [strike: string, contracts: string])[]): Row[] => rows.map(([strike, contracts]) => [option('XYZ', strike), contracts]);
const calls = (...rows: (readonly [strike: string, contracts: string])[]): Row[] => at(call, rows);
const puts = (...rows: (readonly [strike: string, contracts: string])[]): Row[] => at(put, rows);

function book(rows: readonly Row[], more: Partial<Desk> = {}): Desk {
  return {
    instruments: { XYZ: stock(), ...Object.fromEntries(rows.map(([option]) => [idOf(option), option])) },
    prices: { XYZ: '98', ...Object.fromEntries(rows.map(([option], index) => [idOf(option), String(index + 1)])) },
    positions: rows.map(([option, contracts]) => [idOf(option), contracts] as const),
    ...more,
  };
}

function legsOf(rows: readonly Row[]): Leg<OptionHolding>[] {
  const desk = book(rows);
  const account = accountOf(desk);
  const [pool] = account.pools;
  const rules = resolveRules(shippedPacks(), ['us-reg-t']);
  if (!pool || !rules.ok) throw new Error('no pool');
  return holdingsOf(preparePool(account, pool, viewMarket(marketOf(desk)), rules.value)).flatMap((holding) => (holding.class === 'option' ? [{ holding, quantity: holding.quantity.abs() }] : []));
}

describe('a group is named by its structure', () => {
  test.each<readonly [name: string, listed: boolean, rows: Row[]]>([
    ['long call butterfly', true, calls(['90', '1'], ['95', '-2'], ['100', '1'])],
    ['short put butterfly', true, puts(['90', '-3'], ['95', '6'], ['100', '-3'])],
    ['long broken-wing call butterfly', false, calls(['95', '1'], ['100', '-2'], ['110', '1'])],
    ['short broken-wing put butterfly', false, puts(['80', '-1'], ['95', '2'], ['100', '-1'])],
    // The wings' losses balance, and it is no ladder: that has one contract against two.
    ['long unbalanced call butterfly', false, calls(['95', '1'], ['100', '-3'], ['105', '2'])],
    ['long call condor', true, calls(['90', '1'], ['95', '-1'], ['100', '-1'], ['105', '1'])],
    ['long call condor', true, calls(['90', '1'], ['95', '-1'], ['105', '-1'], ['110', '1'])],
    ['short broken-wing put condor', false, puts(['85', '-1'], ['95', '1'], ['100', '1'], ['105', '-1'])],
    ['bull call ladder', true, calls(['90', '1'], ['95', '-1'], ['105', '-1'])],
    ['bear call ladder', true, calls(['90', '-2'], ['95', '2'], ['105', '2'])],
    ['bear put ladder', true, puts(['90', '-1'], ['95', '-1'], ['105', '1'])],
    ['bull put ladder', true, puts(['90', '1'], ['95', '1'], ['105', '-1'])],
    ['option combination', false, calls(['90', '1'], ['95', '1'], ['105', '-1'])],
    ['option combination', false, calls(['90', '1'], ['95', '-1'], ['105', '1'])],
    ['call ratio spread', false, calls(['95', '1'], ['105', '-2'])],
    ['put ratio backspread', false, puts(['95', '3'], ['105', '-1'])],
    ['iron condor', true, [...puts(['85', '1'], ['90', '-1']), ...calls(['105', '-1'], ['115', '1'])]],
    ['iron butterfly', true, [...puts(['85', '2'], ['95', '-2']), ...calls(['95', '-2'], ['105', '2'])]],
    ['reverse iron condor', true, [...puts(['85', '-1'], ['90', '1']), ...calls(['105', '1'], ['110', '-1'])]],
    ['reverse iron butterfly', true, [...puts(['85', '-1'], ['95', '1']), ...calls(['95', '1'], ['105', '-1'])]],
    ['inverted iron condor', false, [...puts(['85', '1'], ['100', '-1']), ...calls(['95', '-1'], ['110', '1'])]],
    ['box', true, [...puts(['90', '1'], ['100', '-1']), ...calls(['90', '-1'], ['100', '1'])]],
    ['box', true, [...puts(['90', '-1'], ['100', '1']), ...calls(['90', '1'], ['100', '-1'])]],
    // Three strikes with a put spread and a call spread that both rise with the price: no iron one.
    ['option combination', false, [...puts(['90', '1'], ['95', '-1']), ...calls(['95', '1'], ['105', '-1'])]],
    // Spreads of different sizes.
    ['option combination', false, [...puts(['85', '2'], ['90', '-2']), ...calls(['105', '-1'], ['110', '1'])]],
    ['option combination', false, [[call('XYZ', '100'), '-1'], [call('XYZ', '105', { expiry: '2027-01-15' }), '1'], [call('XYZ', '110', { expiry: '2027-01-15' }), '1']]],
    ['option combination', false, calls(['90', '1'], ['95', '-2'], ['100', '2'], ['105', '-2'], ['110', '1'])],
  ])('%s (listed by brokers: %s): %j', (name, listed, rows) => {
    expect(groupShape(legsOf(rows))).toEqual({ name, listed });
    expect(groupShape(legsOf(rows).toReversed())).toEqual({ name, listed });
  });
  test('contracts of one strike held in two places of the account count together', () => {
    const halves = legsOf(calls(['90', '1'], ['95', '-2'], ['100', '1'])).flatMap((leg) => (leg.quantity.eq(2) ? ['margin' as const, 'short' as const].map((subType) => ({ holding: { ...leg.holding, subType }, quantity: new Decimal(1) })) : [leg]));
    expect([halves.length, groupShape(halves).name]).toEqual([4, 'long call butterfly']);
  });
});

describe('what a broker asks of a group that it does not list: 102 % of the largest loss (Interactive Brokers)', () => {
  const asked = (rows: readonly Row[]): [plain: string, broker: string] => [stateOf(book(rows)).maintenance, stateOf(book(rows, { packs: ['us-reg-t', 'house-ibkr'] })).maintenance];
  const names = (rows: readonly Row[]): string[] => [...new Set(poolOf(stateOf(book(rows))).positions.map(({ strategy }) => strategy))];
  test('a butterfly of even wings loses nothing and is asked nothing', () => {
    expect(asked(calls(['95', '1'], ['100', '-2'], ['105', '1']))).toEqual(['0', '0']);
  });
  test('a butterfly with a broader wing: at 110 and above 15 less 2 × 10, 5 a share', () => {
    const rows = calls(['95', '1'], ['100', '-2'], ['110', '1']);
    expect(names(rows)).toEqual(['long broken-wing call butterfly']);
    expect(asked(rows)).toEqual(['500', '510']);
  });
  test('a butterfly with more contracts in one wing is a spread and a butterfly: of even wings both are listed, with a broader one not', () => {
    // 5 a share for the spread of 100 and 105, nothing for the butterfly of 95, 100 and 105
    const even = calls(['95', '1'], ['100', '-3'], ['105', '2']);
    expect(names(even)).toEqual(['bear call spread + long call butterfly', 'long call butterfly']);
    expect(asked(even)).toEqual(['500', '500']);
    // 7 a share for the spread of 100 and 107, and 2 for the rest, of which the broker asks 102 %
    const broader = calls(['95', '1'], ['100', '-3'], ['107', '2']);
    expect(names(broader)).toEqual(['bear call spread + long broken-wing call butterfly', 'long broken-wing call butterfly']);
    expect(asked(broader)).toEqual(['900', '904']);
  });
  test('two put spreads beside one call spread are an iron condor and a spread: both are listed', () => {
    const rows = [...puts(['85', '2'], ['90', '-2']), ...calls(['105', '-1'], ['110', '1'])];
    expect(names(rows)).toEqual(['iron condor', 'bull put spread + iron condor']);
    expect(asked(rows)).toEqual(['1000', '1000']);
  });
});
