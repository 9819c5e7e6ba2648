import { Decimal, fromDecimalText } from '../../../shared/money.ts';
import { input, product, type Figure } from '../figure/figure.ts';
import type { PoolInput } from '../input.ts';
import type { Unpriced } from '../margin-model.ts';
import type { MarketView } from '../market/market-view.ts';
import { confidenceOf } from '../standard-options/feed.ts';
import type { VenueGridSection } from './section.ts';

/** An asset put up: what it is worth, and the parts of that which do not count. */
export interface GridCollateral {
  instrument: string;
  quantity: Decimal;
  price: Figure;
  value: Figure;
  maintenance: Decimal;
  initial: Decimal;
  moves: boolean;
  confidence: Decimal;
}

/** Collateral rows and coins held as positions. One that the pack does not take counts for nothing, and is said. */
export function gridCollateral({ currency, collateral = [] }: PoolInput, grid: VenueGridSection, market: MarketView): { assets: GridCollateral[]; unpriced: Unpriced[] } {
  const assets: GridCollateral[] = [];
  const unpriced: Unpriced[] = [];
  const totals = [...Map.groupBy(collateral, ({ instrument }) => instrument)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  for (const [instrument, rows] of totals) {
    const quantity = rows.reduce((total, row) => total.plus(fromDecimalText(row.quantity)), new Decimal(0));
    const [first] = rows;
    const set = grid.collateral?.[instrument] ?? (first?.haircut === undefined ? null : { maintenance: first.haircut, initial: '0', moves: false });
    const terms = market.terms(instrument);
    const mark = market.price(instrument);
    const conversion = terms ? market.conversion(terms.currency, currency) : null;
    const reason = !terms ? 'its terms are not known' : !mark ? market.priceProblem(instrument) : !conversion ? `no exchange rate from ${terms.currency} into ${currency} is known` : !set ? 'the rule packs do not take it as collateral' : null;
    if (reason !== null || !mark || !conversion || !set) {
      unpriced.push({ instrument, reason: reason ?? '', indeterminate: false });
      continue;
    }
    const subject = { instrument };
    const count = input(quantity, 'units', { label: () => `${instrument} put up`, source: 'collateral', subject });
    const value = product(currency, [count, mark, ...conversion], { label: () => `Value of ${instrument} put up`, subject });
    assets.push({ instrument, quantity, price: mark, value, maintenance: new Decimal(set.maintenance), initial: new Decimal(set.initial), moves: set.moves, confidence: confidenceOf(instrument, market) });
  }
  return { assets, unpriced };
}
