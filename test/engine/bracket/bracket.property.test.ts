import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { accountState, FIGURES } from '../../../shared/domain/margin-state.ts';
import { computePack } from '../../../main/engine/calc-pack/compute-pack.ts';
import { packOfAccount } from '../../../main/engine/calc-pack/pack-of-account.ts';
import { readCalcPack } from '../../../main/engine/calc-pack/read-pack.ts';
import { accountStateOf, explainFigure, marginAccount } from '../../../main/engine/margin.ts';
import { Decimal } from '../../../shared/money.ts';
import { wrongNodes } from '../explain-checker.ts';
import { decimalBetween } from '../random-book.ts';
import { randomVenue } from './random-venue.ts';
import { choice, flat, SOURCE, tiers, venueInputs, venueMargin, withMark, type Venue } from './venue.ts';

const RUNS = Number(process.env['PLIMSOLL_BOOK_PROPERTY_RUNS'] ?? '600');
/** What opens every tree and writes every state. */
const WHOLE_RUNS = Math.ceil(RUNS / 5);

/** Every figure of the account, every position's requirement and prices of trouble. */
function figuresOf(venue: Venue): unknown[] {
  const { figures, status, pools } = venueMargin(venue);
  const positions = pools.flatMap(({ positions: rows, crossings }) => rows.map(({ instrument: id, quantity, requirement }) => [id, quantity, requirement?.houseMaintenance.amount.toFixed(), requirement?.houseInitial.amount.toFixed(), crossings?.(id)]));
  return [status, ...FIGURES.map((figure) => figures[figure].amount?.toFixed()), ...positions];
}

/** Excess with one contract's mark, and the bounds of its feed, elsewhere. */
function excessAt(venue: Venue, id: string, price: Decimal): Decimal {
  const contract = venue.contracts[id];
  const bounds = contract?.bounds;
  const moved = (bound: string): string => new Decimal(bound).times(price).div(contract?.mark ?? 1).toDecimalPlaces(20).toFixed();
  return venueMargin(withMark(venue, id, price.toFixed(), bounds ? { low: moved(bounds.low), high: moved(bounds.high) } : undefined)).figures.excess.amount;
}

type Meeting = { venue: Venue; id: string; share: number };

/** Equity meets maintenance at the price, or a tier's step carries it across there; between the mark and there it does not. Says how many prices there were. */
function meets({ venue, id, share }: Meeting): number {
  const margin = venueMargin(venue);
  const prices = margin.pools[0]?.crossings?.(id).liquidation ?? { down: null, up: null };
  const mark = new Decimal(venue.contracts[id]?.mark ?? 0);
  const now = margin.figures.excess.amount;
  let met = 0;
  for (const side of ['down', 'up'] as const) {
    const price = prices[side];
    if (!price || new Decimal(price).lt('0.001') || new Decimal(price).gt(1e9)) continue;
    const root = new Decimal(price);
    expect(side === 'down' ? root.lte(mark) : root.gte(mark)).toBe(true);
    // Prices are found to ten decimals; of a small one that is less than a part in 10⁸.
    const step = Decimal.max(root.times('1e-8'), '2e-10');
    const at = excessAt(venue, id, root);
    if (at.abs().gt('1e-7')) {
      const [before, after] = [excessAt(venue, id, root.minus(step)), excessAt(venue, id, root.plus(step))];
      // It passes through zero there, or jumps over it at a tier's step, or touches it.
      expect(before.s !== after.s || at.abs().lt(new Decimal(1).plus(before.minus(after).abs()).times('1e-6'))).toBe(true);
    }
    const between = mark.plus(root.minus(mark).times(share.toFixed(6)));
    if (!now.isZero() && between.minus(root).abs().gt(step)) expect(excessAt(venue, id, between.toDecimalPlaces(8)).s).toBe(now.s);
    met += 1;
  }
  return met;
}

const instrument = fc.constantFrom('ONE', 'TWO');
const share = fc.double({ min: 0.02, max: 0.98, noNaN: true });

