// The two inner loops of the scan lane, two doubles at a time. AssemblyScript; main/build/kernel.ts compiles it. The same
// arithmetic as kernel.ts and pricing/scenario-time-value.ts, which are the reference and the fallback. What is priced is
// rounded step by step as there, in the same order, and nothing of it is fused; sums are of whole numbers, see `added`.

/**
 * `sum` and a product, rounded once or twice as the host likes: every product and every sum of the aggregation is a whole
 * number below 2⁵³, so that there is nothing to round. Prices may not be made with this.
 */
// @ts-ignore: decorator
@inline
function added(sum: v128, x: v128, y: v128): v128 {
  return f64x2.relaxed_madd(x, y, sum);
}

/**
 * As `scanRuns` of kernel.ts; every column is the address of its first number. Least and most are taken without a look at
 * NaN, one step in place of seven; a row of NaN is NaN to its last number, the worth, from which the requirement takes it.
 */
export function scanRuns(from: i32, to: i32, stride: i32, rows: usize, charges: usize, instrument: usize, quantity: usize, start: usize, requirement: usize, worth: usize, gross: usize): void {
  const bytes = <usize>stride << 3;
  let first = <usize>load<i32>(start + (<usize>from << 2));
  for (let run = from; run < to; run++) {
    const end = <usize>load<i32>(start + (<usize>run << 2) + 4);
    const stop = quantity + (end << 3);
    let least = f64x2.splat(0);
    let last = least;
    let both = least;
    // Sixteen numbers of each row at once are what fits into registers.
    for (let block = rows; block < rows + bytes; block += 128) {
      let a = f64x2.splat(0);
      let b = f64x2.splat(0);
      let c = f64x2.splat(0);
      let d = f64x2.splat(0);
      let e = f64x2.splat(0);
      let f = f64x2.splat(0);
      let g = f64x2.splat(0);
      let h = f64x2.splat(0);
      both = f64x2.splat(0);
      let which = instrument + (first << 2);
      for (let at = quantity + (first << 3); at < stop; at += 8, which += 4) {
        const held = v128.load_splat<f64>(at);
        const one = <usize>load<i32>(which);
        const row = block + one * bytes;
        a = added(a, held, v128.load(row));
        b = added(b, held, v128.load(row, 16));
        c = added(c, held, v128.load(row, 32));
        d = added(d, held, v128.load(row, 48));
        e = added(e, held, v128.load(row, 64));
        f = added(f, held, v128.load(row, 80));
        g = added(g, held, v128.load(row, 96));
        h = added(h, held, v128.load(row, 112));
        both = added(both, f64x2.abs(held), v128.load(charges + (one << 4)));
      }
      least = f64x2.pmin(f64x2.pmin(least, last), f64x2.pmin(f64x2.pmin(f64x2.pmin(a, b), f64x2.pmin(c, d)), f64x2.pmin(f64x2.pmin(e, f), g)));
      last = h;
    }
    // The last number is what the run is worth, all others are gains.
    const value = f64x2.extract_lane(last, 1);
    least = f64x2.pmin(least, i64x2.shuffle(least, last, 1, 2));
    const required = f64x2.pmax(f64x2.sub(f64x2.splat(0), f64x2.pmin(least, i64x2.shuffle(least, least, 1, 0))), both);
    store<f64>(requirement + (<usize>run << 3), f64x2.extract_lane(required, 0) + (value - value));
    store<f64>(worth + (<usize>run << 3), value);
    store<f64>(gross + (<usize>run << 3), f64x2.extract_lane(both, 1));
    first = end;
  }
}

// Constants are read from memory: V8 makes each splat anew where it stands, in three steps (a quarter of the time in all).
// They stand second in each sum: what stands first is read first, and all constants of a formula at once do not fit into
// registers.
const CONSTANTS = memory.data<f64>([
  2.7627984804840285e-6,
  7.669698086832872e-5,
  0.0010052998490911811,
  0.008082601183121848,
  0.04353017537862351,
  0.16115090043633348,
  0.4034291080057113,
  0.6338062909573525,
  0.5,
  6.925307636344496e-6,
  0.00019225089830254553,
  0.0025268357898084928,
  0.020452381912389756,
  0.11161917933423707,
  0.42383134045434456,
  1.1152885035152975,
  1.9548864965682033,
  2.0654971427175703,
  1,
  1.4426950408889634,
  0.6931471801362932,
  4.236521365809284e-10,
  2.4801521288745607e-5,
  2.762009798380066e-7,
  0.0013888888917207107,
  0.041666666666624164,
  0.5000000000000001,
  2.755735771732739e-6,
  2.506740040989874e-8,
  0.00019841269782529635,
  0.008333333333356998,
  0.16666666666666644,
  4503599627371519,
  1e-15,
  1e6,
  1e4,
  -0.5,
  -700,
  6755399441055744,
]);

