import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { accountState, FIGURES } from '../../../shared/domain/margin-state.ts';
import { accountStateOf, explainFigure } from '../../../main/engine/margin.ts';
import type { Instrument } from '../../../shared/domain/instrument.ts';
import { Decimal } from '../../../shared/money.ts';
import { call, fund, index, marketOf, put, rate, stock, accountOf, type Desk } from '../build.ts';
import { marginAccount } from '../../../main/engine/margin.ts';
import { shippedPacks } from '../../../main/engine/packs/shelf.ts';
import type { AccountMargin } from '../../../main/engine/margin.ts';
import { wrongNodes } from '../explain-checker.ts';
import { decimalBetween } from '../random-book.ts';
import { above, add, atPlaces, larger, NOUGHT, read, same, size, take, times, total, whole, type Fraction } from './fraction.ts';
import { SEED } from '../same-books.ts';

const RUNS = Number(process.env['PLIMSOLL_SCAN_RUNS'] ?? 600);
console.log(`portfolio margin: ${RUNS} random portfolios, seed ${SEED}`);

/** Range of each underlying as the shipped pack has it, down and up, its leverage taken in; and its group, if it has one. */
const UNDERLYINGS: Record<string, { terms: Instrument; down: string; up: string; group: boolean }> = {
  SPY: { terms: fund({ class: 'broad' }), down: '0.08', up: '0.06', group: true },
  QQQ: { terms: fund({ class: 'broad' }), down: '0.08', up: '0.06', group: true },
  SPX: { terms: index('broad'), down: '0.08', up: '0.06', group: true },
  IWM: { terms: fund({ class: 'broad' }), down: '0.1', up: '0.1', group: false },
  TRIPLE: { terms: fund({ leverage: '3', class: 'narrow' }), down: '0.45', up: '0.45', group: false },
  XYZ: { terms: stock(), down: '0.15', up: '0.15', group: false },
  'SAP:EUR': { terms: stock({ currency: 'EUR' }), down: '0.15', up: '0.15', group: false },
};
const NAMES = Object.keys(UNDERLYINGS);
const EUR = '1.0815';

interface Row {
  name: string;
  underlying: string;
  quantity: string;
  /** Gains of one contract; null for stock. */
  gains: string[] | null;
}

const row = fc.constantFrom(...NAMES).chain((underlying): fc.Arbitrary<Row> => {
  const quantity = decimalBetween(-400, 400, 1).filter((text) => text !== '0');
  const option = fc.record({ name: fc.constantFrom('C', 'P').map((right) => `${underlying} ${right}`), quantity, gains: fc.array(decimalBetween(-2000, 2000, 3), { minLength: 10, maxLength: 10 }) });
  const held = fc.record({ name: fc.constant(underlying), quantity, gains: fc.constant(null) });
  return (underlying === 'SPX' ? option : fc.oneof(option, held)).map((made) => ({ ...made, underlying }));
});
const bookOf = (maxLength: number) => fc.record({ rows: fc.array(row, { minLength: 1, maxLength }), prices: fc.tuple(...NAMES.map(() => decimalBetween(1, 900, 2))) }).map(({ rows, prices }) => ({
  rows: [...new Map(rows.map((one) => [one.name, one])).values()],
  prices: Object.fromEntries(NAMES.map((name, at) => [name, prices[at] ?? '1'])),
}));
const book = bookOf(10);
const few = bookOf(5);
type Book = { rows: Row[]; prices: Record<string, string> };

function scanned({ rows, prices }: Book, packs: readonly string[] = ['us-portfolio-margin'], shelf = shippedPacks()): AccountMargin {
  const options = rows.filter(({ gains }) => gains !== null);
  const terms = (name: string, underlying: string) => (name.endsWith('C') ? call : put)(underlying, '100', { currency: UNDERLYINGS[underlying]?.terms.currency ?? 'USD' });
  const instruments = { ...Object.fromEntries(NAMES.map((name) => [name, (UNDERLYINGS[name] as { terms: Instrument }).terms])), ...Object.fromEntries(options.map(({ name, underlying }) => [name, terms(name, underlying)])) };
  const desk: Desk = { instruments, prices: { ...prices, ...Object.fromEntries(options.map(({ name }) => [name, '1'])) }, positions: rows.map(({ name, quantity }) => [name, quantity]), packs, pool: { model: 'scan' }, fx: [rate('EUR', 'USD', EUR)] };
  const riskArrays = new Map(options.map(({ name, gains }) => [name, { set: 'pm-10', sign: 'gain' as const, values: gains ?? [] }]));
  return marginAccount(accountOf(desk), { ...marketOf(desk), riskArrays }, shelf);
}

