import { describe, expect, test } from 'vitest';
import { callPrice } from '../../../main/engine/trigger.ts';
import { put, rate, stock } from '../build.ts';
import { choice, flat, positionIn, SOURCE, tiers, venueInputs, venueState, type Venue } from './venue.ts';

const one = (contract: Venue['contracts'][string], rest: Partial<Venue> = {}, quantity = '2'): Venue => ({ contracts: { ONE: contract }, rows: [{ instrument: 'ONE', quantity, entryPrice: '100' }], cash: '50', ...rest });
const growing = tiers([['100', '0.01', '50'], ['300', '0.05', '10'], [null, '0.2', '2']]);

describe('what a position is asked', () => {
  test('a tier’s rate on all of it, less the amount that joins the tiers', () => {
    // 200 is in the second tier: 200 × 5 % − 100 × 4 %; initial 200 ÷ 10.
    expect(venueState(one({ mark: '100', rate: growing }))).toMatchObject({ maintenance: '6', initial: '20', equity: '50', excess: '44' });
  });
  test('a bound belongs to the tier below it', () => {
    expect(venueState(one({ mark: '50', rate: growing }))).toMatchObject({ maintenance: '1', initial: '2' });
  });
  test('without amounts a bound is a step', () => {
    const step = { ...growing, apply: 'step' };
    expect(venueState(one({ mark: '50', rate: step })).maintenance).toBe('1');
    expect(venueState(one({ mark: '50.5', rate: step })).maintenance).toBe('5.05');
  });
  test('beyond the last tier the pool is indeterminate, and the charge is the last tier’s', () => {
    const state = venueState(one({ mark: '100', rate: tiers([['150', '0.1', '5']]) }));
    expect(state).toMatchObject({ maintenance: '20', status: 'indeterminate' });
    expect(state.statusReason).toContain('larger than the last tier');
  });
  test('a margin by leverage is notional value divided by it, whole where that is whole', () => {
    const asked = (rate: Record<string, unknown>, mark: string, leverage?: string) => venueState({ ...one({ mark, rate }), rows: [{ instrument: 'ONE', quantity: '7', entryPrice: mark, ...(leverage ? { leverage } : {}) }] });
    expect(asked(flat('0.004', '75'), '90000').initial).toBe('8400');
    expect(asked(flat('0.004', '125'), '90000', '75').initial).toBe('8400');
    expect(asked({ kind: 'linear', initial: '0.01', maintenance: '0.005', perUnit: '0' }, '90000', '3').initial).toBe('210000');
    // Half of the initial margin at a leverage of 75 is kept.
    expect(asked({ kind: 'tiers', by: 'notional', apply: 'amount', maintenanceShare: '0.5', tiers: [{ upTo: null, leverageMax: '75' }] }, '90000')).toMatchObject({ initial: '8400', maintenance: '4200' });
    expect(asked(flat('0.004', '20'), '6428.571428571', '7').initial).toBe('6428.571428571');
  });
  test('the leverage chosen raises the initial requirement, and never lowers it', () => {
    const chosen = (leverage: string) => venueState({ ...one({ mark: '100', rate: flat('0.01', '20') }), rows: [{ instrument: 'ONE', quantity: '2', entryPrice: '100', leverage }] }).initial;
    expect([chosen('4'), chosen('100')]).toEqual(['50', '10']);
  });
  test('initial is never less than maintenance', () => {
    expect(venueState(one({ mark: '100', rate: flat('0.2', '20') }))).toMatchObject({ initial: '40', maintenance: '40' });
  });
  test('the fee of closing stands beside maintenance', () => {
    expect(venueState(one({ mark: '100', rate: flat('0.01'), closingFee: '0.0005' })).maintenance).toBe('2.1');
  });
  test('a size premium grows with the square root, cut off after four places', () => {
    // 0.8 × 10 % + 1 % × √150, which is 12.24744 and so 0.20247….
    const root = { kind: 'root', initial: '0.1', maintenance: '0.05', factor: '0.01', share: '0.8' };
    expect(venueState(one({ mark: '1', rate: root }, {}, '150'))).toMatchObject({ initial: '30.36', maintenance: '24.36' });
  });
  test('a rate at entry does not move with the mark', () => {
    expect(venueState(one({ mark: '150', rate: flat('0.01', '20') }, { section: { notionalAt: choice('entry') } }))).toMatchObject({ maintenance: '2', initial: '10' });
  });
  test('the worse price counts with what the position would be worth less at it', () => {
    const venue = one({ mark: '100', rate: flat('0.1'), bounds: { low: '98', high: '103' } }, { section: { maintenancePrice: choice('worse') } });
    expect(venueState(venue).maintenance).toBe('23.6'); // 196 × 10 % + 4
    expect(venueState({ ...venue, rows: [{ instrument: 'ONE', quantity: '-2', entryPrice: '100' }] }).maintenance).toBe('26.6'); // 206 × 10 % + 6
  });
  test('without bounds the mark stands for both, and the pool says so', () => {
    const state = venueState(one({ mark: '100' }, { section: { initialPrice: choice('worse') } }));
    expect(state.status).toBe('healthy');
    expect(state.unpriced).toEqual([{ instrument: 'ONE', reason: 'the bounds of its price feed are not known: the mark stands for both', indeterminate: false }]);
  });
});

