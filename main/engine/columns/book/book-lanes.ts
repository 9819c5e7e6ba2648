import type { InstrumentId } from '../../../../shared/domain/instrument.ts';
import type { DecimalText } from '../../../../shared/money.ts';
import type { AccountInput, PoolInput } from '../../input.ts';
import type { MarketView } from '../../market/market-view.ts';
import { resolveRules, type PackShelf } from '../../packs/shelf.ts';
import type { PoolRow } from '../pool-row.ts';
import { atOnce, type Sliced } from '../sliced.ts';
import { pairAlone, type Pairing } from '../strategy/share.ts';
import type { AccountInLanes, PoolInLanes } from './account-in-lanes.ts';
import { accountOf, poolOf } from './account.ts';
import { accountFacts, bookInstruments, learnTerms, numberOf, poolFacts, type AccountFacts, type BookInstruments, type PoolFacts } from './facts.ts';
import { explainingUnits, type Units } from './beside-units.ts';
import type { Beside } from './beside.ts';
import { leftOut, leaveOut, takeBack, type LeftOut } from './left-out.ts';
import { isOpen, marketNow, openPool } from './open-pool.ts';
import type { PoolLane } from './pool-lane.ts';
import { ruleTerms, type RuleTerms } from './rule-terms.ts';
import { openScan } from './scan.ts';
import { addingPool, replacedIn, stage, type Staged } from './staged.ts';
import { openStrategy, type StrategyPoolLane } from './strategy.ts';
import { openSums } from './sums.ts';

/** Pools under one stack of packs and in one currency: as they were read, and their lane where there is one. */
export interface Stack {
  staged: Staged;
  terms: RuleTerms;
  lane: PoolLane | null;
  strategy: StrategyPoolLane | null;
  /** By place in the lane: the pool's place in the book. */
  pools: number[];
  units: Units;
}

/**
 * A standing set of lanes over all pools of a book. Prices move in it (`tickBook`), accounts are read anew in it
 * (`replaceAccounts`); anything else that figures rest on, such as rates of exchange, packs or the day, means opening it anew.
 */
export interface BookLanes {
  market: MarketView;
  shelf: PackShelf;
  /** Who pairs all pools of a lane when it is opened. */
  pairing: Pairing;
  instruments: BookInstruments;
  accounts: Map<string, AccountFacts>;
  /** By place in the book: the pool, and where it stands. `stack` is null where no lane takes it. */
  pools: { facts: PoolFacts; stack: Stack | null; at: number }[];
  stacks: Map<string, Stack | null>;
  /** Pools that no lane takes, or not all of. */
  leftOut: LeftOut;
  /** What is beside the columns, by place of the pool, for as long as no price of it changes. */
  beside: Map<number, Beside>;
  /** The market at the marks as they stand; null where they changed since. */
  now: MarketView | null;
}

/** What a change touches: accounts to be looked at anew, also those that the explaining engine computes. */
export interface Touched {
  accounts: ReadonlySet<string>;
}

/** Opens every pool in the lane of its model and computes it. Rows are read once, in order, and nothing of them is kept. */
export function openBookLanes(rows: Iterable<PoolRow>, market: MarketView, shelf: PackShelf): BookLanes {
  return atOnce(openingBookLanes(rows, market, shelf));
}

/** The same in slices: it yields every few milliseconds. Rows of one account follow each other. */
export function* openingBookLanes(rows: Iterable<PoolRow>, market: MarketView, shelf: PackShelf, pairing: Pairing = pairAlone): Sliced<BookLanes> {
  const book: BookLanes = { market, shelf, pairing, instruments: bookInstruments(), accounts: new Map(), pools: [], stacks: new Map(), leftOut: leftOut(), beside: new Map(), now: market };
  for (const row of rows) {
    const { account } = row;
    let facts = book.accounts.get(account.id);
    if (!facts) {
      facts = accountFacts(account, market.businessDate);
      book.accounts.set(account.id, facts);
    }
    yield* readPool(book, facts, row);
    yield;
  }
  // Pairing takes longest: other threads are at it while the other lanes open here.
  const stacks = [...book.stacks.values()].filter((stack) => stack !== null).sort((a, b) => Number(isPaired(b)) - Number(isPaired(a)));
  for (const stack of stacks) {
    yield* openLane(book, stack, new Set());
    yield;
  }
  for (const { strategy } of stacks) if (strategy) yield* computed(strategy);
  return book;
}

/** An account's figures from its pools' lanes; null where the explaining engine must compute it. */
export function accountInLanes(book: BookLanes, account: string): AccountInLanes | null {
  const facts = book.accounts.get(account);
  const pools = facts?.pools.map((place) => openPool(book, place));
  return facts && pools && isOpen(pools) ? accountOf(facts, pools, book.market) : null;
}

