import { expect, test } from 'vitest';
import { bond, call, idOf, poolOf, put, stateOf, stock, fund, index, type Desk } from './build.ts';
import { shippedPacks, withPacks } from '../../main/engine/packs/shelf.ts';

/** Where sources disagree, a house may say which it follows: the same book under each of the values. */
interface Choice {
  settings?: Record<string, string>;
  parameters?: Record<string, string>;
}

function under({ settings = {}, parameters = {} }: Choice, desk: Desk): string {
  const source = { cites: 'House policy', status: 'house' };
  const pack = { id: 'choice', version: '1', title: 'One of several readings', layer: 'house', model: 'strategy', extends: 'us-reg-t', effectiveFrom: '2024-05-28', parameters: Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, { value, unit: key.endsWith('PerShare') ? 'USD/share' : 'ratio', label: 'Chosen', ...source }])), settings: Object.fromEntries(Object.entries(settings).map(([key, value]) => [key, { value, ...source }])) };
  const shelf = withPacks(shippedPacks(), [pack]);
  if (!shelf.ok) throw new Error(`${shelf.fault.at}: ${shelf.fault.message}`);
  return stateOf({ ...desk, shelf: shelf.value, packs: ['choice'] }).maintenance;
}

type OptionRow = readonly [option: ReturnType<typeof call>, price: string, contracts: string];

function book(spot: string, rows: readonly OptionRow[], shares = '0', more: Partial<Desk> = {}): Desk {
  return {
    instruments: { XYZ: stock(), ...Object.fromEntries(rows.map(([option]) => [idOf(option), option])) },
    prices: { XYZ: spot, ...Object.fromEntries(rows.map(([option, price]) => [idOf(option), price])) },
    positions: [...(shares === '0' ? [] : [['XYZ', shares] as const]), ...rows.map(([option, , contracts]) => [idOf(option), contracts] as const)],
    ...more,
  };
}

const covered = book('100', [[call('XYZ', '95'), '30', '-1']], '100');
const straddle = book('100', [[call('XYZ', '100'), '5', '-1'], [put('XYZ', '100'), '4', '-1']]);
const deepStraddle = book('100', [[call('XYZ', '111'), '13', '-1'], [put('XYZ', '100'), '1', '-1']]);
const broadVertical = book('100', [[call('XYZ', '102'), '4', '-1'], [call('XYZ', '150'), '0.1', '1']]);
const narrowVertical = book('100', [[call('XYZ', '102'), '4', '-1'], [call('XYZ', '110'), '2', '1']]);
const brokenWing = book('98', [[call('XYZ', '95'), '7', '1'], [call('XYZ', '100'), '5', '-2'], [call('XYZ', '110'), '2', '1']]);
const cheapCall = book('8', [[call('XYZ', '40'), '0.05', '-1']]);
const insured = book('100', [[put('XYZ', '95'), '2', '1']], '100');
const shortPut = book('100', [[put('XYZ', '95'), '2', '-1']]);
const condor = book('100', [[call('XYZ', '105'), '3', '-1'], [call('XYZ', '115'), '1', '1'], [put('XYZ', '95'), '3', '-1'], [put('XYZ', '90'), '2', '1']]);
const evenCondor = book('100', [[call('XYZ', '105'), '3', '-1'], [call('XYZ', '110'), '1', '1'], [put('XYZ', '95'), '3', '-1'], [put('XYZ', '90'), '2', '1']]);
const shortBox = book('100', [[call('XYZ', '95'), '7', '-1'], [call('XYZ', '105'), '2', '1'], [put('XYZ', '95'), '2', '1'], [put('XYZ', '105'), '7', '-1']]);
const overCounter = book('100', [[call('XYZ', '80', { expiry: '2028-01-21', listed: false }), '30', '1']]);
const convertible: Desk = { instruments: { CONV: bond({ convertible: true, grade: 'investment' }) }, prices: { CONV: '100' }, positions: [['CONV', '10000']] };
const boxed = book('50', [], '100', { positions: [['XYZ', '100'], ['XYZ', '-100', 'short']] });
const indexCall = call('SPX', '5000');
const onIndex: Desk = { instruments: { SPX: index(), FUND: fund({ tracks: 'SPX' }), [idOf(indexCall)]: indexCall }, prices: { SPX: '5000', FUND: '500', [idOf(indexCall)]: '40' }, positions: [['FUND', '1000'], [idOf(indexCall), '-1']] };

