import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Decimal } from '../../shared/money.ts';
import { accountStateOf } from '../../main/engine/margin.ts';
import { shippedPacks, withPacks, type PackShelf } from '../../main/engine/packs/shelf.ts';
import { call, fund, idOf, marginOf, put, stateOf, stock, type Desk } from './build.ts';
import { decimalBetween, randomDesk } from './random-book.ts';

const RUNS = 1_000;
const bytes = (desk: Desk): string => JSON.stringify(accountStateOf(marginOf(desk)));

test('the order of the positions does not matter', () => {
  const shuffled = randomDesk().chain((desk) => fc.tuple(fc.constant(desk), fc.shuffledSubarray([...desk.positions], { minLength: desk.positions.length })));
  fc.assert(
    fc.property(shuffled, ([desk, positions]) => {
      expect(bytes({ ...desk, positions })).toBe(bytes(desk));
    }),
    { numRuns: RUNS },
  );
});

test('splitting a position into several rows does not matter', () => {
  fc.assert(
    fc.property(randomDesk(), decimalBetween(-50, 50, 2), (desk, part) => {
      const positions = desk.positions.flatMap(([instrument, quantity, subType = 'margin']) => [
        [instrument, part, subType] as const,
        [instrument, new Decimal(quantity).minus(part).toFixed(), subType] as const,
      ]);
      expect(bytes({ ...desk, positions })).toBe(bytes(desk));
    }),
    { numRuns: RUNS },
  );
});

test('a position that is added and taken away again leaves the same bytes', () => {
  fc.assert(
    fc.property(randomDesk(), randomDesk(), (plain, other) => {
      const desk = { ...plain, instruments: { ...plain.instruments, ...other.instruments }, prices: { ...other.prices, ...plain.prices } };
      const opposite = other.positions.map(([instrument, quantity, subType = 'margin']) => [instrument, new Decimal(quantity).neg().toFixed(), subType] as const);
      expect(bytes({ ...desk, positions: [...desk.positions, ...other.positions, ...opposite] })).toBe(bytes(desk));
    }),
    { numRuns: RUNS },
  );
});

test('more cash never raises a deficit', () => {
  fc.assert(
    fc.property(randomDesk(), decimalBetween(0, 1_000_000, 2), decimalBetween(-100_000, 100_000, 2), (desk, more, cash) => {
      const poorer = stateOf({ ...desk, cash });
      const richer = stateOf({ ...desk, cash: new Decimal(cash).plus(more).toFixed() });
      expect(new Decimal(richer.deficit).lte(poorer.deficit)).toBe(true);
      expect(new Decimal(richer.excess).minus(poorer.excess).eq(more)).toBe(true);
    }),
    { numRuns: RUNS },
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
  fc.assert(
    fc.property(randomDesk(), (desk) => {
      const inRequirement = stateOf(desk);
      const inEquity = stateOf({ ...desk, shelf: equityShelf });
      for (const figure of ['excess', 'available', 'deficit', 'netLiq', 'status'] as const) expect(inEquity[figure]).toBe(inRequirement[figure]);
      expect(inEquity.pools[0]?.positions.map(({ parts }) => parts)).toEqual(inRequirement.pools[0]?.positions.map(({ parts }) => parts));
    }),
    { numRuns: RUNS },
  );
});

test('the house is never below the exchange, and initial never below maintenance, leg by leg and in all', () => {
  fc.assert(
    fc.property(fc.oneof(randomDesk(), randomDesk(['us-reg-t']), randomDesk(['cash-account'])), (desk) => {
      const [pool] = stateOf(desk).pools;
      const rows = (pool?.positions ?? []).map((row) => [row.houseInitial, row.houseMaintenance, row.exchangeMaintenance, row.regTInitial] as const);
      const totals = [pool?.stacks.house.initial ?? '0', pool?.stacks.house.maintenance ?? '0', pool?.stacks.exchange.maintenance ?? '0', pool?.stacks.regT.initial ?? '0'] as const;
      for (const [initial, maintenance, exchange, regT] of [...rows, totals]) {
        expect(new Decimal(maintenance).gte(exchange)).toBe(true);
        expect(new Decimal(initial).gte(maintenance)).toBe(true);
        expect(new Decimal(initial).gte(regT)).toBe(true);
      }
    }),
    { numRuns: RUNS },
  );
});

test('the positions’ shares add up to each stack', () => {
  fc.assert(
    fc.property(randomDesk(), (desk) => {
      const [pool] = stateOf(desk).pools;
      const total = (of: 'regTInitial' | 'exchangeMaintenance' | 'houseInitial' | 'houseMaintenance'): string =>
        (pool?.positions ?? []).reduce((soFar, row) => soFar.plus(row[of]), new Decimal(0)).toFixed();
      expect(total('regTInitial')).toBe(pool?.stacks.regT.initial);
      expect(total('exchangeMaintenance')).toBe(pool?.stacks.exchange.maintenance);
      expect(total('houseInitial')).toBe(pool?.stacks.house.initial);
      expect(total('houseMaintenance')).toBe(pool?.stacks.house.maintenance);
    }),
    { numRuns: RUNS },
  );
});

const OPTIONS = [call('XYZ', '50'), call('XYZ', '60'), put('XYZ', '50'), put('XYZ', '60'), call('XYZ', '55', { expiry: '2027-12-17' }), put('XYZ', '45', { expiry: '2027-12-17' })];
const pairInstruments = Object.fromEntries([['XYZ', stock()] as const, ...OPTIONS.map((option) => [idOf(option), option] as const)]);

test('two positions together are never charged more than apart', () => {
  const names = Object.keys(pairInstruments);
  const side = fc.tuple(fc.constantFrom(...names), fc.constantFrom('100', '-100', '1', '-1', '3', '-3', '250'));
  fc.assert(
    fc.property(side, side, fc.tuple(...names.map(() => decimalBetween(0, 80, 2))), fc.boolean(), ([first, a], [second, b], values, leveraged) => {
      const instruments = leveraged ? { ...pairInstruments, XYZ: fund({ leverage: '2', class: 'broad' }) } : pairInstruments;
      const prices = Object.fromEntries(values.map((value, at) => [names[at] as string, value]));
      const packs = ['us-reg-t', 'house-standard'];
      const maintenance = (positions: Desk['positions']): Decimal => new Decimal(stateOf({ instruments, prices, packs, positions }).maintenance);
      const apart = maintenance([[first, a]]).plus(maintenance([[second, b]]));
      expect(maintenance([[first, a], [second, b]]).lte(apart) || first === second).toBe(true);
    }),
    { numRuns: 3 * RUNS },
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
    { numRuns: RUNS },
  );
});
