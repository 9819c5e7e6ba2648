import * as fc from 'fast-check';
import type { CalcPackInput } from '../../../shared/calc-pack.ts';
import type { OracleBook, OracleCommodity, OracleInter, OracleLeg } from './oracle.ts';

const MONTHS = ['2026-12', '2027-01', '2027-03', '2027-06'];
const IDS = ['OIL', 'GAS', 'CORN'];
const text = (least: number, most: number, places: number): fc.Arbitrary<string> =>
  fc.integer({ min: least * 10 ** places, max: most * 10 ** places }).map((steps) => {
    const digits = String(Math.abs(steps)).padStart(places + 1, '0');
    const decimals = places > 0 ? digits.slice(-places).replace(/0+$/, '') : '';
    const plain = `${digits.slice(0, digits.length - places)}${decimals ? `.${decimals}` : ''}`;
    return steps < 0 ? `-${plain}` : plain;
  });

const gains = fc.array(text(-3000, 3000, 2), { minLength: 16, maxLength: 16 });
const leg = (commodity: string): fc.Arbitrary<OracleLeg> =>
  fc
    .record({
      month: fc.constantFrom(...MONTHS),
      kind: fc.constantFrom<OracleLeg['kind'][]>('future', 'future', 'call', 'put'),
      quantity: fc.oneof({ weight: 6, arbitrary: fc.integer({ min: -40, max: 40 }).filter((quantity) => quantity !== 0).map(String) }, { weight: 1, arbitrary: text(-9, 9, 3).filter((quantity) => Number(quantity) !== 0) }),
      gains,
      delta: text(-1, 1, 4),
      value: text(0, 4000, 2),
      name: fc.integer({ min: 1, max: 4 }),
    })
    .map(({ name, kind, month, delta, ...rest }) => ({ instrument: `${commodity}-${kind}-${month}-${name}`, commodity, kind, month, delta: kind === 'future' ? '1' : delta, ...rest }));

const tier = fc.constantFrom<('near' | 'far')[]>('near', 'far');
const ratio = fc.constantFrom('1', '1', '2', '3', '0.5');
const commodityTerms = (id: string): fc.Arbitrary<OracleCommodity> =>
  fc.record({
    id: fc.constant(id),
    scanRange: text(1, 3000, 0),
    minimum: text(0, 200, 2),
    nearMonths: fc.constantFrom(['2026-12'], ['2026-12', '2027-01'], MONTHS),
    spreads: fc.array(fc.record({ priority: fc.integer({ min: 1, max: 9 }), charge: text(0, 500, 2), a: tier, b: tier, ratioA: ratio, ratioB: ratio }), { maxLength: 3 }),
    spot: fc.option(fc.record({ month: fc.constantFrom(...MONTHS), spread: text(0, 100, 2), outright: text(0, 100, 2) })),
  });
const inter: fc.Arbitrary<OracleInter> = fc.record({
  priority: fc.integer({ min: 1, max: 9 }),
  credit: fc.constantFrom('0.5', '0.75', '0.333333'),
  legs: fc.subarray(IDS, { minLength: 2 }).chain((ids) => fc.tuple(...ids.map((commodity, at) => ratio.map((value) => ({ commodity, ratio: value, side: at === 0 ? ('A' as const) : ('B' as const) }))))),
});

/** Books of futures and options over three commodities, with every kind of charge and credit. Equal names are one contract. */
export const randomSpanBook: fc.Arbitrary<OracleBook> = fc
  .record({
    legs: fc.array(fc.constantFrom(...IDS).chain(leg), { minLength: 1, maxLength: 12 }),
    commodities: fc.tuple(...IDS.map(commodityTerms)),
    inter: fc.array(inter, { maxLength: 3 }),
    order: fc.constantFrom<OracleBook['order'][]>('creditThenMinimum', 'minimumThenCredit'),
    weighted: fc.constantFrom<OracleBook['weighted'][]>('normal', 'scanRange', 'scanRangeCap'),
  })
  .map((book) => ({ ...book, legs: [...new Map(book.legs.map((one) => [one.instrument, one])).values()], ...ordered(book) }));

/** Spreads of one priority would be taken in the order in which they are listed: distinct priorities leave nothing to guess. */
function ordered({ commodities, inter: between }: Pick<OracleBook, 'commodities' | 'inter'>): Pick<OracleBook, 'commodities' | 'inter'> {
  return { commodities: commodities.map((one) => ({ ...one, spreads: one.spreads.map((spread, at) => ({ ...spread, priority: spread.priority * 10 + at })) })), inter: between.map((one, at) => ({ ...one, priority: one.priority * 10 + at })) };
}

const SOURCE = { cites: 'Invented', status: 'house' };

/** The book as a calc pack: one SPAN pool under the shipped scenarios and the book's own commodities. */
export function packOfSpanBook(book: OracleBook, legs: readonly OracleLeg[] = book.legs): CalcPackInput {
  const commodities = Object.fromEntries(book.commodities.map(({ id, scanRange, minimum, nearMonths, spreads, spot }) => [id, {
    title: id,
    currency: 'USD',
    contracts: [id],
    priceScanRange: scanRange,
    shortOptionMinimum: { rate: minimum, counts: 'all' },
    tiers: { near: { to: nearMonths.at(-1) }, far: { from: after(nearMonths.at(-1) ?? '') } },
    intraSpreads: spreads.map(({ priority, charge, a, b, ratioA, ratioB }) => ({ priority, charge, legs: [{ tier: a, ratio: ratioA, side: 'A' }, { tier: b, ratio: ratioB, side: 'B' }] })),
    ...(spot ? { spotMonths: [spot] } : {}),
    ...SOURCE,
  }]));
  const scan = { commodities, interSpreads: book.inter.map((spread) => ({ ...spread, ...SOURCE })), order: { value: book.order, ...SOURCE }, weightedRisk: { value: book.weighted, ...SOURCE } };
  return {
    format: 'plimsoll/calc-pack@1',
    asOf: '2026-11-20T21:00:00Z',
    baseCurrency: 'USD',
    instruments: Object.fromEntries(book.legs.map(({ instrument, commodity, kind, month, value }) => [instrument, kind === 'future'
      ? { kind, currency: 'USD', multiplier: '1', underlying: commodity, expiry: `${month}-20`, price: '0' }
      : { kind: 'option' as const, currency: 'USD', multiplier: '1', underlying: commodity, right: kind, strike: '1', expiry: `${month}-20`, price: value }])),
    riskArrays: Object.fromEntries(book.legs.map(({ instrument, gains: values, delta }) => [instrument, { set: 'span-16', sign: 'gain' as const, values: [...values], compositeDelta: delta }])),
    rulePacks: { random: { id: 'random', version: '1', title: 'Random', layer: 'account', model: 'scan', extends: 'span-generic', effectiveFrom: '2000-01-01', parameters: {}, scan } },
    accounts: [{ id: 'A1', regime: 'venue', pools: [{ id: 'span', model: 'scan', packs: ['random'], positions: legs.map(({ instrument, quantity }) => ({ instrument, quantity })) }] }],
  };
}

function after(month: string): string {
  return MONTHS[MONTHS.indexOf(month) + 1] ?? '2099-01';
}
