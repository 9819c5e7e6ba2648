import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AccountInput } from '../../../../main/engine/input.ts';
import type { Instrument } from '../../../../shared/domain/instrument.ts';
import { accountOf, call, fund, idOf, index, marketOf, put, stock, type Desk } from '../../build.ts';
import { decimalBetween, randomDesk } from '../../random-book.ts';
import { SAME_BOOKS } from '../../same-books.ts';
import { openBranch, setQuantity } from '../../../../main/engine/columns/strategy/branch.ts';
import { priceInLane } from '../../../../main/engine/columns/sums/scaled.ts';
import { tick } from '../../../../main/engine/columns/strategy/lane.ts';
import { shippedPacks, withPacks, type PackShelf } from '../../../../main/engine/packs/shelf.ts';
import { laneOf, saidByBranch, saidByEngine, saidByLane } from './lane.ts';

/** Underlyings by what the rules see in them: plain, low-priced, leveraged, broad, an index, one with a rate of its own. */
const UNDERLYINGS: Record<string, Instrument> = { PLAIN: stock(), CHEAP: stock(), TRIPLE: fund({ leverage: '3', class: 'narrow' }), BROAD: fund({ class: 'broad' }), INDEX: index('broad'), AMC: stock() };
const STRIKES = ['2.5', '50', '52.5', '55', '60'];
/** Today's, the next months', and one of more than nine months. */
const EXPIRIES = ['2026-11-20', '2026-12-18', '2027-01-15', '2027-12-17'];
const MULTIPLIERS = ['100', '100', '100', '10'];

/** A house that makes each of two choices of every formula, whatever the others are. */
const CHOICES = { 'option.uncovered': ['percentOfUnderlying', 'cashSecured'], 'option.coveredCall': ['strikeCap', 'stockOnly'], 'option.straddle': ['dearerSide', 'eachAlone'], 'option.protective': ['untilTheStrike', 'none'] };
const CHOSEN = Array.from({ length: 16 }, (_, code) => ({
  id: `choices-${code}`, version: '1', title: 'Choices', layer: 'house', model: 'strategy', effectiveFrom: '2020-01-01', parameters: {},
  settings: Object.fromEntries(Object.entries(CHOICES).map(([name, values], at) => [name, { value: values[(code >> at) & 1], cites: 'test', status: 'verified' }])),
}));
const SHELF = shelfWith(CHOSEN);
const STACKS = [['us-reg-t'], ['us-reg-t', 'house-standard'], ['us-reg-t', 'house-standard', 'broker-list'], ['cash-account'], ['cash-account', 'house-standard']];
const packs = fc.oneof(fc.constantFrom(...STACKS), fc.tuple(fc.constantFrom(...STACKS), fc.constantFrom(...CHOSEN)).map(([stack, { id }]) => [...stack, id]));

function shelfWith(added: readonly unknown[]): PackShelf {
  const shelf = withPacks(shippedPacks(), added);
  if (!shelf.ok) throw new Error(`${shelf.fault.at}: ${shelf.fault.message}`);
  return shelf.value;
}

const contracts = fc.oneof({ arbitrary: fc.constantFrom(1, -1, 2, -2, 3, -3, 5, -7), weight: 4 }, { arbitrary: fc.integer({ min: -60, max: 60 }).filter((count) => count !== 0), weight: 1 });
const shares = fc.constantFrom(0, 0, 100, -100, 250, -300, 37, -1234, 800);

/** One underlying's holdings, each instrument once; legs are dear enough now and then that a group is not worth making. */
const group = fc.constantFrom(...Object.keys(UNDERLYINGS)).chain((underlying) =>
  fc.record({
    underlying: fc.constant(underlying),
    legs: fc.uniqueArray(fc.tuple(fc.constantFrom('call', 'put'), fc.constantFrom(...STRIKES), fc.constantFrom(...EXPIRIES), contracts, fc.oneof(decimalBetween(0, 12, 2), decimalBetween(0, 70, 2)), fc.constantFrom(...MULTIPLIERS)), { maxLength: 7, selector: ([right, strike, expiry]) => `${right} ${strike} ${expiry}` }),
    shares: UNDERLYINGS[underlying]?.kind === 'index' ? fc.constant(0) : shares,
    spot: underlying === 'CHEAP' ? decimalBetween(1, 8, 2) : decimalBetween(40, 70, 2),
  }),
);

const desk: fc.Arbitrary<Desk> = fc.record({ groups: fc.uniqueArray(group, { minLength: 1, maxLength: 3, selector: ({ underlying }) => underlying }), cash: decimalBetween(-60_000, 60_000, 2), packs }).map(({ groups, cash, packs }): Desk => {
  const made = groups.map(({ underlying, legs, shares: held, spot }) => {
    const options = legs.map(([right, strike, expiry, count, price, multiplier]) => ({ option: (right === 'call' ? call : put)(underlying, strike, { expiry, multiplier }), count, price }));
    return { underlying, options, held, spot };
  });
  return {
    instruments: Object.fromEntries(made.flatMap(({ underlying, options }) => [[underlying, UNDERLYINGS[underlying] as Instrument], ...options.map(({ option }) => [idOf(option), option] as const)])),
    prices: Object.fromEntries(made.flatMap(({ underlying, options, spot }) => [[underlying, spot], ...options.map(({ option, price }) => [idOf(option), price] as const)])),
    positions: made.flatMap(({ underlying, options, held }) => [...options.map(({ option, count }) => [idOf(option), String(count), 'margin'] as const), ...(held === 0 ? [] : [[underlying, String(held), held < 0 ? 'short' : 'margin'] as const])]),
    cash,
    packs,
  };
});

