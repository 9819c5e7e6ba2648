import { Decimal } from '../../shared/money.ts';
import type { IsoDate } from '../../shared/time.ts';
import { daysBetween } from '../../shared/time.ts';
import { BONDS, FX, UNDERLYINGS, type DemoBond, type Underlying } from './universe.ts';

/** The three closes of the demo: a few accounts on Monday, the whole desk on Thursday, the called ones on Friday. */
export const DAYS = ['2026-11-16', '2026-11-19', '2026-11-20'] as const;
export type Day = (typeof DAYS)[number];
export const FIRST_FULL_DAY: Day = '2026-11-19';
export const LAST_DAY: Day = '2026-11-20';

/** Something an account of the demo can hold. `price` null marks what nobody prices. */
export type DemoInstrument =
  | { kind: 'stock'; underlying: Underlying }
  | { kind: 'option'; underlying: Underlying; right: 'C' | 'P'; strike: Decimal; expiry: IsoDate; adjusted: boolean }
  | { kind: 'bond'; bond: DemoBond }
  | { kind: 'halted'; symbol: string; name: string }
  | { kind: 'future'; symbol: string; root: string; name: string; multiplier: Decimal; expiry: IsoDate; price: Decimal };

/** Trading stopped weeks ago; the file carries the position without a price. */
export const HALTED: DemoInstrument = { kind: 'halted', symbol: 'HLCB', name: 'HALCYON BIOLOGICS INC (HALTED)' };
export const FUTURE: DemoInstrument = { kind: 'future', symbol: 'ESZ6', root: 'ES', name: 'E-mini S&P 500 DEC26', multiplier: new Decimal(50), expiry: '2026-12-18', price: new Decimal('6652.25') };

const bySymbol = new Map(UNDERLYINGS.map((underlying) => [underlying.symbol, underlying]));
const bonds = new Map(BONDS.map((bond) => [bond.symbol, bond]));

export function underlyingOf(symbol: string): Underlying {
  const found = bySymbol.get(symbol);
  if (!found) throw new Error(`the demo knows no ${symbol}`);
  return found;
}

export function stock(symbol: string): DemoInstrument {
  return { kind: 'stock', underlying: underlyingOf(symbol) };
}

export function bondNamed(symbol: string): DemoInstrument {
  const bond = bonds.get(symbol);
  if (!bond) throw new Error(`the demo knows no bond ${symbol}`);
  return { kind: 'bond', bond };
}

/** An option whose strike lies `percent` away from the first day's price, on the strike grid. */
export function option(symbol: string, right: 'C' | 'P', percent: number, expiry: IsoDate, adjusted = false): DemoInstrument {
  const underlying = underlyingOf(symbol);
  const wanted = new Decimal(underlying.price).times(100 + percent).div(100);
  const step = strikeStep(wanted);
  return { kind: 'option', underlying, right, strike: Decimal.max(wanted.div(step).toDecimalPlaces(0, Decimal.ROUND_HALF_EVEN), 1).times(step), expiry, adjusted };
}

export function strikeStep(price: Decimal): Decimal {
  if (price.lt(25)) return new Decimal('0.5');
  if (price.lt(200)) return new Decimal('2.5');
  return new Decimal(price.lt(1000) ? 5 : 25);
}

/** Price on a day in the instrument's currency; null for what nobody prices. */
export function priceOf(instrument: DemoInstrument, day: Day): Decimal | null {
  if (instrument.kind === 'stock') return stockPrice(instrument.underlying, day);
  if (instrument.kind === 'bond') return new Decimal(instrument.bond.price).plus(day === LAST_DAY ? '0.0625' : '0');
  if (instrument.kind === 'future') return day === LAST_DAY ? instrument.price.times('0.987').toDecimalPlaces(0) : instrument.price;
  return instrument.kind === 'halted' ? null : optionPrice(instrument, day);
}

function stockPrice(underlying: Underlying, day: Day): Decimal {
  const first = new Decimal(underlying.price);
  const places = first.lt(5) || underlying.currency === 'GBP' ? 4 : underlying.currency === 'JPY' ? 0 : 2;
  if (day === '2026-11-16') return first.times('1.006').toDecimalPlaces(places, Decimal.ROUND_HALF_EVEN);
  if (day === FIRST_FULL_DAY) return first;
  return first.times(new Decimal(100).plus(underlying.movePercent)).div(100).toDecimalPlaces(places, Decimal.ROUND_HALF_EVEN);
}

/**
 * A believable premium, not a model's: what the option is worth at once, plus the time value at the money (0.4 of the
 * volatility over the remaining time), fading with distance from the strike. Only operations that IEEE fixes to the
 * last bit, so that the files come out the same on every machine.
 */
function optionPrice({ underlying, right, strike, expiry }: Extract<DemoInstrument, { kind: 'option' }>, day: Day): Decimal {
  const spot = stockPrice(underlying, day);
  const away = right === 'C' ? spot.minus(strike) : strike.minus(spot);
  const spread = (underlying.volatility / 100) * Math.sqrt(daysBetween(day, expiry) / 365) * spot.toNumber();
  const distance = away.abs().toNumber() / spread;
  const timeValue = (0.4 * spread) / ((1 + 0.9 * distance * distance) * (1 + 0.3 * distance * distance));
  const premium = Decimal.max(away, 0).plus(timeValue.toFixed(6));
  const tick = premium.lt(3) ? new Decimal('0.01') : new Decimal('0.05');
  return Decimal.max(premium.div(tick).toDecimalPlaces(0, Decimal.ROUND_HALF_EVEN).times(tick), '0.01');
}

/** Dollars for one unit of a currency. */
export function dollarsFor(currency: string, day: Day): Decimal {
  const rates = FX[currency];
  if (!rates) throw new Error(`the demo has no rate for ${currency}`);
  return new Decimal(day === LAST_DAY ? rates[1] : rates[0]);
}

export function currencyOf(instrument: DemoInstrument): string {
  return instrument.kind === 'stock' || instrument.kind === 'option' ? instrument.underlying.currency : 'USD';
}

/** Market value of one unit at a price of 1. */
export function multiplierOf(instrument: DemoInstrument): Decimal {
  if (instrument.kind === 'option') return new Decimal(100);
  if (instrument.kind === 'future') return instrument.multiplier;
  return new Decimal(instrument.kind === 'bond' ? '0.01' : 1);
}

/** What tells two instruments apart, and orders them in a file. */
export function instrumentKey(instrument: DemoInstrument): string {
  if (instrument.kind === 'stock') return `1 ${instrument.underlying.symbol} ${instrument.underlying.currency}`;
  if (instrument.kind === 'bond') return `3 ${instrument.bond.symbol}`;
  if (instrument.kind !== 'option') return `4 ${instrument.symbol}`;
  const { underlying, expiry, right, strike, adjusted } = instrument;
  return `2 ${underlying.symbol}${adjusted ? '1' : ''} ${expiry} ${right} ${strike.toFixed(3).padStart(12, '0')}`;
}
