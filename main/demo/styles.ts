import { Decimal } from '../../shared/money.ts';
import { held, worth, type Holding } from './holdings.ts';
import { bondNamed, option, priceOf, FIRST_FULL_DAY, stock } from './market.ts';
import type { Random } from './random.ts';
import { BONDS, UNDERLYINGS } from './universe.ts';

/** How a client invests: each style makes the positions of an account of about so many dollars. */
export type Style = (random: Random, dollars: number) => Holding[];

const EXPIRIES = ['2026-12-18', '2027-01-15', '2027-03-19'] as const;
const LEAP = '2028-01-21';
const names = (keep: (underlying: (typeof UNDERLYINGS)[number]) => boolean): string[] => UNDERLYINGS.filter(keep).map(({ symbol }) => symbol);

export const LARGE = names(({ kind, currency, price }) => kind === 'stock' && currency === 'USD' && new Decimal(price).gte(40));
export const TECH = ['AAPL', 'MSFT', 'NVDA', 'AMZN', 'GOOGL', 'META', 'TSLA', 'AVGO', 'AMD', 'NFLX', 'MU', 'ORCL', 'CRM', 'PLTR', 'COIN'];
const SMALL = ['F', 'T', 'SOFI', 'RIVN', 'NIO', 'CCL', 'AAL', 'GME', 'AMC', 'PLUG', 'INTC', 'PFE'];
const FUNDS = names(({ kind, leverage }) => kind === 'etf' && leverage === undefined);
const LEVERAGED = names(({ kind, leverage }) => kind === 'etf' && leverage !== undefined);
const FOREIGN = names(({ currency }) => currency !== 'USD');
const OPTIONABLE = names(({ kind, volatility, price }) => kind !== 'index' && volatility > 0 && new Decimal(price).gte(20));

/** Long positions that share out the dollars unevenly. */
export function longs(random: Random, symbols: readonly string[], dollars: number): Holding[] {
  const weights = symbols.map(() => random.between(3, 12));
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return symbols.map((symbol, index) => worth(random, stock(symbol), (dollars * (weights[index] ?? 1)) / all));
}

function bonds(random: Random, count: number, dollars: number): Holding[] {
  return random.some(BONDS, count).map(({ symbol }) => worth(random, bondNamed(symbol), dollars / count));
}

/** Round lots of stock with calls sold against them, most of them fully covered. */
function coveredCalls(random: Random, symbols: readonly string[], dollars: number): Holding[] {
  return symbols.flatMap((symbol) => {
    const price = priceOf(stock(symbol), FIRST_FULL_DAY) ?? new Decimal(1);
    const lots = Decimal.max(new Decimal(dollars / symbols.length).div(price.times(100)).toDecimalPlaces(0, Decimal.ROUND_DOWN), 1);
    const calls = random.chance(75) ? lots : Decimal.max(lots.div(2).toDecimalPlaces(0, Decimal.ROUND_DOWN), 1);
    return [held(random, stock(symbol), lots.times(100)), held(random, option(symbol, 'C', random.between(1, 9), random.pick(EXPIRIES)), calls.negated())];
  });
}

function contracts(random: Random, dollars: number): Decimal {
  return new Decimal(Math.max(1, Math.round((dollars * random.between(50, 150)) / 4_000_000)));
}

function vertical(random: Random, symbol: string, dollars: number): Holding[] {
  const right = random.chance(55) ? 'P' : 'C';
  const out = right === 'P' ? -1 : 1;
  const expiry = random.pick(EXPIRIES);
  const count = contracts(random, dollars);
  const near = held(random, option(symbol, right, out * random.between(2, 4), expiry), count);
  const far = held(random, option(symbol, right, out * random.between(8, 12), expiry), count);
  return random.chance(70) ? [{ ...near, quantity: count.negated() }, far] : [near, { ...far, quantity: count.negated() }];
}

function ironCondor(random: Random, symbol: string, dollars: number): Holding[] {
  const expiry = random.pick(EXPIRIES);
  const count = contracts(random, dollars);
  const leg = (right: 'C' | 'P', percent: number, sign: 1 | -1) => held(random, option(symbol, right, percent, expiry), count.times(sign));
  return [leg('P', -12, 1), leg('P', -6, -1), leg('C', 6, -1), leg('C', 12, 1)];
}

