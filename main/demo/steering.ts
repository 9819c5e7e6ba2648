import { Decimal } from '../../shared/money.ts';
import { dollarValue, type Holding } from './holdings.ts';
import { dollarsFor, priceOf, type Day } from './market.ts';

/**
 * The demo needs accounts in every status, so it chooses their cash by a rough house requirement. This is a steering
 * wheel and no margin engine: it pairs nothing and knows a few rates. What the engine makes of the accounts is
 * checked in test/demo, with room for rules that grow better.
 */

const HIGHER_LONG = new Map([['TSLA', '0.4'], ['NVDA', '0.35'], ['GME', '1'], ['AMC', '1']]);
const HIGHER_SHORT = new Map([['TSLA', '0.5'], ['NVDA', '0.4'], ['GME', '1'], ['AMC', '1']]);

/** Rough house maintenance of a position, in dollars. */
export function roughRequirement(holding: Holding, day: Day): Decimal {
  const { instrument, quantity } = holding;
  const value = dollarValue(holding, day).abs();
  const price = priceOf(instrument, day);
  if (instrument.kind === 'bond') return value.times(instrument.bond.sector === 'treasury' ? '0.06' : '0.35');
  if (instrument.kind === 'option') return quantity.isNegative() ? nakedRequirement(holding, day) : new Decimal(0);
  if (instrument.kind !== 'stock' || price === null) return new Decimal(0);
  const { symbol, leverage = 1 } = instrument.underlying;
  if (!quantity.isNegative()) return value.times(price.lt(3) ? '1' : Decimal.min(new Decimal(HIGHER_LONG.get(symbol) ?? '0.3').times(leverage), 1));
  const perShare = quantity.abs().times(price.lt(5) ? '2.5' : '5');
  return Decimal.max(value.times(price.lt(5) ? '1' : Decimal.min(new Decimal(HIGHER_SHORT.get(symbol) ?? '0.35').times(leverage), 1)), perShare);
}

function nakedRequirement({ instrument, quantity }: Holding, day: Day): Decimal {
  if (instrument.kind !== 'option') return new Decimal(0);
  const spot = priceOf({ kind: 'stock', underlying: instrument.underlying }, day) ?? new Decimal(0);
  const premium = priceOf(instrument, day) ?? new Decimal(0);
  const out = Decimal.max(instrument.right === 'C' ? instrument.strike.minus(spot) : spot.minus(instrument.strike), 0);
  const risk = Decimal.max(spot.times('0.2').minus(out), (instrument.right === 'C' ? spot : instrument.strike).times('0.1'), '2.5');
  return risk.plus(premium).times(quantity.abs()).times(100);
}

/** What counts towards equity besides cash: everything priced but options, in dollars. */
export function equityValue(holdings: readonly Holding[], day: Day): Decimal {
  return sum(holdings.filter(({ instrument }) => instrument.kind !== 'option' && instrument.kind !== 'future').map((holding) => dollarValue(holding, day)));
}

/** Cash in the base currency that puts equity at `ratio` times the rough requirement on a day, to the cent. */
export function cashForRatio(holdings: readonly Holding[], day: Day, ratio: Decimal, base: string): Decimal {
  const requirement = sum(holdings.map((holding) => roughRequirement(holding, day)));
  return inBase(requirement.times(ratio).minus(equityValue(holdings, day)), base, day);
}

/** The rough shortfall on a day with so much cash, in the base currency; negative when there is none. */
export function roughDeficit(holdings: readonly Holding[], day: Day, cash: Decimal, base: string): Decimal {
  const requirement = sum(holdings.map((holding) => roughRequirement(holding, day)));
  return inBase(requirement.minus(equityValue(holdings, day)), base, day).minus(cash);
}

function inBase(dollars: Decimal, base: string, day: Day): Decimal {
  return dollars.div(dollarsFor(base, day)).toDecimalPlaces(2, Decimal.ROUND_HALF_EVEN);
}

function sum(amounts: readonly Decimal[]): Decimal {
  return amounts.reduce((total, amount) => total.plus(amount), new Decimal(0));
}