describe('how positions net', () => {
  const both: Venue = { contracts: { ONE: { mark: '100', rate: flat('0.1') } }, rows: [{ instrument: 'ONE', quantity: '5', entryPrice: '90' }, { instrument: 'ONE', quantity: '-3', entryPrice: '110' }], cash: '10' };
  test('one way, longs and shorts of a contract are one position that keeps its gains', () => {
    expect(venueState(both)).toMatchObject({ equity: '90', maintenance: '20' });
  });
  test('in hedge mode each side is margined, and both are liquidated at one price', () => {
    const state = venueState({ ...both, section: { netting: choice('hedge') } });
    expect(state).toMatchObject({ equity: '90', maintenance: '80' });
    const prices = state.pools[0]?.positions.map(({ liquidationPrice }) => liquidationPrice);
    // 10 + 2P − 450 + 330 = 0.8 P.
    expect(prices).toEqual([{ down: '91.6666666667', up: null }, { down: '91.6666666667', up: null }]);
  });
  test('on the greater side, a future nets against the perpetual of its underlying', () => {
    const pair: Venue = { contracts: { ONE: { mark: '100', rate: flat('0.1'), terms: { underlying: 'ABC' } }, TWO: { mark: '100', rate: flat('0.2'), terms: { underlying: 'ABC' } } }, rows: [{ instrument: 'ONE', quantity: '5' }, { instrument: 'TWO', quantity: '-3' }], cash: '100', section: { netting: choice('greaterSide') } };
    const state = venueState(pair);
    expect(state.maintenance).toBe('60');
    expect(positionIn(state, 'ONE').houseMaintenance).toBe('0');
    expect(positionIn(state, 'TWO').houseMaintenance).toBe('60');
  });
});

describe('contracts paid in coin', () => {
  const coin: Venue = { contracts: { ONE: { mark: '50', rate: flat('0.01', '20'), terms: { settlement: 'inverse', underlying: 'XYZ', multiplier: '10' } } }, rows: [{ instrument: 'ONE', quantity: '100', entryPrice: '40' }], cash: '5', currency: 'XYZ' };
  test('gain and requirement are in coin', () => {
    // 1,000 ÷ 40 − 1,000 ÷ 50 = 5; 20 coins × 1 %.
    expect(venueState(coin)).toMatchObject({ equity: '10', maintenance: '0.2', initial: '1' });
  });
  test('the liquidation price lies where the coins do', () => {
    // 5 + 25 = 1,010 ÷ P.
    expect(positionIn(venueState(coin), 'ONE').liquidationPrice).toEqual({ down: '33.6666666667', up: null });
    expect(positionIn(venueState(coin), 'ONE').bankruptcyPrice).toEqual({ down: '33.3333333333', up: null });
  });
  test('in a pool of another currency the coins are converted', () => {
    expect(venueState({ ...coin, currency: 'USD', fx: [rate('XYZ', 'USD', '50')] })).toMatchObject({ equity: '255', maintenance: '10' });
  });
  test('rates that grow with the number of coins are refused', () => {
    const state = venueState({ ...coin, contracts: { ONE: { ...coin.contracts['ONE'], mark: '50', rate: { kind: 'linear', initial: '0.1', maintenance: '0.05', perUnit: '0.001' } } } });
    expect(state.statusReason).toContain('paid in coin');
    expect(state.status).toBe('indeterminate');
  });
});

