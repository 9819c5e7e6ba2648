import { Decimal } from '../../../shared/money.ts';
import type { Holding, OptionHolding } from '../pool/holding.ts';
import { aloneFigure, candidatesOf, chargesBehind, figureOf, type Candidate } from './candidates.ts';
import { ZERO, type StrategyContext } from './context.ts';
import { pairGreedily } from './greedy-pairing.ts';
import { solve } from './linear-program.ts';
import { provedBound } from './pairing-bound.ts';
import { exactProgram, floatProgram, type ExactProgram } from './pairing-program.ts';
import type { Leg, PairedStrategy, Pairing, PairingQuality } from './pairing.ts';
import { splitSpread } from './split-spread.ts';

/** Tableau cells before the simplex, and then the search, settle for the best found: a few milliseconds each. */
const CLIMB_WORK_MAX = 5_000_000;
const SEARCH_WORK_MAX = 300_000;
/** Shapes that compete in the program; of more, those that save most for a contract. */
const CANDIDATES_MAX = 400;

/**
 * The pairing that asks the least house maintenance of one underlying: named shapes and groups charged by their largest
 * loss compete in one linear program over whole contracts. Where the work runs out, the best found; `quality` says how
 * far from the least it can be.
 */
export function pairOptimally(holdings: readonly Holding[], context: StrategyContext): Pairing {
  const options = holdings.filter((holding) => holding.class === 'option');
  if (!couldPair(holdings, options)) return { strategies: singles(holdings, new Map()), candidates: () => [], quality: null, proved: true };
  const unit = unitOf(options);
  const [candidates, left] = mostSaving(candidatesOf(holdings, unit, context));
  const program = exactProgram(holdings, candidates, unit, context);
  if (program.gains.length === 0) return { strategies: singles(holdings, new Map()), candidates: () => chargesBehind(holdings, unit, context), quality: null, proved: true };
  const found = solve({ ...floatProgram(program), climbWorkMax: CLIMB_WORK_MAX, searchWorkMax: SEARCH_WORK_MAX });
  const mine = decode(holdings, candidates, program, found.values, unit);
  // Stock of several rates is charged in the order of its sub-types, which the program only bounds.
  const oneRate = candidates.every(({ stock }) => !stock || stock.holdings.length === 1);
  const proved = found.complete && oneRate && left.length === 0;
  const others = proved ? [] : [decode(holdings, candidates, program, roundedDown(program, found.relaxed, unit), unit), pairGreedily(holdings, context).strategies];
  const strategies = others.reduce((best, other) => lesser(best, other, context), mine);
  const quality = (): PairingQuality => {
    const cost = costOf(strategies, context);
    const alone = costOf(singles(holdings, new Map()), context);
    const byProgram = alone.minus(provedBound(program, found.duals)).minus(mostOf(left, unit));
    // Not capped at the cost: a bound above it would show that something here is wrong.
    const bound = Decimal.max(byProgram, leastThinkable(holdings, context) ?? byProgram);
    const lowerBound = proved ? cost : bound;
    return { cost, lowerBound, relaxed: bound, gap: cost.minus(lowerBound), greedy: () => costOf(pairGreedily(holdings, context).strategies, context) };
  };
  return { strategies, candidates: () => chargesBehind(holdings, unit, context), quality, proved };
}

/** Ties in the order in which they came, so that the same book always gives the same program. */
function mostSaving(candidates: readonly Candidate[]): [Candidate[], Candidate[]] {
  if (candidates.length <= CANDIDATES_MAX) return [[...candidates], []];
  const sorted = candidates.toSorted((a, b) => b.saving.cmp(a.saving));
  return [sorted.slice(0, CANDIDATES_MAX), sorted.slice(CANDIDATES_MAX)];
}

/** The most that shapes left out could save: each contract of their first options once, at the best of them. */
function mostOf(left: readonly Candidate[], unit: Decimal): Decimal {
  const best = new Map<Holding, Decimal>();
  for (const { options, saving } of left) {
    const [first] = options;
    if (first) best.set(first, Decimal.max(saving, best.get(first) ?? ZERO));
  }
  return [...best].reduce((total: Decimal, [holding, saving]) => total.plus(saving.times(holding.quantity.abs().div(unit))), ZERO);
}

/**
 * No leg is ever charged less than nothing, or than the little it is charged alone: a long option that lends value. Null
 * where requirements carry option value, of which this is not so.
 */
