import { expect, test } from 'vitest';
import { americanPrice } from '../../../main/engine/pricing/american.ts';
import { blackScholes } from '../../../main/engine/pricing/european.ts';
import { optionValue } from '../../../main/engine/scan/options/option-value.ts';
import { convergedTreePrice, drawWidely, fineTreePrice, integratedPrice, randomFrom, type DrawnOption, type PaidDividend } from './slow-pricing.ts';

// `npm run properties` draws 10,000 American options; a fine tree takes a hundredth of a second each.
const SEED = Number(process.env['PLIMSOLL_SEED'] ?? 20261121);
const RUNS = Number(process.env['PLIMSOLL_PRICING_RUNS'] ?? 40);

/** Days to three years, volatility 8–88 %, rate and yield 0–10 %, strikes from two thirds to one and a half of the spot. */
function drawOption(random: () => number): DrawnOption {
  return {
    spot: 100,
    strike: 100 * Math.exp(0.8 * random() - 0.4),
    years: 10 ** (2.5 * random() - 2),
    volatility: 0.08 + 0.8 * random(),
    rate: 0.1 * random(),
    dividendYield: random() < 0.5 ? 0 : 0.1 * random(),
    isCall: random() < 0.5,
  };
}

function drawDividends(random: () => number, years: number): PaidDividend[] {
  return random() < 0.6 ? [] : Array.from({ length: 1 + Math.floor(3 * random()) }, () => ({ years: years * random(), amount: 2 * random() }));
}

test(`${RUNS} American options are within 1e-4 of spot of the mean of trees of 2,000 and 2,001 steps, seed ${SEED}`, () => {
  const random = randomFrom(SEED);
  const errors = Array.from({ length: RUNS }, () => {
    const option = drawOption(random);
    const dividends = drawDividends(random, option.years);
    const { spot, strike, years, volatility, rate, dividendYield, isCall } = option;
    const price = americanPrice(spot, strike, years, volatility, rate, dividendYield, isCall, dividends);
    return { error: Math.abs(price - fineTreePrice(option, dividends)) / spot, option, dividends };
  }).sort((a, b) => a.error - b.error);
  const [median, p99] = [0.5, 0.99].map((part) => errors[Math.floor(part * RUNS)]?.error.toExponential(1));
  console.log(`American options, seed ${SEED}: error of spot median ${median}, p99 ${p99}, max ${errors.at(-1)?.error.toExponential(1)}`);
  expect(errors.filter(({ error }) => !(error <= 1e-4))).toEqual([]);
});

test(`${RUNS} American prices from the premium table, over a wide range, are within 1e-4 of spot of the same trees, seed ${SEED}`, () => {
  const random = randomFrom(SEED);
  const errors = Array.from({ length: RUNS }, () => {
    const option = drawWidely(random);
    const price = tablePrice(option);
    return { error: Math.abs(price - fineTreePrice(option)) / option.spot, option };
  }).sort((a, b) => a.error - b.error);
  const [median, p99] = [0.5, 0.99].map((part) => errors[Math.floor(part * RUNS)]?.error.toExponential(1));
  console.log(`American options from the table, seed ${SEED}: error of spot median ${median}, p99 ${p99}, max ${errors.at(-1)?.error.toExponential(1)}`);
  const unlikeTrees = errors.filter(({ error }) => !(error <= 1e-4)).map(({ option }) => option);
  expect(unlikeTrees.filter((option) => !isConverged(option))).toEqual([]);
  expect(unlikeTrees.length).toBeLessThanOrEqual(RUNS / 1_000);
});

const tablePrice = (option: DrawnOption): number => optionValue({ ...option, dividends: [], american: true }, option.spot, option.volatility);
const isConverged = (option: DrawnOption): boolean => Math.abs(tablePrice(option) - convergedTreePrice(option)) / option.spot <= 1e-5;

test('where a tree of 2,000 steps is off by more, the table says what finer ones tend to', () => {
  const extreme: DrawnOption = { spot: 100, strike: 246.56545018438354, years: 2.977052783440476, volatility: 1.9598991446529117, rate: 0.09926673536421732, dividendYield: 0.01657713847234845, isCall: false };
  expect(Math.abs(tablePrice(extreme) - fineTreePrice(extreme)) / extreme.spot).toBeGreaterThan(1e-4);
  expect(isConverged(extreme)).toBe(true);
});

test(`${RUNS * 10} European options are within 1e-8 of an integral over the distribution, seed ${SEED}`, () => {
  const random = randomFrom(SEED);
  const wrong = Array.from({ length: RUNS * 10 }, () => drawOption(random)).filter((option) => {
    const { spot, strike, years, volatility, rate, dividendYield, isCall } = option;
    return !(Math.abs(blackScholes(spot, strike, years, volatility, rate, dividendYield, isCall) - integratedPrice(option)) < 1e-8);
  });
  expect(wrong).toEqual([]);
});
