import { expect, test } from 'vitest';
import { accountInLanes, openBookLanes, openingBookLanes, poolInLanes, replaceAccounts, tickBook, type BookLanes } from '../../../../main/engine/columns/book/book-lanes.ts';
import { atOnce } from '../../../../main/engine/columns/sliced.ts';
import type { AccountInput } from '../../../../main/engine/input.ts';
import { viewMarket } from '../../../../main/engine/market/market-view.ts';
import { shippedPacks } from '../../../../main/engine/packs/shelf.ts';
import type { ActivityFact } from '../../../../shared/domain/facts.ts';
import type { Instrument } from '../../../../shared/domain/instrument.ts';
import { accountOf, bond, call, cashRow, fund, idOf, marketOf, put, stock, type Desk } from '../../build.ts';
import { saidByEngine } from './said.ts';

const CALL = call('XYZ', '105', { style: 'european' });
const PUT = put('XYZ', '95', { style: 'european' });
const PAPER = bond({ issuer: 'treasury', maturity: '2031-02-15', coupon: '4.25' });
const NEXT = call('XYZ', '106', { style: 'european' });
const instruments: Record<string, Instrument> = { XYZ: stock(), ABC: stock(), AAA: stock(), PAPER, [idOf(CALL)]: CALL, [idOf(PUT)]: PUT, [idOf(NEXT)]: NEXT };
const prices = { XYZ: '100', ABC: '40.25', AAA: '100', PAPER: '99.123456', [idOf(CALL)]: '2.5', [idOf(PUT)]: '1.85', [idOf(NEXT)]: '2.2' };
const market = marketOf({ instruments, prices, positions: [] });

function account(id: string, positions: Desk['positions'], more: Partial<Desk> = {}): AccountInput {
  return { ...accountOf({ instruments, prices, positions, cash: '25000', packs: ['us-reg-t', 'house-standard'], ...more }), id };
}

const scanned = { packs: ['us-portfolio-margin'], pool: { model: 'scan' as const } };
const ACCOUNTS = [
  account('covered', [['XYZ', '100'], [idOf(CALL), '-1'], [idOf(PUT), '1']]),
  account('paper', [['PAPER', '10000'], ['ABC', '0.5'], ['XYZ', '-100', 'short']]),
  account('scanned', [['XYZ', '500'], [idOf(PUT), '-2'], ['PAPER', '5000']], scanned),
  account('half', [['XYZ', '0.5']], scanned),
  account('hybrid', [['XYZ', '10']], { packs: ['house-portfolio-hybrid'], pool: { model: 'scan' } }),
];

function rows(accounts: readonly AccountInput[]) {
  return accounts.flatMap((own) => own.pools.map((pool) => ({ account: own, pool })));
}

function opened(accounts: readonly AccountInput[] = ACCOUNTS, at = market): BookLanes {
  return openBookLanes(rows(accounts), viewMarket(at), shippedPacks());
}

test('pairings, scans, and what is beside them are said as the explaining engine says them; parts of a scanned share and rules without columns are not', () => {
  const book = opened();
  const known = ACCOUNTS.filter(({ id }) => accountInLanes(book, id)).map(({ id }) => id);
  expect(known).toEqual(['covered', 'paper', 'scanned']);
  for (const own of ACCOUNTS.slice(0, 3)) expect(accountInLanes(book, own.id)).toEqual(saidByEngine(own, market, shippedPacks()));
  expect(accountInLanes(book, 'nobody')).toBeNull();
});

test('classes that offset each other, and what is in another currency, are beside a scan with everything on them', () => {
  const [spy, nokia] = [put('SPY', '95', { style: 'european' }), call('NOK', '105', { style: 'european', currency: 'EUR' })];
  const more = { SPY: fund({ class: 'broad' }), QQQ: fund({ class: 'broad' }), NOK: { ...stock(), currency: 'EUR' }, [idOf(spy)]: spy, [idOf(nokia)]: nokia };
  const now = marketOf({ instruments: { ...instruments, ...more }, prices: { ...prices, SPY: '100', QQQ: '100', NOK: '99.5', [idOf(spy)]: '1.7', [idOf(nokia)]: '2.1' }, positions: [], fx: [{ currency: 'EUR', base: 'USD', rate: '1.0815', asOf: '2026-11-20', source: 'test' }] });
  const own: Desk['positions'] = [['XYZ', '500'], [idOf(PUT), '-2'], ['PAPER', '5000']];
  const accounts = [
    account('offset', [...own, ['SPY', '100'], [idOf(spy), '3'], ['QQQ', '-90', 'short']], scanned),
    account('one', [...own, ['SPY', '100'], [idOf(spy), '-3']], scanned),
    account('foreign', [...own, ['NOK', '200'], [idOf(nokia), '-1']], scanned),
    account('euros', [['NOK', '200'], ['XYZ', '100'], [idOf(CALL), '-1'], ['PAPER', '-5000']], { currency: 'EUR' }),
  ];
  const book = opened(accounts, now);
  for (const one of accounts) expect(accountInLanes(book, one.id)).toEqual(saidByEngine(one, now, shippedPacks()));
});

