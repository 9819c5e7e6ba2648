import { Decimal, fromDecimalText } from '../../../shared/money.ts';
import { difference, greatest, input, product, sum, type Figure } from '../figure/figure.ts';
import type { PoolInput } from '../input.ts';
import type { Unpriced } from '../margin-model.ts';
import type { MarketView } from '../market/market-view.ts';
import type { Rules } from '../packs/rules.ts';
import type { PreparedPool } from '../pool/prepare-pool.ts';
import { chargeLeg } from './charge.ts';
import { fillPrice } from './fill-price.ts';
import { countFigure, multiplierFigure, textOf, type Leg } from './leg.ts';
import { inPool } from './notional.ts';
import { prepareLegs } from './prepare-legs.ts';
import { bracketTerms } from './terms.ts';

type Order = NonNullable<PoolInput['orders']>[number];

/** What orders in the market ask beyond the positions: added to the initial requirement alone. */
export interface OrderMargin {
  figure: Figure;
  unpriced: Unpriced[];
}

/**
 * Initial margin as if all buys, or all sells, had been filled, whichever leaves the larger position, less what the
 * position is asked anyway; and what orders away from the mark would lose at once.
 */
export function orderMargin(pool: PreparedPool, legs: readonly Leg[], market: MarketView, rules: Rules): OrderMargin {
  const { currency, orders = [] } = pool.input;
  const parts: Figure[] = [];
  const unpriced: Unpriced[] = [];
  for (const [instrument, rows] of [...Map.groupBy(orders, (order) => order.instrument)].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const held = legs.filter((leg) => leg.instrument === instrument);
    const leg = held[0] ?? asPosition(instrument, rows, pool, market, rules);
    if ('reason' in leg) unpriced.push({ instrument, reason: `an order in it: ${leg.reason}`, indeterminate: true });
    else parts.push(ordersOf(leg, held, rows, rules, market, currency));
  }
  return { figure: sum(currency, parts, { label: 'Orders in the market' }), unpriced };
}

/** An instrument that is only ordered, as if one lot of the orders were held: its terms, price and market are what counts. */
function asPosition(instrument: string, rows: readonly Order[], pool: PreparedPool, market: MarketView, rules: Rules): Leg | { reason: string } {
  const positions = [{ instrument, subType: 'futures' as const, quantity: rows[0]?.quantity ?? '0', entryPrice: null }];
  const { legs, setAside } = prepareLegs({ ...pool, input: { ...pool.input, positions } }, market, rules);
  return legs[0] ?? { reason: setAside[0]?.reason ?? 'its quantity is zero' };
}

function ordersOf(leg: Leg, held: readonly Leg[], rows: readonly Order[], rules: Rules, market: MarketView, currency: string): Figure {
  const { instrument } = leg;
  const terms = bracketTerms(rules);
  const position = held.reduce((total, { quantity }) => total.plus(quantity), new Decimal(0));
  const all = (sign: number): Decimal => rows.map(({ quantity }) => fromDecimalText(quantity)).filter((quantity) => quantity.s === sign).reduce((total, quantity) => total.plus(quantity), new Decimal(0));
  const [long, short] = [position.plus(all(1)), position.plus(all(-1))];
  const worst = long.abs().gte(short.abs()) ? long : short;
  const asIf = chargeLeg({ ...leg, quantity: worst }, worst.abs(), terms, currency).initial;
  const now = chargeLeg({ ...leg, quantity: position }, position.abs(), terms, currency).initial;
  const nothing = input(new Decimal(0), currency, { label: 'Nothing', source: 'by definition' });
  const more = greatest(currency, [nothing, difference(currency, [asIf, now], { label: () => `${instrument}, initial, if the orders were filled` })], { label: () => `${instrument}, initial, for orders`, subject: { instrument } });
  const losses = rows.flatMap((row) => lossOf(row, leg, market, currency));
  return sum(currency, [more, ...losses], { label: () => `Orders in ${instrument}`, subject: { instrument } });
}

/** An order that buys above the mark, or sells below it, loses the difference when it is filled. */
function lossOf({ quantity: text, price }: Order, leg: Leg, market: MarketView, currency: string): Figure[] {
  const quantity = fromDecimalText(text);
  const { skewScale } = leg.stats;
  const skew = textOf(market.input.stats?.get(leg.instrument)?.skew) ?? new Decimal(0);
  const filled = price === undefined ? (skewScale?.gt(0) ? fillPrice(leg.price.amount, quantity, skew, skewScale) : leg.price.amount) : fromDecimalText(price);
  const away = filled.minus(leg.price.amount).times(quantity.s);
  if (away.lte(0) || leg.inverse) return [];
  const at = input(filled, leg.price.unit, { label: `Price of the order in ${leg.instrument}`, source: price === undefined ? 'fill price of the market' : 'order' });
  const lost = difference(leg.price.unit, quantity.isNegative() ? [leg.price, at] : [at, leg.price], { label: 'Away from the mark' });
  const loss = product(leg.settlesIn, [countFigure(leg, quantity.abs(), 'Contracts ordered'), multiplierFigure(leg), lost], { label: () => `Loss of the order in ${leg.instrument} when it is filled` });
  return [inPool(leg, loss, currency)];
}
