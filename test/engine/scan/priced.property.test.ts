import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { accountState } from '../../../shared/domain/margin-state.ts';
import { Decimal } from '../../../shared/money.ts';
import { accountStateOf, explainFigure, marginAccount, type AccountMargin } from '../../../main/engine/margin.ts';
import { shippedPacks } from '../../../main/engine/packs/shelf.ts';
import { accountOf, call, marketOf, put, stock, type Desk } from '../build.ts';
import { wrongNodes } from '../explain-checker.ts';
import { decimalBetween } from '../random-book.ts';
import { SEED } from '../same-books.ts';

const RUNS = Math.ceil(Number(process.env['PLIMSOLL_SCAN_RUNS'] ?? 1_000) / 8);
console.log(`priced portfolios: ${RUNS} runs, seed ${SEED}`);

const STRIKES = ['80', '95', '100', '110'];
const EXPIRIES = ['2026-11-20', '2026-12-18', '2028-01-21'];
const TERMS = Object.fromEntries(STRIKES.flatMap((strike) => EXPIRIES.flatMap((expiry, at) => [
  [`C${strike}-${at}`, call('XYZ', strike, { expiry, ...(at === 1 ? { style: 'european' } : {}) })],
  [`P${strike}-${at}`, put('XYZ', strike, { expiry, ...(at === 1 ? { style: 'european' } : {}) })],
])));
const NAMES = Object.keys(TERMS);

const desk = fc
  .record({
    legs: fc.array(fc.tuple(fc.constantFrom('XYZ', ...NAMES), fc.integer({ min: -20, max: 20 }).filter((quantity) => quantity !== 0)), { minLength: 1, maxLength: 6 }),
    spot: decimalBetween(60, 140, 2),
    // Marks of every kind: fair, at or below intrinsic, nothing at all, more than the stock.
    marks: fc.array(fc.oneof({ weight: 5, arbitrary: decimalBetween(0, 30, 2) }, { weight: 1, arbitrary: fc.constantFrom('0', '0.01', '200') }), { minLength: NAMES.length, maxLength: NAMES.length }),
  })
  .map(({ legs, spot, marks }): Desk => ({
    instruments: { XYZ: stock(), ...TERMS },
    prices: { XYZ: spot, ...Object.fromEntries(NAMES.map((name, at) => [name, marks[at] ?? '1'])) },
    positions: legs.map(([name, quantity]) => [name, name === 'XYZ' ? String(quantity * 100) : String(quantity)]),
    cash: '100000',
    packs: ['us-portfolio-margin'],
    pool: { model: 'scan' },
  }));
const margined = (given: Desk): AccountMargin => marginAccount(accountOf(given), marketOf(given), shippedPacks());

test('whatever the marks, the state is valid, the trees are exact, and order and splitting change nothing', () => {
  fc.assert(
    fc.property(desk, (given) => {
      const margin = margined(given);
      expect(accountState.safeParse(accountStateOf(margin)).error).toBeUndefined();
      for (const figure of ['maintenance', 'equity'] as const) expect(wrongNodes(explainFigure(margin, figure))).toEqual([]);
      const parts = given.positions.toReversed().flatMap(([name, quantity]) => [[name, '3'], [name, quantity], [name, '-3']] as const);
      expect(accountStateOf(margined({ ...given, positions: parts }))).toEqual(accountStateOf(margin));
    }),
    { numRuns: RUNS, seed: SEED },
  );
});

test('an option bought outright is asked no more than it is worth and its minimum, a covered call no more than its stock', () => {
  fc.assert(
    fc.property(desk, fc.constantFrom(...NAMES), (given, name) => {
      const bought = margined({ ...given, positions: [[name, '2']] });
      const value = bought.figures.netLiq.amount.minus('100000');
      const minimum = new Decimal('75');
      // Models may be off by the six places of two prices each way.
      expect(bought.figures.maintenance.amount.lte(Decimal.max(value, minimum).plus('0.01'))).toBe(true);
      // A call marked below what exercise brings loses that at once; marks above it are what the claim is about.
      const intrinsic = new Decimal(given.prices['XYZ'] ?? '0').minus(/\d+/.exec(name)?.[0] ?? '0');
      if (!name.startsWith('C') || intrinsic.gt(given.prices[name] ?? '0')) return;
      const covered = margined({ ...given, positions: [['XYZ', '100'], [name, '-1']] });
      const alone = margined({ ...given, positions: [['XYZ', '100']] });
      expect(covered.figures.maintenance.amount.lte(Decimal.max(alone.figures.maintenance.amount, '37.5').plus('0.01'))).toBe(true);
    }),
    { numRuns: RUNS, seed: SEED },
  );
});
