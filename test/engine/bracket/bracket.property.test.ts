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
import { choice, flat, tiers, venueInputs, venueMargin, venueState, withMark, type Venue } from './venue.ts';

/** In full under `npm run properties`. */
const RUNS = Number(process.env['PLIMSOLL_BOOK_PROPERTY_RUNS'] ?? '150');
const bytes = (venue: Venue): string => JSON.stringify(venueState(venue));

function excessAt(venue: Venue, id: string, price: Decimal): Decimal {
  const contract = venue.contracts[id];
  const bounds = contract?.bounds;
  const moved = (bound: string): string => new Decimal(bound).times(price).div(contract?.mark ?? 1).toDecimalPlaces(12).toFixed();
  const state = venueState(withMark(venue, id, price.toFixed(), bounds ? { low: moved(bounds.low), high: moved(bounds.high) } : undefined));
  return new Decimal(state.excess);
}

test('equity meets maintenance at the liquidation price, and nowhere between it and the mark', () => {
  let met = 0;
  fc.assert(
    fc.property(randomVenue(), fc.constantFrom('ONE', 'TWO'), fc.double({ min: 0.02, max: 0.98, noNaN: true }), (venue, id, share) => {
      const position = venueState(venue).pools[0]?.positions.find(({ instrument }) => instrument === id);
      const mark = new Decimal(venue.contracts[id]?.mark ?? 0);
      const now = excessAt(venue, id, mark);
      for (const side of ['down', 'up'] as const) {
        const price = position?.liquidationPrice?.[side];
        if (!price || new Decimal(price).lt('0.001') || new Decimal(price).gt(1e9)) continue;
        const root = new Decimal(price);
        expect(side === 'down' ? root.lte(mark) : root.gte(mark)).toBe(true);
        const step = root.times('1e-8');
        const [before, at, after] = [excessAt(venue, id, root.minus(step)), excessAt(venue, id, root), excessAt(venue, id, root.plus(step))];
        const size = new Decimal(1).plus(before.minus(after).abs());
        // It passes through zero there, or jumps over it at a tier's step, or touches it.
        expect(before.s !== after.s || at.abs().lt(size.times('1e-6'))).toBe(true);
        const between = mark.plus(root.minus(mark).times(share.toFixed(6)));
        if (!now.isZero() && between.minus(root).abs().gt(step)) expect(excessAt(venue, id, between.toDecimalPlaces(8)).s).toBe(now.s);
        met += 1;
      }
    }),
    { numRuns: RUNS },
  );
  expect(met).toBeGreaterThan(RUNS / 5);
});

test('a healthy pool is liquidated before it is bankrupt', () => {
  fc.assert(
    fc.property(randomVenue(), (venue) => {
      const state = venueState(venue);
      if (new Decimal(state.excess).lte(0)) return;
      for (const { instrument, liquidationPrice, bankruptcyPrice } of state.pools[0]?.positions ?? []) {
        for (const side of ['down', 'up'] as const) {
          const [bankrupt, liquidated] = [bankruptcyPrice?.[side], liquidationPrice?.[side]];
          if (!bankrupt || !(new Decimal(bankrupt).gt('0.001') && new Decimal(bankrupt).lt(1e9))) continue;
          const mark = new Decimal(venue.contracts[instrument]?.mark ?? 0);
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
      expect(bytes({ ...venue, rows: inParts })).toBe(bytes(venue));
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
    { numRuns: Math.ceil(RUNS / 4) },
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
    { numRuns: RUNS },
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
      const [once, more] = [venueState(venue), venueState({ ...venue, cash: by(venue.cash ?? '0'), rows: venue.rows.map((row) => ({ ...row, quantity: by(row.quantity) })) })];
      for (const figure of ['equity', 'initial', 'maintenance', 'excess'] as const) expect(new Decimal(more[figure]).minus(by(once[figure])).abs().lt('1e-9')).toBe(true);
      for (const [index, position] of (once.pools[0]?.positions ?? []).entries()) {
        const again = more.pools[0]?.positions[index];
        for (const side of ['down', 'up'] as const) {
          const [a, b] = [position.liquidationPrice?.[side] ?? null, again?.liquidationPrice?.[side] ?? null];
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
      const asked = (apply: string): string => venueState({ contracts: { ONE: { mark: String(notional), rate: tiers(rows, { apply }) } }, rows: [{ instrument: 'ONE', quantity: '1' }] }).maintenance;
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
      const under = (netting: string): Decimal => new Decimal(venueState({ ...venue, contracts, section: { ...section, netting: choice(netting) } }).maintenance);
      expect(under('hedge').gte(under('oneWay'))).toBe(true);
      expect(under('oneWay').gte(under('greaterSide'))).toBe(true);
    }),
    { numRuns: RUNS },
  );
});
