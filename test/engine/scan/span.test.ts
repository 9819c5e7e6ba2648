import { describe, expect, test } from 'vitest';
import { blackScholes } from '../../../main/engine/pricing/european.ts';
import { computed, futureTerms, gainsAt, nodeOf, optionTerms, scanned, SOURCE, type ScanDesk } from './build.ts';

/** One commodity whose futures move by 3,000 over the range. */
const OIL = { title: 'Oil', currency: 'USD', contracts: ['OIL'], priceScanRange: '3000', ...SOURCE };
const oil = (more: object): object => ({ commodities: { OIL: { ...OIL, ...more } } });
const NEAR_FAR = { near: { to: '2026-12' }, far: { from: '2027-01' } };
const CALENDAR = { priority: 1, charge: '400', legs: [{ tier: 'near', ratio: '1', side: 'A' }, { tier: 'far', ratio: '1', side: 'B' }] };
const months = { NEAR: futureTerms(), FAR: futureTerms('2027-03-19') };
const asked = (desk: Omit<ScanDesk, 'instruments'> & Partial<ScanDesk>): string => scanned({ instruments: months, ...desk }).maintenance;

describe('the scan', () => {
  test('an outright position is asked its range, long or short; both sides of one month net', () => {
    expect([asked({ scan: oil({}), positions: { NEAR: '2' } }), asked({ scan: oil({}), positions: { NEAR: '-2' } })]).toEqual(['6000', '6000']);
    expect(asked({ scan: oil({}), positions: { NEAR: '2', FAR: '-2' } })).toBe('0');
  });
  test('the extreme scenarios decide where the covered fraction of the extreme move is more than the range', () => {
    expect(asked({ scan: oil({ extreme: { multiplier: '3', coveredFraction: '0.35' } }), positions: { NEAR: '1' } })).toBe('3150');
    expect(asked({ scan: { ...oil({}), extreme: { multiplier: '2', coveredFraction: '0.9', ...SOURCE } }, positions: { NEAR: '1' } })).toBe('5400');
  });
  test('the tree names the scenario that decided and shows all sixteen', () => {
    const worst = nodeOf(scanned({ instruments: months, scan: oil({}), positions: { NEAR: '1' } }), 'Worst, Scenario 13: price down the whole range, volatility up');
    expect(worst.children.map(({ amount }) => amount)).toEqual(['0', '0', '0', '1000', '1000', '-1000', '-1000', '2000', '2000', '-2000', '-2000', '3000', '3000', '-3000', '-3000', '2970', '-2970']);
    expect(worst.chosen).toBe(13);
  });
  test('a position carries what it loses where its commodity loses most: a hedge has less than nothing', () => {
    const { pools } = scanned({ instruments: months, scan: oil({}), positions: { NEAR: '3', FAR: '-1' } });
    expect(pools[0]?.positions.map(({ instrument, houseMaintenance, group }) => [instrument, houseMaintenance, group])).toEqual([['FAR', '-3000', 'Oil'], ['NEAR', '9000', 'Oil']]);
  });
  test('gains since the last settlement are equity, and nothing else of a future is', () => {
    const state = scanned({ instruments: { NEAR: futureTerms() }, scan: oil({}), positions: {}, cash: '5000', pool: { positions: [{ instrument: 'NEAR', quantity: '2', settledPrice: '90' }] } });
    expect([state.equity, state.maintenance, state.status]).toEqual(['5020', '6000', 'call']);
  });
});