// @ts-ignore: decorator
@inline
function constant(at: usize): v128 {
  return v128.load_splat<f64>(CONSTANTS + (at << 3));
}

/** As `tail` of scenario-time-value.ts. */
// @ts-ignore: decorator
@inline
function tail(y: v128): v128 {
  let above = constant(0);
  above = f64x2.add(f64x2.mul(y, above), constant(1));
  above = f64x2.add(f64x2.mul(y, above), constant(2));
  above = f64x2.add(f64x2.mul(y, above), constant(3));
  above = f64x2.add(f64x2.mul(y, above), constant(4));
  above = f64x2.add(f64x2.mul(y, above), constant(5));
  above = f64x2.add(f64x2.mul(y, above), constant(6));
  above = f64x2.add(f64x2.mul(y, above), constant(7));
  above = f64x2.add(f64x2.mul(y, above), constant(8));
  let below = constant(9);
  below = f64x2.add(f64x2.mul(y, below), constant(10));
  below = f64x2.add(f64x2.mul(y, below), constant(11));
  below = f64x2.add(f64x2.mul(y, below), constant(12));
  below = f64x2.add(f64x2.mul(y, below), constant(13));
  below = f64x2.add(f64x2.mul(y, below), constant(14));
  below = f64x2.add(f64x2.mul(y, below), constant(15));
  below = f64x2.add(f64x2.mul(y, below), constant(16));
  below = f64x2.add(f64x2.mul(y, below), constant(17));
  below = f64x2.add(f64x2.mul(y, below), constant(18));
  return f64x2.div(above, below);
}

/** As `expBelowZero` of elementary.ts. */
// @ts-ignore: decorator
@inline
function expBelowZero(x: v128): v128 {
  const k = f64x2.floor(f64x2.add(f64x2.mul(x, constant(19)), constant(8)));
  const high = f64x2.sub(x, f64x2.mul(k, constant(20)));
  const low = f64x2.mul(k, constant(21));
  const r = f64x2.sub(high, low);
  const r2 = f64x2.mul(r, r);
  let even = f64x2.add(f64x2.mul(r2, constant(23)), constant(22));
  even = f64x2.add(f64x2.mul(r2, even), constant(24));
  even = f64x2.add(f64x2.mul(r2, even), constant(25));
  even = f64x2.add(f64x2.mul(r2, even), constant(26));
  let odd = f64x2.add(f64x2.mul(r2, constant(28)), constant(27));
  odd = f64x2.add(f64x2.mul(r2, odd), constant(29));
  odd = f64x2.add(f64x2.mul(r2, odd), constant(30));
  odd = f64x2.add(f64x2.mul(r2, odd), constant(31));
  const rest = f64x2.add(even, f64x2.mul(r, odd));
  const y = f64x2.add(constant(18), f64x2.add(r, f64x2.add(f64x2.sub(f64x2.sub(high, r), low), f64x2.mul(r2, rest))));
  // 2⁵² + k + 1023 has k + 1023 in its lowest bits; moved up they are the exponent of 2 to the power of k.
  const power = i64x2.shl(f64x2.add(k, constant(32)), 52);
  return f64x2.mul(y, power);
}

/**
 * A row of gains of a European option without cash dividends: as `europeanValues`, the price in scenario `now` taken off,
 * whole millionths, times weight, times `scale`. `moves` are five arrays of `count` numbers, an even count: factors, their
 * logarithms, their roots, steps of volatility, weights. Time values go to `times`, with room for six such arrays; with `known`
 * they are there already, from the call or the put of the same strike and volatility. Gives back the largest number of the row, without its sign.
 */
export function optionRow(out: usize, times: usize, known: bool, moves: usize, count: i32, now: i32, forward: f64, distance: f64, roots: f64, strike: f64, sign: f64, discount: f64, rootYears: f64, volatility: f64, scale: f64): f64 {
  const length = <usize>count << 3;
  if (!known) timeValues(times, moves, length, forward, distance, roots, strike, rootYears, volatility);
  const zero = f64x2.splat(0);
  const before = f64x2.splat(f64x2.extract_lane(value(f64x2.splat(forward * load<f64>(moves + (<usize>now << 3))), v128.load_splat<f64>(times + (<usize>now << 3)), strike, sign, discount), 0));
  let most = zero;
  for (let at: usize = 0; at < length; at += 16) {
    const moved = f64x2.mul(f64x2.splat(forward), v128.load(moves + at));
    const gain = f64x2.sub(value(moved, v128.load(times + at), strike, sign, discount), before);
    const whole = f64x2.sub(f64x2.add(f64x2.mul(gain, constant(34)), constant(38)), constant(38));
    const row = f64x2.mul(f64x2.mul(whole, v128.load(moves + 4 * length + at)), f64x2.splat(scale));
    most = f64x2.pmax(most, f64x2.abs(row));
    v128.store(out + at, row);
  }
  return Math.max(f64x2.extract_lane(most, 0), f64x2.extract_lane(most, 1));
}

