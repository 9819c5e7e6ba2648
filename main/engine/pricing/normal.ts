import { exp, log } from './elementary.ts';

// The normal distribution to full double accuracy, far tails included. Everything rests on two functions of y ≥ 0 that
// are smooth and never vanish, so that rational fits hold their relative error everywhere:
//   tailRatio(y)      = Φ(−y) e^(y²/2)              (Mills' ratio ÷ √2π)
//   tailRatioSlope(y) = 1/√2π − y tailRatio(y)      (minus its derivative; fitted too, since the difference cancels)
// Fits are ours, made in 50-digit arithmetic. All coefficients of both are positive: nothing cancels.

/** 1 ÷ √2π. */
export const DENSITY_AT_ZERO = 0.3989422804014327;

const SPLITTER = 134217729; // 2²⁷ + 1 halves a double into two of 26 bits

/** Φ(−y) e^(y²/2) for y ≥ 0. Fit error 1.1e-19 up to 5, 2.5e-19 beyond. */
export function tailRatio(y: number): number {
  if (y < 5) {
    const above =
      0.5 + y * (0.6338062909573525 + y * (0.4034291080057113 + y * (0.16115090043633348 + y * (0.04353017537862351 + y * (0.008082601183121848 + y * (0.0010052998490911811 + y * (7.669698086832872e-5 + y * 2.7627984804840285e-6)))))));
    const below =
      1 + y * (2.0654971427175703 + y * (1.9548864965682033 + y * (1.1152885035152975 + y * (0.42383134045434456 + y * (0.11161917933423707 + y * (0.020452381912389756 + y * (0.0025268357898084928 + y * (0.00019225089830254553 + y * 6.925307636344496e-6))))))));
    return above / below;
  }
  const inverse = 1 / y;
  const z = inverse * inverse;
  const above = 0.3989422804014327 + z * (23.11741642746806 + z * (462.74323075956966 + z * (3910.98409918288 + z * (13594.576225155819 + z * (15581.770455480533 + z * 2573.8386047384397)))));
  const below = 1 + z * (58.946769653510614 + z * (1215.8720357695513 + z * (10857.4150514489 + z * (42065.54963818725 + z * (61544.68020658662 + z * 22304.109943491567)))));
  return (inverse * above) / below;
}

/** 1/√2π − y Φ(−y) e^(y²/2) for y ≥ 0. Fit error 5.8e-20 up to 5, 2.4e-18 beyond. */
export function tailRatioSlope(y: number): number {
  if (y < 5) {
    const above =
      0.3989422804014327 + y * (0.39910952823152884 + y * (0.21109737742947562 + y * (0.07195474691312224 + y * (0.016956756650409403 + y * (0.0027962398040286434 + y * (0.0003137194580880952 + y * (2.1893466533441824e-5 + y * 7.311743777535953e-7)))))));
    const below =
      1 + y * (2.25373336545529 + y * (2.3537785436299323 + y * (1.5033114311500795 + y * (0.651831822483587 + y * (0.20107951530871002 + y * (0.04485106110832414 + y * (0.0071738519463940996 + y * (0.0007918728215255068 + y * (5.487888460037846e-5 + y * 1.8327809441975865e-6)))))))));
    return above / below;
  }
  const inverse = 1 / y;
  const z = inverse * inverse;
  const above = 0.3989422804014327 + z * (26.164691471327252 + z * (596.7271861331658 + z * (5760.601115922094 + z * (22632.819885036508 + z * (27518.61668610588 + z * 1976.9282211355687)))));
  const below = 1 + z * (68.58515543902546 + z * (1686.5287033195225 + z * (18575.49441437028 + z * (93417.06029087577 + z * (193265.24480196572 + z * 117960.98060216045)))));
  return (z * above) / below;
}

/** e^(−x²/2), with the rounding of x² made good: at x = 38 it would otherwise cost three digits. */
function expOfMinusHalfSquare(x: number): number {
  const square = x * x;
  if (square > 1600) return 0;
  const spread = x * SPLITTER;
  const high = spread - (spread - x);
  const low = x - high;
  const lost = high * high - square + 2 * high * low + low * low;
  const value = exp(-0.5 * square);
  return value - 0.5 * lost * value;
}

/** The standard normal density. */
export function normalDensity(x: number): number {
  return DENSITY_AT_ZERO * expOfMinusHalfSquare(x);
}

/** The standard normal distribution function Φ(x); relative error about 4e-16 as far as doubles reach (x ≈ −37.5). */
export function normalDistribution(x: number): number {
  if (x > 0) return 1 - expOfMinusHalfSquare(x) * tailRatio(x);
  return expOfMinusHalfSquare(x) * tailRatio(-x);
}

/** The complementary error function; relative error as that of the normal distribution function. */
export function erfc(x: number): number {
  if (x < 0) return 2 - erfc(-x);
  const half = expOfMinusHalfSquare(x);
  return 2 * half * half * tailRatio(x * Math.SQRT2);
}

/**
 * The x with Φ(x) = p, to a few units in the last place; ∓Infinity at 0 and 1, NaN outside. Three rational fits: in
 * 0.425² − (p − ½)² around the middle, in √(−ln p) for the tails; fit errors 7.5e-17, 1.5e-17 and 3.4e-17.
 */
export function inverseNormal(p: number): number {
  if (!(p > 0 && p < 1)) {
    if (p === 0) return -Infinity;
    return p === 1 ? Infinity : NaN;
  }
  const q = p - 0.5;
  if (q >= -0.425 && q <= 0.425) return q * inverseAroundMiddle(0.180625 - q * q);
  const r = Math.sqrt(-log(q < 0 ? p : 1 - p));
  const x = r < 5 ? inverseInTail(r - 1.6) : inverseInFarTail(r - 5);
  return q < 0 ? -x : x;
}

function inverseAroundMiddle(v: number): number {
  const above =
    3.3871328727963665 + v * (133.12366236443984 + v * (1971.0034008750717 + v * (13724.898743362315 + v * (45888.30428522767 + v * (67197.29452602068 + v * (33385.30617918273 + v * 2504.7127176088597))))));
  const below = 1 + v * (42.30801484065871 + v * (686.9975668363693 + v * (5391.737832707846 + v * (21199.543682006733 + v * (39271.36677769174 + v * (28693.703724173844 + v * 5218.250851420747))))));
  return above / below;
}

function inverseInTail(v: number): number {
  const above =
    1.4234371107496837 + v * (4.634736411568288 + v * (5.783010001512578 + v * (3.6629031788385413 + v * (1.2782045147208378 + v * (0.24367877735001742 + v * (0.022925085604348524 + v * 0.0007812270973253355))))));
  const below = 1 + v * (2.0562817283208847 + v * (1.6821705883955782 + v * (0.693669524220977 + v * (0.14924331453550468 + v * (0.01533345118676438 + v * (0.0005523183956284403 + v * 1.0511644257998186e-9))))));
  return above / below;
}

function inverseInFarTail(v: number): number {
  const above =
    6.657904643501104 + v * (5.461699734404493 + v * (1.7832613462602809 + v * (0.2961058749819808 + v * (0.026467812289307845 + v * (0.0012380928949328987 + v * (2.6967522552736915e-5 + v * 1.9942377009012225e-7))))));
  const below = 1 + v * (0.5995190184176867 + v * (0.13676394925667826 + v * (0.014843298353043414 + v * (0.0007841302667044752 + v * (1.836419486368501e-5 + v * (1.4101298278868538e-7 + v * 1.998494394905813e-15))))));
  return above / below;
}
