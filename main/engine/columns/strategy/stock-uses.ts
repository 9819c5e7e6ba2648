import type { Collar } from '../../strategy/pairing/uses.ts';
import { longRequired, type Group } from './group.ts';
import { longHouseRate, shareAlone, shortExchange } from './stock-charge.ts';

/** What a contract of an option saves in a use, in the table's money. */
export interface Use {
  option: number;
  gain: number;
}

/** `strategy/pairing/uses.ts` in numbers: what options could be put to beside the group's stock. */
export interface StockUses {
  covered: Use[];
  protective: Use[];
  collars: { limitedBy: Collar['limitedBy']; calls: Use[]; puts: Use[] }[];
  reversals: { put: Use; call: Use }[];
}

/** Null where the group has no stock, or no option that could have a use for it. */
export function stockUses(group: Group): StockUses | null {
  const { table, stock, shares, size, leg, isShort } = group;
  if (stock < 0) return null;
  const under = shares < 0;
  const covering: number[] = [];
  const protecting: number[] = [];
  for (let option = 0; option < size; option += 1) {
    const isCall = table.isCall[leg[option] as number] === 1;
    if (isShort[option] ? isCall !== under : false) covering.push(option);
    else if (!isShort[option] && isCall === under) protecting.push(option);
  }
  if (covering.length === 0 && protecting.length === 0) return null;
  const uses: StockUses = { covered: [], protective: [], collars: [], reversals: [] };
  for (const option of covering) {
    const gain = coveredGain(group, option);
    if (gain > 0) uses.covered.push({ option, gain });
  }
  if (!table.formulas.protects) return uses;
  const alone = shareAlone(table, stock, under);
  const sides = protecting.map((option): Use => ({ option, gain: (alone - ownSide(group, option)) * multiplierOf(group, option) }));
  for (const { option, gain: side } of sides) {
    const gain = side + (group.inPlace[option] as number);
    if (gain > 0) uses.protective.push({ option, gain });
  }
  if (under) uses.reversals = reversals(group, covering, protecting, alone);
  else if (covering.length > 0 && sides.length > 0) uses.collars = collars(group, uses, covering, sides, alone);
  return uses;
}

export function multiplierOf({ table, leg }: Group, option: number): number {
  return table.multiplier[leg[option] as number] as number;
}

function strikeOf({ table, leg }: Group, option: number): number {
  return table.strike[leg[option] as number] as number;
}

function coveredGain(group: Group, option: number): number {
  const { table, stock, shares, inPlace } = group;
  if (shares > 0 && table.formulas.isStockOnly) return inPlace[option] as number;
  const price = table.price[stock] as number;
  const strike = strikeOf(group, option);
  const inTheMoney = Math.max(0, shares > 0 ? price - strike : strike - price) * multiplierOf(group, option);
  const capped = shares > 0 && price > strike ? longHouseRate(table, stock) * inTheMoney : 0;
  return (inPlace[option] as number) + capped - table.one * inTheMoney;
}

/** What can be lost a share until a long option stops the loss. */
export function ownSide({ table, stock, leg }: Group, option: number): number {
  const instrument = leg[option] as number;
  const price = table.price[stock] as number;
  const strike = table.strike[instrument] as number;
  const outOfTheMoney = Math.max(0, table.isCall[instrument] === 1 ? strike - price : price - strike);
  return (table.option.strike[instrument] as number) * strike + table.one * outOfTheMoney;
}

/** What the call lets a collar be asked at most, a share, at a rate of the stock. */
export function callSide({ table, stock, leg }: Group, call: number, rate: number): number {
  const strike = table.strike[leg[call] as number] as number;
  return rate * strike + table.one * Math.max(0, (table.price[stock] as number) - strike);
}

function collars(group: Group, { covered }: StockUses, calls: readonly number[], puts: readonly Use[], alone: number): StockUses['collars'] {
  const { table, stock, leg, inPlace } = group;
  const rate = longHouseRate(table, stock);
  const found: StockUses['collars'] = [];
  const seen: number[] = [];
  const inClass = (a: number, b: number): boolean => table.expiry[leg[a] as number] === table.expiry[leg[b] as number] && multiplierOf(group, a) === multiplierOf(group, b);
  for (const first of calls) {
    if (seen.some((other) => inClass(first, other))) continue;
    seen.push(first);
    const under = puts.filter(({ option }) => inClass(first, option));
    if (under.length === 0) continue;
    const members = calls.filter((call) => inClass(first, call));
    found.push({
      limitedBy: 'put',
      calls: members.map((option) => ({ option, gain: inPlace[option] as number })),
      puts: under.map(({ option, gain }) => ({ option, gain: gain + (inPlace[option] as number) })),
    });
    const byCall = members.flatMap((option): Use[] => {
      const gain = (alone - callSide(group, option, rate)) * multiplierOf(group, option) + (inPlace[option] as number);
      return gain > (covered.find((use) => use.option === option)?.gain ?? 0) ? [{ option, gain }] : [];
    });
    if (byCall.length > 0) found.push({ limitedBy: 'call', calls: byCall, puts: under.map(({ option }) => ({ option, gain: inPlace[option] as number })) });
  }
  return found;
}

function reversals(group: Group, puts: readonly number[], calls: readonly number[], alone: number): StockUses['reversals'] {
  const { table, stock, leg, inPlace } = group;
  const exchange = shortExchange(table, stock);
  const house = (table.stock.houseShort[stock] as number) * (table.price[stock] as number);
  return puts.flatMap((put) => calls.flatMap((call): StockUses['reversals'] => {
    const ofPut = leg[put] as number;
    const ofCall = leg[call] as number;
    if (table.expiry[ofPut] !== table.expiry[ofCall] || table.strike[ofPut] !== table.strike[ofCall] || table.multiplier[ofPut] !== table.multiplier[ofCall]) return [];
    const strike = table.strike[ofPut] as number;
    const cap = (table.option.strike[ofCall] as number) * strike;
    // The cap is the same for exchange and house, so that the greater of the two is capped.
    const stockAsks = Math.min(cap, Math.max(exchange, house));
    const itm = Math.max(0, strike - (table.price[stock] as number)) * table.one;
    const gain = (alone - stockAsks - itm) * (table.multiplier[ofPut] as number) + (inPlace[put] as number) + longRequired(table, ofCall, false) - longRequired(table, ofCall, true);
    return gain > 0 ? [{ put: { option: put, gain }, call: { option: call, gain: 0 } }] : [];
  }));
}
