import { viewMarket, type MarketView } from '../../market/market-view.ts';
import type { BookInstruments } from './facts.ts';

/** The market with the book's marks as they stand. */
export function marketAt(view: MarketView, { ids, marks, moved }: BookInstruments): MarketView {
  const changed = [...moved].map((at) => ({ id: ids[at] as string, value: marks[at] ?? null })).filter(({ id, value }) => value !== (view.input.marks.get(id)?.value ?? null));
  if (changed.length === 0) return view;
  const all = new Map(view.input.marks);
  for (const { id, value } of changed) {
    const before = all.get(id) ?? { instrument: id, bid: null, ask: null, kind: 'manual' as const, asOf: view.input.asOf, source: 'book' };
    if (value === null) all.delete(id);
    else all.set(id, { ...before, value });
  }
  return viewMarket({ ...view.input, marks: all }, view.decimalsMax);
}
