import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { noFacts, type Facts } from '../../shared/domain/facts.ts';
import type { BookStanding } from '../../main/desk/desk-state.ts';
import { openState, reload } from '../../main/desk/recompute.ts';

// A reload computes only the accounts a change can touch. Whatever changed, the result must be what computing
// everything gives.

const STANDING: BookStanding = { name: 'test', sequence: 1, readOnly: false, heldBy: null, lastOfficialRun: null, calls: [], start: { prior: null, closes: [] }, strikes: new Map(), lastActions: new Map() };
const DAY = '2026-11-20';
const ACCOUNTS = ['A', 'B', 'C'];
const STOCKS = ['S1', 'S2', 'S3:EUR'];

const quantity = fc.integer({ min: -50, max: 50 }).filter((n) => n !== 0).map(String);
const price = fc.integer({ min: 1, max: 400 }).map(String);

const spec = fc.record({
  accounts: fc.subarray(ACCOUNTS, { minLength: 1 }),
  positions: fc.uniqueArray(fc.record({ account: fc.constantFrom(...ACCOUNTS), stock: fc.constantFrom(...STOCKS), option: fc.boolean(), quantity }), {
    selector: (row) => `${row.account} ${row.stock} ${row.option}`,
    maxLength: 8,
  }),
  prices: fc.array(fc.option(price), { minLength: 6, maxLength: 6 }),
  cash: price,
  rate: fc.constantFrom('1.1', '1.2'),
  day: fc.constantFrom(DAY, '2026-11-23'),
});
type Spec = typeof spec extends fc.Arbitrary<infer Value> ? Value : never;

function bookOf({ accounts, positions, prices, cash, rate, day }: Spec): Facts {
  const facts = noFacts();
  const currency = (stock: string) => (stock.endsWith('EUR') ? 'EUR' : 'USD');
  for (const account of accounts) {
    facts.account.push({ account, name: null, baseCurrency: 'USD', regime: 'regT', regimeSource: 'test', asOf: day });
    facts.cash.push({ account, currency: 'USD', kind: 'tradeDate', amount: cash, valueDate: null, asOf: day });
  }
  for (const [index, stock] of STOCKS.entries()) {
    const option = `${stock} C`;
    facts.instrument.push({ id: stock, terms: { kind: 'equity', currency: currency(stock), multiplier: '1' }, identifiers: { symbol: stock } });
    facts.instrument.push({
      id: option,
      terms: { kind: 'option', currency: currency(stock), multiplier: '100', underlying: stock, right: 'call', strike: '100', expiry: '2027-01-15' },
      identifiers: { symbol: option },
    });
    for (const [id, value] of [[stock, prices[index]], [option, prices[index + 3]]] as const) {
      if (value) facts.mark.push({ instrument: id, value, bid: null, ask: null, kind: 'close', asOf: day, source: 'test' });
    }
  }
  for (const { account, stock, option, quantity } of positions) {
    if (!accounts.includes(account)) continue;
    facts.position.push({ account, subType: 'margin', instrument: option ? `${stock} C` : stock, quantity, entryPrice: null, asOf: day });
  }
  facts.fx.push({ currency: 'EUR', base: 'USD', rate, asOf: day, source: 'test' });
  return facts;
}

// Mostly one thing changes between two readings of a book, and that is where a forgotten dependency would show.
const twoReadings = fc.oneof(
  fc.tuple(spec, spec),
  fc.tuple(spec, spec, fc.constantFrom<keyof Spec>('positions', 'prices', 'rate', 'day', 'accounts')).map(([before, other, key]): [Spec, Spec] => [before, { ...before, [key]: other[key] }]),
);

test('reloading gives what opening afresh gives, for any two readings of a book', () => {
  fc.assert(
    fc.property(twoReadings, ([before, after]) => {
      const state = openState(STANDING, bookOf(before));
      reload(state, { ...STANDING, sequence: 2 }, bookOf(after));
      const fresh = openState({ ...STANDING, sequence: 2 }, bookOf(after));
      expect([...state.accountRows.values()]).toEqual([...fresh.accountRows.values()]);
      expect(state.queue).toEqual(fresh.queue);
    }),
    { numRuns: 1000 },
  );
});
