// exp and log of our own, so that a price has the same bits on every machine: nothing here but +, −, ×, ÷, floor and the
// bits of a double. The platform's own functions may differ in the last bit from one engine, or one release, to the next.
//
// The coefficients were fitted by us in 50-digit arithmetic (weighted least squares at Chebyshev nodes until the relative
// error is level); each line says what error that leaves before rounding. test/engine/pricing holds the results to
// series of 45 digits.

/** ln 2 in two parts; the first has 31 bits, so that a multiple of it by an exponent is exact. */
const LN2_HIGH = 0.6931471801362932;
const LN2_LOW = 4.236521365809284e-10;
const TWO_TO_54 = 18014398509481984;
const TWO_TO_MINUS_60 = 8.673617379884035e-19;

// One double seen as two 32-bit words; which word holds the exponent is found out, not assumed.
const cell = new Float64Array(1);
const words = new Int32Array(cell.buffer);
cell[0] = 1;
const HIGH = words[1] === 0x3ff00000 ? 1 : 0;

/** 2 to the power of k, for k from −1022 to 1023. */
function powerOfTwo(k: number): number {
  words[1 - HIGH] = 0;
  words[HIGH] = (k + 1023) << 20;
  return cell[0] as number;
}

/** (eʳ − 1 − r) ÷ r² for |r| up to ½ ln 2; relative error 2.1e-16, which is 1.3e-17 of eʳ. */
function exponentialRest(r: number): number {
  const r2 = r * r;
  const even = 0.5000000000000001 + r2 * (0.041666666666624164 + r2 * (0.0013888888917207107 + r2 * (2.4801521288745607e-5 + r2 * 2.762009798380066e-7)));
  const odd = 0.16666666666666644 + r2 * (0.008333333333356998 + r2 * (0.00019841269782529635 + r2 * (2.755735771732739e-6 + r2 * 2.506740040989874e-8)));
  return even + r * odd;
}

/** eˣ, within one unit in the last place; 0 and Infinity beyond the range of doubles, NaN for NaN. */
export function exp(x: number): number {
  if (!(x < 710)) return x > 0 ? Infinity : NaN;
  if (x < -746) return 0;
  const k = Math.floor(x * Math.LOG2E + 0.5);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const y = 1 + (r + (high - r - low + r * r * exponentialRest(r)));
  if (k < -1022) return y * powerOfTwo(k + 60) * TWO_TO_MINUS_60; // rounded once, by the last product
  if (k > 1023) return y * 2 * powerOfTwo(1023);
  return y * powerOfTwo(k);
}

/** The same bits for −700 ≤ x ≤ 0, without looking at what x is; for the inner loops. */
export function expBelowZero(x: number): number {
  const k = Math.floor(x * Math.LOG2E + 0.5);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const y = 1 + (r + (high - r - low + r * r * exponentialRest(r)));
  return y * powerOfTwo(k);
}

/** eˣ − 1 without the loss of digits near zero. */
export function expm1(x: number): number {
  if (x > -0.34 && x < 0.34) return x + x * x * exponentialRest(x);
  return exp(x) - 1;
}

/** ln(1 + f) + k ln 2 for 1 + f from √½ to √2: with s = f ÷ (2 + f) it is 2 artanh s, an odd series; fit error 3.3e-18. */
function logOfPart(f: number, k: number): number {
  const s = f / (2 + f);
  const z = s * s;
  const z2 = z * z;
  const even = 0.6666666666666666 + z2 * (0.2857142857076309 + z2 * (0.18181794674434198 + z2 * 0.1326738660383181));
  const odd = 0.40000000000000946 + z2 * (0.22222222400822797 + z2 * (0.15386291841441446 + z2 * 0.13101029046380747));
  const rest = z * (even + z * odd);
  return k * LN2_HIGH - (s * (f - rest) - k * LN2_LOW - f);
}

/** The natural logarithm, within one unit in the last place; −Infinity at 0, NaN below it. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  let k = 0;
  let scaled = x;
  if (x < 2.3e-308) {
    scaled = x * TWO_TO_54;
    k = -54;
  }
  cell[0] = scaled;
  const word = words[HIGH] as number;
  k += (word >> 20) - 1023;
  words[HIGH] = (word & 0xfffff) | 0x3ff00000;
  let part = cell[0];
  if (part > Math.SQRT2) {
    part *= 0.5;
    k += 1;
  }
  return logOfPart(part - 1, k);
}

/** ln(1 + x) without the loss of digits near zero. */
export function log1p(x: number): number {
  if (x > -0.29 && x < 0.41) return logOfPart(x, 0);
  const sum = 1 + x;
  if (!(sum > 0) || sum === Infinity) return log(sum);
  return log(sum) + (x - (sum - 1)) / sum;
}

/** ln(low ÷ high), accurate also where the two are nearly equal, because their difference is then exact. */
export function logRatio(low: number, high: number): number {
  if (low > 0.5 * high && low < 2 * high) return log1p((low - high) / high);
  const ratio = low / high;
  if (ratio > 1e-300 && ratio < 1e300) return log(ratio);
  return log(low) - log(high);
}
