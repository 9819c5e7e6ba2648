import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { accountInLanes, openBookLanes, replaceAccounts, tickBook, type BookLanes } from '../../../../main/engine/columns/book/book-lanes.ts';
import { atOnce } from '../../../../main/engine/columns/sliced.ts';
import type { PoolRow } from '../../../../main/engine/columns/pool-row.ts';
import type { AccountInput, MarginModelId, MarketInput, PoolInput } from '../../../../main/engine/input.ts';
import { viewMarket } from '../../../../main/engine/market/market-view.ts';
import { shippedPacks, withPacks, type PackShelf } from '../../../../main/engine/packs/shelf.ts';
import type { ActivityFact, ActivityKind, SubType } from '../../../../shared/domain/facts.ts';
import { bookM } from '../../../bench/book-m/book.ts';
import { accountM, centsText, marketM } from '../../../bench/book-m/facts.ts';
import { futuresPack, shelfM } from '../../../bench/book-m/packs.ts';
import { accountOf, marketOf, type Desk } from '../../build.ts';
import { decimalBetween, manyPools, randomDesk, wildDesk } from '../../random-book.ts';
import { SAME_BOOKS } from '../../same-books.ts';
import { saidByEngine } from './said.ts';

const BOOK = bookM({ kind: 'mixed', positions: 2_500, accounts: 120 });
/** Of every other product of futures no rule knows anything. */
const SHELF = shelfWith(futuresPack('some-futures', BOOK.universe, 2), shelfM(BOOK.universe));
const MARKET: MarketInput = { ...marketM(BOOK), fx: [{ currency: 'EUR', base: 'USD', rate: '1.0815', asOf: '2026-11-20', source: 'test' }] };
const MARKS = [...MARKET.marks.keys()];
const POOLS = Array.from({ length: BOOK.accounts }, (_, at) => accountM(BOOK, at).pools[0] as PoolInput).filter(({ positions }) => positions.length <= 14);
const BY_MODEL = Map.groupBy(POOLS, ({ model }) => model);
const PARTS: readonly SubType[] = ['cash', 'cash', 'margin', 'dvp', 'short'];
const RUNS = Math.ceil(SAME_BOOKS.numRuns / 50);

const modes = fc.constantFrom<PoolInput['mode']>('cross', 'cross', 'cross', 'isolated', 'venue');
const changedPool = fc.record({ model: fc.constantFrom<MarginModelId>(...BY_MODEL.keys(), 'strategy', 'strategy'), which: fc.nat(), mode: modes, isSome: fc.boolean(), twice: fc.boolean(), inFull: fc.boolean(), inEuro: fc.boolean(), cash: decimalBetween(-2_000, 400_000, 2), foreign: fc.option(decimalBetween(-900, 900, 2), { freq: 4 }), quantities: fc.array(fc.tuple(fc.nat(), fc.oneof({ weight: 9, arbitrary: fc.integer({ min: -40, max: 60 }).map(String) }, { weight: 1, arbitrary: fc.constantFrom('0.5', '-2.25') })), { maxLength: 3 }), settled: fc.option(fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 60_000 }).map(centsText) }, { weight: 1, arbitrary: fc.constant(null) }), { nil: undefined, freq: 3 }) });
const past = fc.constantFrom<Partial<AccountInput>[]>({}, {}, { activity: [] }, { activity: [], prior: { sma: '12345.6789', equity: '1' } }, { activity: [], newAccount: true }, { activity: [], prior: { sma: '-700', equity: '1' }, activityCovers: 'day' });
const DAYS = [MARKET.businessDate, MARKET.businessDate, '2026-11-18', '2026-11-19'];
/** Of what is held, or of anything; now and then without what it takes to value it. */
const happened = fc.record({ kind: fc.constantFrom<ActivityKind>('trade', 'trade', 'trade', 'transfer', 'deposit', 'fee'), which: fc.nat(), isHeld: fc.boolean(), day: fc.nat(3), quantity: fc.oneof({ weight: 9, arbitrary: fc.integer({ min: -30, max: 30 }).map(String) }, { weight: 1, arbitrary: fc.constantFrom('0.5', null) }), price: fc.oneof({ weight: 12, arbitrary: fc.integer({ min: 0, max: 20_000 }).map(centsText) }, { weight: 1, arbitrary: fc.constant(null) }), currency: fc.constantFrom('USD', 'USD', 'USD', 'EUR', 'CHF') });
const activity = fc.option(fc.array(happened, { minLength: 1, maxLength: 5 }), { freq: 4 });
const anAccount = fc.record({ pools: fc.array(changedPool, { minLength: 1, maxLength: 3 }), past, activity, sweeps: fc.boolean(), base: fc.constantFrom('USD', 'USD', 'USD', 'EUR') });
const price = fc.oneof({ weight: 8, arbitrary: fc.integer({ min: 0, max: 30_000 }).map(centsText) }, { weight: 1, arbitrary: fc.constantFrom('1.23456789', null) });
const ticks = fc.array(fc.tuple(fc.nat(MARKS.length - 1), price), { maxLength: 8 });