test('equity meets maintenance at the liquidation price, and nowhere between it and the mark', () => {
  let met = 0;
  fc.assert(
    fc.property(randomVenue(), instrument, share, (venue, id, part) => {
      met += meets({ venue, id, share: part });
    }),
    { numRuns: RUNS },
  );
  expect(met).toBeGreaterThan(RUNS / 5);
});

test('the same with add-ons laid over: an underlying’s factor, a floor, a buffer that is partly used', () => {
  const overlaid = fc.record({ venue: randomVenue(), factor: fc.integer({ min: 5, max: 30 }), buffer: fc.constantFrom(null, '0.25'), before: decimalBetween(0, 2000, 0) }).map(({ venue, factor, buffer, before }): Venue => ({
    ...venue,
    rows: venue.rows.slice(0, 2),
    overlay: {
      // All weight on one return, and a base move that makes the wanted factor of it.
      volatility: { move: { method: 'filteredHistory', lambda: '1', quantile: '1', days: '1' }, baseMove: '0.01', least: '0.5', most: '4', ...SOURCE },
      ...(buffer === null ? {} : { buffer: { share: buffer, ...SOURCE } }),
    },
    history: { XYZ: { returns: [String(factor / 1000)] }, ABC: { returns: [String(factor / 1000)] } },
    ...(buffer === null ? {} : { pool: { priorRequirement: { initial: before, maintenance: before } } }),
  }));
  let met = 0;
  fc.assert(
    fc.property(overlaid, instrument, share, (venue, id, part) => {
      met += meets({ venue, id, share: part });
    }),
    { numRuns: RUNS },
  );
  expect(met).toBeGreaterThan(RUNS / 5);
});

test('a healthy pool is liquidated before it is bankrupt', () => {
  fc.assert(
    fc.property(randomVenue(), (venue) => {
      const { figures, pools: [pool] } = venueMargin(venue);
      if (figures.excess.amount.lte(0)) return;
      for (const id of Object.keys(venue.contracts)) {
        const { bankruptcy, liquidation } = pool?.crossings?.(id) ?? {};
        for (const side of ['down', 'up'] as const) {
          const [bankrupt, liquidated] = [bankruptcy?.[side], liquidation?.[side]];
          if (!bankrupt || !(new Decimal(bankrupt).gt('0.001') && new Decimal(bankrupt).lt(1e9))) continue;
          const mark = new Decimal(venue.contracts[id]?.mark ?? 0);
          expect(liquidated).not.toBe(null);
          expect(mark.minus(liquidated ?? 0).abs().lt(mark.minus(bankrupt).abs())).toBe(true);
        }
      }
    }),
    { numRuns: RUNS },
  );
});

test('neither the order of the rows nor splitting them matters', () => {
  const split = randomVenue().chain((venue) => fc.tuple(fc.constant(venue), decimalBetween(-20, 20, 1), fc.shuffledSubarray([...venue.rows], { minLength: venue.rows.length })));
  fc.assert(
    fc.property(split, ([venue, part, shuffled]) => {
      const inParts = shuffled.flatMap((row) => {
        const first = new Decimal(row.quantity).s === new Decimal(part).s && new Decimal(part).abs().lt(new Decimal(row.quantity).abs()) ? part : '0';
        return [{ ...row, quantity: first }, { ...row, quantity: new Decimal(row.quantity).minus(first).toFixed() }].filter(({ quantity }) => quantity !== '0');
      });
      expect(figuresOf({ ...venue, rows: inParts })).toEqual(figuresOf(venue));
    }),
    { numRuns: RUNS },
  );
});

test('a calc pack of the account gives the same state, and every state is of its schema', () => {
  fc.assert(
    fc.property(randomVenue(), (venue) => {
      const [account, market, shelf] = venueInputs(venue);
      const state = accountStateOf(marginAccount(account, market, shelf));
      expect(accountState.safeParse(state).success).toBe(true);
      const pack = packOfAccount(account, market, shelf);
      const read = pack.ok ? readCalcPack(JSON.parse(JSON.stringify(pack.value))) : pack;
      const computed = read.ok ? computePack(read.value) : read;
      expect(computed.ok && JSON.parse(JSON.stringify(computed.value.accounts[0]))).toEqual(JSON.parse(JSON.stringify(state)));
    }),
    { numRuns: Math.ceil(RUNS / 25) },
  );
});

