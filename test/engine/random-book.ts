import * as fc from 'fast-check';
import type { SubType } from '../../shared/domain/facts.ts';
import type { Instrument } from '../../shared/domain/instrument.ts';
import type { AccountInput, MarketInput, PoolInput } from '../../main/engine/input.ts';
import { accountOf, bond, call, cashRow, fund, idOf, index, marketOf, put, rate, stock, type Desk } from './build.ts';

/** A decimal text with up to `places` decimals between two whole bounds, in whole steps of its last place. */
export function decimalBetween(low: number, high: number, places: number): fc.Arbitrary<string> {
  const scale = 10 ** places;
  return fc.integer({ min: low * scale, max: high * scale }).map((steps) => {
    const sign = steps < 0 ? '-' : '';
    const digits = String(Math.abs(steps)).padStart(places + 1, '0');
    const whole = digits.slice(0, digits.length - places);
    const decimals = places > 0 ? digits.slice(-places).replace(/0+$/, '') : '';
    const text = decimals ? `${whole}.${decimals}` : whole;
    return text === '0' ? '0' : `${sign}${text}`;
  });
}

/** Underlyings of every kind that matters: plain, low-priced, leveraged, not marginable, broad, foreign. */
const UNDERLYINGS: Record<string, Instrument> = {
  PLAIN: stock(),
  CHEAP: stock(),
  TRIPLE: fund({ leverage: '3', class: 'narrow' }),
  CLOSED: stock({ marginable: false }),
  BROAD: fund({ class: 'broad' }),
  INDEX: index('broad'),
  'EURO:EUR': stock({ currency: 'EUR' }),
  AMC: stock(),
};

const STRIKES = ['2.5', '50', '55', '60', '100'];
/** Today's, the next months', and one of more than nine months. */
const EXPIRIES = ['2026-11-20', '2026-12-18', '2027-01-15', '2027-12-17'];

function optionsOn(underlying: string): Record<string, Instrument> {
  const currency = UNDERLYINGS[underlying]?.currency ?? 'USD';
  const terms = STRIKES.flatMap((strike) => EXPIRIES.flatMap((expiry) => [call(underlying, strike, { expiry, currency }), put(underlying, strike, { expiry, currency })]));
  return Object.fromEntries(terms.map((option) => [idOf(option), option]));
}

const BONDS: Record<string, Instrument> = {
  TREASURY: bond({ issuer: 'treasury', maturity: '2031-02-15', coupon: '4.25' }),
  STRIP: bond({ issuer: 'treasury', maturity: '2041-02-15', coupon: '0' }),
  INVESTMENT: bond({ grade: 'investment', maturity: '2030-06-01', coupon: '5' }),
  JUNK: bond({ grade: 'speculative', maturity: '2030-06-01', coupon: '9' }),
  CITY: bond({ issuer: 'municipal', maturity: '2035-06-01', coupon: '3' }),
  CONVERT: bond({ convertible: true, maturity: '2030-06-01', coupon: '1' }),
  MYSTERY: bond({ issuer: 'unknown' }),
};

export const INSTRUMENTS: Record<string, Instrument> = { ...UNDERLYINGS, ...BONDS, ...Object.assign({}, ...Object.keys(UNDERLYINGS).map(optionsOn)) };

const ids = Object.keys(INSTRUMENTS);
const held = ids.filter((id) => INSTRUMENTS[id]?.kind !== 'index');
const quantities = fc.oneof(
  fc.constantFrom('100', '-100', '250', '-300', '1', '-1', '2', '-2', '5', '-7', '0.5', '-0.5'),
  decimalBetween(-1000, 1000, 2),
).filter((quantity) => quantity !== '0');
const subTypes = fc.constantFrom<SubType[]>('margin', 'margin', 'margin', 'short', 'cash');

/** Rows of a few underlyings, so that pairs, spreads and leftovers really meet. */
const rows = fc
  .subarray(Object.keys(UNDERLYINGS), { minLength: 1, maxLength: 2 })
  .chain((names) => {
    const near = held.filter((id) => names.some((name) => id === name || id.startsWith(`${name.split(':')[0]} `)));
    const some = fc.constantFrom(...(near.length > 0 ? near : held), ...Object.keys(BONDS));
    return fc.array(fc.tuple(some, quantities, subTypes), { minLength: 1, maxLength: 9 });
  });

