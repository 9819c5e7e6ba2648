import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { accountState } from '../../shared/domain/margin-state.ts';
import { Decimal } from '../../shared/money.ts';
import { accountStateOf } from '../../main/engine/margin.ts';
import { resolveRules, shippedPacks, withPacks, type PackShelf } from '../../main/engine/packs/shelf.ts';
import { call, fund, idOf, marginOf, put, stateOf, stock, TODAY, type Desk } from './build.ts';
import { decimalBetween, randomDesk, wildDesk } from './random-book.ts';
import { knownBytes, knownMargin, RUNS, SAME_BOOKS } from './same-books.ts';

const bytes = (desk: Desk): string => JSON.stringify(accountStateOf(marginOf(desk)));
const wild = wildDesk();

test('the books these properties look at reach every strategy and everything that is odd about books', () => {
  const seen = new Map<string, number>();
  const count = (what: string): unknown => seen.set(what, (seen.get(what) ?? 0) + 1);
  fc.assert(
    fc.property(wild, (desk) => {
      const [pool] = knownMargin(desk).pools;
      for (const { name } of pool?.strategies?.() ?? []) count(`strategy ${name}`);
      for (const reason of new Set(pool?.unpriced.map((one) => one.reason.replaceAll(/[A-Z0-9:.-]{2,}|-?\d[\d.]*/g, '…')))) count(reason);
      if (pool) count(`status ${pool.status}`);
      for (const [instrument, quantity] of desk.positions) {
        const terms = desk.instruments[instrument];
        if (terms) count(`kind ${terms.kind} ${quantity.startsWith('-') ? 'short' : 'long'}`);
        if (terms?.kind === 'option' && terms.expiry === TODAY) count('expires today');
        if (terms?.kind === 'option' && terms.deliverable) count('adjusted');
        if (terms?.kind === 'etf' && terms.leverage) count('leveraged');
        if (terms?.currency !== 'USD') count('foreign');
        if (desk.prices[instrument] === '0') count('worth nothing');
        if (new Decimal(quantity).abs().gte('1e12')) count('very large');
        if (new Decimal(quantity).abs().lte('1e-8')) count('very small');
      }
    }),
    SAME_BOOKS,
  );
  const wanted = [
    ...['covered call', 'covered put', 'protective put', 'protective call', 'collar', 'reversal', 'straddle', 'spread'].map((name) => new RegExp(`strategy .*${name}`, 'i')),
    ...['healthy', 'warning', 'call', 'liquidation', 'bankrupt', 'indeterminate'].map((status) => new RegExp(`status ${status}`)),
    /kind future/,
    /kind bond short/,
    /kind warrant short/,
    /kind option short/,
    /expires today/,
    /adjusted/,
    /leveraged/,
    /foreign/,
    /worth nothing/,
    /very large/,
    /very small/,
    /expired on/,
    /has no mark/,
    /exchange rate/,
    /adjusted and what it delivers/,
    /too large/,
    /multiplier is not known/,
  ];
  for (const what of wanted) expect([...seen.keys()].some((key) => what.test(key)), `${what} among ${[...seen.keys()].join(' | ')}`).toBe(true);
});

test('every state is valid at the border, holds no number that is none, and what it leaves out has a reason', () => {
  fc.assert(
    fc.property(wild, (desk) => {
      const text = knownBytes(desk);
      expect(text).not.toMatch(/NaN|Infinity|undefined/);
      const state = accountState.parse(JSON.parse(text));
      expect(state.status !== 'indeterminate' || state.statusReason.startsWith('Not all of it is known: ')).toBe(true);
      for (const { reason } of state.unpriced) expect(reason).not.toBe('');
      // Nothing is dropped: each instrument that is held is among the positions.
      const shown = new Set(state.pools[0]?.positions.map(({ instrument }) => instrument));
      const totals = Map.groupBy(desk.positions, ([instrument, , subType]) => `${instrument} ${subType}`);
      for (const [first, ...rest] of totals.values()) {
        const total = [first, ...rest].reduce((sum, row) => sum.plus(row?.[1] ?? 0), new Decimal(0));
        if (first && !total.isZero()) expect(shown.has(first[0]), first[0]).toBe(true);
      }
    }),
    SAME_BOOKS,
  );
});