/** One pool of an account, by its place in it; null where the explaining engine must compute it, or what its sweep rests on. */
export function poolInLanes(book: BookLanes, account: string, place: number): PoolInLanes | null {
  const facts = book.accounts.get(account);
  const own = facts?.pools[place];
  if (!facts || own === undefined) return null;
  const pools = (facts.sweep ? facts.pools : [own]).map((each) => openPool(book, each));
  return isOpen(pools) ? poolOf(facts, pools, facts.sweep ? place : 0) : null;
}

/**
 * Marks that changed, null for one that is gone. A price with more decimals than a lane counts so far has it opened anew,
 * once; one with more than any lane counts, or none, leaves the pools that rest on it to the explaining engine until it has
 * one that fits, or until they are read anew: then it is beside the lane.
 */
export function tickBook(book: BookLanes, changed: Iterable<MarkChange>): Touched {
  return atOnce(tickingBook(book, changed));
}

export interface MarkChange {
  instrument: InstrumentId;
  mark: DecimalText | null;
}

const MARKS_AT_ONCE = 1_024;

/** The same in slices. Until it is done, the book says what holds neither before nor after. */
export function* tickingBook(book: BookLanes, changed: Iterable<MarkChange>): Sliced<Touched> {
  const numbers: number[] = [];
  for (const { instrument, mark } of changed) {
    // Also of what nobody holds yet: an account that is read later may.
    const number = numberOf(book.instruments, instrument, book.market);
    book.instruments.marks[number] = mark;
    book.instruments.moved.add(number);
    if (numbers.push(number) % MARKS_AT_ONCE === 0) yield;
  }
  book.now = null;
  const accounts = new Set<string>();
  for (const stack of book.stacks.values()) {
    if (!stack?.lane) continue;
    if (stack.units.size > 0) for (const number of numbers) stack.units.delete(book.instruments.ids[number] as InstrumentId);
    if (!stack.lane.fits(numbers)) yield* reopened(book, stack);
    for (const at of yield* stack.lane.tick(numbers)) accounts.add(accountAt(book, stack.pools[at] as number));
  }
  for (const number of numbers) {
    for (const place of book.leftOut.byInstrument.get(number) ?? []) {
      accounts.add(accountAt(book, place));
      book.beside.delete(place);
    }
  }
  return { accounts };
}

/**
 * Accounts whose contents changed, new ones, and ids of those that are gone. Each stack of packs that is touched is opened
 * anew from its own columns; figures of other pools are kept where pairing made them dear. `market` where there are terms
 * of more instruments than before: all else of it must be the same, but for marks, which are told by `tickBook`.
 */
export function* replaceAccounts(book: BookLanes, changed: Iterable<AccountInput>, gone: Iterable<string> = [], market: MarketView = book.market): Sliced<void> {
  book.market = market;
  book.now = null;
  learnTerms(book.instruments, market);
  const changes: Changes = new Map();
  for (const id of gone) {
    for (const place of book.accounts.get(id)?.pools ?? []) dropPool(book, place, changes);
    book.accounts.delete(id);
  }
  for (const account of changed) {
    changeAccount(book, account, changes);
    yield;
  }
  for (const [stack, pools] of changes) {
    stack.staged = yield* replacedIn(stack.staged, pools, book.instruments, book.market);
    for (const [at, pool] of pools) {
      const place = stack.pools[at] as number;
      book.beside.delete(place);
      noteOutside(book, place, stack.staged.cash[at] ? stack.staged.beside.get(at) : (pool ?? undefined));
    }
    yield* reopened(book, stack, new Set(pools.keys()));
  }
}

/** Opens a stack's lane from its columns once more; pools other than `changed` keep their figures where they count in the same unit. */
function* reopened(book: BookLanes, stack: Stack, changed: ReadonlySet<number> = new Set()): Sliced<void> {
  yield* openLane(book, stack, changed);
  if (stack.strategy) yield* computed(stack.strategy);
}

function* computed(strategy: StrategyPoolLane): Sliced<void> {
  if (strategy.computing) yield* strategy.computing;
  // Also when it is done it would hold on to the lane before.
  strategy.computing = null;
}

/** By stack: pools by their place in its lane, those behind its end being new; null for one that is gone. */
type Changes = Map<Stack, Map<number, PoolInput | null>>;

