import { describe, expect, test } from 'vitest';
import { explainFigure } from '../../../main/engine/margin.ts';
import { wrongNodes } from '../explain-checker.ts';
import { loanMargin, loanState, SAID, weights, type Loan } from './pool.ts';

// 10 at 100 as collateral, of which 0.6 may be lent and 0.75 must be kept, against a loan of 500.
const loan: Loan = {
  prices: { ETH: '100', USDX: '1' },
  pool: { collateral: [{ instrument: 'ETH', quantity: '10', loanToValue: '0.6', liquidationThreshold: '0.75' }], debt: [{ instrument: 'USDX', quantity: '500' }] },
};
const perpetual = { PERP: { kind: 'perpetual' as const, currency: 'USD', price: '50' } };

describe('collateral and debt', () => {
  test('available is what may still be borrowed, excess how far it is to the line, health collateral by debt', () => {
    expect(loanState(loan)).toMatchObject({ equity: '500', initial: '400', maintenance: '250', available: '100', excess: '250', healthRatio: '1.5', status: 'healthy' });
  });
  test('below a health of 1 it may be liquidated; at 1 it may not', () => {
    const at = (price: string) => loanState({ ...loan, prices: { ETH: price, USDX: '1' } });
    expect([at('66.67').status, at('66.66').status]).toEqual(['warning', 'liquidation']);
    expect(loanState({ ...loan, prices: { ETH: '100', USDX: '1.5' } })).toMatchObject({ healthRatio: '1', excess: '0', status: 'warning' });
  });
  test('without a debt there is no health ratio, and nothing to liquidate', () => {
    expect(loanState({ ...loan, pool: { collateral: loan.pool.collateral } })).toMatchObject({ healthRatio: null, status: 'healthy', deficit: '0' });
  });
  test('a haircut is a weight; a debt that has grown counts for what it is now', () => {
    const state = loanState({ ...loan, pool: { collateral: [{ instrument: 'ETH', quantity: '10', haircut: '0.4' }], debt: [{ instrument: 'USDX', quantity: '400', rate: '1.25' }] } });
    expect(state).toMatchObject({ equity: '500', excess: '100', healthRatio: '1.2' });
  });
  test('collateral without a weight counts for nothing; a debt without a price leaves everything unknown', () => {
    expect(loanState({ ...loan, pool: { ...loan.pool, collateral: [{ instrument: 'ETH', quantity: '10' }] } })).toMatchObject({ healthRatio: '0', equity: '500' });
    expect(loanState({ ...loan, rest: { instruments: { USDX: { kind: 'coin', currency: 'USD' } } } })).toMatchObject({ status: 'indeterminate', unpriced: [{ instrument: 'USDX', indeterminate: true }] });
    expect(loanState({ ...loan, rest: { instruments: { ETH: { kind: 'coin', currency: 'USD' } } } })).toMatchObject({ equity: '-500', status: 'bankrupt', unpriced: [{ instrument: 'ETH', indeterminate: false }] });
  });
  test('securities lent against take the pack’s loan value', () => {
    const state = loanState({ on: 'securities-based-lending', prices: {}, pool: { cash: { USD: '-600' }, positions: [{ instrument: 'XYZ', quantity: '10' }] }, rest: { instruments: { XYZ: { kind: 'equity', currency: 'USD', price: '100' } } } });
    expect(state).toMatchObject({ equity: '400', available: '-100', excess: '50', status: 'warning' });
  });
});

describe('collateral whose terms nobody set', () => {
  const without = (debt: string, more: { instrument: string; quantity: string; liquidationThreshold: string }[] = []) => loanState({ ...loan, pool: { collateral: [{ instrument: 'ETH', quantity: '10' }, ...more], debt: [{ instrument: 'USDX', quantity: debt }] } });
  test('says so, in the row as in the pool; whether a loan it may cover is to be liquidated is not known', () => {
    const state = without('500');
    expect(state).toMatchObject({ status: 'indeterminate', statusReason: 'Not all of it is known: ETH: no rule pack and no terms of the account say what counts of it, and it may be enough.', unpriced: [{ instrument: 'ETH', indeterminate: false }] });
    expect(state.pools[0]?.positions.find(({ instrument }) => instrument === 'ETH')).toMatchObject({ badges: ['notMarginedYet'], rule: 'no rule pack and no terms of the account say what counts of it' });
  });
  test('a loan that it could not cover in full is liquidated, and one that does not need it is not in doubt', () => {
    expect(without('1000.01').status).toBe('bankrupt');
    expect(without('1100', [{ instrument: 'USDX', quantity: '300', liquidationThreshold: '0.4' }]).status).toBe('indeterminate');
    expect(without('1100', [{ instrument: 'USDX', quantity: '300', liquidationThreshold: '0.1' }]).status).toBe('liquidation');
    expect(without('100', [{ instrument: 'USDX', quantity: '300', liquidationThreshold: '0.9' }]).status).toBe('healthy');
  });
});

