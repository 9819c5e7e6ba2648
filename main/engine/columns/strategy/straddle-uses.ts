import type { Group } from './group.ts';
import { multiplierOf, type Use } from './stock-uses.ts';

/** `straddleClasses` of `strategy/pairing/formulation.ts` in numbers: sides matched by their risks, or else the pairs themselves. */
export interface StraddleUses {
  calls: Use[];
  puts: Use[];
  pairs: { call: number; put: number; gain: number }[];
}

/** Beyond this the explaining engine only bounds, and the group is left to it. */
const PAIRS_MAX = 400;

/** Null where the pairs are too many to be told one by one. */
export function straddleUses(group: Group): StraddleUses[] | null {
  const { table, size, leg, isShort } = group;
  const found: StraddleUses[] = [];
  if (!table.formulas.hasStraddles || !shortOfBoth(group)) return found;
  const seen: number[] = [];
  for (let first = 0; first < size; first += 1) {
    const multiplier = multiplierOf(group, first);
    if (!isShort[first] || seen.includes(multiplier)) continue;
    seen.push(multiplier);
    const calls: Use[] = [];
    const puts: Use[] = [];
    for (let option = first; option < size; option += 1) {
      if (!isShort[option] || multiplierOf(group, option) !== multiplier) continue;
      const gain = (group.inPlace[option] as number) - premiumOf(group, option) * multiplier;
      if (gain > 0) (table.isCall[leg[option] as number] === 1 ? calls : puts).push({ option, gain });
    }
    if (calls.length === 0 || puts.length === 0) continue;
    if (!sidesDisagree(group, calls, puts)) found.push({ calls, puts, pairs: [] });
    else if (calls.length * puts.length > PAIRS_MAX) return null;
    else found.push({ calls: [], puts: [], pairs: pairsOf(group, calls, puts) });
  }
  return found;
}

/** True where a call is short and a put too. */
function shortOfBoth({ table, size, leg, isShort }: Group): boolean {
  let calls = 0;
  let puts = 0;
  for (let option = 0; option < size; option += 1) {
    if (!isShort[option]) continue;
    if (table.isCall[leg[option] as number] === 1) calls += 1;
    else puts += 1;
  }
  return calls > 0 && puts > 0;
}

/** Market value of a share's worth of the option, in money. */
export function premiumOf({ table, leg }: Group, option: number): number {
  return (table.price[leg[option] as number] as number) * table.one;
}

function exchangeOf({ table, leg }: Group, option: number): number {
  return table.exchangeAlone[leg[option] as number] as number;
}

function effectiveOf({ table, leg }: Group, option: number): number {
  return Math.max(table.exchangeAlone[leg[option] as number] as number, table.houseAlone[leg[option] as number] as number);
}

/** True when in some pair the dearer side is another one for the exchange than for the house. */
function sidesDisagree(group: Group, calls: readonly Use[], puts: readonly Use[]): boolean {
  for (const { option: call } of calls) {
    const exchange = exchangeOf(group, call) - premiumOf(group, call);
    const house = effectiveOf(group, call) - premiumOf(group, call);
    for (const { option: put } of puts) {
      const byExchange = exchange >= exchangeOf(group, put) - premiumOf(group, put);
      if (byExchange !== house >= effectiveOf(group, put) - premiumOf(group, put)) return true;
    }
  }
  return false;
}

function pairsOf(group: Group, calls: readonly Use[], puts: readonly Use[]): StraddleUses['pairs'] {
  return calls.flatMap(({ option: call }) => puts.flatMap(({ option: put }) => {
    const apart = effectiveOf(group, call) + effectiveOf(group, put);
    const [ofCall, ofPut] = straddleSides(group, call, put);
    const gain = (apart - Math.max(ofCall.exchange, ofCall.house) - Math.max(ofPut.exchange, ofPut.house)) * multiplierOf(group, call);
    return gain > 0 ? [{ call, put, gain }] : [];
  }));
}

/** What a side of a straddle is asked a share, by the exchange and by the house. */
interface Side {
  exchange: number;
  house: number;
}

/** The dearer side its whole charge, the other one its market value: `strategy/straddle.ts`. */
export function straddleSides(group: Group, call: number, put: number): [Side, Side] {
  const premiums = [premiumOf(group, call), premiumOf(group, put)] as const;
  const [exchangeCall, exchangePut] = sides(exchangeOf(group, call), exchangeOf(group, put), premiums);
  const [houseCall, housePut] = sides(effectiveOf(group, call), effectiveOf(group, put), premiums);
  return [{ exchange: exchangeCall, house: houseCall }, { exchange: exchangePut, house: housePut }];
}

function sides(call: number, put: number, [premiumOfCall, premiumOfPut]: readonly [number, number]): [number, number] {
  return call + premiumOfPut < put + premiumOfCall ? [premiumOfCall, put] : [call, premiumOfPut];
}
