import type { InstrumentId } from '../../shared/domain/instrument.ts';
import type { TriggerPrice } from '../../shared/domain/margin-state.ts';
import { Decimal, toDecimalText } from '../../shared/money.ts';
import { hasAddOns } from './add-ons/add-ons.ts';
import { atOnce, type Sliced } from './columns/sliced.ts';
import type { AccountInput, MarginModelId, MarketInput, PoolInput } from './input.ts';
import { input, sum, type Figure } from './figure/figure.ts';
import type { PoolMargin } from './margin-model.ts';
import { viewMarket, withPrice, type MarketView } from './market/market-view.ts';
import { resolveRules, type PackShelf } from './packs/shelf.ts';
import type { Kept } from './pool/kept.ts';
import { marginPoolOf } from './sweep.ts';
import { dependenceOn, type Direction } from './trigger/line.ts';
import { groupsOf, partsOf, type PartOf } from './trigger/parts.ts';
import { candidatesOf, nearestRoot, type Search, type Shocked } from './trigger/search.ts';

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
  return callPrices(account, market, shelf, [instrument]).get(instrument) ?? NONE;
}

/** Models whose trees are straight lines in a price between their bends; see trigger/line.ts. */
const FOLLOWED: ReadonlySet<MarginModelId> = new Set<MarginModelId>(['strategy', 'fixed', 'lending']);
const NONE: TriggerPrice = { down: null, up: null };

/** What a loan asks for a written option that is paid out in coin goes with one by the price: no straight line. */
function isFollowed({ model, positions }: PoolInput, { instruments }: Pick<MarketInput, 'instruments'>): boolean {
  const inCoin = positions.some(({ instrument }) => {
    const terms = instruments.get(instrument);
    return terms?.kind === 'option' && terms.settlement === 'inverse';
  });
  return FOLLOWED.has(model) && !(model === 'lending' && inCoin);
}

/** The same for several instruments: what they have in common is computed once. */
export function callPrices(account: AccountInput, market: MarketInput, shelf: PackShelf, instruments: Iterable<InstrumentId>): Map<InstrumentId, TriggerPrice> {
  return atOnce(searchingCallPrices(account, market, shelf, instruments));
}

/** The same, yielding after every search. */
export function* searchingCallPrices(account: AccountInput, market: MarketInput, shelf: PackShelf, instruments: Iterable<InstrumentId>): Sliced<Map<InstrumentId, TriggerPrice>> {
  // A pool that is kept at its requirement is never called; its losses are in the excess of the pool that keeps it.
  const standing = account.pools.filter(({ id }) => id !== account.sweep?.to).map((pool) => standingOf(account, pool, market, shelf));
  const prices = new Map<InstrumentId, TriggerPrice>();
  for (const instrument of new Set(instruments)) {
    prices.set(instrument, nearestOf(standing, instrument));
    yield;
  }
  return prices;
}

/**
 * The prices at which a pool of loans is liquidated, found as call prices are, on the level that its status ladder names. None
 * of a pool without such a level, nor of one whose model brings its own.
 */
export function liquidationPrices(account: AccountInput, pool: PoolInput, market: MarketInput, shelf: PackShelf, instruments: Iterable<InstrumentId>): Map<InstrumentId, TriggerPrice> {
  if (pool.model !== 'lending' || !isFollowed(pool, market)) return new Map();
  const standing = standingOf(account, pool, market, shelf, toLiquidation);
  if (!standing.margin.leftToLiquidation) return new Map();
  return new Map([...new Set(instruments)].map((instrument) => [instrument, nearestOf([standing], instrument)]));
}

/** A margin state with the distance to liquidation in the place of excess, which is what a search follows. */
function toLiquidation(margin: PoolMargin): PoolMargin {
  const { leftToLiquidation: left, figures } = margin;
  return left ? { ...margin, figures: { ...figures, excess: left } } : margin;
}

/** The same of one instrument in each of the pools that can be called, apart. */
export function callPricesByPool(account: AccountInput, market: MarketInput, shelf: PackShelf, instrument: InstrumentId): { pool: string; price: TriggerPrice }[] {
  const standing = account.pools.filter(({ id }) => id !== account.sweep?.to).map((pool) => standingOf(account, pool, market, shelf));
  return standing.map((one) => ({ pool: one.pool.id, price: nearestOf([one], instrument) }));
}

/** Underlyings of a pool's options that it does not hold itself: their prices call it as well. In the order of the pool; none where its model knows no such prices. */
export function underlyingsBeside(pool: PoolInput, { instruments, marks }: Pick<MarketInput, 'instruments' | 'marks'>): InstrumentId[] {
  if (pool.model === 'lending' && !isFollowed(pool, { instruments })) return [];
  const held = new Set(pool.positions.map(({ instrument }) => instrument));
  const underlyings = pool.positions.flatMap(({ instrument }) => {
    const terms = instruments.get(instrument);
    return terms?.kind === 'option' && !held.has(terms.underlying) && marks.has(terms.underlying) ? [terms.underlying] : [];
  });
  return [...new Set(underlyings)];
}