describe('spreads between months', () => {
  const scan = oil({ tiers: NEAR_FAR, intraSpreads: [CALENDAR] });
  test('as many as the shorter leg allows, at a charge each; what is left stays in the scan', () => {
    expect(asked({ scan, positions: { NEAR: '5', FAR: '-3' } })).toBe('7200');
    expect(asked({ scan, positions: { NEAR: '-5', FAR: '3' } })).toBe('7200');
    expect(asked({ scan, positions: { NEAR: '5', FAR: '3' } })).toBe('24000');
  });
  test('priorities decide who uses the deltas first; used ones are gone', () => {
    const dear = { ...CALENDAR, priority: 2, charge: '1000' };
    expect(asked({ scan: oil({ tiers: NEAR_FAR, intraSpreads: [dear, CALENDAR] }), positions: { NEAR: '2', FAR: '-2' } })).toBe('800');
    expect(asked({ scan: oil({ tiers: NEAR_FAR, intraSpreads: [{ ...dear, priority: 1 }, { ...CALENDAR, priority: 2 }] }), positions: { NEAR: '2', FAR: '-2' } })).toBe('2000');
  });
  test('a butterfly takes its ratios', () => {
    const instruments = { ...months, MIDDLE: futureTerms('2027-01-15') };
    const tiers = { a: { to: '2026-12' }, b: { from: '2027-01', to: '2027-01' }, c: { from: '2027-02' } };
    const butterfly = { priority: 1, charge: '100', legs: [{ tier: 'a', ratio: '1', side: 'A' }, { tier: 'b', ratio: '2', side: 'B' }, { tier: 'c', ratio: '1', side: 'A' }] };
    expect(asked({ instruments, scan: oil({ tiers, intraSpreads: [butterfly] }), positions: { NEAR: '3', MIDDLE: '-5', FAR: '3' } })).toBe('3250');
  });
  test('a delivery month charges deltas in spreads and outright ones apart', () => {
    const spot = { spotMonths: [{ month: '2026-12', spread: '10', outright: '20' }] };
    expect(asked({ scan: oil({ tiers: NEAR_FAR, intraSpreads: [CALENDAR], ...spot }), positions: { NEAR: '3', FAR: '-1' } })).toBe('6450');
  });
});

describe('between commodities', () => {
  const instruments = { CORN: futureTerms('2027-03-12', { underlying: 'CORN' }), SOY: futureTerms('2027-03-12', { underlying: 'SOY' }) };
  const commodities = { CORN: { ...OIL, title: 'Corn', contracts: ['CORN'], priceScanRange: '1750' }, SOY: { ...OIL, title: 'Soy', contracts: ['SOY'], priceScanRange: '2500' } };
  const spread = { priority: 1, credit: '0.55', legs: [{ commodity: 'CORN', ratio: '2', side: 'A' }, { commodity: 'SOY', ratio: '1', side: 'B' }], ...SOURCE };
  const between = (positions: Record<string, string>, scan: object = {}): string => asked({ instruments, positions, scan: { commodities, interSpreads: [spread], ...scan } });

  test('opposite sides earn credit in either direction, equal sides none', () => {
    expect([between({ CORN: '2', SOY: '-1' }), between({ CORN: '-2', SOY: '1' }), between({ CORN: '2', SOY: '1' })]).toEqual(['2700', '2700', '6000']);
  });
  test('only the deltas that find a partner earn it', () => {
    expect(between({ CORN: '5', SOY: '-1' })).toBe('7950');
  });
  test('a second spread finds only what the first has left; parts of a spread count', () => {
    const one = { ...spread, credit: '0.1', legs: [{ commodity: 'CORN', ratio: '1', side: 'A' }, { commodity: 'SOY', ratio: '1', side: 'B' }] };
    const ask = (first: number, second: number): string => between({ CORN: '3', SOY: '-2' }, { interSpreads: [{ ...spread, priority: first }, { ...one, priority: second }] });
    // One and a half of the first use up the corn; two of the second the soy.
    expect([ask(1, 2), ask(2, 1)]).toEqual(['5300', '9400']);
  });
  test('a super spread comes before the spreads within a commodity, and uses up their deltas', () => {
    const years = { CORN: instruments.CORN, LATER: futureTerms('2027-07-14', { underlying: 'CORN' }), SOY: instruments.SOY };
    const tiered = { ...commodities, CORN: { ...commodities.CORN, tiers: { a: { to: '2027-05' }, b: { from: '2027-06' } }, intraSpreads: [{ priority: 1, charge: '1000', legs: [{ tier: 'a', ratio: '1', side: 'A' }, { tier: 'b', ratio: '1', side: 'B' }] }] } };
    const positions = { CORN: '3', LATER: '-1', SOY: '-1' };
    expect(asked({ instruments: years, positions, scan: { commodities: tiered, interSpreads: [spread] } })).toBe('3700');
    // The nearest month gives its deltas first: one is left of three, and the calendar finds it.
    expect(asked({ instruments: years, positions, scan: { commodities: tiered, superSpreads: [spread] } })).toBe('3700');
  });
  test('the risk of a delta: without volatility and time, from the scan range, or the lesser of the two', () => {
    // Corn loses 200 when nothing moves, so its price risk is 200 less than its scan risk.
    const timed = gainsAt({ 1: '-200', 2: '-200', 13: '-1950', 14: '-1750' });
    const given = { arrays: { CORN: { values: timed, delta: '1' } } };
    const ask = (weighted: string): string => asked({ instruments, positions: { CORN: '2', SOY: '-1' }, ...given, scan: { commodities: { ...commodities, CORN: { ...commodities.CORN, priceScanRange: '1600' } }, interSpreads: [spread], weightedRisk: { value: weighted, ...SOURCE } } });
    expect([ask('normal'), ask('scanRange'), ask('scanRangeCap')]).toEqual(['3210', '3265', '3265']);
  });
  test('pairs of scenarios are data: which one is averaged with the worst changes the price risk', () => {
    const moved = { CORN: { values: gainsAt({ 13: '-1950', 14: '-1750', 9: '-1000' }), delta: '1' } };
    const paired = (number: number): object[] => Array.from({ length: 16 }, (_, at) => ({ label: `scenario ${at + 1}`, price: at < 2 ? '0' : '1', ...(at === 12 ? { pairedWith: number } : {}) }));
    const ask = (number: number): string => asked({ instruments, positions: { CORN: '2', SOY: '-1' }, arrays: { ...moved, SOY: { values: gainsAt({ 3: '2500' }), delta: '1' } }, scan: { commodities, interSpreads: [spread], scenarioSet: { id: 'span-16', title: 'Other pairs', scenarios: paired(number), ...SOURCE } } });
    // Corn 3,900 and soy 2,500, less 55 % of soy's 2,500 and of corn's average: 3,700 with scenario 14, 2,950 with 9.
    expect([ask(14), ask(9)]).toEqual(['2990', '3402.5']);
  });
  test('no credit where nothing is risked', () => {
    expect(asked({ instruments, positions: { CORN: '2', SOY: '-1' }, arrays: { CORN: { values: gainsAt({}), delta: '1' } }, scan: { commodities, interSpreads: [spread] } })).toBe('2500');
  });
});