test('of groups that are as large the first is named, and where a minimum is charged the group counts what it can lose', () => {
  const even = account('even', [['XYZ', '100'], ['AAA', '100']]);
  const vertical = account('vertical', [[idOf(CALL), '10'], [idOf(NEXT), '-10'], ['ABC', '10']], scanned);
  const book = opened([even, vertical]);
  const [ofEven, ofVertical] = [accountInLanes(book, 'even'), accountInLanes(book, 'vertical')];
  expect([ofEven?.concentration?.group, ofEven?.driver?.group]).toEqual(['AAA', 'AAA']);
  expect(ofVertical).toEqual(saidByEngine(vertical, market, shippedPacks()));
  // Twenty contracts at 37.50 are asked, and no scenario loses as much.
  expect(Number(ofVertical?.driver?.all)).toBeLessThan(Number(ofVertical?.maintenance));
  expect(ofEven).toEqual(saidByEngine(even, market, shippedPacks()));
});

test('a pool by its place is said as the account says it', () => {
  const book = opened();
  expect(poolInLanes(book, 'covered', 0)).toEqual(accountInLanes(book, 'covered')?.pools[0]);
  expect([poolInLanes(book, 'covered', 1), poolInLanes(book, 'half', 0)]).toEqual([null, null]);
});

test('a price touches whoever holds the instrument or an option on it, also accounts that no lane takes', () => {
  const book = opened();
  expect([...tickBook(book, [{ instrument: 'XYZ', mark: '101' }]).accounts].toSorted()).toEqual(['covered', 'half', 'hybrid', 'paper', 'scanned']);
  expect([...tickBook(book, [{ instrument: 'PAPER', mark: '98' }]).accounts].toSorted()).toEqual(['paper', 'scanned']);
  expect([...tickBook(book, [{ instrument: 'NOTHING', mark: '1' }]).accounts]).toEqual([]);
  const moved = marketOf({ instruments, prices: { ...prices, XYZ: '101', PAPER: '98' }, positions: [] });
  for (const own of ACCOUNTS.slice(0, 3)) expect(accountInLanes(book, own.id)).toEqual(saidByEngine(own, moved, shippedPacks()));
});

test('what a day brought is said at the price of what left: also where nothing of it is held', () => {
  const left: ActivityFact = { account: 'covered', id: 'T', kind: 'transfer', instrument: 'ABC', tradeDate: market.businessDate, settleDate: null, quantity: '-10', price: null, amount: null, currency: 'USD', detail: null };
  const sold: ActivityFact = { ...left, id: 'S', kind: 'trade', instrument: idOf(CALL), quantity: '-1', price: '2.4' };
  const own = account('covered', [['XYZ', '100'], [idOf(CALL), '-1']], { account: { activity: [left, sold] } });
  const book = opened([own]);
  const before = accountInLanes(book, 'covered');
  expect(before).toEqual(saidByEngine(own, market, shippedPacks()));
  expect(before?.pools[0]?.specialMemorandum?.days).toHaveLength(1);
  expect([...tickBook(book, [{ instrument: 'ABC', mark: '44' }]).accounts]).toEqual(['covered']);
  const moved = marketOf({ instruments, prices: { ...prices, ABC: '44' }, positions: [] });
  expect(accountInLanes(book, 'covered')).toEqual(saidByEngine(own, moved, shippedPacks()));
  // What left counts for half of its price.
  expect([before, accountInLanes(book, 'covered')].map((said) => said?.pools[0]?.specialMemorandum?.days[0]?.securities)).toEqual(['-201.25', '-220']);
});