function nearestOf(standing: readonly Standing[], instrument: InstrumentId): TriggerPrice {
  const down: Decimal[] = [];
  const up: Decimal[] = [];
  for (const pool of standing) {
    const known = pool.margin.callPrice?.(instrument) ?? pool.margin.crossings?.(instrument).call;
    if (known) {
      if (known.down !== null) down.push(new Decimal(known.down));
      if (known.up !== null) up.push(new Decimal(known.up));
      continue;
    }
    if (!pool.followed) continue;
    const search = searchOf(pool, instrument);
    const [below, above] = search ? ([-1, 1] as const satisfies Direction[]).map((direction) => nearestRoot(search, direction)) : [null, null];
    // At nothing at all a line is only met, and nobody is called.
    if (below && !below.isZero()) down.push(below);
    if (above && !above.isZero()) up.push(above);
  }
  return { down: down.length === 0 ? null : toDecimalText(Decimal.max(...down)), up: up.length === 0 ? null : toDecimalText(Decimal.min(...up)) };
}

/** A pool as it stands, before any price was moved. */
interface Standing {
  account: AccountInput;
  pool: PoolInput;
  market: MarketInput;
  shelf: PackShelf;
  view: MarketView;
  margin: PoolMargin;
  followed: boolean;
  /** Null where no price leaves the rest of the pool alone: rules that look at the account as a whole. */
  partOf: PartOf | null;
  /** What is priced together even then; the rest is kept from one price to the next. */
  groupOf: PartOf;
  store: Kept['store'];
  /** What searches of one part have in common; of the whole pool, under null. */
  starts: Map<ReadonlySet<InstrumentId> | null, Start>;
  /** Which line is looked for: puts the distance to it in the place of excess. */
  lined: (margin: PoolMargin) => PoolMargin;
}

function standingOf(account: AccountInput, pool: PoolInput, market: MarketInput, shelf: PackShelf, lined: Standing['lined'] = (margin) => margin): Standing {
  const view = viewMarket(market, DECIMALS_WHILE_SHOCKED);
  const margin = lined(marginPoolOf(account, pool, view, shelf));
  const whole = account.pools.some(({ packs, model }) => {
    // A loan's collateral and debt are no positions: its pool is always taken as one.
    if (model === 'lending') return true;
    const rules = resolveRules(shelf, packs, market.businessDate);
    return rules.ok && hasAddOns(rules.value);
  });
  return { account, pool, market, shelf, view, margin, followed: isFollowed(pool, market), partOf: whole ? null : partsOf(account, margin, view), groupOf: groupsOf(account, margin, view), store: new Map(), starts: new Map(), lined };
}

/** A part of a pool before its price was moved, with the rest of the pool as a constant. */
interface Start {
  own: AccountInput;
  ownPool: PoolInput;
  margin: PoolMargin;
  /** Of the pool beside the part; null where the part is all of it. */
  rest: Decimal | null;
}

/** The pool as a function of the instrument's price: of its own part alone, the rest being a constant. */
function searchOf(standing: Standing, instrument: InstrumentId): Search | null {
  const { market, shelf, view, partOf, groupOf, store, lined } = standing;
  const mark = market.marks.get(instrument);
  const price = view.price(instrument);
  if (!mark || !price) return null;
  const part = partOf && partOf(instrument);
  const start = startOf(standing, part);
  const { own, ownPool, rest } = start;
  const group = groupOf(instrument);
  const kept = part ? undefined : { touched: group, store };
  const shockedWith = (margin: PoolMargin, leaf: Figure): Shocked => ({ margin, leaf, depends: dependenceOn(leaf), candidates: null });
  const at = (moved: Decimal): Shocked => {
    const shocked = withPrice(view, instrument, { ...mark, value: toDecimalText(moved) }, kept);
    return shockedWith(withRest(lined(marginPoolOf(own, ownPool, shocked, shelf)), rest), shocked.price(instrument) as Figure);
  };
  const first = shockedWith(start.margin, price);
  return matters(first) ? { start: price.amount, first, at } : null;
}

/** Made once for each part: hundreds of instruments may be in one, and where their searches start is the same. */
function startOf({ account, pool, view, shelf, margin, store, starts, lined }: Standing, part: ReadonlySet<InstrumentId> | null): Start {
  const known = starts.get(part);
  if (known) return known;
  const own = part ? onlyPart(account, part) : { ...account, activity: null };
  const ownPool = own.pools.find(({ id }) => id === pool.id) ?? pool;
  const alone = lined(marginPoolOf(own, ownPool, part ? view : { ...view, kept: { touched: new Set<InstrumentId>(), store } }, shelf));
  const rest = part && margin.figures.excess.amount.minus(alone.figures.excess.amount);
  const start: Start = { own, ownPool, margin: withRest(alone, rest), rest };
  starts.set(part, start);
  return start;
}

/** The account with the positions of one part alone, and without what only the day's figures need. */
function onlyPart(account: AccountInput, part: ReadonlySet<InstrumentId>): AccountInput {
  const pools = account.pools.map((pool) => ({ ...pool, positions: pool.positions.filter(({ instrument }) => part.has(instrument)) }));
  return { ...account, activity: null, pools };
}

function withRest(margin: PoolMargin, rest: Decimal | null): PoolMargin {
  if (rest === null) return margin;
  const { currency, figures } = margin;
  const others = input(rest, currency, { label: 'Excess of the rest of the pool', source: 'does not move with this price' });
  return { ...margin, figures: { ...figures, excess: sum(currency, [figures.excess, others], { label: 'Excess' }) } };
}

/** Whether the price can move excess: now, or for a pool in deficit under a pairing that would be better at another price. */
function matters(shocked: Shocked): boolean {
  const { excess } = shocked.margin.figures;
  return shocked.depends(excess) || (excess.amount.isNegative() && candidatesOf(shocked).some(shocked.depends));
}
