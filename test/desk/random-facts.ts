import * as fc from 'fast-check';
import type { BookStanding } from '../../main/desk/desk-state.ts';
import { noFacts, type Facts, type MarkFact, type Regime } from '../../shared/domain/facts.ts';

/** Random readings of a small book: three accounts of any regime in three stocks, options on them and two futures. */

export const STANDING: BookStanding = { name: 'test', sequence: 1, readOnly: false, heldBy: null, lastOfficialRun: null, calls: [], start: { prior: null, closes: [] }, strikes: new Map(), lastActions: new Map() };
/** In full under `npm run properties`. */
export const RUNS = Number(process.env['PLIMSOLL_DESK_RUNS'] ?? 100);
const DAY = '2026-11-20';
const ACCOUNTS = ['A', 'B', 'C'];
const STOCKS = ['S1', 'S2', 'S3:EUR'];
/** The second is of a product whose margin nobody knows. */
export const FUTURES = [{ id: 'MESZ26', underlying: 'MES', multiplier: '5' }, { id: 'QQQZ26', underlying: 'QQQ', multiplier: '10' }];
const KINDS = ['stock', 'call', 'put', 'future'] as const;

const quantity = fc.oneof(fc.integer({ min: -50, max: 50 }).filter((n) => n !== 0).map(String), fc.constantFrom('100', '-100', '2.5'));
const price = fc.oneof(fc.integer({ min: 1, max: 400 }).map(String), fc.constantFrom('99.5', '0.05', '12.3456789'));

const spec = fc.record({
  accounts: fc.subarray(ACCOUNTS, { minLength: 1 }),
  regimes: fc.array(fc.constantFrom<Regime>('regT', 'regT', 'portfolio', 'cash', 'venue'), { minLength: 3, maxLength: 3 }),
  positions: fc.uniqueArray(fc.record({ account: fc.constantFrom(...ACCOUNTS), stock: fc.nat({ max: STOCKS.length - 1 }), kind: fc.constantFrom(...KINDS, 'stock', 'call'), quantity }), {
    selector: (row) => `${row.account} ${row.stock} ${row.kind}`,
    maxLength: 8,
  }),
  prices: fc.array(fc.option(price, { freq: 12 }), { minLength: 11, maxLength: 11 }),
  cash: fc.oneof(price, fc.constantFrom('-5000', '250000')),
  base: fc.constantFrom('USD', 'USD', 'USD', 'EUR'),
  rate: fc.option(fc.constantFrom('1.1', '1.2'), { freq: 4 }),
  strike: fc.constantFrom('100', '120'),
  day: fc.constantFrom(DAY, DAY, '2026-11-23'),
  excluded: fc.option(fc.record({ account: fc.constantFrom(...ACCOUNTS), short: fc.boolean() }), { freq: 6 }),
});
type Spec = typeof spec extends fc.Arbitrary<infer Value> ? Value : never;

const currencyOf = (stock: string): string => (stock.endsWith('EUR') ? 'EUR' : 'USD');

/** Instruments in the order that prices are drawn in. */
function instruments(strike: string): Facts['instrument'] {
  const option = (stock: string, right: 'call' | 'put'): Facts['instrument'][number] => ({
    id: `${stock} ${right}`,
    terms: { kind: 'option', currency: currencyOf(stock), multiplier: '100', underlying: stock, right, strike, expiry: '2027-01-15' },
    identifiers: { symbol: `${stock} ${right}` },
  });
  return [
    ...STOCKS.flatMap((stock): Facts['instrument'] => [{ id: stock, terms: { kind: 'equity', currency: currencyOf(stock), multiplier: '1' }, identifiers: { symbol: stock } }, option(stock, 'call'), option(stock, 'put')]),
    ...FUTURES.map(({ id, underlying, multiplier }): Facts['instrument'][number] => ({ id, terms: { kind: 'future', currency: 'USD', multiplier, underlying, expiry: '2026-12-18' }, identifiers: { symbol: id } })),
  ];
}

/** Every instrument's name, for prices that are typed. */
export const INSTRUMENTS = instruments('100').map(({ id }) => id);

export function markOf(instrument: string, value: string, kind: MarkFact['kind'] = 'close'): MarkFact {
  return { instrument, value, bid: null, ask: null, kind, asOf: DAY, source: 'test' };
}

export function bookOf({ accounts, regimes, positions, prices, cash, base, rate, strike, day, excluded }: Spec): Facts {
  const facts = noFacts();
  for (const account of accounts) {
    facts.account.push({ account, name: null, baseCurrency: base, regime: regimes[ACCOUNTS.indexOf(account)] ?? 'regT', regimeSource: 'test', asOf: day });
    facts.cash.push({ account, currency: 'USD', kind: 'tradeDate', amount: cash, valueDate: null, asOf: day });
  }
  facts.instrument.push(...instruments(strike));
  INSTRUMENTS.forEach((id, at) => {
    const value = prices[at];
    if (value) facts.mark.push(markOf(id, value));
  });
  for (const { account, stock, kind, quantity: amount } of positions) {
    if (!accounts.includes(account)) continue;
    const instrument = kind === 'future' ? (FUTURES[stock % 2]?.id ?? '') : kind === 'stock' ? (STOCKS[stock] ?? '') : `${STOCKS[stock]} ${kind}`;
    const isHeld = facts.position.some((held) => held.account === account && held.instrument === instrument);
    if (!isHeld) facts.position.push({ account, subType: kind === 'future' ? 'futures' : kind === 'stock' && amount.startsWith('-') ? 'short' : 'margin', instrument, quantity: amount, entryPrice: null, asOf: day });
  }
  if (excluded && accounts.includes(excluded.account)) facts.exclusion.push({ account: excluded.account, symbol: 'ODD', code: 'unknown', reason: 'nobody knows it', quantity: null, short: excluded.short, at: 'test:1', asOf: day });
  if (rate !== null) facts.fx.push({ currency: 'EUR', base: 'USD', rate, asOf: day, source: 'test' });
  return facts;
}

// Mostly one thing changes between two readings of a book, and that is where a forgotten dependency would show.
export const twoReadings = fc.oneof(
  fc.tuple(spec, spec),
  fc.tuple(spec, spec, fc.constantFrom<keyof Spec>('positions', 'prices', 'rate', 'strike', 'day', 'accounts', 'regimes', 'cash', 'excluded')).map(([before, other, key]): [Spec, Spec] => [before, { ...before, [key]: other[key] }]),
);

/** Prices typed or closed, one after the other. */
export const someMarks = fc.array(fc.tuple(fc.constantFrom(...INSTRUMENTS), price, fc.constantFrom<MarkFact['kind']>('close', 'manual')).map(([instrument, value, kind]) => markOf(instrument, value, kind)), { maxLength: 4 });