function leastThinkable(holdings: readonly Holding[], context: StrategyContext): Decimal | null {
  if (context.rules.optionValueIn === 'equity') return null;
  return holdings.reduce((total: Decimal, holding) => total.plus(Decimal.min(ZERO, aloneFigure({ holding, quantity: holding.quantity.abs() }, context)?.amount ?? ZERO)), ZERO);
}

function couldPair(holdings: readonly Holding[], options: readonly OptionHolding[]): boolean {
  if (options.length === 0) return false;
  return holdings.length > options.length || options.some(({ quantity }) => quantity.isNegative());
}

/** One contract, or a tenth, hundredth … of one where the book holds parts of contracts. */
function unitOf(options: readonly OptionHolding[]): Decimal {
  return new Decimal(10).pow(-Math.max(0, ...options.map(({ quantity }) => quantity.decimalPlaces())));
}

function decode(holdings: readonly Holding[], candidates: readonly Candidate[], program: ExactProgram, values: readonly number[], unit: Decimal): PairedStrategy[] {
  const taken = new Map<Holding, Decimal>();
  const strategies: PairedStrategy[] = [];
  const count = (variable: number): Decimal => unit.times(values[variable] ?? 0);
  candidates.forEach((candidate, index) => {
    const quantity = count(index);
    if (quantity.gt(0)) strategies.push({ kind: candidate.kind, legs: legsFor(candidate, quantity, taken) });
  });
  for (const group of program.groups) {
    const legs: Leg<OptionHolding>[] = group.legs.flatMap(({ holding, variable }) => (count(variable).gt(0) ? [{ holding, quantity: count(variable) }] : []));
    for (const { holding, quantity } of legs) take(taken, holding, quantity);
    for (const part of splitSpread(legs)) strategies.push(part);
  }
  return merged([...strategies, ...singles(holdings, taken)]);
}

/**
 * Whole numbers near a solution without them: fewer shapes and short options in a group, more long ones as far as they
 * reach, and no more calls short than long.
 */
function roundedDown({ groups }: ExactProgram, relaxed: readonly number[], unit: Decimal): number[] {
  const values = relaxed.map((value) => Math.floor(value + ALMOST_WHOLE));
  for (const { legs } of groups) {
    const calls = { short: 0, long: 0 };
    for (const { holding, variable } of legs.toSorted((a, b) => b.holding.quantity.cmp(a.holding.quantity))) {
      const call = holding.terms.right === 'call';
      if (!holding.quantity.isNegative()) {
        const wanted = Math.ceil((relaxed[variable] ?? 0) - ALMOST_WHOLE);
        values[variable] = groups.length === 1 ? Math.min(wanted, holding.quantity.div(unit).toNumber()) : (values[variable] ?? 0);
        if (call) calls.long += values[variable] ?? 0;
      } else if (call) {
        values[variable] = Math.min(values[variable] ?? 0, calls.long - calls.short);
        calls.short += values[variable] ?? 0;
      }
    }
  }
  return values;
}

const ALMOST_WHOLE = 1e-6;

/** Parts of one holding that stand alone are one leg. */
function merged(strategies: readonly PairedStrategy[]): PairedStrategy[] {
  const alone = new Map<Holding, Decimal>();
  for (const { kind, legs } of strategies) if (kind === 'single') for (const { holding, quantity } of legs) take(alone, holding, quantity);
  return [...strategies.filter(({ kind }) => kind !== 'single'), ...[...alone].map(([holding, quantity]): PairedStrategy => ({ kind: 'single', legs: [{ holding, quantity }] }))];
}

function legsFor({ options, stock }: Candidate, quantity: Decimal, taken: Map<Holding, Decimal>): Leg[] {
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
function singles(holdings: readonly Holding[], taken: ReadonlyMap<Holding, Decimal>): PairedStrategy[] {
  return holdings.flatMap((holding): PairedStrategy[] => {
    const quantity = holding.quantity.abs().minus(taken.get(holding) ?? ZERO);
    return quantity.gt(0) ? [{ kind: 'single', legs: [{ holding, quantity }] }] : [];
  });
}

function lesser(first: PairedStrategy[], second: PairedStrategy[], context: StrategyContext): PairedStrategy[] {
  return costOf(second, context).lt(costOf(first, context)) ? second : first;
}

/** House maintenance of strategies, in the pool's currency; what lacks a price counts at its strike. */
function costOf(strategies: readonly PairedStrategy[], context: StrategyContext): Decimal {
  return strategies.reduce((total: Decimal, { kind, legs }) => {
    const [only] = legs;
    const figure = kind === 'single' && only ? aloneFigure(only, context) : figureOf(kind, legs, context);
    return total.plus(figure?.amount ?? ZERO);
  }, ZERO);
}
