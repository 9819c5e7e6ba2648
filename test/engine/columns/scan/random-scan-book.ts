import * as fc from 'fast-check';
import type { MarkFact } from '../../../../shared/domain/facts.ts';
import type { Instrument } from '../../../../shared/domain/instrument.ts';
import type { AccountInput, MarketInput } from '../../../../main/engine/input.ts';
import { shippedPacks, withPacks, type PackShelf } from '../../../../main/engine/packs/shelf.ts';
import { call, put, TODAY } from '../../build.ts';

/** Stocks, funds and an index of every range there is, what is on them, and what no scan takes. */
const underlying: Record<string, Instrument> = {
  AAA: { kind: 'equity', currency: 'USD' },
  BBB: { kind: 'etf', currency: 'USD', leverage: '3' },
  CCC: { kind: 'etf', currency: 'USD', class: 'broad' },
  SPY: { kind: 'etf', currency: 'USD', class: 'broad' },
  QQQ: { kind: 'etf', currency: 'USD', class: 'broad' },
};
const options = Object.keys(underlying).flatMap((name) => [
  [`${name} C`, call(name, '100', { expiry: '2027-01-15', style: 'european' })],
  [`${name} P`, put(name, '90', { expiry: '2026-12-18', style: 'european' })],
  [`${name} C10`, call(name, '110', { expiry: '2026-12-18', style: 'european', multiplier: '10' })],
] as const);
export const INSTRUMENTS: Record<string, Instrument> = {
  ...underlying,
  ...Object.fromEntries(options),
  'AAA PA': put('AAA', '110', { expiry: '2027-03-19', style: 'american' }),
  'AAA F': { kind: 'future', currency: 'USD', multiplier: '50', underlying: 'AAA', expiry: '2026-12-18' },
  'CCC F': { kind: 'future', currency: 'USD', multiplier: '7', underlying: 'CCC', expiry: '2026-12-18' },
  'IDX C': call('IDX', '100', { expiry: '2026-12-18', style: 'european' }),
  IDX: { kind: 'index', currency: 'USD', class: 'broad' },
  BOND: { kind: 'bond', currency: 'USD', issuer: 'treasury', maturity: '2028-01-01' },
  NOMARGIN: { kind: 'equity', currency: 'USD', marginable: false },
  EURO: { kind: 'equity', currency: 'EUR' },
};
export const NAMES = Object.keys(INSTRUMENTS);
export const HELD = NAMES.filter((name) => name !== 'IDX');
/** Held with a whole quantity and a mark, these are always for columns. */
export const PLAIN = HELD.filter((name) => !['BOND', 'NOMARGIN', 'EURO'].includes(name));

/** 31 scenarios that move volatility too, and the same with a share of gains that leaves nothing whole. */
function own(id: string, weight: string, up: string): unknown {
  const prices = ['-1', '-3/5', '-1/4', '0', '1/4', '3/5', '1', '-3/2', '3/2', '5/4'];
  const scenarios = prices.flatMap((price) => ['-1', '0', '1'].map((vol) => ({ label: `${price} ${vol}`, price, vol, ...(price === '3/2' ? { weight } : {}) })));
  const source = { cites: 'Invented for the test', status: 'house' };
  const type = (kinds: string[]): object => ({ title: id, down: '0.15', up, vol: '0.12', kinds, ...source });
  const scan = { scenarioSet: { id, title: id, scenarios: [...scenarios, { label: 'same', price: '0', vol: '0' }], ...source }, portfolioTypes: { equity: type(['equity']), broad: type(['broadIndex']) } };
  return { id, version: '1', title: id, layer: 'house', model: 'scan', extends: 'us-portfolio-margin', effectiveFrom: '2000-01-01', parameters: {}, scan };
}

export function shelf(): PackShelf {
  const made = withPacks(shippedPacks(), [own('whole-31', '1', '0.15'), own('shares-31', '0.5', '0.13')]);
  if (!made.ok) throw new Error(`${made.fault.at}: ${made.fault.message}`);
  return made.value;
}
export const PACKS = ['us-portfolio-margin', 'whole-31', 'shares-31'];

