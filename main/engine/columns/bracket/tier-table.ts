import { Decimal } from '../../../../shared/money.ts';
import { COIN_PLACES } from '../../bracket/leg.ts';
import type { BracketMarket } from '../../bracket/market-schema.ts';
import { bracketsOf, mayBeNegative, type Bracket } from '../../bracket/tiers.ts';
import { scaledInteger } from '../sums/scaled.ts';
import { FINE_PLACES } from '../sums/sum-lane.ts';

/** Decimals of a rate that the lane multiplies with. */
export const RATE_DIGITS = 4;
/** What is left of a division is looked up, so that leverages are whole and not too many. */
const LEVERAGE_MAX = 1_000;

/**
 * One tier in numbers. Notional values are whole numbers of 10^−price digits. The initial margin is a rate of them, or
 * they are divided by a leverage: then what is left over is a part of the last decimal, looked up in `fine` and `finest`.
 */
export interface TierRow {
  upTo: number;
  maintenance: number;
  /** Deducted from rate × notional, in the lane's unit of money. */
  amount: number;
  /** Null where it is divided. */
  initial: number | null;
  leverage: number;
  fine: Float64Array;
  finest: Float64Array;
}

/** A market's tiers; null where the explaining engine must charge it. */
export function tierTable(rate: BracketMarket['rate'], priceDigits: number): TierRow[] | null {
  if (rate.kind !== 'tiers' || rate.by !== 'notional') return null;
  const rows = bracketsOf(rate).map((bracket) => tierRow(bracket, priceDigits));
  return rows.every((row) => row !== null) ? rows : null;
}

function tierRow(bracket: Bracket, priceDigits: number): TierRow | null {
  const { upTo, amount, maintenance, initial, initialLeverage, maintenanceLeverage } = bracket;
  if (maintenanceLeverage !== null || amount.isNegative() || mayBeNegative(bracket)) return null;
  const leverage = initialLeverage && scaledInteger(initialLeverage, 0);
  // Initial is never less than maintenance: where that has to be looked at leg by leg, it is not in the lane.
  if (initialLeverage ? leverage === null || leverage > LEVERAGE_MAX || initialLeverage.times(maintenance).gt(1) : initial.lt(maintenance)) return null;
  const numbers = {
    upTo: upTo === null ? Infinity : scaledInteger(upTo, priceDigits),
    maintenance: scaledInteger(maintenance, RATE_DIGITS),
    amount: scaledInteger(amount, priceDigits + RATE_DIGITS),
    rate: initialLeverage ? 0 : scaledInteger(initial, RATE_DIGITS),
  };
  if (numbers.upTo === null || numbers.maintenance === null || numbers.amount === null || numbers.rate === null || initial.gt(1)) return null;
  return { upTo: numbers.upTo, maintenance: numbers.maintenance, amount: numbers.amount, initial: leverage === null ? numbers.rate : null, leverage: leverage ?? 1, ...remainders(leverage ?? 1, priceDigits) };
}

/** What each remainder of the division comes to, rounded as the explaining engine does, in parts of 10^−9 and 10^−16. */
function remainders(leverage: number, priceDigits: number): Pick<TierRow, 'fine' | 'finest'> {
  const exact = Array.from({ length: leverage }, (_, left) => new Decimal(left).div(leverage).times(new Decimal(10).pow(-priceDigits)).toDecimalPlaces(COIN_PLACES, Decimal.ROUND_HALF_EVEN));
  const fine = exact.map((amount) => amount.times(new Decimal(10).pow(FINE_PLACES)).floor());
  return {
    fine: Float64Array.from(fine, (amount) => amount.toNumber()),
    finest: Float64Array.from(exact, (amount, left) => amount.times(new Decimal(10).pow(COIN_PLACES)).minus((fine[left] as Decimal).times(new Decimal(10).pow(COIN_PLACES - FINE_PLACES))).toNumber()),
  };
}
