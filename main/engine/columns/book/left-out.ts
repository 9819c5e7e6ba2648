import type { MarketView } from '../../market/market-view.ts';
import { numberOf, type BookInstruments } from './facts.ts';

/** Pools that no lane takes, by what moves them: so that a price still tells which accounts it touches. */
export interface LeftOut {
  byInstrument: Map<number, Set<number>>;
  byPool: Map<number, Set<number>>;
}

export function leftOut(): LeftOut {
  return { byInstrument: new Map(), byPool: new Map() };
}

/** Notes a pool with the instruments that it holds, what options among them are on, and what they deliver. */
export function leaveOut(left: LeftOut, pool: number, instruments: Iterable<number>, book: BookInstruments, market: MarketView): void {
  const moving = left.byPool.get(pool) ?? new Set<number>();
  for (const instrument of instruments) {
    moving.add(instrument);
    const terms = book.terms[instrument];
    if (terms?.kind !== 'option') continue;
    moving.add(numberOf(book, terms.underlying, market));
    for (const delivered of terms.deliverable ?? []) moving.add(numberOf(book, delivered.instrument, market));
  }
  left.byPool.set(pool, moving);
  for (const instrument of moving) {
    const pools = left.byInstrument.get(instrument);
    if (pools) pools.add(pool);
    else left.byInstrument.set(instrument, new Set([pool]));
  }
}

export function takeBack(left: LeftOut, pool: number): void {
  for (const instrument of left.byPool.get(pool) ?? []) left.byInstrument.get(instrument)?.delete(pool);
  left.byPool.delete(pool);
}