describe('balances that may turn', () => {
  const rules = { perInstrument: { ETH: weights('0.8', '1.2'), USDX: weights('1', '1') } };
  test('a balance counts as an asset above zero and as a liability below', () => {
    const at = (quantity: string) => loanState({ prices: loan.prices, rules, pool: { positions: [{ instrument: 'ETH', quantity }] } });
    expect([at('10').excess, at('-10').excess]).toEqual(['800', '-1200']);
  });
  test('on opening, the worse of mark and bound; to keep, the mark', () => {
    const bounds = { market: { marks: { ETH: { value: '100', low: '90', high: '120' } } } };
    const at = (quantity: string) => loanState({ on: 'lending-mango-v4', prices: loan.prices, rules, rest: bounds, pool: { positions: [{ instrument: 'ETH', quantity }] } });
    expect(at('10')).toMatchObject({ available: '720', excess: '800' });
    expect(at('-10')).toMatchObject({ available: '-1440', excess: '-1200' });
  });
  test('more debt than a size counts for more, and more deposits for less, on opening only', () => {
    const scaled = { perInstrument: { ETH: { rates: { ...(weights('0.8', '1.2')['rates'] as object), 'collateral.scaleStart': '5000', 'debt.scaleStart': '4000' }, ...SAID } } };
    const at = (quantity: string) => loanState({ prices: loan.prices, rules: scaled, rest: { market: { stats: { ETH: { deposits: '100', borrows: '80' } } } }, pool: { positions: [{ instrument: 'ETH', quantity }] } });
    expect(at('10')).toMatchObject({ available: '400', excess: '800' });
    expect(at('-10')).toMatchObject({ available: '-2400', excess: '-1200' });
  });
  test('an order counts as the worse of what it holds back and what it buys', () => {
    const at = (price: string) => loanState({ prices: loan.prices, rules, pool: { cash: { USD: '1000' }, orders: [{ instrument: 'ETH', quantity: '10', price }] } });
    // Held back 1,000: as money 1,000 more than the 1,000 that is there; as ten coins 800.
    expect(at('100').available).toBe('1800');
    expect(at('50').available).toBe('1400');
  });
});

describe('perpetuals in a lending pool', () => {
  const rules = (joins: string, overall?: string) => ({ perInstrument: { PERP: { rates: { ...(weights('0.9', '1.1')['rates'] as object), ...(overall ? { 'perpetual.overall': overall } : {}) }, ...SAID } }, settings: { 'lending.perpetual': { value: joins, ...SAID } } });
  const pool = { cash: { USD: '1000' }, positions: [{ instrument: 'PERP', quantity: '100', entryPrice: '45' }] };
  test('the gain is equity and a tenth of the notional value is asked, either way', () => {
    for (const joins of ['apart', 'intoBalance']) expect(loanState({ prices: {}, rules: rules(joins), rest: { instruments: perpetual }, pool })).toMatchObject({ equity: '1500', maintenance: '500', excess: '1000' });
    expect(loanState({ prices: {}, rules: rules('apart'), rest: { instruments: perpetual }, pool })).toMatchObject({ healthRatio: '3' });
  });
  test('a gain counts at the overall weight, a loss in full', () => {
    const at = (entryPrice: string) => loanState({ prices: {}, rules: rules('intoBalance', '0.5'), rest: { instruments: perpetual }, pool: { ...pool, positions: [{ instrument: 'PERP', quantity: '100', entryPrice }] } }).excess;
    expect([at('25'), at('55')]).toEqual(['2000', '0']);
  });
  test('orders count as if all bids or all asks were filled', () => {
    const orders = [{ instrument: 'PERP', quantity: '50' }, { instrument: 'PERP', quantity: '-30' }];
    expect(loanState({ prices: {}, rules: rules('apart'), rest: { instruments: perpetual }, pool: { ...pool, orders } })).toMatchObject({ maintenance: '750' });
  });
});

