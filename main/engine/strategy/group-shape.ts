import { Decimal, fromDecimalText } from '../../../shared/money.ts';
import type { OptionHolding } from '../pool/holding.ts';
import type { Leg } from './pairing.ts';

/** What a group of options charged by its largest loss is, told from its structure alone. */
export interface GroupShape {
  /** In a trader's words: `long call butterfly`, `broken-wing put condor`, `option combination`. */
  name: string;
  /**
   * True for what brokers list by name and charge by a rule of its own. They hold a shape to its definition: of a butterfly
   * one, two and one contracts with equal intervals between the strikes (Interactive Brokers, knowledge base on butterflies).
   */
  listed: boolean;
}

/** A strike's contracts, positive where long. */
interface Strike {
  at: Decimal;
  held: Decimal;
}

const NAMELESS: GroupShape = { name: 'option combination', listed: false };

/** The shape of options on one underlying; of several expiries, and with no name of their own, a combination. */
export function groupShape(legs: readonly Leg<OptionHolding>[]): GroupShape {
  if (new Set(legs.map(({ holding }) => holding.terms.expiry)).size !== 1) return NAMELESS;
  const [calls, puts] = [sideOf(legs, 'call'), sideOf(legs, 'put')];
  if (calls.length > 0 && puts.length > 0) return twoSided(calls, puts);
  const right = calls.length > 0 ? 'call' : 'put';
  const side = calls.length > 0 ? calls : puts;
  return (side.length === 2 ? ratio(side, right) : side.length === 3 ? (butterfly(side, right) ?? ladder(side, right)) : side.length === 4 ? condor(side, right) : null) ?? NAMELESS;
}

/** By ascending strike; contracts of one strike that stand in several places of the account added up. */
function sideOf(legs: readonly Leg<OptionHolding>[], right: string): Strike[] {
  const held = new Map<string, Decimal>();
  for (const { holding: { terms, quantity: whole }, quantity } of legs) {
    if (terms.right === right) held.set(terms.strike, (held.get(terms.strike) ?? new Decimal(0)).plus(whole.isNegative() ? quantity.neg() : quantity));
  }
  return [...held].filter(([, count]) => !count.isZero()).map(([strike, count]) => ({ at: fromDecimalText(strike), held: count })).toSorted((a, b) => a.at.cmp(b.at));
}

/** Two strikes: more contracts on one side than on the other. */
function ratio(side: readonly Strike[], right: string): GroupShape | null {
  const [low, high] = side as [Strike, Strike];
  if (low.held.isNegative() === high.held.isNegative()) return null;
  const open = low.held.plus(high.held);
  if (open.isZero()) return null;
  return { name: open.isNegative() ? `${right} ratio spread` : `${right} ratio backspread`, listed: false };
}

/** Wings on both sides of a body that they add up to: even, with one wing broader, or with more contracts in one. */
function butterfly(side: readonly Strike[], right: string): GroupShape | null {
  const [low, body, high] = side as [Strike, Strike, Strike];
  if (!low.held.plus(body.held).plus(high.held).isZero() || low.held.isNegative() !== high.held.isNegative()) return null;
  const wings = low.held.isNegative() ? 'short' : 'long';
  if (!low.held.eq(high.held)) return { name: `${wings} unbalanced ${right} butterfly`, listed: false };
  const even = body.at.minus(low.at).eq(high.at.minus(body.at));
  return { name: `${wings} ${even ? '' : 'broken-wing '}${right} butterfly`, listed: even };
}

/** One contract against two, one after the other in the direction in which the option comes into the money. */
function ladder(side: readonly Strike[], right: string): GroupShape | null {
  const [first, second, third] = (right === 'call' ? side : side.toReversed()) as [Strike, Strike, Strike];
  if (!second.held.eq(third.held) || !first.held.eq(second.held.neg())) return null;
  const bought = !first.held.isNegative();
  return { name: `${bought === (right === 'call') ? 'bull' : 'bear'} ${right} ladder`, listed: true };
}

function condor(side: readonly Strike[], right: string): GroupShape | null {
  const [low, lower, upper, high] = side as [Strike, Strike, Strike, Strike];
  if (!low.held.eq(high.held) || !lower.held.eq(upper.held) || !low.held.eq(lower.held.neg())) return null;
  const even = lower.at.minus(low.at).eq(high.at.minus(upper.at));
  return { name: `${low.held.isNegative() ? 'short' : 'long'} ${even ? '' : 'broken-wing '}${right} condor`, listed: even };
}

/** A put spread and a call spread of one size: what each of them is, and how they lie to each other. */
function twoSided(calls: readonly Strike[], puts: readonly Strike[]): GroupShape {
  const [call, put] = [spreadOf(calls), spreadOf(puts)];
  if (!call || !put || !call.size.eq(put.size)) return NAMELESS;
  if (call.long.eq(put.short) && call.short.eq(put.long)) return { name: 'box', listed: true };
  const sold = call.short.lt(call.long) && put.short.gt(put.long);
  const bought = call.short.gt(call.long) && put.short.lt(put.long);
  if (!sold && !bought) return NAMELESS;
  const [inPut, inCall] = sold ? [put.short, call.short] : [put.long, call.long];
  // Wings of different widths have a rule of their own, beside the name.
  if (inPut.lte(inCall)) return { name: `${sold ? '' : 'reverse '}${inPut.eq(inCall) ? 'iron butterfly' : 'iron condor'}`, listed: true };
  return { name: `${sold ? '' : 'reverse '}inverted iron condor`, listed: false };
}

function spreadOf(side: readonly Strike[]): { long: Decimal; short: Decimal; size: Decimal } | null {
  const long = side.find(({ held }) => !held.isNegative());
  const short = side.find(({ held }) => held.isNegative());
  return side.length === 2 && long && short && long.held.eq(short.held.neg()) ? { long: long.at, short: short.at, size: long.held } : null;
}
