import { Decimal, fromDecimalText } from '../../../../shared/money.ts';
import type { OptionHolding } from '../../pool/holding.ts';
import type { Holding } from '../../pool/holding.ts';
import { onceFor, ZERO, type StrategyContext } from '../context.ts';
import { isStandard } from '../option-basis.ts';
import { nakedCharge } from '../naked.ts';
import { isByRisk, straddleSaving } from '../straddle.ts';
import { deliveryKey } from '../vertical.ts';
import { inPool, savedInPlace } from './amounts.ts';
import { asDoubles } from './numbers.ts';
import type { Program, Tie } from './program.ts';
import { coverTie, groupTie, limitTie, matchingTie, straddleTie, type GroupLeg, type Placed } from './ties.ts';
import { stockUses, type Book, type Collar, type StockUses, type Use } from './uses.ts';

/** A program together with what its uses mean. Numbers are use indices. */
export interface Formulation {
  program: Program;
  options: readonly OptionHolding[];
  unit: Decimal;
  /** How many of the program's quanta one unit of the pool's currency is. */
  perUnit: Decimal;
  /** False where amounts had to be rounded to fit; the program then only bounds. */
  exact: boolean;
  stock: StockPlan[];
  straddles: { calls: readonly Placed[]; puts: readonly Placed[] }[];
  /** Straddles by pair, where a house's least amounts keep a pair from saving the lesser of its sides. */
  pairs: { call: number; put: number }[];
  /** In the pool's currency, what straddles that are not in the program could save at most. */
  beyond: Decimal;
  groups: GroupPlan[];
  expiryOf: (option: number) => string | undefined;
}

/** A group's legs, and its strikes in the program's money. */
export interface GroupPlan {
  legs: GroupLeg[];
  strikes: number[];
}

export interface StockPlan {
  uses: StockUses;
  covered: number[];
  protective: number[];
  collars: { limitedBy: Collar['limitedBy']; calls: Placed[]; puts: Placed[] }[];
  reversals: { put: number; call: number }[];
  /** Stock there is, and what a contract in a use takes of it. */
  lots: number;
  lotOf: (use: number) => number;
}

/** Amounts are written as whole numbers up to here, so that sums over a book stay exact in doubles. */
const DIGITS_MAX = 12;
const PAIRS_MAX = 400;

/** Everything that one underlying's options could be put to. */
export function formulate(holdings: readonly Holding[], options: readonly OptionHolding[], unit: Decimal, counts: readonly number[], context: StrategyContext): Formulation {
  const book: Book = { holdings, options, inPlace: options.map((holding) => savedInPlace(holding, unit, context)), unit, context };
  const stocks = [false, true].flatMap((short) => stockUses(book, short) ?? []);
  const straddled = straddleClasses(options, unit, context);
  const grouped = groupClasses(book);
  const amounts = [
    ...book.inPlace,
    ...stocks.flatMap(({ covered, protective, collars, reversals }) => [...covered, ...protective, ...collars.flatMap(({ calls, puts }) => [...calls, ...puts]), ...reversals.map(({ put }) => put)].map(({ gain }) => gain)),
    ...straddled.flatMap(({ calls, puts, pairs }) => [...calls, ...puts, ...pairs].map(({ gain }) => gain)),
    ...grouped.flatMap(({ points }) => [...points.values()]),
  ];
  const { perUnit, step, exact } = scaleOf(amounts);
  const optionOf: number[] = options.map((_, option) => option);
  const gains: number[] = options.map(() => 0);
  const whole = (amount: Decimal): number => amount.times(perUnit).ceil().toNumber() * step;
  const inPlace = book.inPlace.map(whole);
  const addWhole = (option: number, gain: number): number => {
    gains.push(gain);
    return optionOf.push(option) - 1;
  };
  const add = ({ option, gain }: Use): number => addWhole(option, gain === book.inPlace[option] ? (inPlace[option] as number) : whole(gain));
  const ties: Tie[] = [];
  let losses = 0;
  const strikeOf = (use: number): number => Number((options[optionOf[use] as number] as OptionHolding).terms.strike);
  const stock = stocks.map((uses): StockPlan => {
    const placed = (use: number): Placed => ({ use, at: strikeOf(use) });
    const plan: StockPlan = {
      uses,
      ...lotsOf(uses, options, unit, (use) => optionOf[use] as number),
      covered: uses.covered.map((use) => add(use)),
      protective: uses.protective.map((use) => add(use)),
      collars: uses.collars.map(({ limitedBy, calls, puts }) => ({ limitedBy, calls: calls.map((use) => placed(add(use))), puts: puts.map((use) => placed(add(use))) })),
      reversals: uses.reversals.map(({ put, call }) => ({ put: add(put), call: add(call) })),
    };
    for (const { calls, puts } of plan.collars) ties.push(matchingTie(calls, puts));
    for (const { put, call } of plan.reversals) ties.push(limitTie([{ use: put, amount: 1 }, { use: call, amount: -1 }], 0));
    const lots = [...plan.covered, ...plan.protective, ...plan.collars.flatMap(({ limitedBy, calls, puts }) => (limitedBy === 'put' ? puts : calls).map(({ use }) => use)), ...plan.reversals.map(({ put }) => put)];
    if (lots.length > 0) ties.push(limitTie(lots.map((use) => ({ use, amount: plan.lotOf(use) })), plan.lots));
    return plan;
  });
  const straddles: Formulation['straddles'] = [];
  const pairs: Formulation['pairs'] = [];
  for (const { calls, puts, pairs: odd } of straddled) {
    for (const { call, put, gain } of odd) {
      const pair = { call: add({ option: call, gain }), put: addWhole(put, 0) };
      pairs.push(pair);
      ties.push(limitTie([{ use: pair.call, amount: 1 }, { use: pair.put, amount: -1 }], 0));
    }
    if (calls.length === 0) continue;
    const side = { calls: calls.map(({ option, gain }): Placed => ({ use: addWhole(option, whole(gain)), at: whole(gain) })), puts: puts.map(({ option, gain }): Placed => ({ use: addWhole(option, 0), at: whole(gain) })) };
    straddles.push(side);
    ties.push(straddleTie(side.calls, side.puts, losses));
    losses += 1;
  }
  const groups: GroupPlan[] = [];
  for (const { members, points } of grouped) {
    const texts = [...points.keys()];
    const strikes = [...points.values()].map((amount) => amount.times(perUnit).round().toNumber() * step);
    const indexOf = new Map(texts.map((text, index) => [text, index]));
    for (const group of members) {
      const legs = group.map((option): GroupLeg => {
        const { terms, quantity } = options[option] as OptionHolding;
        return { use: addWhole(option, inPlace[option] as number), point: indexOf.get(terms.strike) as number, call: terms.right === 'call', short: quantity.isNegative() };
      });
      groups.push({ legs, strikes });
      ties.push(groupTie(legs, strikes, losses));
      losses += 1;
      for (const right of [true, false]) if (legs.some(({ call, short }) => call === right && short)) ties.push(coverTie(legs, right));
    }
  }
  return { program: { counts: asDoubles(counts), optionOf, gains: asDoubles(gains), losses, ties, quantum: step }, options, unit, perUnit, exact: exact && straddled.every(({ exact }) => exact), stock, straddles, pairs, beyond: straddled.reduce((total: Decimal, { beyond }) => total.plus(beyond), ZERO), groups, expiryOf: (option) => options[option]?.terms.expiry };
}