describe('options', () => {
  const option = (right: 'call' | 'put', price: string) => optionTerms(right, '100', price, { underlying: 'NEAR', multiplier: '1', expiry: '2026-12-15' });
  const instruments = { NEAR: futureTerms(), CALL: option('call', '500'), PUT: option('put', '300') };
  const still = { CALL: { values: gainsAt({}), delta: '0.5' }, PUT: { values: gainsAt({}), delta: '-0.5' } };
  const minimum = (counts: string): object => oil({ shortOptionMinimum: { rate: '50', counts } });

  test('short options are asked their minimum each, or those of the dearer side', () => {
    const positions = { CALL: '-3', PUT: '-4' };
    // Their own value, 2,700, is asked on top: it is what closing them costs.
    expect([asked({ instruments, positions, arrays: still, scan: minimum('all') }), asked({ instruments, positions, arrays: still, scan: minimum('dearerSide') })]).toEqual(['3050', '2900']);
  });
  test('the value of long options is taken off, but never below nothing', () => {
    expect(asked({ instruments, positions: { CALL: '2', NEAR: '1' }, arrays: still, scan: oil({}) })).toBe('2000');
    expect(asked({ instruments, positions: { CALL: '2' }, arrays: still, scan: oil({}) })).toBe('0');
  });
  test('credit before the minimum, or after it: both readings of the sources', () => {
    const scan = (order: string): object => ({ ...oil({ shortOptionMinimum: { rate: '2500', counts: 'all' } }), order: { value: order, ...SOURCE }, commodities: { OIL: { ...OIL, shortOptionMinimum: { rate: '2500', counts: 'all' } }, GAS: { ...OIL, title: 'Gas', contracts: ['GAS'] } }, interSpreads: [{ priority: 1, credit: '0.8', legs: [{ commodity: 'OIL', ratio: '1', side: 'A' }, { commodity: 'GAS', ratio: '1', side: 'B' }], ...SOURCE }] });
    const both = { instruments: { ...instruments, GAS: futureTerms('2026-12-18', { underlying: 'GAS' }) }, positions: { NEAR: '1', PUT: '-1', GAS: '-1' }, arrays: { ...still, PUT: { values: gainsAt({}), delta: '0' } } };
    // Oil: scan 3,000, credit 2,400, minimum 2,500. Gas: 3,000 − 2,400. The put's 300 on top.
    expect([asked({ ...both, scan: scan('creditThenMinimum') }), asked({ ...both, scan: scan('minimumThenCredit') })]).toEqual(['3400', '1500']);
  });
  test('where equity carries option value, nothing is taken off for it', () => {
    const state = scanned({ instruments, positions: { NEAR: '1', CALL: '2' }, arrays: still, scan: oil({}), cash: '9000' });
    expect([state.equity, state.netLiq]).toEqual(['9000', '10000']);
  });
});

