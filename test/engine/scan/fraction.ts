/** Exact fractions of big integers: the oracle's own arithmetic. The denominator is above zero. */
export interface Fraction {
  over: bigint;
  under: bigint;
}

export const NOUGHT: Fraction = { over: 0n, under: 1n };

export function whole(value: number | bigint): Fraction {
  return { over: BigInt(value), under: 1n };
}

/** `-12.5` */
export function read(text: string): Fraction {
  const [whole = '0', decimals = ''] = text.split('.');
  return { over: BigInt(whole + decimals), under: 10n ** BigInt(decimals.length) };
}

export function add(a: Fraction, b: Fraction): Fraction {
  return { over: a.over * b.under + b.over * a.under, under: a.under * b.under };
}

export function take(a: Fraction, b: Fraction): Fraction {
  return add(a, { over: -b.over, under: b.under });
}

export function times(a: Fraction, b: Fraction): Fraction {
  return { over: a.over * b.over, under: a.under * b.under };
}

export function by(a: Fraction, b: Fraction): Fraction {
  const sign = b.over < 0n ? -1n : 1n;
  return { over: a.over * b.under * sign, under: a.under * b.over * sign };
}

export function above(a: Fraction, b: Fraction): boolean {
  return a.over * b.under > b.over * a.under;
}

export function same(a: Fraction, b: Fraction): boolean {
  return a.over * b.under === b.over * a.under;
}

export function larger(a: Fraction, b: Fraction): Fraction {
  return above(b, a) ? b : a;
}

export function smaller(a: Fraction, b: Fraction): Fraction {
  return above(a, b) ? b : a;
}

export function size(a: Fraction): Fraction {
  return a.over < 0n ? { over: -a.over, under: a.under } : a;
}

export function signOf(a: Fraction): number {
  return a.over === 0n ? 0 : a.over < 0n ? -1 : 1;
}

export function total(terms: readonly Fraction[]): Fraction {
  return terms.reduce(add, NOUGHT);
}

/** To so many decimals: half to even, or cut off. */
export function atPlaces(a: Fraction, places: number, how: 'half-even' | 'cut'): Fraction {
  const step = 10n ** BigInt(places);
  const magnitude = a.over < 0n ? -a.over : a.over;
  const scaled = magnitude * step;
  let steps = scaled / a.under;
  const twice = (scaled % a.under) * 2n;
  if (how === 'half-even' && (twice > a.under || (twice === a.under && steps % 2n === 1n))) steps += 1n;
  return { over: a.over < 0n ? -steps : steps, under: step };
}
