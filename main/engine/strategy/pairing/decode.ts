import { Decimal } from '../../../../shared/money.ts';
import type { Holding, OptionHolding } from '../../pool/holding.ts';
import type { StockPool } from '../candidates.ts';
import { ZERO } from '../context.ts';
import type { Leg, PairedStrategy, StrategyKind } from '../pairing.ts';
import { splitSpread } from '../split-spread.ts';
import type { Formulation, StockPlan } from './formulation.ts';
import { ordered } from './ordered.ts';
import type { Placed } from './ties.ts';

/** The strategies that whole numbers of contracts by use stand for. What is in none of them stands alone. */
export function decode(holdings: readonly Holding[], formulation: Formulation, values: number[]): PairedStrategy[] {
  const { options, unit, stock, straddles, pairs, groups, program } = formulation;
  const taken = new Map<Holding, Decimal>();
  const strategies: PairedStrategy[] = [];
  const option = (use: number): OptionHolding => options[program.optionOf[use] as number] as OptionHolding;
  const make = (kind: StrategyKind, uses: readonly number[], count: number, pool: StockPool | null = null): void => {
    if (count > 0) strategies.push({ kind, legs: legsFor(uses.map(option), unit.times(count), pool, taken) });
  };
  for (const plan of stock) besideStock(plan, plan.uses.pool.short, values, (kind, uses, count) => make(kind, uses, count, plan.uses.pool));
  eachStraddle({ straddles, pairs }, values, (uses, count) => make('straddle', uses, count));
  for (const group of groups) {
    const legs = group.legs.flatMap(({ use }): Leg<OptionHolding>[] => ((values[use] as number) > 0 ? [{ holding: option(use), quantity: unit.times(values[use] as number) }] : []));
    for (const { holding, quantity } of legs) take(taken, holding, quantity);
    strategies.push(...splitSpread(legs));
  }
  return merged([...strategies, ...singles(holdings, taken)]);
}

/** The strategies beside stock of one side that values stand for. */
export function besideStock({ covered, protective, collars, reversals }: Pick<StockPlan, 'covered' | 'protective' | 'collars' | 'reversals'>, short: boolean, values: number[], make: (kind: StrategyKind, uses: readonly number[], count: number) => void): void {
  const makeAlone = (kind: StrategyKind, use: number, count: number): void => {
    if (count > 0) make(kind, [use], count);
  };
  for (const use of covered) makeAlone(short ? 'coveredPut' : 'coveredCall', use, values[use] as number);
  for (const { limitedBy, calls, puts } of collars) {
    let left = values;
    if (someIn(calls, values) && someIn(puts, values)) {
      left = values.slice();
      for (const { first: put, second: call, count } of matched(ascending(puts), ascending(calls), left)) make('collar', [put, call], count);
    }
    // A put whose side it is protects as well without a call.
    if (limitedBy === 'put') for (const { use } of puts) makeAlone('protectivePut', use, left[use] as number);
  }
  for (const use of protective) makeAlone(short ? 'protectiveCall' : 'protectivePut', use, values[use] as number);
  for (const { put, call } of reversals) if ((values[put] as number) > 0) make('reversal', [call, put], values[put] as number);
}

/** Straddles that values stand for, call first; what is left of a side is not matched in `values` any more. */
export function eachStraddle({ straddles, pairs }: Pick<Formulation, 'straddles' | 'pairs'>, values: number[], make: (uses: readonly [call: number, put: number], count: number) => void): void {
  for (const { calls, puts } of straddles) {
    if (!someIn(calls, values) || !someIn(puts, values)) continue;
    for (const { first, second, count } of matched(descending(calls), descending(puts), values)) make([first, second], count);
  }
  for (const { call, put } of pairs) if ((values[call] as number) > 0) make([call, put], values[call] as number);
}

function someIn(side: readonly Placed[], values: number[]): boolean {
  for (let index = 0; index < side.length; index += 1) if ((values[(side[index] as Placed).use] as number) > 0) return true;
  return false;
}

function ascending(side: readonly Placed[]): Placed[] {
  return ordered(side.slice(), (a, b) => a.at - b.at);
}

function descending(side: readonly Placed[]): Placed[] {
  return ordered(side.slice(), (a, b) => b.at - a.at);
}

/** Two sides put together in their order, as far as both reach; what is used is taken off a copy of the values. */
function matched(firsts: readonly Placed[], seconds: readonly Placed[], values: number[]): { first: number; second: number; count: number }[] {
  const matches: { first: number; second: number; count: number }[] = [];
  let at = 0;
  let other = 0;
  while (at < firsts.length && other < seconds.length) {
    const first = (firsts[at] as Placed).use;
    const second = (seconds[other] as Placed).use;
    const count = Math.min(values[first] as number, values[second] as number);
    if (count > 0) matches.push({ first, second, count });
    values[first] = (values[first] as number) - count;
    values[second] = (values[second] as number) - count;
    if (values[first] === 0) at += 1;
    else other += 1;
  }
  return matches;
}

function legsFor(options: readonly OptionHolding[], quantity: Decimal, stock: StockPool | null, taken: Map<Holding, Decimal>): Leg[] {
  const legs: Leg[] = [];
  let wanted = quantity.times(options[0]?.multiplier.amount ?? ZERO);
  for (const holding of stock?.holdings ?? []) {
    const shares = Decimal.min(wanted, holding.quantity.abs().minus(taken.get(holding) ?? ZERO));
    if (shares.lte(0)) continue;
    legs.push({ holding, quantity: shares });
    take(taken, holding, shares);
    wanted = wanted.minus(shares);
  }
  for (const holding of options) {
    legs.push({ holding, quantity });
    take(taken, holding, quantity);
  }
  return legs;
}

function take(taken: Map<Holding, Decimal>, holding: Holding, quantity: Decimal): void {
  taken.set(holding, (taken.get(holding) ?? ZERO).plus(quantity));
}

/** What is left of each holding, leg by leg. */
export function singles(holdings: readonly Holding[], taken: ReadonlyMap<Holding, Decimal> = new Map()): PairedStrategy[] {
  return holdings.flatMap((holding): PairedStrategy[] => {
    const quantity = holding.quantity.abs().minus(taken.get(holding) ?? ZERO);
    return quantity.gt(0) ? [{ kind: 'single', legs: [{ holding, quantity }] }] : [];
  });
}

/** Parts of one holding that stand alone are one leg. */
function merged(strategies: readonly PairedStrategy[]): PairedStrategy[] {
  const alone = new Map<Holding, Decimal>();
  for (const { kind, legs } of strategies) if (kind === 'single') for (const { holding, quantity } of legs) take(alone, holding, quantity);
  return [...strategies.filter(({ kind }) => kind !== 'single'), ...[...alone].map(([holding, quantity]): PairedStrategy => ({ kind: 'single', legs: [{ holding, quantity }] }))];
}
