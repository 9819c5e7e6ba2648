import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { explainFigure, accountStateOf } from '../../../main/engine/margin.ts';
import { Decimal } from '../../../shared/money.ts';
import { wrongNodes } from '../explain-checker.ts';
import { loanMargin, weights, type Loan } from './pool.ts';

const RUNS = Number(process.env['PLIMSOLL_BOOK_PROPERTY_RUNS'] ?? 600);

const stateOf = (loan: Loan) => accountStateOf(loanMargin(loan));
/** Without the trees, which name the rows as they came. */
const figuresOf = ({ pools, ...account }: ReturnType<typeof stateOf>) => [account, ...pools.map(({ equity, initial, maintenance, healthRatio, status }) => [equity, initial, maintenance, healthRatio, status])];

const COINS = ['ETH', 'DOG', 'USDX'] as const;
const cents = fc.integer({ min: 1, max: 500_000 }).map((n) => (n / 100).toString());
const units = fc.integer({ min: -50_000, max: 50_000 }).filter((n) => n !== 0).map((n) => (n / 1000).toString());
const part = (from: number, to: number) => fc.integer({ min: from, max: to }).map((n) => (n / 100).toString());

const loans: fc.Arbitrary<Loan> = fc
  .record({
    prices: fc.tuple(cents, cents, cents),
    asset: fc.tuple(part(0, 100), part(0, 100), part(0, 100)),
    debt: fc.tuple(part(100, 250), part(100, 250), part(100, 250)),
    rows: fc.array(fc.record({ instrument: fc.constantFrom(...COINS), quantity: units }), { minLength: 1, maxLength: 6 }),
    cash: units,
    orders: fc.array(fc.record({ instrument: fc.constantFrom('ETH', 'DOG'), quantity: units, price: cents }), { maxLength: 3 }),
    on: fc.constantFrom('lending-standard', 'lending-mango-v4', 'lending-drift'),
  })
  .map(({ prices, asset, debt, rows, cash, orders, on }) => ({
    on,
    prices: Object.fromEntries(COINS.map((coin, index) => [coin, prices[index] ?? '1'])),
    rules: { perInstrument: Object.fromEntries(COINS.map((coin, index) => [coin, weights(asset[index] ?? '1', debt[index] ?? '1')])) },
    pool: { cash: { USD: cash }, positions: rows, orders },
  }));

test('order and splitting do not matter; every tree adds up; scaling everything scales the figures', () => {
  fc.assert(
    fc.property(loans, (loan) => {
      const margin = loanMargin(loan);
      const state = accountStateOf(margin);
      const halves = (loan.pool.positions ?? []).flatMap((row) => [row, row]).map((row) => ({ ...row, quantity: new Decimal(row.quantity).div(2).toFixed() }));
      expect(figuresOf(stateOf({ ...loan, pool: { ...loan.pool, positions: halves.toReversed(), orders: [...(loan.pool.orders ?? [])].toReversed() } }))).toEqual(figuresOf(state));
      for (const figure of ['available', 'healthRatio'] as const) expect(wrongNodes(explainFigure(margin, figure))).toEqual([]);
      const twice = <Row extends { quantity: string }>(rows: readonly Row[] = []): Row[] => rows.map((row) => ({ ...row, quantity: new Decimal(row.quantity).times(2).toFixed() }));
      const doubled = stateOf({ ...loan, pool: { cash: { USD: new Decimal(loan.pool.cash?.['USD'] ?? '0').times(2).toFixed() }, positions: twice(loan.pool.positions), orders: twice(loan.pool.orders) } });
      // What an order buys at the mark is cut to eighteen places, once for each size.
      for (const figure of ['equity', 'maintenance', 'initial'] as const) expect(new Decimal(doubled[figure]).minus(new Decimal(state[figure]).times(2)).abs().lte('1e-10')).toBe(true);
    }),
    { numRuns: RUNS },
  );
});

test('more money never makes a pool worse, and maintenance never asks more than opening', () => {
  fc.assert(
    fc.property(loans, cents, (loan, more) => {
      const before = stateOf(loan);
      const after = stateOf({ ...loan, pool: { ...loan.pool, cash: { USD: new Decimal(loan.pool.cash?.['USD'] ?? '0').plus(more).toFixed() } } });
      expect(new Decimal(after.excess).gte(before.excess)).toBe(true);
      expect(new Decimal(before.maintenance).lte(before.initial)).toBe(true);
    }),
    { numRuns: RUNS },
  );
});