describe('prices of trouble', () => {
  test('the bracket is the one at the solved price', () => {
    // At 100 the long is in the second tier. In the first: 50 − 200 + 2P = 0.02 P, at 75.76, where it stands for 151: still
    // the second, so 2P − 150 = 0.1 P − 4.
    expect(positionIn(venueState(one({ mark: '100', rate: growing })), 'ONE').liquidationPrice).toEqual({ down: '76.8421052632', up: null });
    // With 140 put up: 2P − 60 = 0.02 P, where it stands for 61: the first tier.
    expect(positionIn(venueState(one({ mark: '100', rate: growing }, { cash: '140' })), 'ONE').liquidationPrice?.down).toBe('30.303030303');
  });
  test('where a step carries equity below the line, the step is the price', () => {
    const step = tiers([['400', '0.01'], [null, '0.5']], { apply: 'step' });
    // A short of 2 from 100 with 300 put up: at 200, 100 is left, of which 4 and beyond the step 200 is asked.
    expect(positionIn(venueState(one({ mark: '100', rate: step }, { cash: '300' }, '-2')), 'ONE').liquidationPrice).toEqual({ down: null, up: '200' });
  });
  test('the ladder’s own level is where the venue liquidates; the call comes at maintenance', () => {
    const ladder = [{ status: 'liquidation', metric: 'equityToMaintenance', comparison: 'below', strict: true, value: '0.5', cites: 'A test', certainty: 'house' }];
    const state = venueState(one({ mark: '100', rate: flat('0.1', '5') }, { ladder }));
    // 2P − 150 = 0.2 P, and 0.1 P; (50 − 10) ÷ 50.
    expect(positionIn(state, 'ONE')).toMatchObject({ callPrice: { down: '83.3333333333' }, liquidationPrice: { down: '78.9473684211' }, bankruptcyPrice: { down: '75' } });
    expect(state.marginToLiquidation).toBe('0.8');
  });
  test('the call price of the account is the pool’s own', () => {
    const venue = one({ mark: '100', rate: flat('0.1', '5') });
    expect(callPrice(...venueInputs(venue), 'ONE')).toEqual({ down: '83.3333333333', up: null });
  });
  test('a long that is paid for in full is never liquidated above zero', () => {
    expect(positionIn(venueState(one({ mark: '100', rate: flat('0.01') }, { cash: '201' })), 'ONE').liquidationPrice).toEqual({ down: null, up: null });
  });
  test('funding that is due moves equity and the price', () => {
    const state = venueState(one({ mark: '100', rate: flat('0.1', '5'), stats: { fundingRate: '0.01', fundingElapsed: '0.5' } }));
    // The long owes 200 × 0.5 %; (2 − 0.01) P − 150 = 0.2 P.
    expect(state.equity).toBe('49');
    expect(positionIn(state, 'ONE').liquidationPrice?.down).toBe('83.7988826816');
  });
});

test('margin to liquidation is of the ladder’s level, and does not exist without equity or such a level', () => {
  expect(venueState(one({ mark: '100', rate: flat('0.1', '5') })).marginToLiquidation).toBe('0.6');
  expect(venueState(one({ mark: '70', rate: flat('0.1', '5') })).marginToLiquidation).toBe(null);
  const noRung = [{ status: 'liquidation', metric: 'netLiq', comparison: 'below', strict: true, value: '0', cites: 'A test', certainty: 'house' }];
  expect(venueState(one({ mark: '100', rate: flat('0.1', '5') }, { ladder: noRung })).marginToLiquidation).toBe(null);
});

test('an empty pool stands on its ladder’s line and breaches nothing', () => {
  expect(venueState({ contracts: {}, rows: [] })).toMatchObject({ status: 'healthy', healthRatio: null });
});

describe('beside the positions', () => {
  test('assets put up count for their value less a haircut', () => {
    const state = venueState(one({ mark: '100' }, { section: { collateral: { SHARE: { haircut: '0.2', ...SOURCE } } }, others: { SHARE: { terms: stock(), price: '10' }, OTHER: { terms: stock(), price: '10' } }, pool: { collateral: [{ instrument: 'SHARE', quantity: '3' }, { instrument: 'OTHER', quantity: '3' }] } }));
    expect(state).toMatchObject({ netLiq: '80', equity: '74', unpriced: [{ instrument: 'OTHER', reason: 'put up, but no rule pack sets its haircut', indeterminate: false }] });
  });
  test('orders ask the initial margin of the larger position they could make, and what they would lose', () => {
    const orders = [{ instrument: 'ONE', quantity: '3', price: '101' }, { instrument: 'ONE', quantity: '-1', price: '120' }];
    // Five at 100 ÷ 20, and three bought a point too dear.
    expect(venueState(one({ mark: '100', rate: flat('0.01', '20') }, { pool: { orders } }))).toMatchObject({ initial: '28', maintenance: '2' });
  });
  test('an order that would only close asks nothing', () => {
    expect(venueState(one({ mark: '100', rate: flat('0.01', '20') }, { pool: { orders: [{ instrument: 'ONE', quantity: '-2' }] } })).initial).toBe('10');
  });
  test('the cost of liquidation is asked of the whole account, up to its most', () => {
    const section = { liquidationReward: { rate: '0.05', most: '8', ...SOURCE } };
    expect(venueState(one({ mark: '100', rate: flat('0.1', '5') }, { section }))).toMatchObject({ maintenance: '28', initial: '48' });
  });
  test('below the search level a venue with levels calls up to the initial one', () => {
    const section = { levels: { search: '1.1', initial: '1.5', release: '2', ...SOURCE } };
    const state = venueState(one({ mark: '100', rate: flat('0.1') }, { section, cash: '21' }));
    expect(state.pools[0]).toMatchObject({ maintenance: '20', initial: '30', levels: { search: '22', release: '40' }, callAmount: '9' });
    expect(venueState(one({ mark: '100', rate: flat('0.1') }, { section, cash: '22' })).pools[0]?.callAmount).toBe('0');
  });
});

