import { Decimal } from '../../../shared/money.ts';
import type { Holding, OptionHolding } from '../pool/holding.ts';
import { chargesBehind } from './candidates.ts';
import { ZERO, type StrategyContext } from './context.ts';
import { pairGreedily } from './greedy-pairing.ts';
import type { Pairing, PairingQuality } from './pairing.ts';
import { costOf } from './pairing/amounts.ts';
import { provedBound } from './pairing/certificate.ts';
import { decode, singles } from './pairing/decode.ts';
import { formulate, type Formulation } from './pairing/formulation.ts';
import { search, type Found, type Work } from './pairing/search.ts';
import { greedyValues } from './pairing/start.ts';

/**
 * Work is counted, so that a book always pairs the same, whoever looks at it. Climbing is what the bound needs: of two
 * hundred leg types it takes up to 4.2 million, of five hundred up to 17, and where it does not end the greedy pairing is all
 * there is. Branching proves small groups and seldom large ones, where the best found is already near the bound.
 */
const CLIMB_WORK_MAX = 30_000_000;
const BRANCH_WORK_MAX = 400_000;
const FEW_LEG_TYPES = 50;
/** Digits of a count: sums over a book then stay far from what doubles round. Finer parts stay alone. */
const COUNT_DIGITS = 9;

/**
 * The pairing that asks the least house maintenance of one underlying: named shapes and groups charged by their largest
 * loss compete in one program over whole contracts. Where the work runs out, the best found; `quality` says how far from
 * the least it can be.
 */
export function pairOptimally(holdings: readonly Holding[], context: StrategyContext): Pairing {
  const options = holdings.filter((holding) => holding.class === 'option');
  if (!couldPair(holdings, options)) return { strategies: singles(holdings), candidates: () => [], quality: null, proved: true };
  const unit = unitOf(options);
  const candidates = (): ReturnType<Pairing['candidates']> => chargesBehind(holdings, unit, context);
  const { counts, all } = countsOf(options, unit);
  const formulation = formulate(holdings, options, unit, counts, context);
  if (formulation.program.gains.every((gain) => gain <= 0)) return { strategies: singles(holdings), candidates, quality: null, proved: true };
  const longs = options.map(({ quantity }) => (quantity.isNegative() ? 0 : 1));
  const found = search(formulation.program, greedyValues(formulation), longs, workFor(options.length));
  const strategies = decode(holdings, formulation, found.values);
  const proved = found.complete && all && formulation.exact && formulation.stock.every(({ uses }) => uses.oneRate);
  let quality: PairingQuality | null = null;
  return { strategies, candidates, quality: (charged) => (quality ??= qualityOf(charged ?? costOf(strategies, context), holdings, proved, formulation, found, context)), proved };
}

/** Work allowed for a number of leg types: to climb, and then to branch. */
export function workFor(legTypes: number): Work {
  return { climb: CLIMB_WORK_MAX, branch: BRANCH_WORK_MAX * (FEW_LEG_TYPES / Math.max(FEW_LEG_TYPES, legTypes)) ** 2 };
}

function qualityOf(cost: Decimal, holdings: readonly Holding[], proved: boolean, formulation: Formulation, found: Found, context: StrategyContext): PairingQuality {
  const relaxed = once(() => costOf(singles(holdings), context).minus(savingAtMost(formulation, found)));
  // Not capped at the cost: a bound above it would show that something here is wrong.
  const lowerBound = proved ? cost : Decimal.max(relaxed(), leastThinkable(holdings, context) ?? relaxed());
  const greedy = once(() => costOf(pairGreedily(holdings, context), context));
  return { cost, lowerBound, relaxed, gap: cost.minus(lowerBound), proved, greedy, saving: () => greedy().minus(cost) };
}

function once<Value>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => (made ??= make());
}

/** What no pairing saves more than, in the pool's currency, by exact arithmetic. */
function savingAtMost({ program, perUnit, exact, beyond }: Formulation, { rows, prices }: Found): Decimal {
  const quanta = provedBound(program, rows, prices);
  // Rounded amounts are each off by less than a quantum: a contract's gain, and its part in one loss.
  const slack = exact ? 0n : program.counts.reduce((total, count) => total + 2n * BigInt(count), 0n);
  return new Decimal((quanta + slack).toString()).div(perUnit).plus(beyond);
}

/**
 * No leg is ever charged less than nothing, or than the little it is charged alone: a long option that lends value. Null
 * where requirements carry option value, of which this is not so.
 */
function leastThinkable(holdings: readonly Holding[], context: StrategyContext): Decimal | null {
  if (context.rules.optionValueIn === 'equity') return null;
  return singles(holdings).reduce((total: Decimal, one) => total.plus(Decimal.min(ZERO, costOf([one], context))), ZERO);
}

function couldPair(holdings: readonly Holding[], options: readonly OptionHolding[]): boolean {
  if (options.length === 0) return false;
  return holdings.length > options.length || options.some(({ quantity }) => quantity.isNegative());
}

/** One contract, or a tenth, hundredth … of one where the book holds parts of contracts; more where counts are huge. */
function unitOf(options: readonly OptionHolding[]): Decimal {
  const places = Math.max(0, ...options.map(({ quantity }) => quantity.decimalPlaces()));
  const largest = Math.max(...options.map(({ quantity }) => quantity.e));
  return new Decimal(10).pow(Math.max(-places, largest - COUNT_DIGITS));
}

/** Whole units of each option, and whether that is all of them. */
function countsOf(options: readonly OptionHolding[], unit: Decimal): { counts: number[]; all: boolean } {
  const exact = options.map(({ quantity }) => quantity.abs().div(unit));
  return { counts: exact.map((count) => count.floor().toNumber()), all: exact.every((count) => count.isInteger()) };
}