test('every figure is what its tree says, and initial is never less than maintenance', () => {
  fc.assert(
    fc.property(randomVenue(), (venue) => {
      const margin = venueMargin(venue);
      for (const figure of FIGURES) expect(wrongNodes(explainFigure(margin, figure))).toEqual([]);
      expect(margin.figures.initial.amount.gte(margin.figures.maintenance.amount)).toBe(true);
      expect(margin.pools[0]?.unpriced.filter(({ indeterminate }) => indeterminate)).toEqual([]);
    }),
    { numRuns: WHOLE_RUNS },
  );
});

test('where one rate holds for every size, twice the positions and money are twice the figures at the same prices', () => {
  const level = randomVenue().map((venue): Venue => {
    const { liquidationReward: _none, ...section } = venue.section ?? {};
    const contracts = Object.fromEntries(Object.entries(venue.contracts).map(([id, contract]) => [id, { ...contract, rate: flat('0.03', '10') }]));
    return { ...venue, section, contracts };
  });
  fc.assert(
    fc.property(level, fc.integer({ min: 2, max: 7 }), (venue, times) => {
      const by = (amount: string): string => new Decimal(amount).times(times).toFixed();
      const [once, more] = [venueMargin(venue), venueMargin({ ...venue, cash: by(venue.cash ?? '0'), rows: venue.rows.map((row) => ({ ...row, quantity: by(row.quantity) })) })];
      for (const figure of ['equity', 'initial', 'maintenance', 'excess'] as const) expect(more.figures[figure].amount.minus(once.figures[figure].amount.times(times)).abs().lt('1e-9')).toBe(true);
      for (const id of Object.keys(venue.contracts)) {
        const [prices, again] = [once, more].map(({ pools }) => pools[0]?.crossings?.(id).liquidation);
        for (const side of ['down', 'up'] as const) {
          const [a, b] = [prices?.[side] ?? null, again?.[side] ?? null];
          if (a === null || b === null) expect(b).toBe(a);
          else if (new Decimal(a).lt(1e6)) expect(new Decimal(a).minus(b).abs().lte('1e-6')).toBe(true);
        }
      }
    }),
    { numRuns: RUNS },
  );
});

test('slices and deducted amounts ask the same, which is each unit of money at its own tier’s rate', () => {
  const bounds = [1_000, 4_000, 9_000];
  const rates = [0.01, 0.025, 0.05, 0.2];
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 20_000 }), (notional) => {
      const rows = rates.map((each, index): [string | null, string] => [bounds[index] === undefined ? null : String(bounds[index]), String(each)]);
      const asked = (apply: string): string => venueMargin({ contracts: { ONE: { mark: String(notional), rate: tiers(rows, { apply }) } }, rows: [{ instrument: 'ONE', quantity: '1' }] }).figures.maintenance.amount.toFixed();
      let slow = 0;
      for (let unit = 1; unit <= notional; unit += 1) slow += Math.round((rates[bounds.filter((bound) => unit > bound).length] ?? 0) * 1_000);
      expect(new Decimal(asked('amount')).times(1_000).toFixed()).toBe(String(slow));
      expect(asked('slices')).toBe(asked('amount'));
      expect(new Decimal(asked('step')).gte(asked('amount'))).toBe(true);
    }),
    { numRuns: RUNS },
  );
});

test('netting asks less and less: sides apart, then each contract netted, then the greater side of the underlying', () => {
  fc.assert(
    fc.property(randomVenue(), (venue) => {
      const contracts = Object.fromEntries(Object.entries(venue.contracts).map(([id, contract]) => [id, { ...contract, rate: flat('0.02', '20') }]));
      const { liquidationReward: _none, ...section } = venue.section ?? {};
      const under = (netting: string): Decimal => venueMargin({ ...venue, contracts, section: { ...section, netting: choice(netting) } }).figures.maintenance.amount;
      expect(under('hedge').gte(under('oneWay'))).toBe(true);
      expect(under('oneWay').gte(under('greaterSide'))).toBe(true);
    }),
    { numRuns: RUNS },
  );
});
