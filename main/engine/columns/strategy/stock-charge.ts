import { NONE } from '../sums/scaled.ts';
import type { StrategyInstruments } from './instruments.ts';

/** The rate of house maintenance of long stock, floored at the exchange's; paid in full below the house's threshold. */
export function longHouseRate(table: StrategyInstruments, stock: number): number {
  const house = ownHouseRate(table, stock);
  return Math.max(table.stock.exchangeLong[stock] as number, house);
}

/** The house's own rate of long stock, or −1. */
export function ownHouseRate({ stock: rates, general, price, one }: StrategyInstruments, stock: number): number {
  const house = rates.houseLong[stock] as number;
  if (house < 0) return NONE;
  return general.fullyPaidBelow >= 0 && (price[stock] as number) * one < general.fullyPaidBelow ? general.fullyPaid : house;
}

/** Exchange maintenance of a share sold short, FINRA 4210(c)(2) and (3): see `strategy/stock.ts`. */
export function shortExchange({ stock: rates, general, price }: StrategyInstruments, stock: number): number {
  const value = price[stock] as number;
  const low = Math.min(general.shortPerShare, general.shortLowRate * value);
  return Math.max(low, (rates.exchangeShort[stock] as number) * value, general.shortLowPerShare);
}

/** House maintenance of a share alone, long or short. */
export function shareAlone(table: StrategyInstruments, stock: number, isShort: boolean): number {
  const value = table.price[stock] as number;
  if (!isShort) return longHouseRate(table, stock) * value;
  return Math.max(shortExchange(table, stock), (table.stock.houseShort[stock] as number) * value);
}
