import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { curesOf, type Cure, type PoolCures } from '../../../main/engine/cure/cures.ts';
import { leastLots } from '../../../main/engine/cure/least-lots.ts';
import { shippedPacks } from '../../../main/engine/packs/shelf.ts';
import { accountOf, call, cashRow, idOf, marketOf, put, rate, stock, type Desk } from '../build.ts';
import { FUT, productPack } from '../fixed/desk.ts';

function cures(desk: Desk): PoolCures {
  const [pool] = curesOf(accountOf(desk), marketOf(desk), desk.shelf ?? shippedPacks());
  if (!pool) throw new Error('nothing is missing');
  return pool;
}

function told({ kind, amount, by, legs, missingAfter }: Cure): string {
  return `${kind} ${amount.toFixed(2)} ${by} [${legs.map(({ does, units, instrument }) => `${does} ${units.toFixed()} ${instrument}`).join(', ')}]${missingAfter.isZero() ? '' : ` missing ${missingAfter.toFixed(2)}`}`;
}

const two = { XYZ: stock(), ABC: stock() };
const packs = ['us-reg-t', 'house-standard'];

describe('formulas, where they hold', () => {
  test('cash 1×, securities ÷ (1 − m), sale ÷ m, a short bought back ÷ m', () => {
    const desk: Desk = { instruments: two, prices: { XYZ: '100', ABC: '40' }, positions: [['XYZ', '500'], ['ABC', '-300', 'short']], cash: '-31000', packs };
    expect(cures(desk).cures.map(told)).toEqual(['cash 12200.00 formula []', 'securities 17500.00 formula [bringIn 175 XYZ]', 'close 40700.00 formula [sell 407 XYZ]']);
  });

  test('a cure greater than the position is capped at it, and the next worst name joins in a plan', () => {
    const desk: Desk = { instruments: two, prices: { XYZ: '100', ABC: '40' }, positions: [['XYZ', '100'], ['ABC', '200']], cash: '-17900', packs: ['us-reg-t'] };
    // 18,000 of stock, equity 100, 25 % is 4,500: 4,400 ÷ 0.25 = 17,600 to sell.
    expect(cures(desk).cures.map(told)).toEqual([
      'cash 4400.00 formula []',
      'securities 5880.00 formula [bringIn 147 ABC]',
      'plan 17600.00 reprice [sell 100 XYZ, sell 190 ABC]',
      'close 10000.00 formula [sell 100 XYZ] missing 1900.00',
      'close 8000.00 formula [sell 200 ABC] missing 2400.00',
    ]);
  });

  test('a foreign stock is sold in its own currency and counted in the pool’s', () => {
    const desk: Desk = { instruments: { EUR1: stock({ currency: 'EUR' }) }, prices: { EUR1: '50' }, positions: [['EUR1', '100']], fx: [rate('EUR', 'USD', '1.2')], cash: [cashRow('-4800')], packs: ['us-reg-t'] };
    // 6,000 of stock, equity 1,200, 1,500 asked: 300 ÷ 0.25 = 1,200, which is 20 shares of 60.
    expect(cures(desk).cures.map(told)).toContain('close 1200.00 formula [sell 20 EUR1]');
  });
});

const CALL = call('XYZ', '105');
const HIGH = put('XYZ', '90');
const LOW = put('XYZ', '85');

