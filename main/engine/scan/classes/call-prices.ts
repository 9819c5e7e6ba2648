import type { MarkFact } from '../../../../shared/domain/facts.ts';
import type { InstrumentId } from '../../../../shared/domain/instrument.ts';
import type { TriggerPrice } from '../../../../shared/domain/margin-state.ts';
import { Decimal, parseDecimal, toDecimalText, type DecimalText } from '../../../../shared/money.ts';
import type { MarginModel } from '../../margin-model.ts';
import { viewMarket, type MarketView } from '../../market/market-view.ts';
import type { Rules } from '../../packs/rules.ts';
import { preparePool, type PreparedPool } from '../../pool/prepare-pool.ts';
import { volatilityNow, type OptionNow } from '../options/option-array.ts';
import { optionValue } from '../options/option-value.ts';
import { scanRules } from '../rules.ts';
import type { ClassBundle } from './class-group.ts';

const NONE: TriggerPrice = { down: null, up: null };
/** Places of a call price here: a model stands behind it. */
const PRICE_PLACES = 6;
/** Steps in which the line is looked for, of the price as it is: down to nothing, up to four times. */
const STEP = 0.04;
const FACTOR_UP = 1.1;
const FARTHEST = 4;
const HALVINGS_MAX = 60;

/** A pool as the search for a call price needs it. */
export interface CrossingPool {
  pool: PreparedPool;
  market: MarketView;
  rules: Rules;
  bundles: readonly ClassBundle[];
  model: MarginModel;
  /** Of the whole pool. */
  excess: () => Decimal;
}

/**
 * The prices of an underlying at which equity meets maintenance. The underlying moves, its options are priced anew at the
 * volatilities of now, everything else stands still; the real margin function of its class, or product group, is asked at
 * each price. Curves are no straight lines here, so the line is looked for in steps and then closed in on.
 */
export function classCallPrices(found: CrossingPool): (instrument: InstrumentId) => TriggerPrice {
  return (instrument) => callPrices(instrument, found);
}

function callPrices(instrument: InstrumentId, found: CrossingPool): TriggerPrice {
  const bundle = found.bundles.find(({ classes }) => classes.some(({ underlying }) => underlying === instrument));
  const price = found.market.price(instrument);
  if (!bundle || !price || !price.amount.gt(0)) return NONE;
  const excessAt = shockedExcess(instrument, bundle, found);
  const start = Number(price.amount.toFixed());
  const down = Array.from({ length: Math.ceil(1 / STEP) }, (_, at) => Math.max(0, start * (1 - STEP * (at + 1))));
  const up = [];
  for (let next = start * FACTOR_UP; next <= start * FARTHEST; next *= FACTOR_UP) up.push(next);
  return { down: nearest(start, down, excessAt), up: nearest(start, up, excessAt) };
}

/** The pool's excess with the underlying at another price: what the bundle's own excess changes by, added to what it is. */
function shockedExcess(instrument: InstrumentId, bundle: ClassBundle, { pool, market, rules, model, excess }: CrossingPool): (price: number) => Decimal {
  const held = new Set(bundle.classes.flatMap(({ table }) => table.legs.map((leg) => leg.instrument)));
  const scan = scanRules(rules);
  const options = bundle.classes
    .filter(({ underlying }) => underlying === instrument)
    .flatMap(({ table }) => table.legs)
    .map((leg) => (leg.terms.kind === 'option' && !market.input.riskArrays?.has(leg.instrument) ? volatilityNow(leg.instrument, leg.terms, market, scan) : null))
    .filter((option): option is OptionNow => typeof option === 'object' && option !== null);
  const input = { ...pool.input, positions: pool.input.positions.filter((row) => held.has(row.instrument)), excluded: [] };
  const marks = new Map([...held, ...bundle.classes.map(({ underlying }) => underlying)].flatMap((name) => [[name, market.input.marks.get(name)] as const]).filter((row): row is [string, MarkFact] => row[1] !== undefined));
  const vols = new Map([...(market.input.impliedVols ?? []), ...options.map(({ instrument: name, volatility }) => [name, plain(volatility, 15)] as const)]);
  const own = (price: number | null): Decimal => {
    const moved = new Map(marks);
    const put = (name: string, value: number): void => {
      const mark = marks.get(name);
      if (mark) moved.set(name, { ...mark, value: plain(value, PRICE_PLACES) });
    };
    if (price !== null) {
      put(instrument, price);
      for (const { instrument: name, option, volatility } of options) put(name, optionValue({ ...option, spot: price }, price, volatility));
    }
    const view = viewMarket({ ...market.input, marks: moved, impliedVols: vols });
    return model(preparePool(pool.account, input, view, rules), view, rules).figures.excess.amount;
  };
  const still = excess().minus(own(null));
  return (price) => own(price).plus(still);
}

/** The first price on the way at which excess has the other sign than now, closed in on to the last place. */
function nearest(start: number, way: readonly number[], excessAt: (price: number) => Decimal): DecimalText | null {
  const below = (price: number): boolean => excessAt(price).isNegative();
  const side = below(start);
  let near = start;
  for (const price of way) {
    if (below(price) !== side) return closeIn(near, price, side, below);
    near = price;
  }
  return null;
}

function closeIn(from: number, to: number, side: boolean, below: (price: number) => boolean): DecimalText {
  let [near, far] = [from, to];
  for (let halving = 0; halving < HALVINGS_MAX && Math.abs(far - near) > 10 ** -PRICE_PLACES; halving += 1) {
    const middle = (near + far) / 2;
    if (below(middle) === side) near = middle;
    else far = middle;
  }
  return plain(far, PRICE_PLACES);
}

function plain(value: number, places: number): DecimalText {
  return parseDecimal(value.toFixed(places)) ?? toDecimalText(new Decimal(0));
}
