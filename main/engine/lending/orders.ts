import type { PackOrder } from '../../../shared/calc-pack/accounts.ts';
import { Decimal, fromDecimalText } from '../../../shared/money.ts';
import { input, least, product, sum, type Figure } from '../figure/figure.ts';
import type { MarketView } from '../market/market-view.ts';

/** What open orders of one market hold back, each way: if all of it were turned into the base, or into the quote asset. */
export interface Reserved {
  base: string;
  /** Asset that is paid with; null where that is money. */
  quote: string | null;
  /** Units of the base asset, and of the quote asset (or money of the base's currency). */
  asBase: Figure;
  asQuote: Figure;
}

/** Places of an amount that is turned at a price. */
const PLACES = 18;

/**
 * The orders of each market. An order is filled at its own limit or at the mark, whichever leaves less; one without a
 * limit at the mark. The reason where a market has no mark.
 */
export function reservedBy(orders: readonly PackOrder[], market: MarketView): (Reserved | { base: string; reason: string })[] {
  const byMarket = [...Map.groupBy(orders, ({ instrument }) => instrument)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return byMarket.map(([base, rows]) => {
    const terms = market.terms(base);
    const mark = market.price(base);
    if (!terms || !mark || mark.amount.isZero()) return { base, reason: `orders in ${base} cannot be valued: ${terms ? market.priceProblem(base) : 'its terms are not known'}` };
    const buys = rows.filter(({ quantity }) => !quantity.startsWith('-'));
    const sells = rows.filter(({ quantity }) => quantity.startsWith('-'));
    const quote = market.terms(terms.currency) ? terms.currency : null;
    const units = (order: PackOrder, side: string): Figure => input(fromDecimalText(order.quantity).abs(), 'units', { label: () => `Order to ${side} ${base}`, source: 'order', subject: { instrument: base } });
    const limit = (order: PackOrder): Figure => (order.price === undefined ? mark : input(fromDecimalText(order.price), mark.unit, { label: 'Limit price', source: 'order' }));
    return {
      base,
      quote,
      asBase: sum('units', [...sells.map((order) => units(order, 'sell')), ...buys.map((order) => boughtAtWorst(order, units(order, 'buy'), mark, base))], { label: () => `Orders in ${base}, all of it as ${base}` }),
      asQuote: sum(terms.currency, [...buys.map((order) => product(terms.currency, [units(order, 'buy'), limit(order)], { label: () => `Held back to buy ${base}` })), ...sells.map((order) => soldAtWorst(order, units(order, 'sell'), limit(order), mark, terms.currency))], { label: () => `Orders in ${base}, all of it as ${terms.currency}` }),
    };
  });
}

/** What is held back would buy at the mark as it stands: not followed by call prices. */
function boughtAtWorst({ price, quantity }: PackOrder, units: Figure, mark: Figure, base: string): Figure {
  if (price === undefined) return units;
  const held = fromDecimalText(quantity).times(price);
  const atMark = input(held.div(mark.amount).toDecimalPlaces(PLACES, Decimal.ROUND_HALF_EVEN), 'units', { label: () => `${base} that the money held back buys`, source: () => `${held.toFixed()} at the mark ${mark.amount.toFixed()}` });
  return least('units', [units, atMark], { label: () => `${base} bought, at the limit or at the mark` });
}

function soldAtWorst({ price }: PackOrder, units: Figure, limit: Figure, mark: Figure, currency: string): Figure {
  const atMark = product(currency, [units, mark], { label: 'Sold at the mark' });
  if (price === undefined) return atMark;
  return least(currency, [product(currency, [units, limit], { label: 'Sold at the limit' }), atMark], { label: 'Sold, at the limit or at the mark' });
}

