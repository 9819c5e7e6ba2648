import { blackScholes } from '../../../main/engine/pricing/european.ts';
import { exp } from '../../../main/engine/pricing/elementary.ts';
import { daysBetween } from '../../../shared/time.ts';
import { streamOf, type Stream } from './random.ts';

export const BUSINESS_DATE = '2026-11-20';
export const EXPIRIES = ['2026-12-18', '2027-01-15', '2027-03-19', '2027-06-18'] as const;
export const FUTURE_EXPIRIES = ['2026-12-18', '2027-03-19', '2027-06-18'] as const;
/** One spot, three futures, and for each of four expiries calls and puts at five strikes. */
export const PER_UNDERLYING = 44;
export const FUTURES_PER_UNDERLYING = FUTURE_EXPIRIES.length;
export const OPTION_MULTIPLIER = 100;
export const FUTURE_MULTIPLIER = 100;
/** Yearly, of the rule packs that book M is under. */
export const RATE = 0.04;

export const SPOT = 0;
export const FUTURE = 1;
export const CALL = 2;
export const PUT = 3;

/** The instruments of book M as columns; those of underlying u are rows 44 u to 44 u + 43: spot, futures, options by expiry, strike and right. */
export interface UniverseM {
  underlyings: number;
  count: number;
  id: readonly string[];
  /** SPOT, FUTURE, CALL or PUT. */
  kind: Uint8Array;
  /** Mark in cents. */
  price: Int32Array;
  /** Of options, in cents; 0 otherwise. */
  strike: Int32Array;
  /** Of options and futures, index into EXPIRIES or FUTURE_EXPIRIES. */
  expiry: Uint8Array;
  /** Of options, a year's volatility in ten-thousandths. */
  volatility: Int32Array;
  /** Of options, 1 when American. */
  american: Uint8Array;
}

/** `american` says whether the chains of every second underlying are American, or all are European. */
export function universeM(underlyings: number, american: boolean, seed: number): UniverseM {
  const count = underlyings * PER_UNDERLYING;
  const id: string[] = [];
  const universe: UniverseM = { underlyings, count, id, kind: new Uint8Array(count), price: new Int32Array(count), strike: new Int32Array(count), expiry: new Uint8Array(count), volatility: new Int32Array(count), american: new Uint8Array(count) };
  const stream = streamOf(seed, 1);
  for (let underlying = 0; underlying < underlyings; underlying += 1) addUnderlying(universe, id, underlying, american && underlying % 2 === 1, stream);
  return universe;
}

/** `XQAA` to `XQZZ`: letters alone, since a digit at the end of an option's root marks an adjusted contract. */
export function tickerOf(underlying: number): string {
  return `XQ${String.fromCodePoint(65 + Math.floor(underlying / 26), 65 + (underlying % 26))}`;
}

const STRIKES = [0.8, 0.9, 1, 1.1, 1.2];
const SPOT_MEDIAN_CENTS = 9_000;

function addUnderlying(universe: UniverseM, id: string[], underlying: number, american: boolean, stream: Stream): void {
  const ticker = tickerOf(underlying);
  const spot = Math.min(150_000, Math.max(1_000, Math.round(SPOT_MEDIAN_CENTS * exp(0.8 * stream.normal()))));
  const level = 0.18 + 0.4 * stream.share();
  const add = (name: string, values: Partial<Record<'kind' | 'price' | 'strike' | 'expiry' | 'volatility' | 'american', number>>): void => {
    const at = id.push(name) - 1;
    for (const [column, value] of Object.entries(values)) universe[column as 'kind'][at] = value;
  };
  add(ticker, { kind: SPOT, price: spot });
  for (const [at, expiry] of FUTURE_EXPIRIES.entries()) add(futureName(ticker, expiry), { kind: FUTURE, price: Math.round(spot * exp(RATE * yearsTo(expiry))), expiry: at });
  for (const [at, expiry] of EXPIRIES.entries()) {
    for (const share of STRIKES) {
      const strike = nearStrike(spot * share, spot);
      // A smile, and a little of each expiry's own.
      const volatility = Math.round(1e4 * (level + 0.25 * (share - 1) * (share - 1) - 0.06 * (share - 1) + 0.01 * at));
      for (const kind of [CALL, PUT]) {
        const price = optionCents(spot, strike, yearsTo(expiry), volatility / 1e4, kind === CALL);
        add(`${ticker} ${expiry} ${kind === CALL ? 'C' : 'P'} ${strike / 100}`, { kind, price, strike, expiry: at, volatility, american: american ? 1 : 0 });
      }
    }
  }
}

/** `XQAAZ26`: product, month, year. */
function futureName(ticker: string, expiry: string): string {
  return `${ticker}${'FGHJKMNQUVXZ'[Number(expiry.slice(5, 7)) - 1]}${expiry.slice(2, 4)}`;
}

export function yearsTo(expiry: string): number {
  return daysBetween(BUSINESS_DATE, expiry) / 365;
}

/** In whole half dollars, dollars, five or ten dollars, by the size of the spot: five strikes never coincide. */
function nearStrike(target: number, spot: number): number {
  const step = spot < 2_500 ? 50 : spot < 10_000 ? 100 : spot < 50_000 ? 500 : 1_000;
  return Math.round(target / step) * step;
}

/** The model's price in whole cents, at least one and at least what exercise brings. */
function optionCents(spot: number, strike: number, years: number, volatility: number, isCall: boolean): number {
  const value = blackScholes(spot / 100, strike / 100, years, volatility, RATE, 0, isCall);
  return Math.max(1, Math.round(value * 100), isCall ? spot - strike : strike - spot);
}