function strangle(random: Random, symbol: string, dollars: number): Holding[] {
  const expiry = random.pick(EXPIRIES);
  const count = contracts(random, dollars).negated();
  const wide = random.chance(40) ? 0 : random.between(5, 11);
  return [held(random, option(symbol, 'C', wide, expiry), count), held(random, option(symbol, 'P', -wide, expiry), count)];
}

export const core: Style = (random, dollars) => [
  ...longs(random, [...random.some(LARGE, random.between(9, 14)), ...random.some(FUNDS, 3)], dollars * 0.8),
  ...bonds(random, random.between(1, 3), dollars * 0.2),
];
export const growth: Style = (random, dollars) => [
  ...longs(random, [...random.some(TECH, random.between(8, 12)), ...random.some(SMALL, 4)], dollars * 0.85),
  ...longs(random, random.some(LEVERAGED, 2), dollars * 0.1),
  ...random.some(TECH, 3).map((symbol) => held(random, option(symbol, 'C', random.between(-5, 10), random.pick([...EXPIRIES, LEAP])), contracts(random, dollars))),
];
export const income: Style = (random, dollars) => [
  ...coveredCalls(random, random.some(OPTIONABLE, random.between(6, 9)), dollars * 0.75),
  ...bonds(random, 3, dollars * 0.25),
];
export const longShort: Style = (random, dollars) => {
  const picked = random.some([...LARGE, ...SMALL], 20);
  return [
    ...longs(random, picked.filter((_, index) => index % 2 === 0), dollars * 0.7),
    ...longs(random, picked.filter((_, index) => index % 2 === 1), dollars * 0.3).map((holding) => ({ ...holding, quantity: holding.quantity.negated() })),
    ...random.some(OPTIONABLE, 2).flatMap((symbol) => vertical(random, symbol, dollars)),
  ];
};
export const seller: Style = (random, dollars) => [
  ...longs(random, random.some(LARGE, 4), dollars * 0.5),
  ...random.some(OPTIONABLE, 6).map((symbol) => held(random, option(symbol, 'P', -random.between(2, 9), random.pick(EXPIRIES)), contracts(random, dollars).negated())),
  ...random.some(OPTIONABLE, 3).flatMap((symbol) => strangle(random, symbol, dollars)),
  ...coveredCalls(random, random.some(OPTIONABLE, 2), dollars * 0.2),
];
export const spreads: Style = (random, dollars) => [
  ...longs(random, random.some(FUNDS, 3), dollars * 0.6),
  ...random.some([...OPTIONABLE, 'SPX'], 6).flatMap((symbol) => vertical(random, symbol, dollars)),
  ...random.some(OPTIONABLE, 2).flatMap((symbol) => ironCondor(random, symbol, dollars)),
];
export const hedged: Style = (random, dollars) => [
  ...coveredCalls(random, random.some(OPTIONABLE, 4), dollars * 0.6),
  ...random.some(OPTIONABLE, 4).map((symbol) => held(random, option(symbol, 'P', -random.between(3, 8), random.pick(EXPIRIES)), contracts(random, dollars))),
  ...longs(random, random.some(LARGE, 5), dollars * 0.4),
];
export const bondLadder: Style = (random, dollars) => [...bonds(random, random.between(6, 9), dollars * 0.8), ...longs(random, random.some(FUNDS, 3), dollars * 0.2)];
export const global: Style = (random, dollars) => [
  ...longs(random, random.some(FOREIGN, random.between(7, 11)), dollars * 0.6),
  ...longs(random, [...random.some(LARGE, 5), ...random.some(FUNDS, 2)], dollars * 0.4),
];

/** A handful of stocks of these names, largest first: an account whose fate one can follow. */
export function concentrated(symbols: readonly string[]): Style {
  return (random, dollars) => symbols.map((symbol, index) => worth(random, stock(symbol), (dollars * (symbols.length - index) * 2) / (symbols.length * (symbols.length + 1))));
}
