import type { ActivityFact } from '../../../shared/domain/facts.ts';
import type { Instrument } from '../../../shared/domain/instrument.ts';
import { fromDecimalText, type Decimal } from '../../../shared/money.ts';
import { difference, input, product, quotient, sum, type Figure } from '../figure/figure.ts';
import type { PreparedPool } from '../pool/prepare-pool.ts';
import { ZERO, zeroFigure, type StrategyContext } from './context.ts';
import type { PricedGroup } from './priced-group.ts';

/** What Reg T asks of one instrument's trades of the day, in the pool's currency; negative where margin was released. */
export interface TradeRequirement {
  margin: Figure;
  /** Cost of what was opened; 0 where positions were closed. */
  cost: Figure;
}

/** An instrument's trades of the day together: Reg T looks at all of a day's trades as one (12 CFR 220.4(c)). */
interface DayTrades {
  instrument: string;
  terms: Instrument;
  /** Signed change of the position and its signed cost: buys positive. */
  change: Decimal;
  cost: Figure;
  /** Signed position before and after. */
  before: Decimal;
  after: Decimal;
}

/** What moves a position besides being held. */
const CHANGES_POSITION = new Set<ActivityFact['kind']>(['trade', 'transfer']);

/** Places of the part of a day's trades that opened a position, where they crossed from one side to the other. */
const PART_PLACES = 10;

/**
 * What the trades of one day ask; `later` is what happened after it, so that the position on that day is known. Futures
 * are not Reg T's. Null when a trade cannot be valued: then nothing is said to be due.
 */
export function tradeRequirements(rows: readonly ActivityFact[], later: readonly ActivityFact[], pool: PreparedPool, groups: readonly PricedGroup[], context: StrategyContext): TradeRequirement[] | null {
  const trades = rows.filter(({ kind, instrument }) => kind === 'trade' && (instrument === null || context.market.terms(instrument)?.kind !== 'future'));
  const byInstrument = [...Map.groupBy(trades, ({ instrument }) => instrument ?? '')].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const requirements: TradeRequirement[] = [];
  for (const [instrument, own] of byInstrument) {
    const day = dayTrades(instrument, own, later, pool, context);
    if (!day) return null;
    requirements.push(day.terms.kind === 'option' ? optionTrades(day, groups, context) : securityTrades(day, context));
  }
  return requirements;
}

function dayTrades(instrument: string, rows: readonly ActivityFact[], later: readonly ActivityFact[], pool: PreparedPool, { market, currency }: StrategyContext): DayTrades | null {
  const terms = market.terms(instrument);
  const conversion = terms && market.conversion(terms.currency, currency);
  const multiplier = terms && (terms.multiplier ?? (terms.kind === 'bond' ? '0.01' : terms.kind === 'option' ? null : '1'));
  if (!terms || !conversion || !multiplier) return null;
  const scale = input(fromDecimalText(multiplier), 'factor', { label: `Multiplier of ${instrument}`, source: 'contract terms' });
  const costs: Figure[] = [];
  let change: Decimal = ZERO;
  for (const { id, quantity, price } of rows) {
    if (quantity === null || price === null) return null;
    change = change.plus(fromDecimalText(quantity));
    const count = input(fromDecimalText(quantity), 'shares', { label: `Quantity of trade ${id}`, source: 'activity' });
    const paid = input(fromDecimalText(price), `${terms.currency}/share`, { label: `Price of trade ${id}`, source: 'activity' });
    costs.push(product(currency, [count, scale, paid, ...conversion], { label: `Trade ${id}` }));
  }
  const cost = sum(currency, costs.toSorted((a, b) => a.amount.cmp(b.amount)), { label: `Trades in ${instrument}, at cost`, subject: { instrument } });
  const held = pool.input.positions.filter((position) => position.instrument === instrument);
  const now = held.reduce((total: Decimal, { quantity }) => total.plus(fromDecimalText(quantity)), ZERO);
  const after = later.reduce((left: Decimal, fact) => (CHANGES_POSITION.has(fact.kind) && fact.instrument === instrument && fact.quantity !== null ? left.minus(fromDecimalText(fact.quantity)) : left), now);
  return { instrument, terms, change, cost, before: after.minus(change), after };
}

