import type { ExplainNode, ExplainOperation, RuleReference } from '../../../shared/explain.ts';
import { Decimal } from '../../../shared/money.ts';
import { assert } from '../../../shared/result.ts';

/** Text of a figure; a function where making it costs something, since most figures are never opened. */
export type Text = string | (() => string);

/** What a figure is about: everything a person reads beside the amount. */
export interface About {
  label: Text;
  /** The clerk's line; made from the operation and the children where it is not given. */
  arithmetic?: Text;
  rule?: RuleReference;
  /** Of an input: where it was taken from. */
  source?: Text;
  subject?: NonNullable<ExplainNode['subject']>;
}

export interface Rounding {
  name: 'half-even' | 'up' | 'down';
  places: number;
}

/**
 * An amount together with the operation and the children it was computed from, made in one step: a figure and its
 * explanation cannot differ. Exact: the amount is the operation applied to the children's amounts, then the rounding.
 */
export interface Figure {
  readonly amount: Decimal;
  readonly op: ExplainOperation;
  readonly unit: string;
  readonly children: readonly Figure[];
  /** Index of the child that won (greatest, least, choice); -1 for the other operations. */
  readonly chosen: number;
  readonly rounding: Rounding | null;
  readonly about: About;
  /** True when it, or anything it was made from, rests on a rule that nobody has checked. */
  readonly unverified: boolean;
}

/** A figure that does not exist here, such as a health ratio without a requirement, with what was looked at. */
export interface AbsentFigure extends Omit<Figure, 'amount'> {
  readonly amount: null;
}

const ZERO = new Decimal(0);

function make(amount: Decimal, op: ExplainOperation, unit: string, children: readonly Figure[], about: About, chosen = -1): Figure {
  return { amount, op, unit, children, chosen, rounding: null, about, unverified: isUnverified(children, about) };
}

function isUnverified(children: readonly Figure[], { rule }: About): boolean {
  if (rule?.status === 'unverified') return true;
  for (const child of children) if (child.unverified) return true;
  return false;
}

/** Something taken from the file, the market or the rule pack. */
export function input(amount: Decimal, unit: string, about: About): Figure {
  return make(amount, 'input', unit, [], about);
}

/** All children added; 0 when there are none. */
export function sum(unit: string, children: readonly Figure[], about: About): Figure {
  let amount: Decimal = ZERO;
  for (const child of children) amount = amount.plus(child.amount);
  return make(amount, 'sum', unit, children, about);
}

/** The first child less all the others. */
export function difference(unit: string, children: readonly [Figure, ...Figure[]], about: About): Figure {
  let { amount } = children[0];
  for (let index = 1; index < children.length; index += 1) amount = amount.minus((children[index] as Figure).amount);
  return make(amount, 'difference', unit, children, about);
}

/** All children multiplied. */
export function product(unit: string, children: readonly [Figure, ...Figure[]], about: About): Figure {
  let { amount } = children[0];
  for (let index = 1; index < children.length; index += 1) amount = amount.times((children[index] as Figure).amount);
  return make(amount, 'product', unit, children, about);
}

/** The first child divided by the second, rounded half-even. The divisor is not zero: the caller rules that on. */
export function quotient(unit: string, dividend: Figure, divisor: Figure, places: number, about: About): Figure {
  assert(!divisor.amount.isZero(), 'a quotient needs a divisor other than zero');
  const amount = divideHalfEven(dividend.amount, divisor.amount, places);
  return { amount, op: 'quotient', unit, children: [dividend, divisor], chosen: -1, rounding: { name: 'half-even', places }, about, unverified: isUnverified([dividend, divisor], about) };
}

/** The figure that would be a quotient, where it means nothing. */
export function absentQuotient(unit: string, dividend: Figure, divisor: Figure, about: About): AbsentFigure {
  return { amount: null, op: 'quotient', unit, children: [dividend, divisor], chosen: -1, rounding: null, about, unverified: isUnverified([dividend, divisor], about) };
}

/** A figure that does not exist here, for the reason in `about.arithmetic`. */
export function absent(unit: string, about: About): AbsentFigure {
  return { amount: null, op: 'input', unit, children: [], chosen: -1, rounding: null, about, unverified: false };
}