/** Stock is taken in lots: whole ones where all contracts have one size, else counted in the finest part of a share. */
function lotsOf({ pool }: StockUses, options: readonly OptionHolding[], unit: Decimal, optionOf: (use: number) => number): Pick<StockPlan, 'lots' | 'lotOf'> {
  const sizes = options.map(({ multiplier }) => multiplier.amount.times(unit));
  const [lot] = sizes;
  if (lot && sizes.every((size) => size.eq(lot))) return { lots: pool.shares.div(lot).floor().toNumber(), lotOf: () => 1 };
  const perShare = new Decimal(10).pow(Math.max(...sizes.map((size) => size.decimalPlaces())));
  return { lots: pool.shares.times(perShare).floor().toNumber(), lotOf: (use) => (sizes[optionOf(use)] as Decimal).times(perShare).toNumber() };
}

/** Sides to be matched by their risks, or else the pairs themselves. */
interface StraddleClass {
  calls: Use[];
  puts: Use[];
  pairs: { call: number; put: number; gain: Decimal }[];
  exact: boolean;
  /** What pairs that are not written down could save at most. */
  beyond: Decimal;
}

/** Short calls and puts that deliver the same. Where no house amount is the greater one, a pair saves the lesser risk. */
function straddleClasses(options: readonly OptionHolding[], unit: Decimal, context: StrategyContext): StraddleClass[] {
  if (context.rules.setting('option.straddle') === 'eachAlone') return [];
  const shorts = options.flatMap((holding, option) => (holding.quantity.isNegative() && isStandard(holding) && nakedCharge(holding, context).exchange ? [{ holding, option }] : []));
  return [...Map.groupBy(shorts, ({ holding }) => deliveryKey(holding)).values()].flatMap((members): StraddleClass[] => {
    const sides = (right: string): { holding: OptionHolding; option: number; gain: Decimal }[] => members.filter(({ holding }) => holding.terms.right === right).map(({ holding, option }) => ({ holding, option, gain: riskOf(holding, unit, context) })).filter(({ gain }) => gain.gt(0));
    const [calls, puts] = [sides('call'), sides('put')];
    if (calls.length === 0 || puts.length === 0) return [];
    const byRisk = isByRisk(context);
    if (byRisk && !sidesDisagree(calls, puts, context)) return [{ calls, puts, pairs: [], exact: true, beyond: ZERO }];
    if (byRisk && calls.length * puts.length > PAIRS_MAX) return [{ calls, puts, pairs: [], exact: false, beyond: ZERO }];
    const all = calls.flatMap((call) => puts.flatMap((put) => {
      const gain = straddleSaving(call.holding, put.holding, unit, context);
      return gain?.gt(0) ? [{ call: call.option, put: put.option, gain }] : [];
    }));
    const best = all.length > PAIRS_MAX ? all.toSorted((a, b) => b.gain.cmp(a.gain)) : all;
    return [{ calls: [], puts: [], pairs: best.slice(0, PAIRS_MAX), exact: all.length <= PAIRS_MAX, beyond: savedBeyond(best.slice(PAIRS_MAX), options, unit) }];
  });
}