test('the order of the positions does not matter', () => {
  const shuffled = wild.chain((desk) => fc.tuple(fc.constant(desk), fc.shuffledSubarray([...desk.positions], { minLength: desk.positions.length })));
  fc.assert(
    fc.property(shuffled, ([desk, positions]) => {
      expect(bytes({ ...desk, positions }) === knownBytes(desk)).toBe(true);
    }),
    SAME_BOOKS,
  );
});

test('splitting a position into several rows does not matter', () => {
  fc.assert(
    fc.property(wild, decimalBetween(-50, 50, 2), (desk, part) => {
      const positions = desk.positions.flatMap(([instrument, quantity, subType = 'margin']) => [
        [instrument, part, subType] as const,
        [instrument, new Decimal(quantity).minus(part).toFixed(), subType] as const,
      ]);
      expect(bytes({ ...desk, positions }) === knownBytes(desk)).toBe(true);
    }),
    SAME_BOOKS,
  );
});

test('an edit that is taken back, of a position, a price or cash, leaves the same bytes', () => {
  let looked = 0;
  fc.assert(
    fc.property(wild, randomDesk(), decimalBetween(-1000, 1000, 2), (plain, other, money) => {
      const desk = { ...plain, instruments: { ...plain.instruments, ...other.instruments }, prices: { ...other.prices, ...plain.prices } };
      const opposite = other.positions.map(([instrument, quantity, subType = 'margin']) => [instrument, new Decimal(quantity).neg().toFixed(), subType] as const);
      const cash = typeof desk.cash === 'string' ? new Decimal(desk.cash).plus(money).minus(money).toFixed() : desk.cash;
      const moved = { ...desk.prices, ...other.prices };
      const edited = { ...desk, ...(cash === undefined ? {} : { cash }), prices: { ...moved, ...desk.prices }, positions: [...desk.positions, ...other.positions, ...opposite] };
      // Prices that only the other book has stay: they are of nothing that is held, or of an underlying that had none.
      const untouched = plain.positions.every(([id]) => id in plain.prices) && Object.keys(plain.instruments).every((id) => id in plain.prices);
      if (!untouched) return;
      looked += 1;
      expect(bytes(edited) === knownBytes(plain)).toBe(true);
    }),
    SAME_BOOKS,
  );
  expect(looked).toBeGreaterThan(RUNS / 3);
});

test('more cash never raises a call', () => {
  fc.assert(
    fc.property(wild, decimalBetween(0, 1_000_000, 2), (desk, more) => {
      const poorer = accountStateOf(knownMargin(desk));
      const rows = typeof desk.cash === 'string' ? new Decimal(desk.cash).plus(more).toFixed() : [...(desk.cash ?? []), { currency: 'USD', kind: 'tradeDate' as const, amount: more, valueDate: null }];
      const richer = stateOf({ ...desk, cash: rows });
      expect(new Decimal(richer.deficit).lte(poorer.deficit)).toBe(true);
      expect(new Decimal(richer.excess).minus(poorer.excess).eq(more)).toBe(true);
    }),
    SAME_BOOKS,
  );
});

/** The shipped packs with option value in equity: the same rules, stated the other way round. */
function otherDeclaration(): PackShelf {
  const shelf = shippedPacks();
  const changed = withPacks(shelf, [{ ...shelf.packs.get('us-reg-t'), optionValueIn: 'equity' }]);
  if (!changed.ok) throw new Error(changed.fault.message);
  return changed.value;
}

test('what is left over is the same wherever the pack puts option value', () => {
  const equityShelf = otherDeclaration();
  let stated = 0;
  fc.assert(
    fc.property(wild, (desk) => {
      stated += 1;
      const inRequirement = accountStateOf(knownMargin(desk));
      const inEquity = stateOf({ ...desk, shelf: equityShelf });
      for (const figure of ['excess', 'available', 'deficit', 'netLiq', 'status'] as const) expect(inEquity[figure]).toBe(inRequirement[figure]);
      expect(inEquity.pools[0]?.positions.map(({ parts }) => parts)).toEqual(inRequirement.pools[0]?.positions.map(({ parts }) => parts));
    }),
    { ...SAME_BOOKS, numRuns: 2 * RUNS },
  );
  expect(stated).toBeGreaterThan(RUNS);
});

