import type { InstrumentId } from '../../../shared/domain/instrument.ts';
import type { TriggerPrice } from '../../../shared/domain/margin-state.ts';
import { fromDecimalText, toDecimalText, type Decimal, type DecimalText } from '../../../shared/money.ts';
import type { MarketInput } from '../input.ts';
import { input as figureOfInput, sum, type Figure } from '../figure/figure.ts';
import type { MarginModel, PoolMargin } from '../margin-model.ts';
import { viewMarket, type MarketView } from '../market/market-view.ts';
import type { Rules } from '../packs/rules.ts';
import { preparePool, type PreparedPool } from '../pool/prepare-pool.ts';
import { evenRaster, growing, nearestCrossings } from './nearest-crossing.ts';

/** Places of a call price behind which a model stands, and of what moves with it. */
const PRICE_PLACES = 6;
const MOVED_PLACES = 12;
/** Steps in which the line is looked for, of the price as it is: down to nothing, up to four times. */
const STEP = '0.04';
const FACTOR_UP = '1.1';
const FARTHEST = 4;
/** Digits that a shocked price may have; nothing of a shocked pool is written down. */
const DECIMALS_WHILE_SHOCKED = 45;
const NONE: TriggerPrice = { down: null, up: null };

/** A pool whose model has no straight lines, as the search for its call prices needs it. */
export interface MovedPool {
  pool: PreparedPool;
  market: MarketView;
  rules: Rules;
  model: MarginModel;
  /** At the prices of now. */
  excess: () => Decimal;
  /** What else goes with a price: marks of options, where the model reads them. Left out: it values them by their volatilities. */
  withOptions?: (moved: MarketInput, instrument: InstrumentId, price: Decimal) => MarketInput;
}

/** Call prices by search, and the figure that the search followed. */
export type SearchedPrices = Required<Pick<PoolMargin, 'callPrice' | 'excessAt'>>;

/**
 * The prices of one instrument at which equity meets maintenance, looked for on the real margin function in steps and closed
 * in on. An underlying takes its market along; a contract moves alone; an option's own price moves nothing, since its
 * underlying does.
 */
export function movedCallPrices(found: MovedPool): SearchedPrices {
  const callPrice = (instrument: InstrumentId): TriggerPrice => {
    const start = found.market.price(instrument)?.amount;
    if (!start?.gt(0) || found.market.terms(instrument)?.kind === 'option' || !isTouched(instrument, found)) return NONE;
    const at = excessOf(instrument, start, found);
    return nearestCrossings({ start, at: (price) => at(price).amount, places: PRICE_PLACES }, { down: evenRaster(start, STEP, 1).down, up: growing(start, FACTOR_UP, FARTHEST) });
  };
  return { callPrice, excessAt: (instrument, price) => excessOf(instrument, found.market.price(instrument)?.amount ?? price, found)(price) };
}

function excessOf(instrument: InstrumentId, start: Decimal, { pool, market, rules, model, excess, withOptions }: MovedPool): (price: Decimal) => Figure {
  const input = { ...pool.input, positions: pool.input.positions.map((row) => pinned(row, instrument, market)) };
  const at = (price: Decimal): Figure => {
    const moved = movedMarket(market.input, instrument, start, price);
    const view = viewMarket(withOptions?.(moved, instrument, price) ?? moved, DECIMALS_WHILE_SHOCKED);
    const prepared = { ...preparePool(pool.account, input, view, rules), ...(pool.overlay ? { overlay: pool.overlay } : {}) };
    return model(prepared, view, rules).figures.excess;
  };
  const still = excess().minus(at(start).amount);
  return (price) => withStill(at(price), still);
}

/** Excess at another price with what the moved part of the pool does not tell of it. */
export function withStill(moved: Figure, still: Decimal): Figure {
  if (still.isZero()) return moved;
  const rest = figureOfInput(still, moved.unit, { label: 'Excess that does not move with this price', source: 'the rest of the pool, and what the model is off by at the mark' });
  return sum(moved.unit, [moved, rest], { label: 'Excess' });
}

/** Whether the pool holds it, or something on it. */
function isTouched(instrument: InstrumentId, { pool: { input }, market }: MovedPool): boolean {
  const held = [...input.positions, ...(input.collateral ?? [])].map((row) => row.instrument);
  return held.some((id) => id === instrument || underlyingOf(id, market.input) === instrument);
}

function underlyingOf(instrument: InstrumentId, { instruments }: Pick<MarketInput, 'instruments'>): InstrumentId | null {
  const terms = instruments.get(instrument);
  return terms && 'underlying' in terms && terms.underlying ? terms.underlying : null;
}

/** A contract without a price to count from has been paid out up to the mark, and gains or loses from there. */
function pinned(row: PreparedPool['input']['positions'][number], instrument: InstrumentId, market: MarketView): typeof row {
  const kind = market.terms(row.instrument)?.kind;
  const moves = row.instrument === instrument || underlyingOf(row.instrument, market.input) === instrument;
  const mark = market.price(row.instrument);
  if (!moves || !mark || (kind !== 'future' && kind !== 'perpetual')) return row;
  const now = toDecimalText(mark.amount);
  return { ...row, entryPrice: row.entryPrice ?? now, ...(row.settledPrice === undefined ? { settledPrice: now } : {}) };
}

/**
 * The market with one instrument elsewhere. With an underlying go, by the same factor, the futures and perpetuals on it, its
 * forwards, and the exchange rate where it is a currency; volatilities and everything else stand still.
 */
export function movedMarket(market: MarketInput, instrument: InstrumentId, start: Decimal, price: Decimal): MarketInput {
  const scaled = (text: DecimalText): DecimalText => toDecimalText(fromDecimalText(text).times(price).div(start).toDecimalPlaces(MOVED_PLACES));
  const marks = new Map(market.marks);
  for (const [id, mark] of market.marks) {
    const kind = market.instruments.get(id)?.kind;
    if (id === instrument) marks.set(id, { ...mark, value: toDecimalText(price) });
    else if ((kind === 'future' || kind === 'perpetual') && underlyingOf(id, market) === instrument) marks.set(id, { ...mark, value: scaled(mark.value) });
  }
  return {
    ...market,
    marks,
    fx: market.fx.map((rate) => (rate.currency === instrument ? { ...rate, rate: scaled(rate.rate) } : rate)),
    ...(market.forwards ? { forwards: market.forwards.map((forward) => (forward.underlying === instrument ? { ...forward, price: scaled(forward.price) } : forward)) } : {}),
  };
}
