// Nodes and weights for integrals and interpolation, computed when the program starts. Cosine is a series of our own, for the
// same reason as exp in elementary.ts.

/** cos(share × π) for a share from 0 to 1. */
export function cosineOfPart(share: number): number {
  if (share > 0.5) return -cosineOfPart(1 - share);
  if (share > 0.25) return sineOfPart(0.5 - share);
  const angle = share * Math.PI;
  let term = 1;
  let sum = 1;
  for (let n = 1; n < 20; n += 2) {
    term *= -(angle * angle) / (n * (n + 1));
    sum += term;
  }
  return sum;
}

/** sin(share × π) for a share from 0 to ¼. */
function sineOfPart(share: number): number {
  const angle = share * Math.PI;
  let term = angle;
  let sum = angle;
  for (let n = 2; n < 20; n += 2) {
    term *= -(angle * angle) / (n * (n + 1));
    sum += term;
  }
  return sum;
}

/** Where an integral from 0 to 1 is sampled, and with what weights. */
export interface Quadrature {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/** Gauss's rule of `count` points on (0, 1), exact for polynomials of degree 2 count − 1: roots of Legendre's by Newton. */
export function gaussLegendre(count: number): Quadrature {
  const nodes = new Float64Array(count);
  const weights = new Float64Array(count);
  for (let at = 0; at < count; at++) {
    let root = -cosineOfPart((at + 0.75) / (count + 0.5));
    let slope = 0;
    for (let step = 0; step < 8; step++) {
      let before = 1;
      let value = root;
      for (let degree = 2; degree <= count; degree++) [before, value] = [value, ((2 * degree - 1) * root * value - (degree - 1) * before) / degree];
      slope = (count * (root * value - before)) / (root * root - 1);
      root -= value / slope;
    }
    nodes[at] = 0.5 + 0.5 * root;
    weights[at] = 1 / ((1 - root * root) * slope * slope);
  }
  return { nodes, weights };
}

/** The points of Chebyshev's interpolation on [0, 1] from 1 down to 0: `degree` + 1 of them, both ends included. */
export function chebyshevPoints(degree: number): Float64Array {
  return Float64Array.from({ length: degree + 1 }, (_, at) => 0.5 + 0.5 * cosineOfPart(at / degree));
}

/** What each value at the Chebyshev points counts for in the value of their polynomial at `place` (barycentric). */
export function chebyshevWeights(points: Float64Array, place: number): Float64Array {
  const weights = new Float64Array(points.length);
  let sum = 0;
  for (let at = 0; at < points.length; at++) {
    const distance = place - (points[at] as number);
    if (distance === 0) return new Float64Array(points.length).fill(1, at, at + 1);
    const isEnd = at === 0 || at === points.length - 1;
    weights[at] = ((at % 2 === 0 ? 1 : -1) * (isEnd ? 0.5 : 1)) / distance;
    sum += weights[at] as number;
  }
  return weights.map((weight) => weight / sum);
}
