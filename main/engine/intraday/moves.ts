import type { ActivityFact } from '../../../shared/domain/facts.ts';
import type { InstrumentId } from '../../../shared/domain/instrument.ts';
import { Decimal, fromDecimalText, toDecimalText } from '../../../shared/money.ts';
import type { CashInput, MarketInput, PoolInput } from '../input.ts';
import { multiplierOf } from '../pool/prepare-position.ts';

/** Part of one day's trades in one instrument: signed quantity, and what it did to cash in the instrument's currency. */
export interface Move {
  instrument: InstrumentId;
  quantity: Decimal;
  cash: Decimal;
  /** Market value traded, positive, in the instrument's currency. */
  cost: Decimal;
}

/** A day's trading in one instrument, when nobody knows in which order it came. */
export interface DayInInstrument {
  instrument: InstrumentId;
  /** What closed a position of the morning: counted as if it had come first. */
  closing: Move;
  /** All that was bought and all that was sold beyond that; both, where something was opened and closed within the day. */
  bought: Move | null;
  sold: Move | null;
}

/**
 * A day's trades taken apart by instrument: what closed a position held in the morning, and what opened one. Futures are
 * not under these rules. Null when a trade has no price, or its instrument's terms are not known.
 */
export function dayByInstrument(pool: PoolInput, trades: readonly ActivityFact[], market: MarketInput): DayInInstrument[] | null {
  const byInstrument = Map.groupBy(trades, ({ instrument }) => instrument ?? '');
  const days: DayInInstrument[] = [];
  for (const [instrument, rows] of [...byInstrument].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const terms = market.instruments.get(instrument);
    if (terms?.kind === 'future') continue;
    const multiplier = terms && multiplierOf(terms);
    if (!terms || !multiplier || rows.some(({ quantity, price }) => quantity === null || price === null)) return null;
    const scale = multiplier;
    const moves = rows.map(({ quantity, price }): Move => moveOf(instrument, fromDecimalText(quantity ?? '0'), fromDecimalText(price ?? '0').times(scale)));
    days.push(takeApart(instrument, morningQuantity(pool, instrument, moves), moves));
  }
  return days;
}

/**
 * The market with a price for what was traded and is not held any more, which files of the evening leave out: the middle
 * between the lowest and the highest price it traded at, whatever order the trades came in.
 */
export function withTradedPrices(market: MarketInput, trades: readonly ActivityFact[]): MarketInput {
  const marks = new Map(market.marks);
  for (const [instrument, rows] of Map.groupBy(trades, (fact) => fact.instrument ?? '')) {
    const prices = rows.flatMap(({ price }) => (price === null ? [] : [fromDecimalText(price)]));
    if (marks.has(instrument) || prices.length === 0) continue;
    const middle = Decimal.min(...prices).plus(Decimal.max(...prices)).div(2);
    marks.set(instrument, { instrument, value: toDecimalText(middle), bid: null, ask: null, kind: 'last', asOf: market.businessDate, source: 'trades of the day' });
  }
  return { ...market, marks };
}

function moveOf(instrument: InstrumentId, quantity: Decimal, price: Decimal): Move {
  const cost = quantity.abs().times(price);
  return { instrument, quantity, cost, cash: quantity.isNegative() ? cost : cost.neg() };
}

function morningQuantity(pool: PoolInput, instrument: InstrumentId, moves: readonly Move[]): Decimal {
  const now = pool.positions.filter((position) => position.instrument === instrument).reduce((total: Decimal, { quantity }) => total.plus(fromDecimalText(quantity)), new Decimal(0));
  return moves.reduce((total, { quantity }) => total.minus(quantity), now);
}

function takeApart(instrument: InstrumentId, morning: Decimal, moves: readonly Move[]): DayInInstrument {
  const bought = together(instrument, moves.filter(({ quantity }) => quantity.gt(0)));
  const sold = together(instrument, moves.filter(({ quantity }) => quantity.lt(0)));
  const against = morning.gt(0) ? sold : morning.lt(0) ? bought : null;
  if (!against) return { instrument, closing: nothing(instrument), bought, sold };
  const share = Decimal.min(morning.abs(), against.quantity.abs()).div(against.quantity.abs());
  const closing = partOf(against, share);
  const rest = share.eq(1) ? null : partOf(against, new Decimal(1).minus(share));
  return { instrument, closing, bought: against === bought ? rest : bought, sold: against === sold ? rest : sold };
}

function together(instrument: InstrumentId, moves: readonly Move[]): Move | null {
  return moves.length === 0 ? null : moves.reduce((sum, move) => ({ instrument, quantity: sum.quantity.plus(move.quantity), cash: sum.cash.plus(move.cash), cost: sum.cost.plus(move.cost) }), nothing(instrument));
}

function partOf({ instrument, quantity, cash, cost }: Move, share: Decimal): Move {
  return { instrument, quantity: quantity.times(share).toDecimalPlaces(PLACES), cash: cash.times(share).toDecimalPlaces(PLACES), cost: cost.times(share).toDecimalPlaces(PLACES) };
}

const PLACES = 8;

function nothing(instrument: InstrumentId): Move {
  const none = new Decimal(0);
  return { instrument, quantity: none, cash: none, cost: none };
}

/** A pool after some moves: positions and cash changed, everything else as it was. */
export function poolAfter(pool: PoolInput, moves: readonly Move[], market: MarketInput): PoolInput {
  const changes = moves.filter(({ quantity }) => !quantity.isZero());
  const added = changes.map(({ instrument, quantity }): PoolInput['positions'][number] => ({ instrument, subType: subTypeOf(pool, instrument), quantity: toDecimalText(quantity), entryPrice: null }));
  const cash = changes.map(({ instrument, cash: amount }): CashInput => ({ currency: market.instruments.get(instrument)?.currency ?? pool.currency, kind: 'tradeDate', amount: toDecimalText(amount), valueDate: null }));
  return { ...pool, positions: [...pool.positions, ...added], cash: [...pool.cash, ...cash] };
}

function subTypeOf(pool: PoolInput, instrument: InstrumentId): PoolInput['positions'][number]['subType'] {
  return pool.positions.find((position) => position.instrument === instrument)?.subType ?? 'margin';
}

/** The opposite of moves: what takes a pool back to before them. */
export function undone(moves: readonly Move[]): Move[] {
  return moves.map(({ instrument, quantity, cash, cost }) => ({ instrument, quantity: quantity.neg(), cash: cash.neg(), cost }));
}