test('the lane says of a random book what the explaining engine says, to the last unit', () => {
  fc.assert(
    fc.property(desk, (book) => {
      const [account, market] = [accountOf(book), marketOf(book)];
      const lane = laneOf([account], market, SHELF);
      expect(lane).not.toBeNull();
      expect(lane && saidByLane(lane, 0)).toEqual(saidByEngine(account, market, SHELF));
    }),
    SAME_BOOKS,
  );
});

test('books with parts of contracts, foreign stock, bonds, cash parts or no price are said alike or left to the explaining engine', () => {
  let fast = 0;
  fc.assert(
    fc.property(randomDesk(), (book) => {
      const [account, market] = [accountOf(book), marketOf(book)];
      const lane = laneOf([account], market);
      const said = lane && saidByLane(lane, 0);
      if (!said) return;
      fast += 1;
      expect(said).toEqual(saidByEngine(account, market));
    }),
    { numRuns: SAME_BOOKS.numRuns / 2, seed: SAME_BOOKS.seed },
  );
  expect(fast).toBeGreaterThan(0);
});

const changes = fc.array(fc.tuple(fc.nat(), decimalBetween(0, 80, 2), fc.integer({ min: -9, max: 9 })), { minLength: 1, maxLength: 6 });

test('after random ticks every figure is, bit for bit, what a full recompute makes it, and what the explaining engine says', () => {
  fc.assert(
    fc.property(desk, changes, (book, moves) => {
      const account = accountOf(book);
      const ids = Object.keys(book.instruments);
      const lane = laneOf([account], marketOf(book), SHELF);
      if (!lane) throw new Error('these rules are in the lane');
      const prices = { ...book.prices };
      for (const [which, price] of moves) {
        const id = ids[which % ids.length] as string;
        prices[id] = price;
        tick(lane, which % ids.length, priceInLane(price, lane.table.priceDigits));
      }
      const market = marketOf({ ...book, prices });
      const anew = laneOf([account], market, SHELF);
      expect({ ...lane.figures }).toEqual({ ...anew?.figures });
      expect(saidByLane(lane, 0)).toEqual(saidByEngine(account, market, SHELF));
    }),
    { numRuns: SAME_BOOKS.numRuns / 4, seed: SAME_BOOKS.seed },
  );
});

test('a branch says what the explaining engine says of the edited account, and leaves the lane as it was', () => {
  fc.assert(
    fc.property(desk, changes, (book, edits) => {
      const [account, market] = [accountOf(book), marketOf(book)];
      const lane = laneOf([account], market, SHELF);
      if (!lane) throw new Error('these rules are in the lane');
      const before = structuredClone({ ...lane.figures });
      const ids = Object.keys(book.instruments).filter((id) => book.instruments[id]?.kind !== 'index');
      fc.pre(ids.length > 0);
      const quantities = new Map(book.positions.map(([id, quantity]) => [id, Number(quantity)]));
      const branch = openBranch(lane, 0);
      for (const [which, , quantity] of edits) {
        const id = ids[which % ids.length] as string;
        quantities.set(id, quantity);
        setQuantity(lane, branch, Object.keys(book.instruments).indexOf(id), quantity);
      }
      const edited = accountOf({ ...book, positions: [...quantities].filter(([, quantity]) => quantity !== 0).map(([id, quantity]) => [id, String(quantity)] as const) });
      expect(saidByBranch(lane, branch)).toEqual(saidByEngine(edited, market, SHELF));
      expect({ ...lane.figures }).toEqual(before);
    }),
    { numRuns: SAME_BOOKS.numRuns / 4, seed: SAME_BOOKS.seed },
  );
});

/** In full under `npm run properties`; of the rest of them, others every time. */
const EVERY = SAME_BOOKS.numRuns > 1_000 ? 1 : 12;

test('every shape of up to four leg types with or without stock, on two strikes and two expiries', () => {
  const options = ['50', '55'].flatMap((strike) => ['2026-12-18', '2027-12-17'].flatMap((expiry) => [call('PLAIN', strike, { expiry }), put('PLAIN', strike, { expiry })]));
  const premiums = ['7.1', '1.15', '9.4', '2.2', '3.35', '3.6', '6.05', '5'];
  const market = marketOf({ instruments: { PLAIN: stock(), ...Object.fromEntries(options.map((option) => [idOf(option), option])) }, prices: { PLAIN: '53.4', ...Object.fromEntries(options.map((option, at) => [idOf(option), premiums[at] as string])) }, positions: [] });
  const accounts: AccountInput[] = [];
  let shape = SAME_BOOKS.seed % EVERY;
  // Three states of each option, none, short and long, and of stock.
  for (let code = 0; code < 3 ** options.length; code += 1) {
    const states = options.map((_, at) => (Math.floor(code / 3 ** at) % 3) - 1);
    if (states.filter((side) => side !== 0).length > 4) continue;
    for (const lots of [-2, 0, 3]) {
      shape += 1;
      if (shape % EVERY !== 0) continue;
      const legs = states.flatMap((side, at) => (side === 0 ? [] : [[idOf(options[at] as (typeof options)[number]), String(side * (1 + ((code + at) % 3))), 'margin'] as const]));
      accounts.push(accountOf({ instruments: {}, prices: {}, positions: [...legs, ...(lots === 0 ? [] : [['PLAIN', String(lots * 100), 'margin'] as const])], cash: '9000', packs: ['us-reg-t', 'house-standard'] }));
    }
  }
  const lane = laneOf(accounts, market);
  accounts.forEach((account, at) => {
    expect(lane && saidByLane(lane, at), JSON.stringify(account.pools[0]?.positions)).toEqual(saidByEngine(account, market));
  });
});
