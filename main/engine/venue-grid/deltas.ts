import { Decimal } from '../../../shared/money.ts';
import { difference, greatest, input, least, product, quotient, sum, type Figure } from '../figure/figure.ts';
import { expm1 } from '../pricing/elementary.ts';
import { blackDelta } from '../pricing/greeks.ts';
import type { Allotment } from '../pool/allotment.ts';
import { COIN_PLACES } from './grid.ts';
import type { GridRules } from './grid-rules.ts';
import type { GridContents, GridFuture, GridOption } from './legs.ts';

/** What a position stands for of its underlying, signed: in units of it, and in the pool's currency. */
interface Delta {
  holder: GridFuture | GridOption;
  underlying: string;
  isInverse: boolean;
  /** What is rolled over together. */
  expiry: string;
  years: number;
  units: Decimal;
  value: Figure;
}

/** Places of a model's delta: beyond them are noise of doubles. */
const DELTA_PLACES = 15;

/** A charge, and what it stands on for the rows of the positions. */
export interface Charge {
  figure: Figure;
  allotments: readonly Allotment[];
}

/** The delta of every future and option: of an option that of Black (1976) by its forward, of an inverse future its coins. */
export function deltasOf({ futures, expiries }: GridContents, currency: string): Delta[] {
  const ofFutures = futures.map((future): Delta => {
    const { instrument, underlying, isInverse, isPerpetual, years, units, quote, conversion } = future;
    const about = { label: `Delta of ${instrument}`, subject: { instrument } };
    const count = input(units, 'units', { label: `Quantity of ${instrument}`, source: 'position', subject: { instrument } });
    const coins = isInverse ? quotient('units', count, quote.price, COIN_PLACES, { label: `${instrument}, in coins` }) : count;
    const value = isInverse ? product(currency, [coins, ...conversion], about) : product(currency, [count, quote.price], about);
    return { holder: future, underlying, isInverse, expiry: isPerpetual || years > 0 ? `${years}` : instrument, years, units: coins.amount, value };
  });
  const ofOptions = expiries.flatMap((expiry) => {
    const { underlying, isInverse, years, forward, conversion } = expiry;
    return expiry.options.map((option): Delta => {
      const { instrument, units, strike, vol, terms } = option;
      const each = new Decimal(blackDelta(Number(forward.price.amount), Number(strike), vol * Math.sqrt(years), terms.right === 'call')).toDecimalPlaces(DELTA_PLACES);
      const count = input(units.times(each), 'units', { label: `Delta of ${instrument}, in units`, source: `${units.toFixed()} × ${each.toFixed()}, by Black (1976)`, subject: { instrument } });
      return { holder: option, underlying, isInverse, expiry: `${years}`, years, units: count.amount, value: product(currency, isInverse ? [count, ...conversion] : [count, forward.price], { label: `Delta of ${instrument}`, subject: { instrument } }) };
    });
  });
  return [...ofFutures, ...ofOptions];
}

/** Each expiry's delta times what rolling it may cost: at least a set share, more the longer it is. */
export function rollCharge(deltas: readonly Delta[], { grid: { roll }, ruleOf }: GridRules, currency: string): Charge {
  const groups = roll ? [...Map.groupBy(deltas, ({ underlying, isInverse, expiry }) => `${underlying} ${isInverse} ${expiry}`).values()] : [];
  const rule = ruleOf('roll');
  const parts = groups.map((rows) => {
    const years = rows[0]?.years ?? 0;
    const label = rows.map(({ holder }) => holder.instrument).join(', ');
    const least = input(new Decimal(roll?.least ?? '0'), 'ratio', { label: 'Least cost of rolling over', rule, source: `rule pack ${rule.pack}` });
    const cost = greatest('ratio', [least, input(new Decimal(expm1(Number(roll?.rate ?? '0') * years)).toDecimalPlaces(DELTA_PLACES), 'ratio', { label: 'Cost by the time left', rule, source: `e^(${roll?.rate ?? '0'} × ${years}) − 1` })], { label: 'Cost of rolling over' });
    const figure = product(currency, [sizeOf(rows, currency, `Delta of ${label}`), cost], { label: `Rolling over ${label}`, rule });
    return { figure, allotment: { amount: figure.amount, among: rows.map(({ holder, value }) => [holder, value.amount.abs()] as const) } };
  });
  return { figure: sum(currency, parts.map(({ figure }) => figure), { label: 'Rolling over' }), allotments: parts.map(({ allotment }) => allotment) };
}

/** Deltas of an underlying that are too large to be closed at once: of each, a share that grows with what is beyond a threshold. */
export function deltaShock(deltas: readonly Delta[], { spots }: GridContents, { grid: { deltaShock: shock }, ruleOf }: GridRules, currency: string): Charge {
  const groups = shock ? [...Map.groupBy(deltas, ({ underlying, isInverse }) => `${underlying} ${isInverse}`).values()] : [];
  const rule = ruleOf('deltaShock');
  const ruled = (amount: string | undefined, unit: string, label: string): Figure => input(new Decimal(amount ?? '0'), unit, { label, rule, source: `rule pack ${rule.pack}` });
  const parts = groups.flatMap((rows) => {
    const underlying = rows[0]?.underlying ?? '';
    const spot = spots.get(underlying)?.price;
    if (!spot) return [];
    const net = rows.reduce((total, { units }) => total.plus(units), new Decimal(0)).abs();
    const money = product('money', [input(net, 'units', { label: `Delta in ${underlying}, its size`, source: 'positions' }), spot], { label: `Delta in ${underlying}, in money` });
    const none = input(new Decimal(0), 'money', { label: 'Not beyond it', source: 'by definition' });
    const beyond = greatest('money', [none, difference('money', [money, ruled(shock?.threshold, 'money', 'Delta that is not too large')], { label: 'Delta beyond it' })], { label: 'Delta that is too large' });
    const share = least('ratio', [product('ratio', [beyond, ruled(shock?.increment, 'ratio', 'For each unit of money beyond')], { label: 'Share by size' }), ruled(shock?.most, 'ratio', 'Share at most')], { label: 'Share of the delta', rule });
    const figure = product(currency, [sizeOf(rows, currency, `Delta in ${underlying}`), share], { label: `Large delta in ${underlying}`, rule });
    return [{ figure, allotment: { amount: figure.amount, among: rows.map(({ holder, value }) => [holder, value.amount.abs()] as const) } }];
  });
  return { figure: sum(currency, parts.map(({ figure }) => figure), { label: 'Large deltas' }), allotments: parts.map(({ allotment }) => allotment) };
}

function sizeOf(rows: readonly Delta[], currency: string, label: string): Figure {
  const net = sum(currency, rows.map(({ value }) => value), { label });
  return net.amount.isNegative() ? difference(currency, [input(new Decimal(0), currency, { label: 'Nothing', source: 'by definition' }), net], { label: `${label}, its size` }) : net;
}
