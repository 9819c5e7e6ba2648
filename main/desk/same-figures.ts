import type { AbsentFigure, Figure, Text } from '../engine/figure/figure.ts';
import type { AccountMargin } from '../engine/margin.ts';
import type { AccountState, PoolState } from '../../shared/domain/margin-state.ts';

type AnyFigure = Figure | AbsentFigure;

/** An account as the engine computed it, and that as text. */
export interface StatedMargin {
  margin: AccountMargin;
  state: AccountState;
}

/**
 * Whether two computations of an account came to the same in every figure, in each position, and in what explain trees are
 * written from. Trees are not written for it: those of a large account are fifty megabytes, of a book gigabytes.
 */
export function areSame(one: StatedMargin, other: StatedMargin): boolean {
  const pools = other.margin.pools;
  return besidesTrees(one.state) === besidesTrees(other.state) && one.margin.pools.every(({ figures }, at) => isSame(figures.maintenance, pools[at]?.figures.maintenance, new Map()));
}

/** Everything but the trees, which are made where they are read. */
function besidesTrees(state: AccountState): string {
  const pools = state.pools.map((pool) => Object.fromEntries(Object.keys(pool).flatMap((key) => (key === 'explain' ? [] : [[key, pool[key as keyof PoolState]]]))));
  return JSON.stringify({ ...state, pools });
}

/** A figure that stands in several places is compared once. */
function isSame(one: AnyFigure, other: AnyFigure | undefined, known: Map<AnyFigure, AnyFigure>): boolean {
  if (other === undefined) return false;
  if (known.get(one) === other) return true;
  const [below, others] = [madeChildren(one), madeChildren(other)];
  const isEqual = isAlike(one, other) && below.length === others.length && below.every((child, at) => isSame(child, others[at], known));
  if (isEqual && below.length > 0) known.set(one, other);
  return isEqual;
}

/** Children that are made where they are read, such as every scenario of every leg, are not made for this: what they come to is known without them, and whoever asks has compared what they are made of. */
function madeChildren(figure: AnyFigure): readonly Figure[] {
  return (Object.getOwnPropertyDescriptor(figure, 'children')?.value as readonly Figure[] | undefined) ?? NONE;
}

const NONE: readonly Figure[] = [];

function isAlike({ amount, op, unit, chosen, rounding, about }: AnyFigure, other: AnyFigure): boolean {
  const isAmount = amount === null || other.amount === null ? amount === other.amount : amount.eq(other.amount);
  return isAmount && op === other.op && unit === other.unit && chosen === other.chosen && isText(rounding, other.rounding) && isSaid(about.label, other.about.label) && isSaid(about.source, other.about.source) && isSaid(about.arithmetic, other.about.arithmetic) && isText(about.rule, other.about.rule) && isText(about.subject, other.about.subject);
}

/** Texts may be made where they are read: what they say is made of more than the figure, such as a mark's day and source. */
function isSaid(one: Text | undefined, other: Text | undefined): boolean {
  return one === other || said(one) === said(other);
}

function said(text: Text | undefined): string | undefined {
  return typeof text === 'function' ? text() : text;
}

/** Of plain values, made in one way and so with their keys in one order. */
function isText(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