function changeAccount(book: BookLanes, account: AccountInput, changes: Changes): void {
  const before = book.accounts.get(account.id);
  const facts = accountFacts(account, book.market.businessDate);
  const left = new Set(before?.pools);
  book.accounts.set(account.id, facts);
  for (const pool of account.pools) {
    const stack = stackOf(book, pool);
    const same = [...left].find((place) => book.pools[place]?.stack === stack && book.pools[place]?.facts.id === pool.id);
    const place = same ?? book.pools.length;
    left.delete(place);
    facts.pools.push(place);
    const at = same === undefined ? (stack ? nextPlace(stack) : -1) : (book.pools[place]?.at ?? -1);
    book.pools[place] = { facts: poolFacts(pool, facts, book.market), stack, at };
    takeBack(book.leftOut, place);
    noteTraded(book, place, facts);
    if (!stack) noteOutside(book, place, pool);
    else {
      stack.pools[at] = place;
      changesOf(changes, stack).set(at, pool);
    }
  }
  for (const place of left) dropPool(book, place, changes);
}

function nextPlace(stack: Stack): number {
  return stack.pools.length;
}

function changesOf(changes: Changes, stack: Stack): Map<number, PoolInput | null> {
  const known = changes.get(stack) ?? new Map<number, PoolInput | null>();
  changes.set(stack, known);
  return known;
}

function dropPool(book: BookLanes, place: number, changes: Changes): void {
  takeBack(book.leftOut, place);
  const pool = book.pools[place];
  if (pool?.stack) changesOf(changes, pool.stack).set(pool.at, null);
}

function accountAt(book: BookLanes, place: number): string {
  return book.pools[place]?.facts.account ?? '';
}

function* readPool(book: BookLanes, account: AccountFacts, { pool, rows }: PoolRow): Sliced<void> {
  const place = book.pools.length;
  const stack = stackOf(book, pool);
  account.pools.push(place);
  book.pools.push({ facts: poolFacts(pool, account, book.market), stack, at: stack ? stack.pools.push(place) - 1 : -1 });
  const isTaken = stack !== null && (yield* addingPool(stack.staged, pool, book.instruments, book.market, rows));
  noteOutside(book, place, isTaken ? stack.staged.beside.get(stack.staged.pools - 1) : pool);
  noteTraded(book, place, account);
}

/** What was traded or came and went, so that a price touches the pool also where it holds none of it any more. */
function noteTraded(book: BookLanes, place: number, { past: { activity } }: AccountFacts): void {
  if (!activity || !book.pools[place]?.facts.traded) return;
  leaveOut(book.leftOut, place, activity.flatMap(({ instrument }) => (instrument === null ? [] : [numberOf(book.instruments, instrument, book.market)])), book.instruments, book.market);
}

/** What of a pool is not in columns, so that a price still touches it. */
function noteOutside(book: BookLanes, place: number, part: PoolInput | undefined): void {
  if (part) leaveOut(book.leftOut, place, part.positions.map(({ instrument }) => numberOf(book.instruments, instrument, book.market)), book.instruments, book.market);
}

/** Null where the packs make no rules for the pool's model. */
function stackOf(book: BookLanes, { model, currency, packs }: PoolInput): Stack | null {
  const key = JSON.stringify([model, currency, packs]);
  const known = book.stacks.get(key);
  if (known !== undefined) return known;
  const rules = resolveRules(book.shelf, packs, book.market.businessDate);
  const stack = rules.ok && rules.value.model === model && model !== 'delta' ? { staged: stage(rules.value, currency), terms: ruleTerms(rules.value, book.market.businessDate), lane: null, strategy: null, pools: [], units: new Map() } : null;
  book.stacks.set(key, stack);
  return stack;
}

function isPaired({ staged: { rules: { model } } }: Stack): boolean {
  return model === 'strategy';
}

function* openLane(book: BookLanes, stack: Stack, changed: ReadonlySet<number>): Sliced<void> {
  const { staged, strategy } = stack;
  const { model } = staged.rules;
  stack.strategy = isPaired(stack) ? yield* openStrategy(staged, book.instruments, book.market, book.pairing, strategy, changed) : null;
  if (isPaired(stack)) stack.lane = stack.strategy;
  else stack.lane = yield* model === 'scan' ? openScan(staged, book.instruments, marketNow(book)) : openSums(staged, book.instruments, book.market);
  if (stack.lane) return yield* explainingUnits(strategy ? [...changed].flatMap((at) => staged.beside.get(at) ?? []) : staged.beside.values(), marketNow(book), book.shelf, stack.units);
  // Nobody computes them here, but they are told of their prices.
  for (let at = 0; at < staged.pools; at += 1) leaveOut(book.leftOut, stack.pools[at] as number, staged.instrument.subarray(staged.start[at], staged.start[at + 1]), book.instruments, book.market);
}