test('every tree of a pool with everything in it adds up', () => {
  const margin = loanMargin({
    on: 'lending-mango-v4',
    prices: { ETH: '100', USDX: '1', DOG: '0.1' },
    rules: { perInstrument: { ETH: { rates: { ...(weights('0.8', '1.2')['rates'] as object), 'collateral.scaleStart': '7000', 'debt.scaleStart': '4000' }, ...SAID }, USDX: weights('0.95', '1.05'), DOG: weights('0.3', '1.7'), PERP: weights('0.9', '1.1') } },
    rest: { instruments: perpetual, market: { marks: { ETH: { value: '100', low: '97', high: '101' } }, stats: { ETH: { deposits: '93', borrows: '71' } } } },
    pool: {
      cash: { USD: '321.55' },
      positions: [{ instrument: 'ETH', quantity: '-3.7' }, { instrument: 'USDX', quantity: '900' }, { instrument: 'PERP', quantity: '-11', entryPrice: '47.3' }],
      collateral: [{ instrument: 'DOG', quantity: '5000', haircut: '0.55' }],
      debt: [{ instrument: 'USDX', quantity: '12', rate: '1.0341' }],
      orders: [{ instrument: 'ETH', quantity: '2', price: '99' }, { instrument: 'ETH', quantity: '-1.5', price: '104' }, { instrument: 'PERP', quantity: '4' }],
    },
  });
  for (const figure of ['equity', 'netLiq', 'maintenance', 'initial', 'excess', 'available', 'deficit', 'healthRatio', 'leverage'] as const) expect(wrongNodes(explainFigure(margin, figure))).toEqual([]);
});

describe('the price at which a loan may be liquidated', () => {
  const priceOf = (given: Loan, instrument: string) => loanState(given).pools[0]?.positions.find((position) => position.instrument === instrument)?.callPrice;
  test('is below for collateral and above for a debt', () => {
    // 10 × 0.75 × p = 500; 500 × p = 750.
    expect(priceOf(loan, 'ETH')).toEqual({ down: '66.6666666667', up: null });
    expect(priceOf(loan, 'USDX')).toEqual({ down: null, up: '1.5' });
  });
  test('is that of the status ladder, and beyond the call where a lender calls before it sells', () => {
    const lent = loanState({ on: 'securities-based-lending', prices: {}, pool: { collateral: [{ instrument: 'XYZ', quantity: '1000' }], debt: [{ instrument: 'LOAN', quantity: '60000' }] }, rest: { instruments: { XYZ: { kind: 'equity', currency: 'USD', price: '100' }, LOAN: { kind: 'loan', currency: 'USD', price: '1' } } } });
    // 1,000 × 0.65 × p = 60,000 is the call; nine tenths of the debt are the line at which it is sold: 0.9 × 60,000 ÷ 650.
    expect(lent.pools[0]?.positions).toMatchObject([
      { instrument: 'XYZ', callPrice: { down: '92.3076923077', up: null }, liquidationPrice: { down: '83.0769230769', up: null } },
      { instrument: 'LOAN', callPrice: { down: null, up: '1.0833333333' }, liquidationPrice: { down: null, up: '1.2037037037' } },
    ]);
    expect(loanState(loan).pools[0]?.positions[0]).toMatchObject({ instrument: 'ETH', liquidationPrice: { down: '66.6666666667', up: null } });
  });
  test('is none where nothing is owed, not nought', () => {
    expect(loanState({ ...loan, pool: { collateral: loan.pool.collateral } }).pools[0]?.positions).toMatchObject([{ callPrice: { down: null, up: null }, liquidationPrice: { down: null, up: null } }]);
  });
  test('margin to liquidation is the part of equity that can be lost until there', () => {
    // 750 counts against 500, of an equity of 500; at the line of nine tenths 65,000 − 54,000 of 40,000.
    expect(loanState(loan).marginToLiquidation).toBe('0.5');
    const aave = loanState({ ...loan, prices: { ETH: '100', USDX: '1' }, pool: { collateral: [{ instrument: 'ETH', quantity: '40', liquidationThreshold: '0.6' }], debt: [{ instrument: 'USDX', quantity: '2000' }] } });
    expect(aave).toMatchObject({ healthRatio: '1.2', marginToLiquidation: '0.2' });
    expect(loanState({ ...loan, pool: { collateral: loan.pool.collateral } }).marginToLiquidation).toBe('1');
  });
  test('a balance in both is followed from one side to the other', () => {
    const rules = { perInstrument: { ETH: weights('0.8', '1.25'), USDX: weights('1', '1') } };
    expect(priceOf({ prices: loan.prices, rules, pool: { positions: [{ instrument: 'ETH', quantity: '-4' }, { instrument: 'USDX', quantity: '600' }] } }, 'ETH')).toEqual({ down: null, up: '120' });
  });
});