/** Stacks of shipped packs for which initial ≥ maintenance and house ≥ exchange are claimed: all that are rules-based. */
const STACKS: readonly (readonly string[])[] = [
  ['us-reg-t'],
  ['cash-account'],
  ['us-reg-t', 'house-standard'],
  ['us-reg-t', 'house-standard', 'broker-list'],
  ['us-reg-t', 'house-standard', 'house-concentration'],
  ['us-reg-t', 'house-standard', 'house-overlay'],
  ...['apex', 'drivewealth', 'fidelity', 'firstrade', 'ibkr', 'lightspeed', 'longrun', 'optionshouse', 'passfolio', 'sofi', 'tastytrade', 'td'].map((broker) => ['us-reg-t', `house-${broker}`]),
];

test('the list of stacks names every shipped house pack for securities', () => {
  const houses = [...shippedPacks().packs.values()].filter(({ layer, model }) => layer === 'house' && model === 'strategy').map(({ id }) => id);
  expect(houses.filter((id) => !STACKS.flat().includes(id))).toEqual([]);
  for (const stack of STACKS) expect(resolveRules(shippedPacks(), stack, TODAY).ok, stack.join()).toBe(true);
});

test('under every named stack the house is never below the exchange, and initial never below maintenance, leg by leg and in all', () => {
  fc.assert(
    fc.property(randomDesk(), fc.constantFrom(...STACKS), (desk, packs) => {
      const [pool] = stateOf({ ...desk, packs }).pools;
      const rows = (pool?.positions ?? []).map((row) => [row.houseInitial, row.houseMaintenance, row.exchangeMaintenance, row.regTInitial] as const);
      const totals = [pool?.stacks.house.initial ?? '0', pool?.stacks.house.maintenance ?? '0', pool?.stacks.exchange.maintenance ?? '0', pool?.stacks.regT.initial ?? '0'] as const;
      for (const [initial, maintenance, exchange, regT] of [...rows, totals]) {
        expect(new Decimal(maintenance).gte(exchange), packs.join()).toBe(true);
        expect(new Decimal(initial).gte(maintenance), packs.join()).toBe(true);
        expect(new Decimal(initial).gte(regT), packs.join()).toBe(true);
      }
    }),
    { ...SAME_BOOKS, numRuns: 2 * RUNS },
  );
});

test('the positions’ shares add up to each stack', () => {
  fc.assert(
    fc.property(wild, (desk) => {
      const [pool] = accountStateOf(knownMargin(desk)).pools;
      const total = (of: 'regTInitial' | 'exchangeMaintenance' | 'houseInitial' | 'houseMaintenance'): string =>
        (pool?.positions ?? []).reduce((soFar, row) => soFar.plus(row[of]), new Decimal(0)).toFixed();
      expect(total('regTInitial')).toBe(pool?.stacks.regT.initial);
      expect(total('exchangeMaintenance')).toBe(pool?.stacks.exchange.maintenance);
      expect(total('houseInitial')).toBe(pool?.stacks.house.initial);
      expect(total('houseMaintenance')).toBe(pool?.stacks.house.maintenance);
    }),
    SAME_BOOKS,
  );
});

const OPTIONS = [call('XYZ', '50'), call('XYZ', '60'), put('XYZ', '50'), put('XYZ', '60'), call('XYZ', '55', { expiry: '2027-12-17' }), put('XYZ', '45', { expiry: '2027-12-17' })];
const pairInstruments = Object.fromEntries([['XYZ', stock()] as const, ...OPTIONS.map((option) => [idOf(option), option] as const)]);

/** Stacks under which a position is never charged more for standing beside another: those without rules for whole accounts. */
const PAIRING_STACKS = [['us-reg-t'], ['us-reg-t', 'house-standard'], ['us-reg-t', 'house-standard', 'broker-list'], ['cash-account'], ...['drivewealth', 'lightspeed', 'longrun', 'optionshouse', 'passfolio', 'tastytrade'].map((broker) => ['us-reg-t', `house-${broker}`])];