/** The child with the greatest amount; the first of them when several are equal. */
export function greatest(unit: string, children: readonly [Figure, ...Figure[]], about: About): Figure {
  let chosen = 0;
  for (let index = 1; index < children.length; index += 1) {
    if ((children[index] as Figure).amount.gt((children[chosen] as Figure).amount)) chosen = index;
  }
  return make((children[chosen] as Figure).amount, 'greatest', unit, children, about, chosen);
}

/** The child with the least amount; the first of them when several are equal. */
export function least(unit: string, children: readonly [Figure, ...Figure[]], about: About): Figure {
  let chosen = 0;
  for (let index = 1; index < children.length; index += 1) {
    if ((children[index] as Figure).amount.lt((children[chosen] as Figure).amount)) chosen = index;
  }
  return make((children[chosen] as Figure).amount, 'least', unit, children, about, chosen);
}

/**
 * A figure whose amount is known by a shorter way, and whose children are made when they are read: for trees of which a
 * book has thousands and nobody opens most. `from` are the figures below that could rest on a rule. That both ways agree
 * is checked when the children are made.
 */
export function deferred(amount: Decimal, op: 'sum' | 'difference', unit: string, from: readonly Figure[], make: () => Figure, about: About): Figure {
  let made: Figure | null = null;
  const whole = (): Figure => {
    if (made) return made;
    made = make();
    assert(made.op === op && made.amount.eq(amount) && made.unverified === isUnverified(from, about), `a deferred figure is ${amount.toFixed()}, its children make ${made.amount.toFixed()}`);
    return made;
  };
  return {
    amount, op, unit, chosen: -1, rounding: null, about, unverified: isUnverified(from, about),
    get children() {
      return whole().children;
    },
  };
}

/** The child at `chosen`, for the reason that `about.arithmetic` gives. */
export function choice(unit: string, children: readonly Figure[], chosen: number, about: About): Figure {
  const child = children[chosen];
  assert(child !== undefined, `a choice needs a child at ${chosen}`);
  return make(child.amount, 'choice', unit, children, about, chosen);
}

/**
 * A figure whose children are made when they are first read: for trees far larger than what is ever opened, such as every
 * scenario of every leg. The amount comes from elsewhere, so whoever calls this vouches that it is the operation applied
 * to the children; a property test holds the two together. The same goes for `unverified`.
 */
export function lazily(made: Pick<Figure, 'amount' | 'op' | 'unit' | 'about'> & Partial<Pick<Figure, 'chosen' | 'rounding' | 'unverified'>>, children: () => readonly Figure[]): Figure {
  let known: readonly Figure[] | null = null;
  return {
    chosen: -1,
    rounding: null,
    unverified: made.about.rule?.status === 'unverified',
    ...made,
    get children() {
      known ??= children();
      return known;
    },
  };
}

const MODES = { 'half-even': Decimal.ROUND_HALF_EVEN, up: Decimal.ROUND_UP, down: Decimal.ROUND_DOWN } as const;

/** The same operation, its exact amount then rounded: half to even, `up` away from zero, or `down` towards it. */
export function rounded(figure: Figure, rounding: Rounding): Figure {
  return { ...figure, amount: figure.amount.toDecimalPlaces(rounding.places, MODES[rounding.name]), rounding };
}

/** Division rounded once, in whole numbers: Decimal.div rounds to its own 60 digits first, which could turn a value just beside a tie into a tie. */
function divideHalfEven(dividend: Decimal, divisor: Decimal, places: number): Decimal {
  const most = Math.max(dividend.decimalPlaces(), divisor.decimalPlaces());
  const [whole, by] = [stepsOf(dividend, most + places), stepsOf(divisor, most)];
  const [steps, rest] = [whole / by, whole % by];
  const beyond = sizeOf(rest) * 2n - sizeOf(by);
  const isUp = beyond > 0n || (beyond === 0n && steps % 2n !== 0n);
  const away = whole < 0n === by < 0n ? 1n : -1n;
  return new Decimal(`${isUp ? steps + away : steps}e-${places}`);
}

/** How many steps of 10^−places it is, which has no more places. */
function stepsOf(value: Decimal, places: number): bigint {
  const [whole = '', decimals = ''] = value.toFixed().split('.');
  return BigInt(whole + decimals.padEnd(places, '0'));
}

function sizeOf(value: bigint): bigint {
  return value < 0n ? -value : value;
}
