import { atOnce, type Sliced } from '../sliced.ts';
import { NONE } from '../sums/scaled.ts';
import { BY_STRIKE, NOT_IN_LANE, STOCK, type StrategyInstruments } from './instruments.ts';

/** Sets one mark, in the table's units, and what rests on it: of an underlying also every option on it. */
export function reprice(table: StrategyInstruments, index: number, price: number): void {
  table.price[index] = price;
  price1(table, index);
  for (let place = table.groupFrom[index] as number; place < (table.groupTo[index] as number); place += 1) price1(table, table.byRank[place] as number);
}

/** All marks at once. */
export function repriceAll(table: StrategyInstruments, prices: Float64Array): void {
  atOnce(repricingAll(table, prices));
}

const PRICED_AT_ONCE = 4_096;

/** The same in slices. */
export function* repricingAll(table: StrategyInstruments, prices: Float64Array): Sliced<void> {
  table.price.set(prices);
  for (let index = 0; index < prices.length; index += 1) {
    price1(table, index);
    if (index % PRICED_AT_ONCE === 0) yield;
  }
}

function price1(table: StrategyInstruments, index: number): void {
  const { kind, price, reach, one, general } = table;
  const own = price[index] as number;
  if (kind[index] === NOT_IN_LANE || own < 0) reach[index] = Infinity;
  else if (kind[index] === STOCK) reach[index] = own * one + general.shortPerShare;
  else priceOption(table, index, own);
}

/** The charges of `strategy/naked.ts` a share: all of it in cash, or market value + the greatest of rate × underlying − out of the money, and the minimum. */
function priceOption(table: StrategyInstruments, index: number, premium: number): void {
  const { price, underlying, strike: strikes, isCall, one, option, general, multiplier } = table;
  const spot = price[underlying[index] as number] as number;
  const strike = strikes[index] as number;
  if (spot < 0) {
    table.reach[index] = Infinity;
    return;
  }
  table.reach[index] = (multiplier[index] as number) * ((premium + Math.max(spot, strike)) * one + Math.max(0, general.optionFloor));
  const secured = table.secured[index] as number;
  if (secured !== 0) {
    table.exchangeAlone[index] = general.fullyPaid * (secured === BY_STRIKE ? strike : spot);
    table.houseAlone[index] = NONE;
    return;
  }
  const call = isCall[index] === 1;
  const outOfTheMoney = Math.max(0, call ? strike - spot : spot - strike) * one;
  const floorOn = call ? spot : strike;
  const charge = (rate: number, minimum: number): number => premium * one + Math.max(rate * spot - outOfTheMoney, minimum * floorOn);
  table.exchangeAlone[index] = charge(option.short[index] as number, option.minimum[index] as number);
  const houseRate = option.houseShort[index] as number;
  const own = houseRate < 0 ? NONE : charge(houseRate, option.houseMinimum[index] as number);
  table.houseAlone[index] = Math.max(own, general.optionFloor);
}