describe('arrays that are computed', () => {
  const ranged = { ...OIL, priceScanRange: '15', volScanRange: '0.05', contracts: ['OIL'] };
  const call = { ...optionTerms('call', '100', '1', { underlying: 'NEAR', multiplier: '1', expiry: '2027-11-20', style: 'european' }), impliedVol: '0.3' };
  const black = (forward: number, volatility: number): number => blackScholes(forward, 100, 1, volatility, 0, 0, true);

  test('an option on a future is priced at the shifted price and volatility; a short one loses most up and up', () => {
    const state = scanned({ instruments: { NEAR: futureTerms(), CALL: call }, positions: { CALL: '-100' }, scan: { commodities: { OIL: ranged } } });
    const worst = nodeOf(state, 'Worst, Scenario 11: price up the whole range, volatility up');
    expect(Number(worst.amount)).toBeCloseTo(-100 * (black(115, 0.35) - black(100, 0.3)), 2);
    // Extreme moves count in part: 45 up or down, a third of it.
    expect(Number(worst.children[15]?.amount)).toBeCloseTo(-100 * 0.33 * (black(145, 0.3) - black(100, 0.3)), 2);
  });
  test('its composite delta is the weighted average of the deltas at the seven prices', () => {
    const scan = { commodities: { OIL: { ...ranged, spotMonths: [{ month: '2026-12', spread: '0', outright: '1' }] } } };
    const { explain } = scanned({ instruments: { NEAR: futureTerms(), CALL: call }, positions: { CALL: '10000' }, scan }).pools[0] ?? {};
    const slope = (forward: number): number => (black(forward + 0.01, 0.3) - black(forward - 0.01, 0.3)) / 0.02;
    const expected = 0.27 * slope(100) + 0.217 * (slope(105) + slope(95)) + 0.111 * (slope(110) + slope(90)) + 0.037 * (slope(115) + slope(85));
    const delta = JSON.stringify(explain).match(/"label":"Composite delta of CALL","op":"input","amount":"([^"]+)"/)?.[1];
    expect(Number(delta)).toBeCloseTo(expected, 3);
  });
});

test('a credit is multiplied before it is divided: a net delta of three, or of 3.9, leaves no trace in what is asked', () => {
  const commodities = { CORN: { ...OIL, title: 'Corn', contracts: ['CORN'] }, SOY: { ...OIL, title: 'Soy', contracts: ['SOY'] } };
  const instruments = { CORN: futureTerms('2026-12-18', { underlying: 'CORN' }), SOY: futureTerms('2026-12-18', { underlying: 'SOY' }) };
  const interSpreads = [{ priority: 1, credit: '0.5', legs: [{ commodity: 'CORN', ratio: '1', side: 'A' }, { commodity: 'SOY', ratio: '1', side: 'B' }], ...SOURCE }];
  const ask = (delta: string): string => asked({ instruments, positions: { CORN: '1', SOY: '-3' }, arrays: { CORN: { values: gainsAt({ 14: '-1000', 13: '-1000' }), delta: '3' }, SOY: { values: gainsAt({ 11: '1000', 12: '1000' }), delta } }, scan: { commodities, interSpreads } });
  // 1,000 less a half of it, and 3,000 less a half of it. With 1.3 deltas each, three of 3.9 are used: 1,153.8461538462 of 3,000.
  expect([ask('1'), ask('1.3')]).toEqual(['2000', '2346.1538461538']);
});