/** The slow and obvious way: every class at every point, gains of the index group at nine tenths. */
function oracle({ rows, prices }: Book): Fraction {
  const classes = NAMES.filter((name) => rows.some(({ underlying }) => underlying === name)).map((name) => {
    const legs = rows.filter(({ underlying }) => underlying === name);
    const fx = name === 'SAP:EUR' ? read(EUR) : whole(1);
    const { down, up, group } = UNDERLYINGS[name] as (typeof UNDERLYINGS)[string];
    const points = [5, 4, 3, 2, 1].map((n) => times(read(`-${down}`), { over: BigInt(n), under: 5n })).concat([1, 2, 3, 4, 5].map((n) => times(read(up), { over: BigInt(n), under: 5n })));
    const gains = points.map((move, at) => total(legs.map(({ quantity, gains: given }) => atPlaces(times(times(read(quantity), fx), given ? read(given[at] ?? '0') : times(read(prices[name] ?? '0'), move)), 4, 'half-even'))));
    const minimum = total(legs.filter(({ gains: given }) => given !== null).map(({ quantity }) => times(size(read(quantity)), read('37.5'))));
    return { group, gains, minimum };
  });
  const worst = (gains: readonly Fraction[]): Fraction => gains.reduce((most, gain) => larger(most, take(NOUGHT, gain)), NOUGHT);
  const together = classes.filter(({ group }) => group);
  const alone = together.length < 2 ? classes : classes.filter(({ group }) => !group);
  const asked = alone.map(({ gains, minimum }) => larger(worst(gains), minimum));
  if (together.length < 2) return total(asked);
  const counted = Array.from({ length: 10 }, (_, at) => total(together.map(({ gains }) => (above(gains[at] as Fraction, NOUGHT) ? atPlaces(times(gains[at] as Fraction, read('0.9')), 4, 'cut') : (gains[at] as Fraction)))));
  return add(total(asked), larger(worst(counted), total(together.map(({ minimum }) => minimum))));
}

test('portfolio margin is what a slow and obvious scan of the classes gives, to the last digit', () => {
  fc.assert(
    fc.property(book, (given) => {
      const { figures, unpriced } = scanned(given);
      expect(unpriced).toEqual([]);
      const asked = figures.maintenance.amount.toFixed();
      const expected = oracle(given);
      expect(same(read(asked), expected) ? 'equal' : `${asked}, and the oracle ${expected.over}/${expected.under}`).toBe('equal');
    }),
    { numRuns: RUNS, seed: SEED },
  );
});

const part = decimalBetween(-50, 50, 1).filter((text) => text !== '0');

/** The rows backwards, each in three parts, two of which cancel. */
function inParts({ rows }: Book, quantity: string): Row[] {
  const opposite = quantity.startsWith('-') ? quantity.slice(1) : `-${quantity}`;
  return rows.toReversed().flatMap((one) => [{ ...one, quantity }, one, { ...one, quantity: opposite }]);
}

test('order and splitting change no figure and no position’s share', () => {
  const told = (given: Book): unknown => {
    const { figures, pools } = scanned(given);
    return [...FIGURES.map((figure) => figures[figure].amount?.toFixed()), ...pools.flatMap(({ positions }) => positions.map(({ instrument, quantity, requirement }) => [instrument, quantity, requirement?.houseMaintenance.amount.toFixed()]))];
  };
  fc.assert(
    fc.property(few, part, (given, quantity) => {
      expect(told({ ...given, rows: inParts(given, quantity) })).toEqual(told(given));
    }),
    { numRuns: Math.max(600, Math.ceil(RUNS / 4)), seed: SEED + 1 },
  );
});

test('every node of the tree is its operation on its children, the state is valid and the same in any order', () => {
  fc.assert(
    fc.property(book, part, (given, quantity) => {
      const margin = scanned(given);
      expect(accountStateOf(scanned({ ...given, rows: inParts(given, quantity) }))).toEqual(accountStateOf(margin));
      for (const figure of ['maintenance', 'initial', 'equity'] as const) expect(wrongNodes(explainFigure(margin, figure))).toEqual([]);
      expect(accountState.safeParse(accountStateOf(margin)).error).toBeUndefined();
    }),
    { numRuns: Math.ceil(RUNS / 20), seed: SEED },
  );
});

test('two pools together are asked no more than apart, and twice the pool is asked twice', () => {
  fc.assert(
    fc.property(few, few, (one, other) => {
      const prices = one.prices;
      const shared = new Map(one.rows.map((held) => [held.name, held]));
      // One instrument has one array, whoever holds it.
      const rows = other.rows.map((held) => ({ ...held, gains: shared.get(held.name)?.gains ?? held.gains }));
      const asked = (held: Row[]): Decimal => scanned({ rows: held, prices }).figures.maintenance.amount;
      // Each leg is rounded once in each scenario, to a ten-thousandth.
      const rounding = new Decimal('0.0001').times(40);
      expect(asked([...one.rows, ...rows]).lte(asked(one.rows).plus(asked(rows)).plus(rounding))).toBe(true);
      const twice = one.rows.map((held) => ({ ...held, quantity: new Decimal(held.quantity).times(2).toFixed() }));
      expect(asked(twice).minus(asked(one.rows).times(2)).abs().lte(rounding)).toBe(true);
    }),
    { numRuns: Math.max(600, Math.ceil(RUNS / 2)), seed: SEED },
  );
});

