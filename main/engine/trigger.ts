import type { InstrumentId } from '../../shared/domain/instrument.ts';
import type { TriggerPrice } from '../../shared/domain/margin-state.ts';
import { Decimal, toDecimalText } from '../../shared/money.ts';
import type { AccountInput, MarketInput, PoolInput } from './input.ts';
import type { Figure } from './figure/figure.ts';
import { viewMarket } from './market/market-view.ts';
import type { PackShelf } from './packs/shelf.ts';
import { marginPoolOf } from './sweep.ts';
import { dependenceOn, type Direction } from './trigger/line.ts';
import { candidatesOf, nearestRoot, type Search, type Shocked } from './trigger/search.ts';

export { longCallPrice, marketValueAtCall, shortCallPrice } from './trigger/closed-form.ts';

export { CALL_PRICE_PLACES } from './trigger/search.ts';
/** Shocked prices have more decimals than quoted ones; nothing of a shocked pool is written down. */
const DECIMALS_WHILE_SHOCKED = 45;

/**
 * The prices of one instrument, nearest below and above its mark, at which equity equals house maintenance in a pool that
 * holds it (or options on it), all other prices frozen. Found on the real margin function, piece by piece, so the roots
 * are exact, then rounded. Where a rule's cliff carries excess across zero without touching it, the cliff's price is the
 * answer. Null where there is none, and where the instrument has no mark. With several pools, the nearest of them.
 */
export function callPrice(account: AccountInput, market: MarketInput, shelf: PackShelf, instrument: InstrumentId): TriggerPrice {
  const down: Decimal[] = [];
  const up: Decimal[] = [];
  for (const pool of account.pools) {
    // A pool that is kept at its requirement is never called; its losses are in the excess of the pool that keeps it.
    if (pool.id === account.sweep?.to) continue;
    const search = searchOf(account, pool, market, shelf, instrument);
    const [below, above] = search ? ([-1, 1] as const satisfies Direction[]).map((direction) => nearestRoot(search, direction)) : [null, null];
    if (below) down.push(below);
    if (above) up.push(above);
  }
  return { down: down.length === 0 ? null : toDecimalText(Decimal.max(...down)), up: up.length === 0 ? null : toDecimalText(Decimal.min(...up)) };
}

function searchOf(account: AccountInput, pool: PoolInput, market: MarketInput, shelf: PackShelf, instrument: InstrumentId): Search | null {
  const mark = market.marks.get(instrument);
  const start = viewMarket(market).price(instrument)?.amount;
  if (!mark || !start) return null;
  const at = (price: Decimal): Shocked => {
    const marks = new Map(market.marks).set(instrument, { ...mark, value: toDecimalText(price) });
    const view = viewMarket({ ...market, marks }, DECIMALS_WHILE_SHOCKED);
    const margin = marginPoolOf(account, pool, view, shelf);
    const leaf = view.price(instrument) as Figure;
    return { margin, leaf, depends: dependenceOn(leaf), candidates: null };
  };
  const first = at(start);
  return matters(first) ? { start, first, at } : null;
}

/** Whether the price can move excess: now, or for a pool in deficit under a pairing that would be better at another price. */
function matters(shocked: Shocked): boolean {
  const { excess } = shocked.margin.figures;
  return shocked.depends(excess) || (excess.amount.isNegative() && candidatesOf(shocked).some(shocked.depends));
}