/** Of pairs sorted by what a unit saves: no contract of a call or of a put saves more than the best of them that it is in. */
function savedBeyond(pairs: readonly { call: number; put: number; gain: Decimal }[], options: readonly OptionHolding[], unit: Decimal): Decimal {
  const [first] = pairs;
  if (!first) return ZERO;
  const contracts = (side: 'call' | 'put'): Decimal => [...new Set(pairs.map((pair) => pair[side]))].reduce((total: Decimal, option) => total.plus((options[option] as OptionHolding).quantity.abs()), ZERO);
  return first.gain.times(Decimal.min(contracts('call'), contracts('put')).div(unit).ceil());
}

/** True when in some pair the dearer side is another one for the exchange than for the house. */
function sidesDisagree(calls: readonly { holding: OptionHolding }[], puts: readonly { holding: OptionHolding }[], context: StrategyContext): boolean {
  const risks = ({ holding }: { holding: OptionHolding }): [exchange: number, house: number] => {
    const { basis, exchange, house } = nakedCharge(holding, context);
    const own = exchange?.gross.amount.minus(basis.premium.amount).toNumber() ?? 0;
    return [own, house && exchange && house.gross.amount.gt(exchange.gross.amount) ? house.gross.amount.minus(basis.premium.amount).toNumber() : own];
  };
  const of = puts.map(risks);
  return calls.map(risks).some(([exchange, house]) => of.some(([putExchange, putHouse]) => exchange >= putExchange !== house >= putHouse));
}

/** What a short option is charged beyond its market value. */
function riskOf(holding: OptionHolding, unit: Decimal, context: StrategyContext): Decimal {
  const { basis, exchange, house } = nakedCharge(holding, context);
  const gross = Decimal.max(exchange?.gross.amount ?? 0, house?.gross.amount ?? 0);
  return onceFor(holding, 'risk', unit, context, () => inPool(holding, gross.minus(basis.premium.amount), unit, context));
}

interface GroupClass {
  /** Option numbers of each group. */
  members: number[][];
  /** What a contract's exercise at each strike, and at nothing, comes to: in the pool's currency, ascending. */
  points: Map<string, Decimal>;
}

/**
 * Options that may be charged together: long ones that last at least as long as the group's short ones. One group for
 * each set of long options that can be told apart so; of two with the same long options the one with more short ones.
 */
function groupClasses({ options, unit }: Book): GroupClass[] {
  const numbered = options.map((holding, option) => ({ holding, option }));
  return [...Map.groupBy(numbered, ({ holding }) => deliveryKey(holding)).values()].flatMap((members): GroupClass[] => {
    const longs = members.filter(({ holding }) => !holding.quantity.isNegative());
    const shorts = members.filter(({ holding }) => holding.quantity.isNegative());
    const bySize = new Map<number, number[]>();
    for (const day of [...new Set(shorts.map(({ holding }) => holding.terms.expiry))].toSorted()) {
      const lasting = longs.filter(({ holding }) => holding.terms.expiry >= day);
      // Later days leave fewer long options, so that as many means the same ones.
      if (lasting.length > 0) bySize.set(lasting.length, [...shorts.filter(({ holding }) => holding.terms.expiry <= day), ...lasting].map(({ option }) => option));
    }
    if (bySize.size === 0) return [];
    const [first] = members;
    const strikes = new Map(['0', ...members.map(({ holding }) => holding.terms.strike)].map((text) => [text, fromDecimalText(text)]));
    const factor = [first?.holding.multiplier, ...(first?.holding.conversion ?? [])].reduce((total: Decimal, figure) => total.times(figure?.amount ?? 1), unit);
    return [{ members: [...bySize.values()], points: new Map([...strikes].toSorted(([, a], [, b]) => a.cmp(b)).map(([text, strike]) => [text, strike.times(factor)])) }];
  });
}

/**
 * Money in the program: whole multiples of the finest decimal of all amounts (or of a coarser one where the largest would
 * not be a whole number that fits), times a power of two that brings the largest near 1. Both are exact in doubles.
 */
function scaleOf(amounts: readonly Decimal[]): { perUnit: Decimal; step: number; exact: boolean } {
  let places = 0;
  let [digits, largest] = [0, 1];
  for (const amount of amounts) {
    places = Math.max(places, amount.decimalPlaces());
    digits = Math.max(digits, amount.e);
    largest = Math.max(largest, Math.abs(amount.toNumber()));
  }
  const kept = Math.min(places, DIGITS_MAX - 1 - digits);
  const perUnit = new Decimal(10).pow(kept);
  let step = 1;
  for (const most = largest * perUnit.toNumber(); most * step > 2; ) step /= 2;
  return { perUnit, step, exact: kept === places };
}