/** Prices in every scenario, as `europeanValues`; all else as `optionRow`. */
export function optionValues(out: usize, times: usize, known: bool, moves: usize, count: i32, forward: f64, distance: f64, roots: f64, strike: f64, sign: f64, discount: f64, rootYears: f64, volatility: f64): void {
  const length = <usize>count << 3;
  if (!known) timeValues(times, moves, length, forward, distance, roots, strike, rootYears, volatility);
  for (let at: usize = 0; at < length; at += 16) {
    v128.store(out + at, value(f64x2.mul(f64x2.splat(forward), v128.load(moves + at)), v128.load(times + at), strike, sign, discount));
  }
}

// @ts-ignore: decorator
@inline
function value(moved: v128, timeValue: v128, strike: f64, sign: f64, discount: f64): v128 {
  const intrinsic = f64x2.mul(f64x2.splat(sign), f64x2.sub(moved, f64x2.splat(strike)));
  const gained = f64x2.add(v128.and(intrinsic, f64x2.gt(intrinsic, f64x2.splat(0))), timeValue);
  return f64x2.mul(f64x2.splat(discount), gained);
}

/**
 * As `scenarioTimeValue`, in every scenario: one step of it for all scenarios, then the next. Steps are short, so that the
 * processor has many of them under way at once; with the whole of it in one loop it waits for one result after the other.
 */
function timeValues(times: usize, moves: usize, length: usize, forward: f64, distance: f64, roots: f64, strike: f64, rootYears: f64, volatility: f64): void {
  const zero = f64x2.splat(0);
  const aparts = times + length;
  const near = aparts + 2 * length;
  const far = near + length;
  const exponents = far + length;
  for (let at: usize = 0; at < length; at += 16) {
    const move = moves + at;
    const moved = f64x2.mul(f64x2.splat(forward), v128.load(move));
    const stepped = f64x2.add(f64x2.splat(volatility), v128.load(move + 3 * length));
    const total = f64x2.mul(v128.and(stepped, f64x2.gt(stepped, zero)), f64x2.splat(rootYears));
    // Without volatility the lesser side is set to nothing, which leaves nothing of the value.
    v128.store(times + at, v128.andnot(f64x2.pmin(f64x2.splat(strike), moved), f64x2.le(total, zero)));
    const v = f64x2.pmin(f64x2.pmax(total, constant(33)), constant(34));
    const t = f64x2.mul(constant(8), v);
    const apartBy = f64x2.abs(f64x2.add(f64x2.splat(distance), v128.load(move + length)));
    const a = f64x2.div(f64x2.pmin(apartBy, constant(35)), v);
    v128.store(aparts + at, f64x2.sub(a, t));
    v128.store(aparts + length + at, f64x2.add(a, t));
    const exponent = f64x2.mul(constant(36), f64x2.add(f64x2.mul(a, a), f64x2.mul(t, t)));
    v128.store(exponents + at, f64x2.pmax(exponent, constant(37)));
  }
  for (let at: usize = 0; at < 2 * length; at += 16) v128.store(near + at, tail(f64x2.abs(v128.load(aparts + at))));
  for (let at: usize = 0; at < length; at += 16) v128.store(exponents + at, expBelowZero(v128.load(exponents + at)));
  for (let at: usize = 0; at < length; at += 16) {
    const low = v128.load(times + at);
    const envelope = f64x2.mul(f64x2.mul(f64x2.splat(roots), v128.load(moves + 2 * length + at)), v128.load(exponents + at));
    const inside = f64x2.sub(low, f64x2.mul(envelope, f64x2.add(v128.load(near + at), v128.load(far + at))));
    const outside = f64x2.mul(envelope, f64x2.sub(v128.load(near + at), v128.load(far + at)));
    const chosen = v128.bitselect(inside, outside, f64x2.lt(v128.load(aparts + at), zero));
    v128.store(times + at, f64x2.pmin(f64x2.pmax(chosen, zero), low));
  }
}