describe('where options make the formula wrong', () => {
  const options = { instruments: { XYZ: stock(), [idOf(CALL)]: CALL, [idOf(HIGH)]: HIGH, [idOf(LOW)]: LOW }, prices: { XYZ: '100', [idOf(CALL)]: '2.5', [idOf(HIGH)]: '1.2', [idOf(LOW)]: '0.6' }, packs };

  test('stock that covers a call says why, and the sale comes from computing the margin again', () => {
    const { cures: found } = cures({ ...options, positions: [['XYZ', '500'], [idOf(CALL), '-3']], cash: '-36000' });
    const sale = found.find(({ legs }) => legs[0]?.instrument === 'XYZ' && legs[0].does === 'sell');
    expect(sale).toMatchObject({ by: 'reprice', whyNoFormula: 'options on XYZ are charged together with it' });
    // 15,000 asked of 14,000: by formula 1,000 ÷ 0.3 = 34 shares, and 200 of them cover nothing, so 34 it is.
    expect(sale && told(sale)).toBe('close 3400.00 reprice [sell 34 XYZ]');
  });

  test('where selling all of the cover would uncover calls that are dearer alone, a part of it restores and all of it does not', () => {
    const deep = call('XYZ', '60');
    const desk: Desk = { instruments: { XYZ: stock(), [idOf(deep)]: deep }, prices: { XYZ: '100', [idOf(deep)]: '40.5' }, positions: [['XYZ', '500'], [idOf(deep), '-3']], cash: '-32500', packs: ['us-reg-t'] };
    // 200 shares ask 25 each; 300 at the strike ask 15 and 40 in the money; equity is 17,500, so 4,000 is missing. A share
    // that covers nothing frees 25; one that covers costs 5.50, because a call alone asks 60.50. 4,000 ÷ 25 = 160.
    const { missing, cures: found } = cures(desk);
    expect(missing.toFixed()).toBe('4000');
    const sale = found.find(({ kind, legs }) => kind === 'close' && legs[0]?.instrument === 'XYZ');
    expect(sale && told(sale)).toBe('close 16000.00 reprice [sell 160 XYZ]');
  });

  test('a strategy is closed in the fewest whole units that restore', () => {
    const { cures: found, missing } = cures({ ...options, positions: [[idOf(HIGH), '-10'], [idOf(LOW), '10']], cash: '3000' });
    // A bull put spread of 5 wide asks 500 a unit: 5,000 against 3,000.
    expect(missing.toFixed()).toBe('2000');
    // Each unit closed frees 500 and costs 60 of cash.
    expect(found.filter(({ kind }) => kind === 'closeStrategy').map(told)).toEqual(['closeStrategy 900.00 reprice [buyBack 5 XYZ 2026-12-18 P 90, sell 5 XYZ 2026-12-18 P 85]']);
  });

  test('under house add-ons every sale changes every share, and the amount is found, not divided', () => {
    const desk: Desk = { instruments: two, prices: { XYZ: '100', ABC: '40' }, positions: [['XYZ', '500'], ['ABC', '300']], cash: '-45000', packs: ['us-reg-t', 'house-fidelity'] };
    for (const cure of cures(desk).cures.filter(({ kind }) => kind === 'close')) expect(cure).toMatchObject({ by: 'reprice', whyNoFormula: expect.stringContaining('add-ons') });
  });
});

test('while a short option cannot be priced only cash is proposed, and it says that more may be missing', () => {
  const desk: Desk = { instruments: { XYZ: stock(), [idOf(CALL)]: CALL }, prices: { XYZ: '100' }, positions: [['XYZ', '500'], [idOf(CALL), '-3']], cash: '-45000', packs };
  const { cures: found, noTrades } = cures(desk);
  expect(found.every(({ kind }) => kind === 'cash' || kind === 'securities')).toBe(true);
  expect(noTrades).toMatch(/at least this/);
});

test('futures are closed by whole contracts until what is left stands at initial margin again', () => {
  const shelf = productPack([{ initial: '1000', maintenance: '800' }]);
  const desk: Desk = { instruments: { FUTZ6: FUT }, prices: { FUTZ6: '100' }, positions: [['FUTZ6', '5', 'futures']], shelf, pool: { model: 'fixed', packs: ['made-up'], cash: [cashRow('3500', 'futuresSegment')] } };
  // 5 × 800 is more than 3,500, so the call restores to 5 × 1,000. At 4 contracts maintenance is met; at 3 initial is.
  const { missing, cures: found } = cures(desk);
  expect(missing.toFixed()).toBe('1500');
  expect(found.map(told)).toEqual(['cash 1500.00 formula []', 'close 200.00 reprice [sell 2 FUTZ6]']);
  expect(found[1]?.whyNoFormula).toMatch(/amount a contract/);
});

test('the least number of lots is the least: it restores and one fewer does not, for any one range that restores', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 0, max: 100_000 }), (most, from, width) => {
      const restores = (lots: number): boolean => lots >= from && lots <= from + width;
      const found = leastLots(most, restores);
      // A range that reaches the whole position, or is wide enough to be looked into, is found; a found number is the least.
      if (from <= most && (from + width >= most || width > most / 20 + 1)) expect(found).toBe(from);
      else expect(found === null || found === from).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});