test.each<readonly [what: string, desk: Desk, first: Choice, expected: string, second: Choice, otherwise: string]>([
  // the stock at 95: 2,375, and 5.00 in the money; the broker's floor is the call itself, 30.00; the stock alone 2,500
  ['a covered call: 12 CFR 220.4(b)(4), or a broker’s floor', covered, { settings: { 'option.coveredCall': 'strikeCap' } }, '2875', { settings: { 'option.coveredCall': 'ibkr' } }, '3000'],
  ['a covered call: 12 CFR 220.4(b)(4), or the stock alone', covered, { settings: { 'option.coveredCall': 'strikeCap' } }, '2875', { settings: { 'option.coveredCall': 'stockOnly' } }, '2500'],
  // call 500 + 2,000 and the put's 400; each alone also 2,000 for the put
  ['a straddle: the dearer side, or each alone', straddle, { settings: { 'option.straddle': 'dearerSide' } }, '2900', { settings: { 'option.straddle': 'eachAlone' } }, '4900'],
  // put: 1.00 + 20.00 alone; call: 13.00 + 10.00 alone. Dearer together is the put with the call's value, 34.00 a share;
  // the call alone is asked more, and with the put's value that is 24.00
  ['a straddle: the side that makes the two dearer, or the one that is asked more alone', deepStraddle, { settings: { 'option.straddle': 'dearerSide' } }, '3400', { settings: { 'option.straddle': 'greaterRequirement' } }, '2400'],
  ['a straddle whose sides are in the same order under both readings', straddle, { settings: { 'option.straddle': 'dearerSide' } }, '2900', { settings: { 'option.straddle': 'greaterRequirement' } }, '2900'],
  // alone 4.00 + 20.00 − 2.00; 50 apart
  ['a vertical broader than the short option alone: the lesser, or the width', broadVertical, { settings: { 'option.vertical': 'lesserOfAlone' } }, '2200', { settings: { 'option.vertical': 'width' } }, '4800'],
  ['a narrow vertical is its width under both', narrowVertical, { settings: { 'option.vertical': 'lesserOfAlone' } }, '800', { settings: { 'option.vertical': 'width' } }, '800'],
  // 5 a share in the broader wing; 102 % of that
  ['a butterfly with a broader wing: its largest loss, or 1.02 of it', brokenWing, {}, '500', { parameters: { 'house.option.universalSpread.ofLoss': '1.02' } }, '510'],
  // 0.05 + 10 % of 8.00; 2.50 a share
  ['a short call far out of the money: by rate, or at least 2.50 a share', cheapCall, {}, '85', { parameters: { 'house.option.short.minimumPerShare': '2.5' } }, '250'],
  // 9.50 + 5.00 a share, or 25 %
  ['a protective put: until the strike, or no relief', insured, { settings: { 'option.protective': 'untilTheStrike' } }, '1450', { settings: { 'option.protective': 'none' } }, '2500'],
  // 2.00 + 20.00 − 5.00, or the strike
  ['a short put: by rate, or its strike in cash', shortPut, { settings: { 'option.uncovered': 'percentOfUnderlying' } }, '1700', { settings: { 'option.uncovered': 'cashSecured' } }, '9500'],
  ['a condor with wings of 10 and 5: the wider, or two spreads', condor, { settings: { 'option.unequalCondor': 'largestLoss' } }, '1000', { settings: { 'option.unequalCondor': 'twoSpreads' } }, '1500'],
  ['a condor with equal wings is one width under both', evenCondor, { settings: { 'option.unequalCondor': 'largestLoss' } }, '500', { settings: { 'option.unequalCondor': 'twoSpreads' } }, '500'],
  // closing costs 10.00 × 1.02
  ['a short box: its width, or 1.02 of what closing costs', shortBox, {}, '1000', { parameters: { 'house.option.shortBox.ofCostToClose': '1.02' } }, '1020'],
  // 25 % of 20.00 in the money is lent
  ['an over-the-counter option of more than nine months: paid in full, or 75 % of what it is in the money', overCounter, {}, '0', { parameters: { 'exchange.option.long.overTheCounter': '0.75' } }, '-500'],
  ['a convertible bond: as stock, or a broker’s 30 %', convertible, {}, '2500', { parameters: { 'house.bond.convertible': '0.3' } }, '3000'],
  ['long and short in one security: 5 %, or what a house asks', boxed, {}, '250', { parameters: { 'house.stock.box': '0.1' } }, '500'],
  // the fund's 125,000, and 4,000 + 15 % of 500,000
  ['an index call and a fund of the index: apart, or covered', onIndex, { settings: { 'option.indexCover': 'none' } }, '204000', { settings: { 'option.indexCover': 'fund' } }, '125000'],
])('%s', (_, desk, first, expected, second, otherwise) => {
  expect([under(first, desk), under(second, desk)]).toEqual([expected, otherwise]);
});

const treasury = (maturity: string, packs: string[]): string => stateOf({ instruments: { T: bond({ issuer: 'treasury', maturity, coupon: '4' }) }, prices: { T: '100' }, positions: [['T', '10000']], packs }).maintenance;

test.each([
  // maturity, the exchange's recalled table, and two brokers' schedules, in dollars for 10,000
  ['2027-03-01', '100', '100', '500'],
  ['2028-11-01', '200', '300', '500'],
  ['2031-11-01', '300', '400', '500'],
  ['2036-11-01', '400', '500', '500'],
  ['2046-11-01', '500', '700', '500'],
  ['2050-11-01', '600', '900', '1000'],
])('a treasury security until %s: exchange %s, Interactive Brokers %s, TD Ameritrade %s', (maturity, exchange, ibkr, td) => {
  expect([treasury(maturity, ['us-reg-t']), treasury(maturity, ['house-ibkr']), treasury(maturity, ['house-td'])]).toEqual([exchange, ibkr, td]);
});

test('shipped broker packs follow their brokers in the same book', () => {
  const ask = (desk: Desk, packs: string[]): string => stateOf({ ...desk, packs }).maintenance;
  expect([ask(condor, ['us-reg-t']), ask(condor, ['house-ibkr'])]).toEqual(['1000', '1500']);
  expect([ask(shortBox, ['us-reg-t']), ask(shortBox, ['house-ibkr'])]).toEqual(['1000', '1020']);
  const far = book('8', [[call('XYZ', '40'), '0.05', '-1']]);
  expect([ask(far, ['us-reg-t']), ask(far, ['house-tastytrade'])]).toEqual(['85', '250']);
  const concentrated: Desk = { instruments: { XYZ: stock() }, prices: { XYZ: '100' }, positions: [['XYZ', '3000']], cash: '-100000' };
  expect(['us-reg-t', 'house-firstrade', 'house-apex', 'house-td', 'house-fidelity'].map((pack) => ask(concentrated, [pack]))).toEqual(['75000', '150000', '150000', '120000', '180000']);
  expect(poolOf(stateOf({ ...concentrated, packs: ['house-fidelity'] })).positions[0]?.badges).toEqual([]);
});
