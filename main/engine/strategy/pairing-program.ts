import type { Decimal } from '../../../shared/money.ts';
import { Decimal as Amount } from '../../../shared/money.ts';
import type { Holding, OptionHolding } from '../pool/holding.ts';
import { aloneFigure, type Candidate, type StockPool } from './candidates.ts';
import { ZERO, type StrategyContext } from './context.ts';
import type { Program } from './linear-program.ts';
import { chargeSpread, intrinsic, strikesOf } from './spread.ts';
import { deliveryKey } from './vertical.ts';

/** A coefficient of a row that is not zero. */
interface Term {
  variable: number;
  factor: Decimal;
}

/** Limit on a sum of variables. */
interface Row {
  terms: Term[];
  limit: Decimal;
}

/** Options that are charged together by their largest loss: whole numbers of units by variable, and the loss itself. */
interface Group {
  legs: { holding: OptionHolding; variable: number }[];
}

/**
 * The pairing of one underlying as a linear program, exactly: gain is house maintenance saved against every leg alone.
 * First a variable for each candidate, then for each group one for each leg, last each group's loss, with gain −1.
 * Every limit is zero or more, so that pairing nothing is allowed.
 */
export interface ExactProgram {
  gains: Decimal[];
  rows: Row[];
  groups: Group[];
  /** How many of the variables are whole numbers: all but the losses. */
  whole: number;
  /** Most that each variable can be. */
  bounds: Decimal[];
}

export function exactProgram(holdings: readonly Holding[], candidates: readonly Candidate[], unit: Decimal, context: StrategyContext): ExactProgram {
  const gains = candidates.map(({ saving }) => saving);
  const usedBy = new Map<Holding, Term[]>();
  const use = (holding: Holding, variable: number): void => {
    usedBy.set(holding, [...(usedBy.get(holding) ?? []), { variable, factor: ONE }]);
  };
  candidates.forEach(({ options }, variable) => options.forEach((option) => use(option, variable)));
  const groups = groupsOf(holdings).map((members): Group => ({
    legs: members.map((holding) => {
      gains.push(gainInGroup(holding, unit, context));
      use(holding, gains.length - 1);
      return { holding, variable: gains.length - 1 };
    }),
  }));
  const whole = gains.length;
  const losses = groups.map(() => gains.push(new Amount(-1)) - 1);
  const ownLimits = [...usedBy].map(([holding, terms]): Row => ({ terms, limit: holding.quantity.abs().div(unit) }));
  const rows = [...ownLimits, ...stockRows(candidates, unit), ...groups.flatMap((group, index) => lossRows(group, losses[index] ?? 0, unit))];
  return { gains, rows, groups, whole, bounds: boundsOf(gains.length, ownLimits, groups, losses, unit) };
}

const ONE = new Amount(1);

/** What a unit saves by leaving its place alone, before the group's loss is charged. */
function gainInGroup(holding: OptionHolding, unit: Decimal, context: StrategyContext): Decimal {
  const leg = { holding, quantity: unit };
  const alone = aloneFigure(leg, context)?.amount ?? ZERO;
  const [inGroup] = chargeSpread([leg], context);
  const loss = holding.quantity.isNegative() ? worstAlone(holding, unit) : ZERO;
  return alone.minus(inGroup?.houseMaintenance.amount ?? ZERO).plus(loss);
}

/** What `chargeSpread` charges one short option: its intrinsic value at nothing and at its own strike. */
function worstAlone(holding: OptionHolding, unit: Decimal): Decimal {
  return Amount.max(...strikesOf([{ holding }]).map((point) => payoffOf(holding, point, unit)));
}

function payoffOf(holding: OptionHolding, point: Decimal, unit: Decimal): Decimal {
  return holding.conversion.reduce((value: Decimal, { amount }) => value.times(amount), intrinsic(holding, point).times(holding.multiplier.amount).times(unit));
}

/**
 * Options that may be charged together: long ones that last at least as long as the group's short ones. One group for
 * each set of long options that can be told apart so; of two with the same long options the one with more short ones.
 */
function groupsOf(holdings: readonly Holding[]): OptionHolding[][] {
  const classes = Map.groupBy(holdings.filter((holding) => holding.class === 'option'), deliveryKey);
  return [...classes.values()].flatMap((members) => {
    const shorts = members.filter(({ quantity }) => quantity.isNegative());
    const longs = members.filter(({ quantity }) => !quantity.isNegative());
    const byLongs = new Map<string, OptionHolding[]>();
    for (const day of [...new Set(shorts.map(({ terms }) => terms.expiry))].toSorted()) {
      const lasting = longs.filter(({ terms }) => terms.expiry >= day);
      const covered = shorts.filter(({ terms }) => terms.expiry <= day);
      if (lasting.length > 0) byLongs.set(lasting.map(({ instrument, subType }) => `${instrument} ${subType}`).join('\n'), [...covered, ...lasting]);
    }
    return [...byLongs.values()];
  });
}

