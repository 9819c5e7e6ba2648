import { Decimal } from '../../shared/money.ts';
import { snapshot, type DemoEvent } from './account.ts';
import { held, merged, worth, type Holding, type Snapshot } from './holdings.ts';
import { DAYS, FIRST_FULL_DAY, FUTURE, HALTED, LAST_DAY, option, priceOf, stock, type Day } from './market.ts';
import type { Random } from './random.ts';
import { cashForRatio, roughDeficit } from './steering.ts';
import { concentrated, core, growth, longShort, seller, type Style } from './styles.ts';

/** What happens to an account over the days of the demo. */
export interface Story {
  closes: Map<Day, Snapshot>;
  events: DemoEvent[];
}

/** A kind of story, how many accounts live it, and how large they are (thousands of dollars of positions). */
export interface Plot {
  name: string;
  count: number;
  thousands: readonly [number, number];
  base?: string;
  tell: (random: Random, dollars: number, base: string) => Story;
}

const [EARLY] = DAYS;
const CALM = ['KO', 'PEP', 'JNJ', 'WMT', 'MCD', 'VZ', 'XLF'];
const FALLING = ['NVDA', 'MU', 'PLTR', 'AMD', 'COIN', 'AVGO'];
const ENERGY = ['XOM', 'CVX', 'XLE'];

/** Equity over requirement, in thousandths, from and to. */
type Ratio = readonly [from: number, to: number];

function oneOf(random: Random, [from, to]: Ratio): Decimal {
  return new Decimal(random.between(from, to)).div(1000);
}

/** The same positions at every close, with cash that puts equity at `ratio` times the requirement on `steer`. */
function steady(style: Style, ratio: Ratio, steer: Day = FIRST_FULL_DAY, days: readonly Day[] = [FIRST_FULL_DAY, LAST_DAY]): Plot['tell'] {
  return (random, dollars, base) => {
    const holdings = merged(style(random, dollars));
    const cash = snapshot(holdings, { [base]: cashForRatio(holdings, steer, oneOf(random, ratio), base) });
    return { closes: new Map(days.map((day) => [day, cash])), events: [] };
  };
}

/** Called on the first day; on the last, money comes in: so many hundredths of the shortfall. */
function deposits(style: Style, ratio: Ratio, percentOfShortfall: number): Plot['tell'] {
  return (random, dollars, base) => {
    const holdings = merged(style(random, dollars));
    const cash = cashForRatio(holdings, FIRST_FULL_DAY, oneOf(random, ratio), base);
    const amount = roughDeficit(holdings, FIRST_FULL_DAY, cash, base).times(percentOfShortfall).div(10_000).toDecimalPlaces(0, Decimal.ROUND_UP).times(100);
    return {
      closes: new Map([
        [FIRST_FULL_DAY, snapshot(holdings, { [base]: cash })],
        [LAST_DAY, snapshot(holdings, { [base]: cash.plus(amount) })],
      ]),
      events: [{ kind: 'deposit', day: LAST_DAY, amount }],
    };
  };
}

/** Called on the first day; on the last the largest position is halved. */
function sells(style: Style, ratio: Ratio): Plot['tell'] {
  return (random, dollars, base) => {
    const before = merged(style(random, dollars));
    const cash = cashForRatio(before, FIRST_FULL_DAY, oneOf(random, ratio), base);
    const sold = before[0];
    if (!sold) throw new Error('nothing to sell');
    const quantity = sold.quantity.div(2).toDecimalPlaces(0, Decimal.ROUND_UP).negated();
    return traded(before, cash, { instrument: sold.instrument, quantity, cost: sold.cost }, LAST_DAY, [FIRST_FULL_DAY, LAST_DAY], base);
  };
}

/** Plenty of room on the first day; a purchase on `day` that Regulation T wants half of. */
function buys(symbol: string, day: Day, days: readonly Day[]): Plot['tell'] {
  return (random, dollars, base) => {
    const before = merged(core(random, dollars));
    const cash = cashForRatio(before, FIRST_FULL_DAY, oneOf(random, [1860, 1950]), base);
    return traded(before, cash, worth(random, stock(symbol), dollars * 0.6), day, days, base);
  };
}

/** Closes and the trade record of one trade at that day's close. */
function traded(before: readonly Holding[], cash: Decimal, trade: Holding, day: Day, days: readonly Day[], base: string): Story {
  const price = priceOf(trade.instrument, day) ?? new Decimal(0);
  const after = snapshot(merged([...before, { ...trade, cost: price }]), { [base]: cash.minus(price.times(trade.quantity)) });
  const start = snapshot(before, { [base]: cash });
  return {
    closes: new Map(days.map((at) => [at, at < day ? start : after])),
    events: [{ kind: 'trade', day, instrument: trade.instrument, quantity: trade.quantity, price }],
  };
}