/** Stock and bonds: the initial rate on what was bought or sold short at its cost; sales and covers release the same. */
function securityTrades(day: DayTrades, context: StrategyContext): TradeRequirement {
  const { currency } = context;
  const { before, after, cost, instrument } = day;
  const rate = (short: boolean): Figure => initialRate(day.terms, short, context);
  const short = after.isNegative() || (after.isZero() && before.isNegative());
  const crossed = !before.isZero() && !after.isZero() && before.isNegative() !== after.isNegative();
  const paid = short ? negated(cost, currency) : cost;
  if (!crossed) {
    const margin = product(currency, [rate(short), paid], { label: `Regulation T margin of trades in ${instrument}` });
    return { margin, cost: paid.amount.gt(0) ? paid : zeroFigure(currency, 'Nothing opened') };
  }
  const opened = part(paid, day.after, day.change, currency);
  const closed = difference(currency, [paid, opened], { label: 'Part that closed one' });
  const margin = difference(currency, [product(currency, [rate(short), opened], { label: 'Margin of what was opened' }), product(currency, [rate(!short), closed], { label: 'Margin released by what was closed' })], { label: `Regulation T margin of trades in ${instrument}` });
  return { margin, cost: opened };
}

/**
 * Options: a bought option is paid in full and a sold one gives its proceeds back; an option sold short asks what its
 * position is charged, less the proceeds that came in. Closing a short option releases nothing here, which can only make
 * the balance smaller than it is.
 */
function optionTrades(day: DayTrades, groups: readonly PricedGroup[], context: StrategyContext): TradeRequirement {
  const { currency } = context;
  const { before, after, change, cost, instrument } = day;
  const nothing = zeroFigure(currency, 'Nothing opened');
  const label = `Regulation T margin of trades in ${instrument}`;
  if (!after.isNegative() && !before.isNegative()) return { margin: cost, cost: cost.amount.gt(0) ? cost : nothing };
  if (!after.isNegative()) {
    const opened = after.isZero() ? nothing : part(cost, after, change, currency);
    return { margin: sum(currency, [opened], { label }), cost: opened };
  }
  if (!change.isNegative()) return { margin: nothing, cost: nothing };
  const proceeds = negated(cost, currency);
  const charged = shortRequirement(instrument, groups, context);
  const opened = before.isNegative() ? part(charged, change, after, currency) : charged;
  return { margin: difference(currency, [opened, proceeds], { label }), cost: opened };
}

/** What the short option is charged under Reg T with its market value in the requirement, whatever the pack declares. */
function shortRequirement(instrument: string, groups: readonly PricedGroup[], { currency, rules }: StrategyContext): Figure {
  const legs = groups.flatMap(({ strategies }) => strategies.flatMap(({ charges }) => charges)).filter(({ holding }) => holding.instrument === instrument && holding.quantity.isNegative());
  const charged = sum(currency, legs.map(({ regT }) => regT), { label: `Regulation T charge, ${instrument}` });
  if (rules.optionValueIn === 'requirement') return charged;
  const values = [...new Set(legs.map(({ holding }) => holding.value))];
  return difference(currency, [charged, ...values], { label: `Regulation T charge with option value, ${instrument}` });
}

/** The Reg T rate of a security, long or short. */
export function initialRate(terms: Instrument, short: boolean, { rules }: StrategyContext): Figure {
  if (terms.kind === 'bond' && terms.convertible !== true) {
    // Reg T leaves non-equity securities to the exchange; its highest rate of market value stands for all of them.
    return rules.parameter('exchange.bond.other.rate').figure;
  }
  if (terms.kind === 'warrant' || ((terms.kind === 'equity' || terms.kind === 'etf') && terms.marginable === false)) return rules.parameter('regT.fullyPaid').figure;
  return rules.parameter(short ? 'regT.stock.short' : 'regT.stock.long').figure;
}

/** The part of an amount that goes with `units` of `whole` units: multiplied first, divided and rounded last. */
function part(amount: Figure, units: Decimal, whole: Decimal, currency: string): Figure {
  const count = (of: Decimal, label: string): Figure => input(of.abs(), 'shares', { label, source: 'activity and position' });
  const multiplied = product(currency, [amount, count(units, 'Opened today')], { label: 'Amount times what was opened' });
  return quotient(currency, multiplied, count(whole, 'Out of'), PART_PLACES, { label: 'Part that opened a position' });
}

function negated(figure: Figure, currency: string): Figure {
  return difference(currency, [zeroFigure(currency, 'Nothing'), figure], { label: 'Proceeds' });
}