const price = fc.oneof(
  { weight: 20, arbitrary: fc.integer({ min: 6_000, max: 14_000 }).map((cents) => decimal(cents, 2)) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 9_999_999 }).map((tenThousandths) => decimal(tenThousandths, 4)) },
  { weight: 1, arbitrary: fc.constantFrom('0', '0.01', '99.12345', '12.3456789') },
);
const premium = fc.oneof({ weight: 8, arbitrary: fc.integer({ min: 1, max: 3_000 }).map((cents) => decimal(cents, 2)) }, { weight: 1, arbitrary: fc.constantFrom('0', '0.01', '500') });

function decimal(whole: number, places: number): string {
  return (whole / 10 ** places).toFixed(places).replace(/\.?0+$/, '');
}

/** A mark of an instrument: near the strikes for what options are on, small for options; sometimes none. */
export const markOf = (name: string): fc.Arbitrary<string | null> => fc.oneof({ weight: 60, arbitrary: INSTRUMENTS[name]?.kind === 'option' ? premium : price }, { weight: 1, arbitrary: fc.constant(null) });
/** A stated volatility, or none, so that the mark implies it. */
export const volatility = fc.oneof({ weight: 10, arbitrary: fc.integer({ min: 1, max: 12_000 }).map((value) => decimal(value, 4)) }, { weight: 1, arbitrary: fc.constant(null) });
export const quantity = fc.oneof({ weight: 80, arbitrary: fc.integer({ min: -300, max: 300 }).map(String) }, { weight: 1, arbitrary: fc.constantFrom('0.5', '20000000', '-9999999') });
const cash = fc.oneof(fc.integer({ min: -3_000_000, max: 5_000_000 }).map((cents) => decimal(cents, 2)), fc.constantFrom('0', '1000000', '0.00001'));

export interface RandomPool {
  cash: string;
  positions: [name: string, quantity: string][];
}
export const pool: fc.Arbitrary<RandomPool> = fc.record({
  cash,
  positions: fc.uniqueArray(fc.tuple(fc.oneof({ weight: 30, arbitrary: fc.constantFrom(...PLAIN) }, { weight: 1, arbitrary: fc.constantFrom(...HELD) }), quantity), { maxLength: 5, selector: ([name]) => name }),
});

export interface RandomMarket {
  marks: Map<string, string | null>;
  volatilities: Map<string, string | null>;
}
export const market: fc.Arbitrary<RandomMarket> = fc.tuple(fc.tuple(...NAMES.map(markOf)), fc.array(volatility, { minLength: NAMES.length, maxLength: NAMES.length })).map(([marks, vols]) => ({
  marks: new Map(NAMES.map((name, at) => [name, marks[at] ?? null])),
  volatilities: new Map(NAMES.filter((name) => INSTRUMENTS[name]?.kind === 'option').map((name, at) => [name, vols[at] ?? null])),
}));

export function accountInput(id: number, { cash: amount, positions }: RandomPool, packs: string): AccountInput {
  const held = positions.filter(([, count]) => count !== '0').map(([instrument, count]) => ({ instrument, subType: 'margin' as const, quantity: count, entryPrice: null }));
  return { id: `A${id}`, baseCurrency: 'USD', regime: 'portfolio', newAccount: false, prior: null, activity: null, pools: [{ id: 'p', mode: 'cross', model: 'scan', currency: 'USD', packs: [packs], cash: [{ currency: 'USD', kind: 'tradeDate', amount, valueDate: null }], positions: held, excluded: [] }] };
}

export function marketInput({ marks, volatilities }: RandomMarket): MarketInput {
  const known = [...marks].filter((entry): entry is [string, string] => entry[1] !== null);
  const stated = [...volatilities].filter((entry): entry is [string, string] => entry[1] !== null);
  return {
    asOf: `${TODAY}T21:00:00Z`,
    businessDate: TODAY,
    instruments: new Map(Object.entries(INSTRUMENTS)),
    marks: new Map(known.map(([instrument, value]): [string, MarkFact] => [instrument, { instrument, value, bid: null, ask: null, kind: 'close', asOf: TODAY, source: 'test' }])),
    impliedVols: new Map(stated),
    fx: [],
  };
}