function stockRows(candidates: readonly Candidate[], unit: Decimal): Row[] {
  const sides = [false, true].map((short) => candidates.flatMap(({ stock, options }, variable) => (stock?.short === short ? [{ variable, stock, shares: (options[0]?.multiplier.amount ?? ZERO).times(unit) }] : [])));
  return sides.flatMap((users): Row[] => {
    const [first] = users;
    return first ? [stockRow(users, first.stock)] : [];
  });
}

function stockRow(users: readonly { variable: number; shares: Decimal }[], { shares: held }: StockPool): Row {
  const [first] = users;
  const lot = first?.shares ?? ONE;
  // Lots of one size: whole lots only, which keeps the program's corners whole.
  if (users.every(({ shares }) => shares.eq(lot))) return { terms: users.map(({ variable }) => ({ variable, factor: ONE })), limit: held.div(lot).floor() };
  return { terms: users.map(({ variable, shares }) => ({ variable, factor: shares })), limit: held };
}

/** The loss is at least what the group pays at every strike; beyond the highest no more calls are short than long. */
function lossRows({ legs }: Group, loss: number, unit: Decimal): Row[] {
  const sided = (holding: OptionHolding, amount: Decimal): Decimal => (holding.quantity.isNegative() ? amount : amount.neg());
  const atPoints = strikesOf(legs).map((point): Row => {
    const terms = legs.map(({ holding, variable }) => ({ variable, factor: sided(holding, payoffOf(holding, point, unit)) })).filter(({ factor }) => !factor.isZero());
    return { terms: [...terms, { variable: loss, factor: ONE.neg() }], limit: ZERO };
  });
  const calls = legs.filter(({ holding }) => holding.terms.right === 'call').map(({ holding, variable }) => ({ variable, factor: sided(holding, ONE) }));
  const worth = atPoints.filter(({ terms }) => terms.some(({ variable, factor }) => variable !== loss && factor.gt(0)));
  return calls.some(({ factor }) => factor.gt(0)) ? [...worth, { terms: calls, limit: ZERO }] : worth;
}

function boundsOf(count: number, own: readonly Row[], groups: readonly Group[], losses: readonly number[], unit: Decimal): Decimal[] {
  const bounds: (Decimal | null)[] = Array.from({ length: count }, () => null);
  for (const { terms, limit } of own) for (const { variable } of terms) bounds[variable] = Amount.min(bounds[variable] ?? limit, limit);
  groups.forEach(({ legs }, index) => {
    const points = strikesOf(legs);
    const shorts = legs.filter(({ holding }) => holding.quantity.isNegative());
    bounds[losses[index] ?? 0] = shorts.reduce((total: Decimal, { holding }) => total.plus(Amount.max(...points.map((point) => payoffOf(holding, point, unit))).times(holding.quantity.abs().div(unit))), ZERO);
  });
  return bounds.map((bound) => bound ?? ZERO);
}

/** The program in doubles, losses scaled so that no row mixes counts with large amounts of money. */
export function floatProgram({ gains, rows, whole }: ExactProgram): Omit<Program, 'climbWorkMax' | 'searchWorkMax'> {
  const largest = Math.max(1, ...rows.flatMap(({ terms }) => terms.map(({ factor }) => factor.abs().toNumber())));
  const scale = (variable: number): number => (variable >= whole ? largest : 1);
  const dense = rows.map(({ terms }) => {
    const row = gains.map(() => 0);
    const money = terms.some(({ variable }) => variable >= whole);
    for (const { variable, factor } of terms) row[variable] = (factor.toNumber() * scale(variable)) / (money ? largest : 1);
    return row;
  });
  return { gains: gains.map((gain, variable) => gain.toNumber() * scale(variable)), rows: dense, limits: rows.map(({ limit }) => limit.toNumber()), whole };
}

/** What a row's limits were divided by in `floatProgram`. */
export function rowScale({ rows, whole }: ExactProgram): (row: number) => Decimal {
  const largest = Amount.max(1, ...rows.flatMap(({ terms }) => terms.map(({ factor }) => factor.abs())));
  return (row) => (rows[row]?.terms.some(({ variable }) => variable >= whole) ? largest : ONE);
}
