import type { MarkFact } from '../../../../shared/domain/facts.ts';
import type { InstrumentId } from '../../../../shared/domain/instrument.ts';
import type { TriggerPrice } from '../../../../shared/domain/margin-state.ts';
import { parseDecimal, type Decimal, type DecimalText } from '../../../../shared/money.ts';
import type { MarginModel } from '../../margin-model.ts';
import { viewMarket, type MarketView } from '../../market/market-view.ts';
import type { Rules } from '../../packs/rules.ts';
import { preparePool, type PreparedPool } from '../../pool/prepare-pool.ts';
import { volatilityNow, type OptionNow } from '../options/option-array.ts';
import { optionValue } from '../options/option-value.ts';
import type { Figure } from '../../figure/figure.ts';
import { withStill, type SearchedPrices } from '../../trigger/moved-market.ts';
import { evenRaster, growing, nearestCrossings } from '../../trigger/nearest-crossing.ts';
import { scanRules } from '../rules.ts';
import type { ClassBundle } from './class-group.ts';

const NONE: TriggerPrice = { down: null, up: null };
/** Places of a call price here: a model stands behind it. */
const PRICE_PLACES = 6;
/** Steps in which the line is looked for, of the price as it is: down to nothing, up to four times. */
const STEP = '0.04';
const FACTOR_UP = '1.1';
const FARTHEST = 4;

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
export function classCallPrices(found: CrossingPool): SearchedPrices {
  return {
    callPrice: (instrument) => callPrices(instrument, found),
    excessAt: (instrument, price) => shockedExcess(instrument, bundleOf(instrument, found), found)(price),
  };
}

function bundleOf(instrument: InstrumentId, { bundles }: CrossingPool): ClassBundle | undefined {
  return bundles.find(({ classes }) => classes.some(({ underlying }) => underlying === instrument));
}

function callPrices(instrument: InstrumentId, found: CrossingPool): TriggerPrice {
  const bundle = bundleOf(instrument, found);
  const price = found.market.price(instrument);
  if (!bundle || !price || !price.amount.gt(0)) return NONE;
  const start = price.amount;
  const at = shockedExcess(instrument, bundle, found);
  return nearestCrossings({ start, at: (moved) => (moved.eq(start) ? found.excess() : at(moved).amount), places: PRICE_PLACES }, { down: evenRaster(start, STEP, 1).down, up: growing(start, FACTOR_UP, FARTHEST) });
}

/**
 * The pool's excess with the underlying at another price: what its bundle's own excess changes by, added to what it is. With
 * add-ons on the whole pool that a bundle's share does not tell, the whole pool is computed anew.
 */
function shockedExcess(instrument: InstrumentId, bundle: ClassBundle | undefined, { pool, market, rules, model, excess }: CrossingPool): (price: Decimal) => Figure {
  const classes = bundle?.classes ?? [];
  const held = pool.overlay ? new Set(pool.input.positions.map((row) => row.instrument)) : new Set(classes.flatMap(({ table }) => table.legs.map((leg) => leg.instrument)));
  const scan = scanRules(rules);
  const options = classes
    .filter(({ underlying }) => underlying === instrument)
    .flatMap(({ table }) => table.legs)
    .map((leg) => (leg.terms.kind === 'option' && !market.input.riskArrays?.has(leg.instrument) ? volatilityNow(leg.instrument, leg.terms, market, scan) : null))
    .filter((option): option is OptionNow => typeof option === 'object' && option !== null);
  // A future goes with what it is on, by the same share.
  const futures = classes.filter(({ underlying }) => underlying === instrument).flatMap(({ table }) => table.legs).flatMap((leg) => (leg.terms.kind === 'future' && leg.price ? [{ instrument: leg.instrument, mark: Number(leg.price.amount.toFixed()) }] : []));
  const now = Number(market.price(instrument)?.amount.toFixed() ?? '0');
  const input = { ...pool.input, positions: pool.input.positions.filter((row) => held.has(row.instrument)), excluded: [] };
  const marks = pool.overlay ? market.input.marks : marksOf([...held, ...classes.map(({ underlying }) => underlying)], market);
  const vols = new Map([...(market.input.impliedVols ?? []), ...options.map(({ instrument: name, volatility }) => [name, plain(volatility, 15)] as const)]);
  const own = (price: number | null): Figure => {
    const moved = new Map(marks);
    const put = (name: string, value: number): void => {
      const mark = marks.get(name);
      if (mark) moved.set(name, { ...mark, value: plain(value, PRICE_PLACES) });
    };
    if (price !== null) {
      put(instrument, price);
      for (const { instrument: name, mark } of futures) put(name, (mark * price) / now);
      for (const { instrument: name, option, volatility } of options) put(name, optionValue({ ...option, spot: price }, price, volatility));
    }
    const view = viewMarket({ ...market.input, marks: moved, impliedVols: vols });
    const prepared = preparePool(pool.account, input, view, rules);
    return model(pool.overlay ? { ...prepared, overlay: pool.overlay } : prepared, view, rules).figures.excess;
  };
  const still = excess().minus(own(null).amount);
  return (price) => withStill(own(Number(price.toFixed())), still);
}

function marksOf(instruments: readonly InstrumentId[], { input: { marks } }: MarketView): Map<InstrumentId, MarkFact> {
  return new Map(instruments.flatMap((name) => [[name, marks.get(name)] as const]).filter((row): row is [string, MarkFact] => row[1] !== undefined));
}

function plain(value: number, places: number): DecimalText {
  return parseDecimal(value.toFixed(places)) ?? '0';
}