test('under the named stacks covered is never dearer than uncovered: two positions together ask no more than apart', () => {
  const names = Object.keys(pairInstruments);
  const side = fc.tuple(fc.constantFrom(...names), fc.constantFrom('100', '-100', '1', '-1', '3', '-3', '250'));
  fc.assert(
    fc.property(side, side, fc.tuple(...names.map(() => decimalBetween(0, 80, 2))), fc.boolean(), fc.constantFrom(...PAIRING_STACKS), ([first, a], [second, b], values, leveraged, packs) => {
      const instruments = leveraged ? { ...pairInstruments, XYZ: fund({ leverage: '2', class: 'broad' }) } : pairInstruments;
      const prices = Object.fromEntries(values.map((value, at) => [names[at] as string, value]));
      const maintenance = (positions: Desk['positions']): Decimal => new Decimal(stateOf({ instruments, prices, packs, positions }).maintenance);
      const apart = maintenance([[first, a]]).plus(maintenance([[second, b]]));
      expect(maintenance([[first, a], [second, b]]).lte(apart) || first === second, packs.join()).toBe(true);
    }),
    { ...SAME_BOOKS, numRuns: 2 * RUNS },
  );
});

/** Money figures of a state that grow with the book; ratios and status do not. */
const MONEY = ['netLiq', 'equity', 'initial', 'maintenance', 'available', 'excess', 'deficit'] as const;

function scaled(desk: Desk, times: number): Desk {
  const grown = (amount: string): string => new Decimal(amount).times(times).toFixed();
  const cash = typeof desk.cash === 'string' ? grown(desk.cash) : (desk.cash ?? []).map((row) => ({ ...row, amount: grown(row.amount) }));
  return { ...desk, cash, positions: desk.positions.map(([instrument, quantity, subType = 'margin']) => [instrument, grown(quantity), subType] as const) };
}

test('scaling a book scales every figure where nothing is paired, and where options are it never asks more than in proportion', () => {
  fc.assert(
    fc.property(randomDesk(), fc.integer({ min: 2, max: 50 }), (desk, times) => {
      const [one, many] = [marginOf(desk), marginOf(scaled(desk, times))];
      const [before, after] = [accountStateOf(one), accountStateOf(many)];
      const proportional = (figure: (typeof MONEY)[number]): boolean => new Decimal(after[figure]).eq(new Decimal(before[figure]).times(times));
      expect(proportional('netLiq') && proportional('equity')).toBe(true);
      const pairings = [one, many].flatMap(({ pools }) => pools.flatMap((pool) => pool.pairings ?? []));
      if (pairings.length === 0) {
        for (const figure of MONEY) expect(proportional(figure), figure).toBe(true);
        for (const figure of ['status', 'healthRatio', 'utilisation', 'leverage'] as const) expect(after[figure]).toBe(before[figure]);
      } else if (pairings.every(({ proved }) => proved) && desk.positions.every(([, quantity]) => !quantity.includes('.'))) {
        // Whole contracts: more of them can be paired better, never worse. Parts of contracts are paired in their own unit.
        expect(new Decimal(after.maintenance).lte(new Decimal(before.maintenance).times(times))).toBe(true);
      }
    }),
    SAME_BOOKS,
  );
});

test('a requirement in parts gives both published bases', () => {
  fc.assert(
    fc.property(randomDesk(['us-reg-t']), (desk) => {
      for (const { parts, quantity, valueInPoolCurrency, houseMaintenance } of stateOf(desk).pools[0]?.positions ?? []) {
        if (!parts) continue;
        const gross = new Decimal(parts.risk).plus(parts.shortOptionValue).plus(parts.longPremium);
        const value = new Decimal(valueInPoolCurrency ?? '0');
        const short = quantity.startsWith('-');
        expect(gross.minus(short ? value.neg() : 0).eq(parts.cashToDeposit)).toBe(true);
        // Equity leaves option value out, so a long option's requirement is what is asked less what it is worth.
        expect(gross.minus(short ? 0 : value).eq(houseMaintenance)).toBe(true);
      }
    }),
    SAME_BOOKS,
  );
});
