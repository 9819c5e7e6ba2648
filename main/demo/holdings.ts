import { Decimal } from '../../shared/money.ts';
import { currencyOf, dollarsFor, FIRST_FULL_DAY, instrumentKey, multiplierOf, priceOf, type Day, type DemoInstrument } from './market.ts';
import type { Random } from './random.ts';

/** One position: signed quantity (shares, contracts, face value) and the price paid for one. */
export interface Holding {
  instrument: DemoInstrument;
  quantity: Decimal;
  cost: Decimal;
}

/** An account at one close. Cash by currency, the proceeds of short sales included. */
export interface Snapshot {
  holdings: readonly Holding[];
  cash: ReadonlyMap<string, Decimal>;
}

/** Market value in the holding's own currency; null for what nobody prices. */
export function valueOf({ instrument, quantity }: Holding, day: Day): Decimal | null {
  return priceOf(instrument, day)?.times(quantity).times(multiplierOf(instrument)) ?? null;
}

export function dollarValue(holding: Holding, day: Day): Decimal {
  return (valueOf(holding, day) ?? new Decimal(0)).times(dollarsFor(currencyOf(holding.instrument), day));
}

/** A position worth about so many dollars, in lots that people trade; at least one lot. */
export function worth(random: Random, instrument: DemoInstrument, dollars: number, side: 1 | -1 = 1): Holding {
  const price = priceOf(instrument, FIRST_FULL_DAY) ?? new Decimal(18);
  const each = price.times(multiplierOf(instrument)).times(dollarsFor(currencyOf(instrument), FIRST_FULL_DAY));
  const wanted = new Decimal(dollars).div(each);
  const lot = lotOf(instrument, wanted);
  return held(random, instrument, Decimal.max(wanted.div(lot).toDecimalPlaces(0, Decimal.ROUND_HALF_EVEN), 1).times(lot).times(side));
}

/** A position of so many units, bought somewhere near the first day's price. */
export function held(random: Random, instrument: DemoInstrument, quantity: Decimal): Holding {
  const price = priceOf(instrument, FIRST_FULL_DAY) ?? new Decimal(18);
  const cost = price.times(random.between(instrument.kind === 'option' ? 60 : 78, instrument.kind === 'option' ? 150 : 112)).div(100);
  return { instrument, quantity, cost: cost.toDecimalPlaces(4, Decimal.ROUND_HALF_EVEN) };
}

function lotOf(instrument: DemoInstrument, wanted: Decimal): number {
  if (instrument.kind === 'bond') return 5000;
  if (instrument.kind === 'option' || instrument.kind === 'future') return 1;
  if (wanted.gte(400)) return 100;
  return wanted.gte(40) ? 10 : 1;
}

/** One line per instrument, in the order of a statement: stock, options, bonds, the rest. */
export function merged(holdings: readonly Holding[]): Holding[] {
  const byKey = new Map<string, Holding>();
  for (const holding of holdings) {
    const key = instrumentKey(holding.instrument);
    const before = byKey.get(key);
    byKey.set(key, before ? { ...before, quantity: before.quantity.plus(holding.quantity) } : holding);
  }
  return [...byKey].filter(([, { quantity }]) => !quantity.isZero()).sort(([a], [b]) => (a < b ? -1 : 1)).map(([, holding]) => holding);
}
