import { recomputeAll } from '../../main/engine/columns/scan/lane.ts';
import { wasmMemory } from '../../main/engine/columns/scan/wasm.ts';
import { forgetPremiumTables } from '../../main/engine/pricing/premium-table.ts';
import { scenarioMoves } from '../../main/engine/pricing/scenario-moves.ts';
import type { PricedOption } from '../../main/engine/scan/options/option-terms.ts';
import { optionValue, optionValues } from '../../main/engine/scan/options/option-value.ts';
import { impliedVolatility } from '../../main/engine/scan/options/option-volatility.ts';
import { drawWidely, fineTreePrice, randomFrom } from '../engine/pricing/slow-pricing.ts';
import { bookM } from './book-m/book.ts';
import { CALL, EXPIRIES, PER_UNDERLYING, PUT, RATE, universeM, yearsTo } from './book-m/universe.ts';
import { atMost, inMilliseconds, measurement, quantile, seconds, type Measurement } from './measure.ts';
import { laneM } from './scan-lane.ts';

// Figure 2b. American options of book M: 20,000 options in 31 scenarios, and half of them American. In the book itself only their puts
// are ever exercised early, since nothing yields; so the same is measured with every option on a future, where both are.

const RUNS = 9;
const UNDERLYINGS = 500;
/** Options compared with trees, two hundredths of a second each. PLIMSOLL_PRICING_RUNS sets another number. */
const COMPARED = Number(process.env['PLIMSOLL_PRICING_RUNS'] ?? 400);
const SEED = 20261121;

/** Nine prices over 16 % by three volatilities, and four far prices. */
const NEAR = [-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1].flatMap((share) => [-0.05, 0, 0.05].map((vol) => [0.16 * share, vol] as const));
const ALL = [...NEAR, ...[-0.48, -0.32, 0.32, 0.48].map((move) => [move, 0] as const)];
const MOVES = scenarioMoves(ALL.map(([move]) => move), ALL.map(([, vol]) => vol));
/** One price at each volatility: enough to have every table made that the scenarios read. */
const VOLATILITIES = scenarioMoves([0, 0, 0], [-0.05, 0, 0.05]);

interface Chain {
  option: PricedOption;
  volatility: number;
}

/** The options of book M, American for every second underlying or none. */
function chainsM(american: boolean, onFutures: boolean): Chain[] {
  const universe = universeM(UNDERLYINGS, american, 1);
  const chains: Chain[] = [];
  for (let at = 0; at < universe.count; at += 1) {
    const kind = universe.kind[at] as number;
    if (kind !== CALL && kind !== PUT) continue;
    const spot = (universe.price[at - (at % PER_UNDERLYING)] as number) / 100;
    const years = yearsTo(EXPIRIES[universe.expiry[at] as number] as string);
    const option = { spot, strike: (universe.strike[at] as number) / 100, years, rate: RATE, dividendYield: onFutures ? RATE : 0, dividends: [], isCall: kind === CALL, american: universe.american[at] === 1 };
    chains.push({ option, volatility: (universe.volatility[at] as number) / 1e4 });
  }
  return chains;
}

const out = new Float64Array(ALL.length);

/** Every option in every scenario, the spot moved by a share so that no run repeats the one before. */
function reprice(chains: readonly Chain[], by: number, moves = MOVES): number {
  return seconds(() => {
    for (const { option, volatility } of chains) optionValues(out, 0, option, option.spot * (1 + by), volatility, moves);
  });
}

export function americanMeasurements(): Measurement[] {
  return [...wholeBook(), ...repricing(), ...implied(), ...errors()];
}

/** The whole of M-scan, its chains European or half of them American. */
function wholeBook(): Measurement[] {
  const [european, american] = [false, true].map((american) => laneM(bookM({ kind: 'scan', american }), wasmMemory)) as [ReturnType<typeof laneM>, ReturnType<typeof laneM>];
  const times = Array.from({ length: RUNS + 2 }, () => [seconds(() => recomputeAll(american)), seconds(() => recomputeAll(european))] as const).slice(2);
  const peer = { name: 'with European options alone', times: times.map(([, time]) => time) };
  return [atMost(inMilliseconds('2b. M-scan, full recompute, half of the options American, tables warm', times.map(([time]) => time), peer), 2, 'at most 2')];
}

function repricing(): Measurement[] {
  const european = chainsM(false, false);
  const cases = [
    { name: 'in book M, where puts alone are exercised early', chains: chainsM(true, false) },
    { name: 'all on futures, where calls are too', chains: chainsM(true, true) },
  ].map((each) => ({ ...each, cold: [] as number[], warm: [] as number[] }));
  const peer: number[] = [];
  reprice(european, 0);
  for (let run = 0; run < RUNS; run += 1) {
    for (const { chains, cold, warm } of cases) {
      forgetPremiumTables();
      cold.push(reprice(chains.filter(({ option }) => option.american), 0, VOLATILITIES));
      warm.push(reprice(chains, run / 1e4));
      peer.push(reprice(european, run / 1e4));
    }
  }
  const size = `${european.length} options in ${ALL.length} scenarios`;
  return [
    inMilliseconds(`2b. reprice of ${size}, all European`, peer),
    ...cases.flatMap(({ name, cold, warm }) => [
      atMost(inMilliseconds(`2b. reprice of ${size}, half American, tables warm: ${name}`, warm, { name: 'all European', times: peer }), 2, 'at most 2'),
      inMilliseconds(`2b. their premium tables made cold, and three prices of each American option: ${name}`, cold, { name: 'all European', times: peer }),
    ]),
  ];
}

/** Volatilities from prices, of every American option that is worth more than exercise. */
function implied(): Measurement[] {
  const priced = chainsM(true, true).flatMap(({ option, volatility }) => {
    const price = Math.round(optionValue(option, option.spot, volatility) * 100) / 100;
    const exercised = option.isCall ? option.spot - option.strike : option.strike - option.spot;
    return option.american && price > Math.max(0, exercised) ? [{ option, price }] : [];
  });
  let failures = 0;
  const times = Array.from({ length: RUNS }, () => {
    failures = 0;
    return seconds(() => {
      for (const { option, price } of priced) if (typeof impliedVolatility(option, price) === 'string') failures += 1;
    });
  });
  const each = times.map((time) => (time / priced.length) * 1e6);
  return [
    measurement(`2b. implied volatility of an American option, marks in cents, tables warm`, each, 'µs'),
    { ...measurement(`2b. of ${priced.length} such marks above exercise, without a volatility`, [failures], 'options'), target: 'none', met: failures === 0 },
  ];
}

/** Against the mean of plain trees of 2,000 and 2,001 steps, of the spot. */
function errors(): Measurement[] {
  const random = randomFrom(SEED);
  const found = Array.from({ length: COMPARED }, () => {
    const drawn = drawWidely(random);
    const price = optionValue({ ...drawn, dividends: [], american: true }, drawn.spot, drawn.volatility);
    return Math.abs(price - fineTreePrice(drawn)) / drawn.spot;
  });
  const most = Math.max(...found);
  const of = `2b. American prices against trees of 2,000 and 2,001 steps, ${COMPARED} options of volatility 5–200 %, a day to three years, seed ${SEED}`;
  return [
    { ...measurement(`${of}: largest error`, [most], 'of spot'), target: 'at most 1e-4', met: most <= 1e-4 },
    measurement(`${of}: 99 of 100 within`, [quantile(found, 0.99)], 'of spot'),
  ];
}
