import * as fc from 'fast-check';
import type { SubType } from '../../shared/domain/facts.ts';
import type { Instrument } from '../../shared/domain/instrument.ts';
import { bond, call, cashRow, fund, idOf, index, put, rate, stock, type Desk } from './build.ts';

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
const EXPIRIES = ['2026-12-18', '2027-01-15', '2027-12-17'];

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
  return rows.chain((positions) => {
    const terms = [...new Set(positions.map(([instrument]) => instrument))].flatMap((instrument) => {
      const own = INSTRUMENTS[instrument] as Instrument;
      return own.kind === 'option' ? [instrument, own.underlying] : [instrument];
    });
    const names = [...new Set(terms)];
    const instruments = Object.fromEntries(names.map((name) => [name, INSTRUMENTS[name] as Instrument]));
    return fc.record({ cash, values: fc.tuple(...names.map(priceOf)) }).map(({ cash: held, values }) => ({
      positions,
      cash: held,
      instruments,
      prices: Object.fromEntries(values.map((value, at) => [names[at] as string, value])),
      packs,
      fx: [rate('EUR', 'USD', '1.0815')],
    }));
  });
}