type Drawn = typeof anAccount extends fc.Arbitrary<infer Value> ? Value : never;

function accountFrom({ pools, past: before, activity: rows, sweeps, base }: Drawn, id: string): AccountInput {
  // A sweep is between futures and securities.
  const models = sweeps ? (['strategy', 'fixed'] as const) : [];
  const drawn = models.map((model, at) => ({ ...(pools[at % pools.length] as (typeof pools)[number]), model }));
  const made = [...drawn, ...pools.slice(drawn.length)].map(({ model, which, mode, isSome, twice, inFull, inEuro, cash, foreign, quantities, settled }, at): PoolInput => {
    const some = BY_MODEL.get(model) ?? [];
    const own = some[which % some.length] as PoolInput;
    const positions = own.positions.map((position) => ({ ...position, ...(settled !== undefined && own.model === 'fixed' ? { settledPrice: settled } : {}) }));
    const [one] = positions;
    if (one && twice && own.model === 'fixed') positions.push({ ...one, quantity: '7' });
    for (const [position, quantity] of quantities) {
      const one = positions[position % Math.max(1, positions.length)];
      if (one && quantity !== '0') one.quantity = quantity;
    }
    const [first] = own.cash;
    // Of a cash account, in which everything is paid in full whichever part of it holds it.
    const paid = model === 'strategy' && inFull ? { packs: ['cash-account'], positions: positions.map((position, place) => ({ ...position, subType: PARTS[(place + which) % PARTS.length] as SubType })) } : { positions };
    const inSome = own.model === 'fixed' && isSome ? { packs: ['some-futures'] } : {};
    // Rules in dollars, and a pool in euros.
    const currency = model === 'strategy' && inEuro && !sweeps ? 'EUR' : own.currency;
    return { ...own, ...paid, ...inSome, currency, id: `pool-${at}`, mode, cash: [...(first ? [{ ...first, amount: cash }] : []), ...(foreign === null ? [] : [{ currency: 'EUR', kind: 'tradeDate' as const, amount: foreign, valueDate: null }])] };
  });
  const [from, to] = [made.find(({ model }) => model === 'strategy'), made.find(({ model }) => model === 'fixed')];
  const held = made.filter(({ model }) => model === 'strategy').flatMap(({ positions }) => positions.map(({ instrument }) => instrument));
  const known = rows?.map(({ kind, which, isHeld, day, quantity, price, currency }, at): ActivityFact => {
    const isMoney = kind === 'deposit' || kind === 'fee';
    const from = isHeld && held.length > 0 ? held : MARKS;
    return { account: id, id: `${at}`, kind, instrument: isMoney ? null : (from[which % from.length] as string), tradeDate: DAYS[day] as string, settleDate: null, quantity: isMoney ? null : quantity, price: isMoney ? null : price, amount: isMoney ? price : null, currency, detail: null };
  });
  return { id, baseCurrency: base, regime: 'regT', newAccount: false, prior: null, activity: null, activityCovers: 'sincePrior', ...before, ...(known ? { activity: known } : {}), pools: made, sweep: sweeps && from && to ? { from: from.id, to: to.id } : null };
}

function* rowsOf(accounts: readonly AccountInput[]): Generator<PoolRow> {
  for (const account of accounts) for (const pool of account.pools) yield { account, pool };
}

function moved(market: MarketInput, changes: readonly (readonly [id: string, value: string | null])[]): MarketInput {
  const marks = new Map(market.marks);
  for (const [instrument, value] of changes) {
    const before = marks.get(instrument);
    if (value === null) marks.delete(instrument);
    else marks.set(instrument, { ...(before ?? { bid: null, ask: null, kind: 'close', asOf: '2026-11-20', source: 'test' }), instrument, value });
  }
  return { ...market, marks };
}

/** Of the accounts, how many the lanes say; each must be what the explaining engine says. */
function compared(book: BookLanes, accounts: readonly AccountInput[], market: MarketInput, shelf: PackShelf): number {
  let known = 0;
  for (const account of accounts) {
    const said = accountInLanes(book, account.id);
    if (!said) continue;
    known += 1;
    expect(said).toEqual(saidByEngine(account, market, shelf));
  }
  return known;
}

