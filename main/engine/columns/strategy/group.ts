import type { StrategyInstruments } from './instruments.ts';

/** The holdings of one underlying in one pool, in the order in which the explaining engine sorts them. Filled anew for each. */
export interface Group {
  table: StrategyInstruments;
  /** Option legs: instrument, contracts (positive) and side. */
  size: number;
  leg: number[];
  count: number[];
  isShort: boolean[];
  /** What a contract saves where nothing of its own is asked: its own charge alone, of a long option what it lends, negative. */
  inPlace: number[];
  /** The underlying's own stock: its instrument, or −1; signed shares. */
  stock: number;
  shares: number;
}

export function emptyGroup(table: StrategyInstruments): Group {
  return { table, size: 0, leg: [], count: [], isShort: [], inPlace: [], stock: -1, shares: 0 };
}

export function clearGroup(group: Group): void {
  group.size = 0;
  group.stock = -1;
  group.shares = 0;
}

export function addOption(group: Group, instrument: number, quantity: number): void {
  const { table, size } = group;
  const isShort = quantity < 0;
  group.leg[size] = instrument;
  group.count[size] = Math.abs(quantity);
  group.isShort[size] = isShort;
  group.inPlace[size] = isShort ? shortAlone(table, instrument) : lent(table, instrument);
  group.size += 1;
}

/** House maintenance of a short contract that nothing covers. */
export function shortAlone({ exchangeAlone, houseAlone, multiplier }: StrategyInstruments, instrument: number): number {
  return Math.max(exchangeAlone[instrument] as number, houseAlone[instrument] as number) * (multiplier[instrument] as number);
}

/** Less what is asked of a long contract in a spread what is asked alone: what it lends, as a negative amount; 0 where it lends nothing. */
function lent(table: StrategyInstruments, instrument: number): number {
  if (table.lends[instrument] === 0) return 0;
  return longRequired(table, instrument, false) - longRequired(table, instrument, true);
}

/** House maintenance of a long contract: what is asked of its value, less its value. */
export function longRequired({ general, lends, price, multiplier, one }: StrategyInstruments, instrument: number, inSpread: boolean): number {
  const lending = !inSpread && lends[instrument] === 1;
  const rate = lending ? Math.max(general.longOptionLending, general.houseOptionLending) : general.longOption;
  return (rate - one) * (price[instrument] as number) * (multiplier[instrument] as number);
}
