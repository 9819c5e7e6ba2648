import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Decimal } from '../../../shared/money.ts';
import { shippedPacks, withPacks, type PackShelf } from '../../../main/engine/packs/shelf.ts';
import type { AccountState } from '../../../shared/domain/margin-state.ts';
import { poolOf, stateOf, type Desk } from '../build.ts';
import { wrongNodes } from '../explain-checker.ts';
import { randomDesk } from '../random-book.ts';

const PLAIN = ['us-reg-t', 'house-standard', 'broker-list'];
/** Brokers' published tables and spread rules over the house's rates, and a haircut on foreign currency. */
const WITH_ADD_ONS = [...PLAIN, 'house-fidelity', 'house-firstrade', 'house-ibkr', 'haircut'];
const RUNS = Number(process.env['PLIMSOLL_BOOK_PROPERTY_RUNS'] ?? '300');

const shelf = shelfWith({ id: 'haircut', version: '1', title: 'Haircut', layer: 'account', model: 'strategy', effectiveFrom: '2024-05-28', parameters: { 'house.fx.haircut': { value: '0.07', unit: 'ratio', label: 'Haircut', cites: 'House policy', status: 'house' } }, addOns: { covers: { label: 'Position that covers equity', measure: 'issuerShare', effect: 'atLeast', counts: 'securities', when: { positionCoversEquity: true }, bands: [{ from: '0.3', rate: '0.55' }], cites: 'House policy', status: 'house' } } });
const withoutAddOns = ['house-fidelity', 'house-firstrade', 'house-ibkr'].reduce((made, id) => shelfWith(stripped(id), made), shelf);
const inEquity = shelfWith({ ...shelf.packs.get('us-reg-t'), optionValueIn: 'equity' }, shelf);

function shelfWith(pack: object, under: PackShelf = shippedPacks()): PackShelf {
  const made = withPacks(under, [pack]);
  if (!made.ok) throw new Error(made.fault.message);
  return made.value;
}

function stripped(id: string): object {
  const { addOns: _addOns, settings: _settings, parameters, ...rest } = shelf.packs.get(id) ?? { parameters: {} };
  return { ...rest, parameters: Object.fromEntries(Object.entries(parameters).filter(([key]) => !key.startsWith('house.option.'))) };
}

/** A book whose stocks have some of the data that tables ask for. */
const books = fc.tuple(randomDesk(), fc.array(fc.record({ adv20: fc.option(fc.integer({ min: 0, max: 900 }).map(String)), sharesOutstanding: fc.option(fc.integer({ min: 1, max: 90_000 }).map(String)), sector: fc.option(fc.constantFrom('Software', 'Energy')) }), { minLength: 6, maxLength: 6 })).map(([desk, data]): Desk => {
  const stats = Object.keys(desk.instruments).map((name, at) => [name, Object.fromEntries(Object.entries(data[at % data.length] ?? {}).filter(([, value]) => value !== null))]);
  return { ...desk, stats: Object.fromEntries(stats), packs: WITH_ADD_ONS };
});

/** The shelf is not part of a drawn book: a counterexample would print it. */
const computed = (desk: Desk, more: Partial<Desk> = {}): AccountState => stateOf({ ...desk, shelf, ...more });

const sums = (state: AccountState, of: 'houseInitial' | 'houseMaintenance'): Decimal => poolOf(state).positions.reduce((total: Decimal, row) => total.plus(row[of]), new Decimal(0));

test('add-ons only add, to the house alone, and every tree recomputes', () => {
  let added = 0;
  fc.assert(
    fc.property(books, (desk) => {
      const [state, plain] = [computed(desk), computed(desk, { shelf: withoutAddOns, packs: WITH_ADD_ONS.filter((id) => id !== 'haircut') })];
      expect(wrongNodes(poolOf(state).explain)).toEqual([]);
      expect(new Decimal(state.maintenance).gte(plain.maintenance)).toBe(true);
      expect(new Decimal(state.initial).gte(state.maintenance) && new Decimal(state.initial).gte(plain.initial)).toBe(true);
      expect(poolOf(state).stacks.exchange).toEqual(poolOf(plain).stacks.exchange);
      expect(poolOf(state).stacks.regT.initial).toBe(poolOf(plain).stacks.regT.initial);
      for (const { houseInitial, houseMaintenance, exchangeMaintenance } of poolOf(state).positions) {
        expect(new Decimal(houseMaintenance).gte(exchangeMaintenance) && new Decimal(houseInitial).gte(houseMaintenance)).toBe(true);
      }
      if (!new Decimal(state.maintenance).eq(plain.maintenance)) added += 1;
    }),
    { numRuns: RUNS },
  );
  expect(added).toBeGreaterThan(RUNS / 4);
});

test('under add-ons the order of rows does not matter, and what is left over is the same wherever option value stands', () => {
  fc.assert(
    fc.property(books, (desk) => {
      expect(JSON.stringify(computed(desk, { positions: desk.positions.toReversed() }))).toBe(JSON.stringify(computed(desk)));
      expect(computed(desk, { shelf: inEquity }).excess).toBe(computed(desk).excess);
    }),
    { numRuns: RUNS },
  );
});


test('without foreign currency the positions’ shares add up to the pool’s requirement', () => {
  fc.assert(
    fc.property(books, (desk) => {
      const state = computed(desk, { packs: WITH_ADD_ONS.filter((id) => id !== 'haircut') });
      const { house } = poolOf(state).stacks;
      expect([sums(state, 'houseMaintenance').toFixed(), sums(state, 'houseInitial').toFixed()]).toEqual([house.maintenance, house.initial]);
    }),
    { numRuns: RUNS },
  );
});
