import { describe, expect, test } from 'vitest';
import { accountStateOf, marginAccount } from '../../../main/engine/margin.ts';
import { callPrice, liquidationPrices } from '../../../main/engine/trigger.ts';
import { movingInputs, poolAt, SAID, type Moving } from './moving.ts';

/** Moves twice as far as the rates are set for: a return of ln 1.2 against a base of a tenth, all weight on the last one. */
const TWICE = { volatility: { move: { method: 'ewma', lambda: '0', multiple: '1', days: '1' }, baseMove: '0.1', least: '1', most: '4', ...SAID } };
const past = { returns: ['0.1823215567939546'] };
const history = { XYZ: past, ABC: past, BTC: past, ETH: past, LOAN: { returns: ['0.0001'] } };
const excess = (given: Moving, instrument: string, price: string): number => Number(poolAt(movingInputs(given), instrument, price).figures.excess.amount);

describe('a call price knows the add-ons', () => {
  const stock: Moving = { model: 'strategy', on: 'us-reg-t', overlay: TWICE, market: { history }, pool: { cash: { USD: '-20000' }, positions: [{ instrument: 'XYZ', quantity: '1000' }] } };
  const down = (given: Moving, instrument: string) => callPrice(...movingInputs(given), instrument).down ?? 'none';

  test('by rule: half of the value is asked, so that the loan is half of it at 40', () => {
    expect(Number(down(stock, 'XYZ'))).toBeCloseTo(40, 6);
  });
  test('by scenarios: 30 % of the value is asked: 20,000 ÷ 700', () => {
    expect(Number(down({ ...stock, model: 'scan', on: 'us-portfolio-margin' }, 'XYZ'))).toBeCloseTo(20_000 / 700, 5);
  });
  test('by brackets: 2.5 % is asked of a contract bought at 90,000 with 20,000: 70,000 ÷ 0.975, for calls as for liquidation', () => {
    const given: Moving = { ...stock, model: 'bracket', on: 'hyperliquid', pool: { cash: { USD: '20000' }, positions: [{ instrument: 'BTC', quantity: '1', entryPrice: '90000' }] } };
    const price = down(given, 'BTC');
    expect(Number(price)).toBeCloseTo(70_000 / 0.975, 4);
    const position = accountStateOf(marginAccount(...movingInputs(given))).pools[0]?.positions[0];
    expect(position).toMatchObject({ callPrice: { down: price }, liquidationPrice: { down: price }, bankruptcyPrice: { down: '70000' } });
    // What the venue alone would say comes too late: there equity is below what the house asks.
    expect(excess(given, 'BTC', '70886.075949367')).toBeLessThan(-800);
  });
  test('a contract paid out up to the mark loses from there; a short one is called above', () => {
    const given: Moving = { ...stock, model: 'bracket', on: 'hyperliquid', pool: { cash: { USD: '20000' }, positions: [{ instrument: 'BTC', quantity: '-1' }] } };
    const { down: below, up } = callPrice(...movingInputs(given), 'BTC');
    expect(below).toBe(null);
    expect(Number(up)).toBeCloseTo(110_000 / 1.025, 4);
  });
  test('of a loan: 30 % does not count and is asked twice; the lender sells a tenth later', () => {
    const rates = { 'collateral.initial': '0.7', 'collateral.maintenance': '0.7' };
    const given: Moving = { ...stock, model: 'lending', on: 'securities-based-lending', more: { perInstrument: { XYZ: { rates, ...SAID } } }, pool: { collateral: [{ instrument: 'XYZ', quantity: '1000' }], debt: [{ instrument: 'LOAN', quantity: '20000' }] } };
    expect(Number(down(given, 'XYZ'))).toBeCloseTo(50, 5);
    const [account, market, shelf] = movingInputs(given);
    const [pool] = account.pools;
    expect(Number(pool && liquidationPrices(account, pool, market, shelf, ['XYZ']).get('XYZ')?.down)).toBeCloseTo(45, 5);
  });
});

test('a band of concentration that is passed on the way is a cliff, and the cliff’s price is the answer', () => {
  // XYZ falls, so that ABC is ever more of what is asked; beyond four fifths of it ABC is asked four times as much.
  const concentration = { bands: [{ above: '0.8', adds: '3' }], ...SAID };
  const given: Moving = { model: 'strategy', on: 'us-reg-t', overlay: { concentration }, pool: { cash: { USD: '-40000' }, positions: [{ instrument: 'XYZ', quantity: '1000' }, { instrument: 'ABC', quantity: '1000' }] } };
  // 12,500 of ABC are four fifths where XYZ is asked 3,125: at 12.5. There equity is 22,500, and 53,125 would be asked.
  expect(callPrice(...movingInputs(given), 'XYZ').down).toBe('12.5');
  expect([excess(given, 'XYZ', '12.5') > 0, excess(given, 'XYZ', '12.4999999999') < 0]).toEqual([true, true]);
});