describe('what cannot be told', () => {
  test('a contract without array and range leaves the pool indeterminate', () => {
    const { status, unpriced } = scanned({ instruments: months, positions: { NEAR: '1' }, scan: { commodities: { OIL: { title: 'Oil', currency: 'USD', contracts: ['OIL'], ...SOURCE } } } });
    expect([status, unpriced]).toEqual(['indeterminate', [{ instrument: 'NEAR', reason: 'it has no risk array, and its commodity no price scan range', indeterminate: true }]]);
  });
  test('so does one that no commodity has, an array of other scenarios, and a delta that is needed and not known', () => {
    const reason = (desk: Partial<ScanDesk>): string => scanned({ instruments: months, positions: { NEAR: '1' }, scan: oil({}), ...desk }).unpriced.map(({ reason: said, indeterminate }) => `${said}: ${String(indeterminate)}`).join('; ');
    expect(reason({ scan: { commodities: { GAS: { ...OIL, contracts: ['GAS'] } } } })).toBe('no commodity of the rule packs has it: true');
    expect(reason({ arrays: { NEAR: { values: gainsAt({}), set: 'lch-20' } } })).toBe('its risk array is of the scenarios lch-20, and the rule packs have span-16: true');
    expect(reason({ arrays: { NEAR: { values: ['1', '2'] } } })).toBe('its risk array has 2 values, and the scenarios span-16 are 16: true');
    expect(reason({ arrays: { NEAR: { values: gainsAt({}) } }, scan: oil({ spotMonths: [{ month: '2026-12', spread: '1', outright: '1' }] }) })).toBe('its composite delta is not known, and Oil is charged by delta: true');
    expect(reason({ arrays: { NEAR: { values: gainsAt({ 1: '9999999999999999' }) } } })).toBe('quantity and risk array have too many digits to multiply: true');
    expect(reason({ instruments: { NEAR: futureTerms('2026-11-01') } })).toBe('it expired on 2026-11-01: true');
    expect(reason({ instruments: { NEAR: futureTerms('2026-12-18', { currency: 'EUR' }) } })).toBe('no exchange rate from EUR into USD is known: true');
  });
  test('a pack that leaves the scenarios or the method open is refused, and so is an odd money quantum', () => {
    const refused = (own: object): string => {
      const result = computed({ instruments: months, positions: { NEAR: '1' }, ...own });
      return result.ok ? 'computed' : result.fault.message;
    };
    expect(refused({ scan: { scenarioSet: { id: 'x', title: 'x', scenarios: [{ label: 'a', price: '1', pairedWith: 2 }], ...SOURCE } } })).toMatch(/paired with one that is not there/);
    expect(refused({ scan: oil({ intraSpreads: [CALENDAR] }) })).toMatch(/a tier that the commodity does not have/);
    expect(refused({ scan: { method: { value: 'classes', ...SOURCE } } })).toMatch(/sets scan\.portfolioTypes, portfolio\.minimumPerUnit/);
  });
});

test('amounts of another currency are turned into the pool’s, charges as well as arrays', () => {
  const euro = (expiry: string) => futureTerms(expiry, { currency: 'EUR' });
  const scan = { commodities: { OIL: { ...OIL, currency: 'EUR', tiers: NEAR_FAR, intraSpreads: [CALENDAR] } } };
  expect(asked({ instruments: { NEAR: euro('2026-12-18'), FAR: euro('2027-03-19') }, positions: { NEAR: '2', FAR: '-1' }, scan, fx: { EUR: '1.1' } })).toBe('3740');
});

test('clients are asked multiples, rounded as the pack says; the exchange’s column stays the clearing house’s', () => {
  const scan = oil({ client: { initial: '1.35', maintenance: '1.1111', rounding: { name: 'up', places: 0 } } });
  const { pools, initial, maintenance } = scanned({ instruments: months, positions: { NEAR: '1' }, scan });
  expect([initial, maintenance, pools[0]?.stacks.exchange.maintenance, pools[0]?.stacks.risk?.maintenance]).toEqual(['4050', '3334', '3000', '3334']);
});