test('a price with more decimals than a lane counted so far is counted from then on, by pairings, scans and futures', () => {
  const future: Instrument = { kind: 'future', currency: 'USD', multiplier: '50', underlying: 'ES', expiry: '2026-12-18' };
  const desk = { instruments: { ...instruments, ESZ6: future }, prices: { ...prices, ESZ6: '6000.25' } };
  const inFutures = { model: 'fixed' as const, packs: ['us-futures', 'house-futures'], cash: [cashRow('50000', 'futuresSegment')], positions: [{ instrument: 'ESZ6', subType: 'futures' as const, quantity: '1', entryPrice: null, settledPrice: '5990' }] };
  const accounts = [...ACCOUNTS.slice(0, 3), account('futures', [], { ...desk, pool: inFutures })];
  const book = opened(accounts, marketOf({ ...desk, positions: [] }));
  expect(accountInLanes(book, 'futures')).not.toBeNull();
  for (const [id, mark] of [['XYZ', '100.125'], ['ESZ6', '6000.1234'], [idOf(CALL), '2.5005']] as const) {
    desk.prices = { ...desk.prices, [id]: mark };
    const now = marketOf({ ...desk, positions: [] });
    expect(tickBook(book, [{ instrument: id, mark }]).accounts).not.toHaveLength(0);
    for (const own of accounts) expect(accountInLanes(book, own.id)).toEqual(saidByEngine(own, now, shippedPacks()));
  }
  // An account that brings the fine price with it.
  const fine = { instruments: { ...desk.instruments, FINE: stock() }, prices: { ...desk.prices, FINE: '7.0123' } };
  const coarse = opened(ACCOUNTS);
  const now = marketOf({ ...fine, prices: { ...fine.prices, ...prices }, positions: [] });
  const brought = account('covered', [['FINE', '10'], ['XYZ', '100']]);
  atOnce(replaceAccounts(coarse, [brought], [], viewMarket(now)));
  for (const own of [brought, ...ACCOUNTS.slice(1, 3)]) expect(accountInLanes(coarse, own.id)).toEqual(saidByEngine(own, now, shippedPacks()));
});

test('a price with more decimals than any lane counts leaves its pools to the explaining engine until there is one that fits', () => {
  const book = opened();
  const before = accountInLanes(book, 'covered');
  tickBook(book, [{ instrument: 'XYZ', mark: '100.00001' }]);
  expect(accountInLanes(book, 'covered')).toBeNull();
  // Also where others were read anew meanwhile.
  atOnce(replaceAccounts(book, [account('paper', [['ABC', '10']])]));
  expect(accountInLanes(book, 'covered')).toBeNull();
  tickBook(book, [{ instrument: 'XYZ', mark: '100' }]);
  expect(accountInLanes(book, 'covered')).toEqual(before);
});

test('an account that is read anew may hold instruments that nobody held before, in more pools or fewer', () => {
  const book = opened();
  const more = marketOf({ instruments: { ...instruments, NEW: stock() }, prices: { ...prices, NEW: '7' }, positions: [] });
  const changed = account('covered', [['NEW', '10'], ['XYZ', '100']]);
  const [cross] = changed.pools;
  if (!cross) throw new Error('an account has a pool');
  const twice = { ...changed, pools: [cross, { ...cross, id: 'isolated', mode: 'isolated' as const }] };
  const others = ['paper', 'scanned'].map((id) => accountInLanes(book, id));
  for (const own of [twice, changed]) {
    atOnce(replaceAccounts(book, [own], [], viewMarket(more)));
    expect(accountInLanes(book, 'covered')).toEqual(saidByEngine(own, more, shippedPacks()));
    expect(['paper', 'scanned'].map((id) => accountInLanes(book, id))).toEqual(others);
  }
  atOnce(replaceAccounts(book, [], ['covered']));
  expect(accountInLanes(book, 'covered')).toBeNull();
});

test('opening may be interrupted at every pool, and takes rows one at a time', () => {
  let taken = 0;
  const one = function* () {
    for (const row of rows(ACCOUNTS)) {
      taken += 1;
      yield row;
    }
  };
  const work = openingBookLanes(one(), viewMarket(market), shippedPacks());
  for (let pool = 1; pool <= ACCOUNTS.length; pool += 1) {
    expect(work.next().done).toBe(false);
    expect(taken).toBe(pool);
  }
  const book = atOnce(work);
  expect(accountInLanes(book, 'scanned')).toEqual(saidByEngine(ACCOUNTS[2] as AccountInput, market, shippedPacks()));
});
