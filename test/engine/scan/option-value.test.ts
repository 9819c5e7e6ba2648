import { expect, test } from 'vitest';
import { americanPrice } from '../../../main/engine/pricing/american.ts';
import { scenarioMoves } from '../../../main/engine/pricing/scenario-moves.ts';
import type { PricedOption } from '../../../main/engine/scan/options/option-terms.ts';
import { optionValue, optionValues } from '../../../main/engine/scan/options/option-value.ts';
import { impliedVolatility } from '../../../main/engine/scan/options/option-volatility.ts';
import { randomFrom } from '../pricing/slow-pricing.ts';

const MOVES = [-1, -0.3, -0.15, -0.01, 0, 0.02, 0.15, 0.4, 3];
const STEPS = [0, 0.05, -0.05, 0, 0.1, -1, 0.05, 0, 0];
const ALL = scenarioMoves(MOVES, STEPS);

const put: PricedOption = { spot: 100, strike: 105, years: 0.5, rate: 0.05, dividendYield: 0.02, dividends: [], isCall: false, american: true };
const KINDS: Record<string, PricedOption> = {
  'American put': put,
  'American call': { ...put, isCall: true, strike: 95, dividendYield: 0.06 },
  'American call without yield': { ...put, isCall: true, dividendYield: 0 },
  'European put': { ...put, american: false },
  'put with a cash dividend': { ...put, dividends: [{ years: 0.2, amount: 1 }] },
  'put between two boundaries': { ...put, rate: -0.01, dividendYield: -0.03 },
  'on its last day': { ...put, years: 0 },
};

function values(option: PricedOption, volatility: number, moves = ALL): number[] {
  const out = new Float64Array(moves.factor.length + 1).fill(7);
  optionValues(out, 1, option, option.spot, volatility, moves);
  expect(out[0]).toBe(7);
  return [...out.subarray(1)];
}

test('all scenarios at once have the bits of each by itself', () => {
  for (const [kind, option] of Object.entries(KINDS)) {
    const alone = MOVES.map((move, at) => values(option, 0.3, scenarioMoves([move], [STEPS[at] as number]))[0]);
    expect(values(option, 0.3), kind).toEqual(alone);
    expect(optionValue(option, 100, 0.3), kind).toBe(values(option, 0.3, scenarioMoves([0], [0]))[0]);
  }
});

test('an American option is worth what exercise brings or more, and the European one or more', () => {
  for (const [kind, option] of Object.entries(KINDS).filter(([, { american }]) => american)) {
    const european = values({ ...option, american: false }, 0.3);
    for (const [at, value] of values(option, 0.3).entries()) {
      const spot = 100 * (1 + (MOVES[at] as number));
      expect(value, `${kind}, ${at}`).toBeGreaterThanOrEqual(Math.max(0, option.isCall ? spot - option.strike : option.strike - spot));
      expect(value, `${kind}, ${at}`).toBeGreaterThanOrEqual((european[at] as number) - 1e-9);
    }
  }
});

test('close to the boundary too it is never worth less than exercise', () => {
  const long = { ...put, strike: 100, years: 2.25, rate: 0.0707, dividendYield: 0.08 };
  for (let spot = 10; spot < 30; spot += 0.01) for (const volatility of [0.8, 1, 1.17, 1.4]) expect(optionValue(long, spot, volatility)).toBeGreaterThanOrEqual(100 - spot);
});

test('a call that is never exercised early is the European one to the last bit', () => {
  const call = KINDS['American call without yield'] as PricedOption;
  expect(values(call, 0.3)).toEqual(values({ ...call, american: false }, 0.3));
});

test('prices from the table are those of the boundary itself to a thousandth of a cent on a share of 100', () => {
  for (const option of [put, KINDS['American call'] as PricedOption]) {
    for (const [at, value] of values(option, 0.3).entries()) {
      const { strike, years, rate, dividendYield, isCall } = option;
      const exact = americanPrice(100 * (1 + (MOVES[at] as number)), strike, years, Math.max(0, 0.3 + (STEPS[at] as number)), rate, dividendYield, isCall);
      expect(Math.abs(value - exact), `${isCall} ${at}`).toBeLessThan(1e-5);
    }
  }
});

test('where the lattice takes over from the boundary the price does not jump by more than the lattice is off', () => {
  for (const dividendYield of [-0.03, 0, 0.03]) {
    const at = (rate: number) => optionValue({ ...put, rate, dividendYield }, 100, 0.3);
    expect(Math.abs(at(1e-9) - at(-1e-9)), `yield ${dividendYield}`).toBeLessThan(0.01);
  }
});

test('1,000 American marks in cents give a volatility that gives them back, none without', () => {
  const random = randomFrom(11);
  let found = 0;
  for (let drawn = 0; drawn < 1_000; drawn++) {
    const isCall = random() < 0.5;
    const option = { ...put, isCall, strike: 60 + 80 * random(), years: [7, 28, 91, 300, 700][drawn % 5]! / 365, rate: [0.02, 0.05][drawn % 2]!, dividendYield: [0, 0.05][(drawn >> 1) % 2]! };
    const mark = Math.round(100 * optionValue(option, 100, 0.1 + 0.9 * random())) / 100;
    if (!(mark > optionValue(option, 100, 0))) continue;
    found += 1;
    const implied = impliedVolatility(option, mark);
    if (typeof implied === 'string') expect.fail(`${implied}: ${JSON.stringify({ ...option, mark })}`);
    else expect(Math.abs(optionValue(option, 100, implied.value) - mark), JSON.stringify({ ...option, mark })).toBeLessThan(1e-9);
  }
  expect(found).toBeGreaterThan(700);
});

test('a mark that early exercise explains by itself has no volatility, one beyond the strike neither', () => {
  expect(impliedVolatility({ ...put, strike: 130 }, 30)).toBe('noTimeValue');
  expect(impliedVolatility({ ...put, strike: 130 }, 29.9)).toBe('noTimeValue');
  expect(impliedVolatility(put, 105.01)).toBe('tooDear');
});