describe('options', () => {
  const options = { COIN: { initial: '0.15', least: '0.1', maintenance: '0.03', closingFee: '0.002', ...SOURCE } };
  const written = put('COIN', '90', { multiplier: '1' });
  const venue: Venue = { contracts: { ONE: { mark: '100', rate: flat('0.1', '5') } }, rows: [{ instrument: 'ONE', quantity: '2', entryPrice: '100' }, { instrument: 'PUT', quantity: '-3', entryPrice: null, subType: 'margin' }], cash: '100', section: { options }, others: { COIN: { terms: { kind: 'coin', currency: 'USD' }, price: '100' }, PUT: { terms: written, price: '4' } } };
  test('a short one is worth its value and asked for by itself, beside the contracts', () => {
    // (3 + 4 + 0.2) × 3 beside 20; the least 10 % and 4, × 3, beside 40.
    expect(venueState(venue)).toMatchObject({ equity: '88', maintenance: '41.6', initial: '82', leverage: '2.409091' });
    expect(positionIn(venueState(venue), 'PUT')).toMatchObject({ value: '-12', houseMaintenance: '21.6', liquidationPrice: { down: null, up: null } });
  });
  test('it stands still while the contract’s price moves', () => {
    // 88 + 2 (P − 100) = 0.2 P + 21.6.
    expect(positionIn(venueState(venue), 'ONE').liquidationPrice).toEqual({ down: '74.2222222222', up: null });
  });
  test('a long one is asked nothing', () => {
    expect(venueState({ ...venue, rows: [{ instrument: 'PUT', quantity: '3', subType: 'margin' }] })).toMatchObject({ equity: '112', maintenance: '0', initial: '0', status: 'healthy' });
  });
  test('without rates for its underlying the pool is indeterminate', () => {
    const { section: _none, ...bare } = venue;
    expect(venueState(bare).statusReason).toContain('has rates for options on COIN');
  });
});

describe('what cannot be margined', () => {
  test.each([
    ['an unknown market', { contracts: { ONE: { mark: '100' } }, rows: [{ instrument: 'ELSE', quantity: '1' }] }, 'its terms are not known'],
    ['shares', { contracts: {}, rows: [{ instrument: 'SHARE', quantity: '1' }], others: { SHARE: { terms: stock(), price: '10' } } }, 'positions of kind equity have no brackets'],
    ['gains whose start is not known', { contracts: { ONE: { mark: '100' } }, rows: [{ instrument: 'ONE', quantity: '1', settledPrice: null }] }, 'the price at which its gains were last paid out is not known'],
    ['a contract in another currency without a rate', { contracts: { ONE: { mark: '100', terms: { currency: 'EUR' } } }, rows: [{ instrument: 'ONE', quantity: '1' }] }, 'no exchange rate from EUR into USD is known'],
    ['a market whose skew scale is not known', { contracts: { ONE: { mark: '100', rate: { kind: 'skew', minimum: '0.01', factor: '1', maintenanceShare: '0.5', perPosition: '1' } } }, rows: [{ instrument: 'ONE', quantity: '1' }] }, 'the skew scale of its market is not known'],
    ['a market whose open interest is not known', { contracts: { ONE: { mark: '100', rate: { kind: 'openInterest', initial: '0.1', maintenanceShare: '0.5', lower: '1', upper: '2' } } }, rows: [{ instrument: 'ONE', quantity: '1' }] }, 'the open interest of its market is not known'],
    ['more digits than can be multiplied exactly', { contracts: { ONE: { mark: '0.00000000000000000000000001' } }, rows: [{ instrument: 'ONE', quantity: '1234567890.123456789' }] }, 'too many digits'],
  ] as const)('%s leave the pool indeterminate, with the reason', (_, venue, reason) => {
    const state = venueState(venue);
    expect(state.status).toBe('indeterminate');
    expect(state.unpriced[0]).toMatchObject({ indeterminate: true, reason: expect.stringContaining(reason) });
  });
});