const cash = fc.oneof(
  decimalBetween(-100_000, 100_000, 2),
  decimalBetween(-1_000, 1_000, 2).map((amount) => [cashRow('5000'), cashRow(amount, 'tradeDate', 'EUR'), cashRow('12.34', 'accruedInterest'), cashRow('100', 'pendingDeposit', 'USD', '2026-11-24')]),
);

/** A price near the strikes, at a threshold of some rule, or zero. */
const priceOf = (instrument: string): fc.Arbitrary<string> =>
  fc.oneof({ weight: 8, arbitrary: decimalBetween(0, INSTRUMENTS[instrument]?.kind === 'option' ? 40 : 120, 2) }, { weight: 1, arbitrary: fc.constantFrom('0', '2.5', '3', '5', '16.67', '60') });

/** A pool of up to nine positions over one or two underlyings, with cash and prices, under shipped packs. */
export function randomDesk(packs: readonly string[] = ['us-reg-t', 'house-standard', 'broker-list']): fc.Arbitrary<Desk> {
  return deskOf(rows, INSTRUMENTS, packs, priceOf);
}

type Rows = fc.Arbitrary<[instrument: string, quantity: string, subType: SubType][]>;

function deskOf(positionRows: Rows, all: Record<string, Instrument>, packs: readonly string[], price: (instrument: string) => fc.Arbitrary<string | null>): fc.Arbitrary<Desk> {
  return positionRows.chain((positions) => {
    const terms = [...new Set(positions.map(([instrument]) => instrument))].flatMap((instrument) => {
      const own = all[instrument] as Instrument;
      return own.kind === 'option' ? [instrument, own.underlying, ...(own.deliverable ?? []).map((part) => part.instrument)] : [instrument];
    });
    const names = [...new Set(terms)];
    const instruments = Object.fromEntries(names.map((name) => [name, all[name] as Instrument]));
    return fc.record({ cash, values: fc.tuple(...names.map(price)) }).map(({ cash: held, values }) => ({
      positions,
      cash: held,
      instruments,
      prices: Object.fromEntries(values.flatMap((value, at) => (value === null ? [] : [[names[at] as string, value]]))),
      packs,
      fx: [rate('EUR', 'USD', '1.0815')],
    }));
  });
}

/** What goes wrong or far in books: expired, adjusted, at absurd strikes, without a rule, without a rate. */
const ODD: Record<string, Instrument> = {
  ...Object.fromEntries(
    [
      call('PLAIN', '55', { expiry: '2026-11-19' }),
      put('PLAIN', '100', { expiry: '2026-11-19' }),
      call('PLAIN', '0.01'),
      put('PLAIN', '100000'),
      call('PLAIN', '65', { adjusted: true }),
      put('PLAIN', '65', { adjusted: true, deliverable: [{ instrument: 'PLAIN', quantity: '50' }, { instrument: 'CHEAP', quantity: '33' }], deliverableCash: '120' }),
      call('PLAIN', '70', { multiplier: null }),
      call('PLAIN', '75', { listed: false, expiry: '2027-12-17' }),
    ].map((option) => [idOf(option), option]),
  ),
  FOREIGN: stock({ currency: 'CHF' }),
  RIGHT: { kind: 'warrant', currency: 'USD' },
  ESZ6: { kind: 'future', currency: 'USD', multiplier: '50', underlying: 'ES' },
};

const WILD: Record<string, Instrument> = { ...INSTRUMENTS, ...ODD };
const odd = fc.constantFrom(...Object.keys(ODD));
const extremes = fc.constantFrom('1000000000000', '-1000000000000', '0.00000001', '-0.00000001', '123456789.12345678');

const leg = (right: 'C' | 'P', strike: string, quantity: string, expiry = '2026-12-18'): [string, string, SubType] => [`PLAIN ${expiry} ${right} ${strike}`, quantity, 'margin'];
const shares = (quantity: string): [string, string, SubType] => ['PLAIN', quantity, 'margin'];