const also = (style: Style, more: (random: Random, dollars: number) => Holding[]): Style => (random, dollars) => [...style(random, dollars), ...more(random, dollars)];
const shortHalted = also(core, (random) => [held(random, HALTED, new Decimal(-1200))]);
const longHalted = also(core, (random) => [held(random, HALTED, new Decimal(2500))]);
const shortAdjusted = also(core, (random) => [held(random, option('INTC', 'C', 4, '2027-01-15', true), new Decimal(-15))]);
const shortPuts = also(concentrated(['META', 'AMZN', 'DIS']), (random) => [held(random, option('META', 'P', -3, '2026-12-18'), new Decimal(-6)), held(random, option('AMZN', 'P', -4, '2027-01-15'), new Decimal(-8))]);
const futures = also(core, (random) => [held(random, FUTURE, new Decimal(random.chance(50) ? 4 : -3))]);

/** The accounts of the prime desk that something happens to; the rest of the desk has a quiet week. */
export const PLOTS: readonly Plot[] = [
  { name: 'bankrupt', count: 3, thousands: [180, 900], tell: steady(concentrated(['COIN', 'PLTR', 'SOXL', 'MU']), [-90, -25], LAST_DAY) },
  { name: 'at the liquidation level', count: 4, thousands: [300, 4000], tell: steady(concentrated(['DIS', 'NKE', 'BA', 'UNH', 'F']), [560, 640]) },
  { name: 'called, and falling further', count: 5, thousands: [120, 6000], tell: steady(concentrated(['AAPL', 'AMZN', 'META', 'JPM', 'GOOGL', 'HD']), [885, 965]) },
  { name: 'called below the exchange requirement', count: 3, thousands: [400, 9000], tell: steady(concentrated(['MSFT', 'WMT', 'COST', 'GS', 'JNJ']), [730, 800]) },
  { name: 'called on short puts', count: 2, thousands: [300, 1500], tell: steady(shortPuts, [880, 940]) },
  { name: 'called on shorts that rose', count: 2, thousands: [600, 3000], tell: steady(also(concentrated(['MSFT', 'PEP', 'XLF']), (random) => [worth(random, stock('GME'), 180_000, -1)]), [1008, 1024]) },
  { name: 'pays in part', count: 3, thousands: [250, 2500], tell: deposits(concentrated(CALM), [870, 925], 45) },
  { name: 'pays in full', count: 2, thousands: [300, 2500], tell: deposits(concentrated(CALM), [900, 940], 180) },
  { name: 'sells to cure', count: 2, thousands: [500, 5000], tell: sells(concentrated(['CAT', 'MCD', 'PEP']), [925, 950]) },
  { name: 'cured by the market', count: 1, thousands: [900, 2000], tell: steady(concentrated(ENERGY), [986, 989]) },
  { name: 'called when the market falls', count: 5, thousands: [90, 7000], tell: steady(concentrated(FALLING), [1012, 1045]) },
  { name: 'called earlier and overdue', count: 2, thousands: [350, 1800], tell: steady(concentrated(['BAC', 'WFC', 'GE', 'INTC']), [760, 800], EARLY, DAYS) },
  { name: 'near the line', count: 8, thousands: [60, 8000], tell: steady(concentrated(['AAPL', 'MSFT', 'JNJ', 'CAT', 'QQQ', 'LLY']), [1012, 1090], LAST_DAY) },
  { name: 'called if Tesla slips', count: 3, thousands: [400, 3500], tell: steady(concentrated(['TSLA', 'NVDA', 'SPY', 'HD']), [1006, 1018], LAST_DAY) },
  { name: 'buys more than Regulation T allows', count: 2, thousands: [800, 3000], tell: buys('AVGO', LAST_DAY, [FIRST_FULL_DAY, LAST_DAY]) },
  { name: 'bought too much on Monday', count: 1, thousands: [700, 900], tell: buys('AMD', EARLY, DAYS) },
  { name: 'short of a halted stock', count: 2, thousands: [200, 1200], tell: steady(shortHalted, [2050, 2400]) },
  { name: 'long of a halted stock', count: 2, thousands: [150, 900], tell: steady(longHalted, [2100, 2600]) },
  { name: 'short of an adjusted option', count: 2, thousands: [250, 900], tell: steady(shortAdjusted, [1950, 2400]) },
  { name: 'holds futures', count: 2, thousands: [900, 6000], tell: steady(futures, [2300, 2900]) },
  { name: 'in euro', count: 2, thousands: [900, 5000], base: 'EUR', tell: steady(core, [1700, 2300]) },
  { name: 'a fund with room', count: 14, thousands: [2500, 27_000], tell: steady(longShort, [1700, 2600]) },
  { name: 'sells premium', count: 12, thousands: [300, 6000], tell: steady(seller, [1500, 2200]) },
  { name: 'follows growth', count: 16, thousands: [80, 3000], tell: steady(growth, [1600, 2400]) },
];