test('after random prices and random changes of accounts, lanes say of every account in every field what the explaining engine says, or nothing', () => {
  let [known, asked, several, swept, inFull, traded, inEuro, unknown] = [0, 0, 0, 0, 0, 0, 0, 0];
  fc.assert(
    fc.property(fc.array(anAccount, { minLength: 4, maxLength: 6 }), ticks, fc.array(fc.tuple(fc.nat(6), anAccount), { maxLength: 3 }), ticks, (drawn, first, replaced, second) => {
      let accounts = drawn.map((one, at) => accountFrom(one, `A${at}`));
      const book = openBookLanes(rowsOf(accounts), viewMarket(MARKET), SHELF);
      known += compared(book, accounts, MARKET, SHELF);
      const change = (marks: typeof first, before: MarketInput): MarketInput => {
        const changes = marks.map(([which, value]) => [MARKS[which] as string, value] as const);
        const said = new Map(accounts.map(({ id }) => [id, JSON.stringify(accountInLanes(book, id))]));
        const { accounts: touched } = tickBook(book, changes.map(([instrument, mark]) => ({ instrument, mark })));
        // Whoever is not named has what he had.
        for (const { id } of accounts) if (!touched.has(id)) expect(JSON.stringify(accountInLanes(book, id))).toBe(said.get(id));
        return moved(before, changes);
      };
      let market = change(first, MARKET);
      known += compared(book, accounts, market, SHELF);
      const anew = new Map(replaced.map(([at, one]) => [`A${at}`, accountFrom(one, `A${at}`)]));
      const gone = anew.has('A0') ? [] : ['A1'].filter((id) => !anew.has(id));
      atOnce(replaceAccounts(book, anew.values(), gone));
      accounts = [...accounts.filter(({ id }) => !anew.has(id) && !gone.includes(id)), ...anew.values()];
      for (const id of gone) expect(accountInLanes(book, id)).toBeNull();
      known += compared(book, accounts, market, SHELF);
      market = change(second, market);
      known += compared(book, accounts, market, SHELF);
      asked += 4 * drawn.length;
      several += accounts.filter(({ id, pools }) => pools.length > 1 && accountInLanes(book, id)).length;
      inFull += accounts.filter(({ id, pools }) => pools.some(({ packs }) => packs.includes('cash-account')) && accountInLanes(book, id)).length;
      inEuro += accounts.filter(({ id, pools }) => pools.some(({ currency }) => currency === 'EUR') && accountInLanes(book, id)).length;
      traded += accounts.filter(({ id, activity: known }) => known?.some(({ kind }) => kind === 'trade') === true && accountInLanes(book, id)?.pools.some(({ specialMemorandum }) => specialMemorandum)).length;
      unknown += accounts.filter(({ id, pools }) => pools.some(({ packs }) => packs.includes('some-futures')) && accountInLanes(book, id)?.unpriced.some(({ reason }) => reason.includes('knows the product'))).length;
      swept += accounts.filter(({ id, sweep }) => sweep && accountInLanes(book, id)).length;
    }),
    { numRuns: RUNS, seed: SAME_BOOKS.seed },
  );
  expect(known).toBeGreaterThan(asked / 5);
  expect(several).toBeGreaterThan(RUNS / 5);
  expect(swept).toBeGreaterThan(0);
  expect([inFull, traded, inEuro, unknown].every((count) => count > 0), `${inFull} in full, ${traded} with trades, ${inEuro} in euros, ${unknown} with products that no rule knows`).toBe(true);
});

/** Portfolio margin that sets classes against each other. */
const OFFSETS = shelfWith({
  id: 'offsets', version: '1', title: 'Offsets', layer: 'house', model: 'scan', extends: 'us-portfolio-margin', effectiveFrom: '2020-01-01', parameters: {},
  scan: { productGroups: { most: { title: 'Most', members: ['PLAIN', 'CHEAP', 'BROAD', 'INDEX', 'EURO:EUR'], offset: '0.5', cites: 'test', status: 'unverified' } } },
});

function shelfWith(pack: unknown, beneath = shippedPacks()): PackShelf {
  const shelf = withPacks(beneath, [pack]);
  if (!shelf.ok) throw new Error(`${shelf.fault.at}: ${shelf.fault.message}`);
  return shelf.value;
}

const oneDesk = fc.oneof(randomDesk(), wildDesk(), randomDesk(['cash-account']), fc.tuple(randomDesk(), fc.constantFrom('us-portfolio-margin', 'offsets')).map(([desk, packs]): Desk => ({
  ...desk,
  packs: [packs],
  pool: { model: 'scan' },
  // Parts of contracts are scanned by the explaining engine alone.
  positions: desk.positions.map(([id, quantity, subType = 'margin']) => [id, String(Math.trunc(Number(quantity)) || 1), subType] as const),
})));

test('of an account under shipped packs, whatever it holds, lanes say what the explaining engine says, or nothing', () => {
  let [known, asked, scanned] = [0, 0, 0];
  fc.assert(
    fc.property(fc.oneof(manyPools(), oneDesk.map((desk) => ({ account: accountOf(desk), market: marketOf(desk) }))), fc.array(fc.tuple(fc.nat(), decimalBetween(0, 120, 2)), { maxLength: 3 }), ({ account, market }, prices) => {
      const book = openBookLanes(rowsOf([account]), viewMarket(market), OFFSETS);
      known += compared(book, [account], market, OFFSETS);
      const ids = [...market.instruments.keys()];
      const changes = prices.map(([which, value]) => [ids[which % ids.length] as string, value] as const);
      tickBook(book, changes.map(([instrument, mark]) => ({ instrument, mark })));
      const later = compared(book, [account], moved(market, changes), OFFSETS);
      known += later;
      if (account.pools[0]?.model === 'scan') scanned += later;
      asked += 2;
    }),
    { numRuns: 10 * RUNS, seed: SAME_BOOKS.seed },
  );
  expect(known).toBeGreaterThan(asked / 5);
  expect(scanned).toBeGreaterThan(0);
});
