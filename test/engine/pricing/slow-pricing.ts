// Pricing as one would write it on a blackboard, slowly, with the platform's own functions. It shares no code with the
// engine: what both agree on is unlikely to be the same mistake.

/** One option and its market, as the oracles draw it. */
export interface DrawnOption {
  spot: number;
  strike: number;
  years: number;
  volatility: number;
  rate: number;
  dividendYield: number;
  isCall: boolean;
}

/** The discounted mean of the pay-off over the lognormal distribution, by Simpson's rule from the strike outwards. */
export function integratedPrice({ spot, strike, years, volatility, rate, dividendYield, isCall }: DrawnOption): number {
  const spread = volatility * Math.sqrt(years);
  const mean = Math.log(spot) + (rate - dividendYield) * years - (spread * spread) / 2;
  const kink = (Math.log(strike) - mean) / spread;
  const from = isCall ? Math.max(kink, -12) : -12 - spread;
  const to = isCall ? 12 + spread : Math.min(kink, 12);
  if (from >= to) return 0;
  const pieces = 2_000;
  const width = (to - from) / pieces;
  let sum = 0;
  for (let piece = 0; piece <= pieces; piece++) {
    const z = from + piece * width;
    const weight = piece === 0 || piece === pieces ? 1 : piece % 2 === 1 ? 4 : 2;
    sum += weight * Math.abs(Math.exp(mean + spread * z) - strike) * Math.exp((-z * z) / 2);
  }
  return (Math.exp(-rate * years) * sum * width) / 3 / Math.sqrt(2 * Math.PI);
}

/** One cash dividend, `years` from today. */
export interface PaidDividend {
  years: number;
  amount: number;
}

/**
 * The tree of Cox, Ross and Rubinstein, exercised at its nodes; cash dividends escrowed. Whoever waits for a dividend that
 * falls between two nodes need not wait for the next one: a put is as well exercised just after it, a call just before.
 */
export function treePrice(option: DrawnOption, steps: number, dividends: readonly PaidDividend[] = []): number {
  const { spot, strike, years, volatility, rate, dividendYield, isCall } = option;
  const time = years / steps;
  const up = Math.exp(volatility * Math.sqrt(time));
  const chance = (Math.exp((rate - dividendYield) * time) - 1 / up) / (up - 1 / up);
  const discount = Math.exp(-rate * time);
  const toCome = (now: number) =>
    dividends.filter((paid) => paid.years > now && paid.years <= years).reduce((sum, paid) => sum + paid.amount * Math.exp(-rate * (paid.years - now)), 0);
  const start = spot - toCome(0);
  const spots = Float64Array.from({ length: 2 * steps + 1 }, (_, index) => start * Math.exp((index - steps) * volatility * Math.sqrt(time)));
  const values = Float64Array.from({ length: steps + 1 }, (_, ups) => Math.max(0, (isCall ? 1 : -1) * ((spots[2 * ups] as number) - strike)));
  for (let step = steps - 1; step >= 0; step--) {
    const now = step * time;
    const shift = toCome(now) - strike;
    const between = dividends.filter((paid) => paid.years > now && paid.years < Math.min(now + time, years)).map((paid) => {
      const left = paid.years - now;
      const later = toCome(paid.years) + (isCall ? paid.amount : 0);
      return { carried: Math.exp(-dividendYield * left), fixed: Math.exp(-rate * left) * (later - strike) };
    });
    for (let ups = 0; ups <= step; ups++) {
      const waiting = discount * (chance * (values[ups + 1] as number) + (1 - chance) * (values[ups] as number));
      const exercised = (spots[steps + 2 * ups - step] as number) + shift;
      let most = Math.max(waiting, isCall ? exercised : -exercised);
      if (between.length > 0) {
        for (const { carried, fixed } of between) {
          const then = (spots[steps + 2 * ups - step] as number) * carried + fixed;
          most = Math.max(most, isCall ? then : -then);
        }
      }
      values[ups] = most;
    }
  }
  return values[0] as number;
}

/** What the engine's lattice is measured against: one step more or less moves the strike to the other side of a node. */
export function fineTreePrice(option: DrawnOption, dividends: readonly PaidDividend[] = []): number {
  return (treePrice(option, 2_000, dividends) + treePrice(option, 2_001, dividends)) / 2;
}

/**
 * What ever finer trees tend to. At two hundred per cent over three years one of 2,000 steps is itself off by more than 1e-4 of
 * the spot; its error falls as its steps grow.
 */
export function convergedTreePrice(option: DrawnOption): number {
  const mean = (steps: number): number => (treePrice(option, steps, []) + treePrice(option, steps + 1, [])) / 2;
  return 2 * mean(8_000) - mean(4_000);
}

/** Numbers from 0 to 1, the same for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A day to three years, volatility 5–200 %, rate −1–10 %, yield 0–8 % or in one of four none, spot ÷ strike 0.3–3. */
export function drawWidely(random: () => number): DrawnOption {
  return {
    spot: 100,
    strike: 100 / (0.3 * 10 ** random()),
    years: 0.003 * 1_000 ** random(),
    volatility: 0.05 * 40 ** random(),
    rate: 0.11 * random() - 0.01,
    dividendYield: random() < 0.25 ? 0 : 0.08 * random(),
    isCall: random() < 0.5,
  };
}
