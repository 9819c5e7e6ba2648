import { Decimal } from '../../../shared/money.ts';

// Functions to 45 digits and more, by the series one would write on paper: what the engine's doubles are held to.

const TWO_PI = new Decimal('6.283185307179586476925286766559005768394338798750211641949889');
const ENOUGH = new Decimal('1e-55');

/** The very number that a double is; `new Decimal(double)` would take the shortest text that stands for it. */
export function exactly(value: number): Decimal {
  let whole = value;
  let halvings = 0;
  for (; !Number.isInteger(whole); halvings++) whole *= 2;
  return new Decimal(BigInt(whole).toString()).div(new Decimal(2).pow(halvings));
}

export function exactDensity(x: Decimal): Decimal {
  return x.times(x).div(-2).exp().div(TWO_PI.sqrt());
}

/** Φ(x): ½ + φ(x) (x + x³/3 + x⁵/15 + …) near the middle, Laplace's continued fraction in the lower tail. */
export function exactNormal(x: Decimal): Decimal {
  if (x.greaterThan(0)) return new Decimal(1).minus(exactNormal(x.negated()));
  if (x.greaterThan(-4)) {
    let term = x;
    let sum = x;
    for (let odd = 3; term.abs().greaterThan(ENOUGH); odd += 2) {
      term = term.times(x).times(x).div(odd);
      sum = sum.plus(term);
    }
    return exactDensity(x).times(sum).plus('0.5');
  }
  const y = x.negated();
  let fraction = y;
  for (let n = 400; n >= 1; n--) fraction = y.plus(new Decimal(n).div(fraction));
  return exactDensity(x).div(fraction);
}

/** Black's undiscounted price from its textbook form, at 60 digits, which leaves enough after cancellation. */
export function exactBlack(forward: number, strike: number, volSqrtT: number, isCall: boolean): Decimal {
  const [f, k, s] = [exactly(forward), exactly(strike), exactly(volSqrtT)];
  const d1 = f.div(k).ln().div(s).plus(s.div(2));
  const d2 = d1.minus(s);
  if (isCall) return f.times(exactNormal(d1)).minus(k.times(exactNormal(d2)));
  return k.times(exactNormal(d2.negated())).minus(f.times(exactNormal(d1.negated())));
}

/** |value ÷ truth − 1|. */
export function relativeError(value: number, truth: Decimal): number {
  if (truth.isZero()) return Math.abs(value);
  return exactly(value).div(truth).minus(1).abs().toNumber();
}

/** The same points on every run, spread over [0, 1) by steps of the golden section. */
export function spreadPoints(count: number): number[] {
  return Array.from({ length: count }, (_, index) => (0.5 + index * 0.6180339887498949) % 1);
}
