import type { InstrumentId } from '../../../shared/domain/instrument.ts';
import type { Figure } from '../figure/figure.ts';
import type { AccountInput } from '../input.ts';
import type { PoolMargin } from '../margin-model.ts';
import type { MarketView } from '../market/market-view.ts';

/** The instruments that have to be looked at together when the price of this one moves, itself among them. */
export type PartOf = (instrument: InstrumentId) => ReadonlySet<InstrumentId>;

/**
 * Which instruments share a fate in a pool's excess. Excess is a sum over groups, so a price moves only what is in its own
 * part, and the rest of the pool is a constant. Read off the trees, not assumed: instruments are in one part when they
 * are in one group or one contract's terms, and when anything but a sum or a difference, or a figure whose sign a rule
 * branched on, has both their prices under it. A share of the whole account puts the whole account into one part.
 */
export function partsOf(account: AccountInput, pool: PoolMargin, market: MarketView): PartOf {
  const { join, partOf } = neighbours(account, pool, market);
  const held = new Set(account.pools.flatMap(({ positions }) => positions.map(({ instrument }) => instrument)));
  const reached = reachedBy(held, market, join);
  for (const term of termsOf(pool.figures.excess)) reached(term);
  for (const threshold of pool.thresholds) reached(threshold);
  return partOf;
}

/** The same by contract terms and groups alone: what is priced together, whatever the account's rules then make of it. */
export function groupsOf(account: AccountInput, pool: PoolMargin, market: MarketView): PartOf {
  return neighbours(account, pool, market).partOf;
}

function neighbours(account: AccountInput, pool: PoolMargin, market: MarketView): Parts {
  const parts = emptyParts();
  for (const { positions } of account.pools) for (const { instrument } of positions) for (const other of namedIn(instrument, market)) parts.join(instrument, other);
  for (const members of Map.groupBy(pool.positions, ({ group }) => group).values()) for (const { instrument, group } of members) parts.join(group, instrument);
  return parts;
}

/** What an instrument's requirement looks at beside itself. */
function namedIn(instrument: InstrumentId, market: MarketView): InstrumentId[] {
  const terms = market.terms(instrument);
  // An index option may be covered by a fund that tracks the index.
  if (terms?.kind === 'etf' && terms.tracks !== undefined) return [terms.tracks];
  return terms?.kind === 'option' ? [terms.underlying, ...(terms.deliverable ?? []).map((part) => part.instrument)] : [];
}

/** Figures that a figure is the plain total of. */
function termsOf(figure: Figure, found = new Set<Figure>()): ReadonlySet<Figure> {
  if (figure.op !== 'sum' && figure.op !== 'difference') return found.add(figure);
  for (const child of figure.children) termsOf(child, found);
  return found;
}

/** Joins the instruments whose prices are under a figure; answers with one of them, or null. */
function reachedBy(held: ReadonlySet<InstrumentId>, market: MarketView, join: (a: InstrumentId, b: InstrumentId) => void): (figure: Figure) => InstrumentId | null {
  const known = new Map<Figure, InstrumentId | null>();
  for (const instrument of [...held].flatMap((id) => [id, ...namedIn(id, market)])) {
    const price = market.price(instrument);
    if (price) known.set(price, instrument);
  }
  function reached(figure: Figure): InstrumentId | null {
    const before = known.get(figure);
    if (before !== undefined) return before;
    let first: InstrumentId | null = null;
    for (const child of figure.children) {
      const instrument = reached(child);
      if (first !== null && instrument !== null) join(first, instrument);
      first ??= instrument;
    }
    known.set(figure, first);
    return first;
  }
  return reached;
}

interface Parts {
  join: (a: InstrumentId, b: InstrumentId) => void;
  partOf: PartOf;
}

/** Sets of instruments that are merged as they are joined. */
function emptyParts(): Parts {
  const parts = new Map<InstrumentId, Set<InstrumentId>>();
  const partOf = (instrument: InstrumentId): Set<InstrumentId> => {
    const known = parts.get(instrument) ?? new Set([instrument]);
    parts.set(instrument, known);
    return known;
  };
  const join = (a: InstrumentId, b: InstrumentId): void => {
    const [into, from] = [partOf(a), partOf(b)];
    if (into === from) return;
    for (const instrument of from) {
      into.add(instrument);
      parts.set(instrument, into);
    }
  };
  return { join, partOf };
}