/** The strategies that have names, whole: chance alone seldom deals some of them. */
const NAMED: [string, string, SubType][][] = [
  [shares('300'), leg('C', '60', '-3')],
  [shares('-300'), leg('P', '55', '-3')],
  [shares('300'), leg('P', '55', '3')],
  [shares('-300'), leg('C', '60', '3')],
  [shares('300'), leg('P', '55', '3'), leg('C', '60', '-3')],
  [shares('300'), leg('P', '55', '3'), leg('C', '55', '-3')],
  [shares('-300'), leg('P', '55', '-3'), leg('C', '55', '3')],
  [leg('P', '50', '2'), leg('P', '55', '-2'), leg('C', '60', '-2'), leg('C', '100', '2')],
  [leg('C', '50', '2'), leg('C', '55', '-4'), leg('C', '60', '2')],
  [leg('C', '55', '-2'), leg('C', '55', '2', '2027-01-15')],
  [leg('P', '55', '-2'), leg('P', '50', '2', '2027-01-15')],
  [leg('C', '55', '-2'), leg('P', '55', '-2')],
  [leg('C', '50', '2'), leg('P', '50', '-2'), leg('C', '60', '-2'), leg('P', '60', '2')],
];

/** Rows of ordinary books, or of one named strategy, with odd ones and extreme quantities among them. */
const wildRows: Rows = fc.tuple(fc.oneof({ weight: 3, arbitrary: rows }, { weight: 1, arbitrary: fc.constantFrom(...NAMED) }), fc.array(fc.tuple(fc.oneof(odd, fc.constantFrom(...held)), fc.oneof({ weight: 3, arbitrary: quantities }, { weight: 1, arbitrary: extremes }), subTypes), { maxLength: 3 })).map(([plain, more]) => [...plain, ...more]);

/** As in ordinary books; at times none at all, next to nothing, or very large. */
const wildPrice = (instrument: string): fc.Arbitrary<string | null> =>
  fc.oneof({ weight: 16, arbitrary: priceOf(instrument) }, { weight: 1, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.constantFrom('0.0001', '99999', '0.00000001') });

/** Books as `randomDesk` makes them, and everything that is odd about books: see ODD, `extremes` and `wildPrice`. */
export function wildDesk(packs: readonly string[] = ['us-reg-t', 'house-standard', 'broker-list']): fc.Arbitrary<Desk> {
  return deskOf(wildRows, WILD, packs, wildPrice);
}

/** Futures beside the securities, on money of their own or on the same. */
const futuresPool = fc.record({ contracts: fc.integer({ min: -3, max: 3 }), settled: fc.option(decimalBetween(5000, 7000, 2)), money: decimalBetween(-50_000, 80_000, 2) }).map(
  ({ contracts, settled, money }): PoolInput => ({
    id: 'futures',
    mode: 'cross',
    model: 'fixed',
    currency: 'USD',
    packs: ['us-futures', 'house-futures'],
    cash: [cashRow(money, 'futuresSegment')],
    positions: [{ instrument: 'ESZ6', subType: 'futures', quantity: String(contracts || 1), entryPrice: null, settledPrice: settled }],
    excluded: [],
  }),
);

/** An account of several pools, with the market they stand in. */
export interface ManyPools {
  account: AccountInput;
  market: MarketInput;
}

/** A cross pool, and at times beside it an isolated one, one of a venue, and futures with or without a sweep. */
export function manyPools(): fc.Arbitrary<ManyPools> {
  const parts = fc.record({ cross: wildDesk(), isolated: fc.option(randomDesk(['us-reg-t'])), venue: fc.option(randomDesk(['us-reg-t'])), futures: fc.option(futuresPool), sweeps: fc.boolean(), currency: fc.constantFrom('USD', 'EUR') });
  return parts.map(({ cross, isolated, venue, futures, sweeps, currency }): ManyPools => {
    const others = ([['isolated', isolated], ['venue', venue]] as const).flatMap(([mode, desk]) => (desk ? [{ desk, pool: { ...(accountOf(desk).pools[0] as PoolInput), id: mode, mode } }] : []));
    const desks = [cross, ...others.map(({ desk }) => desk)];
    const instruments = Object.assign({}, ODD, ...desks.map((desk) => desk.instruments)) as Record<string, Instrument>;
    const prices = { ESZ6: '6000', ...Object.assign({}, ...desks.map((desk) => desk.prices)) } as Record<string, string>;
    const account = accountOf(cross);
    return {
      account: { ...account, baseCurrency: currency, pools: [...account.pools, ...others.map(({ pool }) => pool), ...(futures ? [futures] : [])], sweep: futures && sweeps ? { from: 'cross', to: 'futures' } : null },
      market: marketOf({ ...cross, instruments, prices }),
    };
  });
}
