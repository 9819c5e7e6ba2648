import type { MarkFact } from '../../shared/domain/facts.ts';
import type { InstrumentId } from '../../shared/domain/instrument.ts';
import { layers } from './map-over.ts';

type Marks = ReadonlyMap<InstrumentId, MarkFact>;

/** The latest as-of of some marks, and how many of them have it. */
interface Latest {
  asOf: string;
  count: number;
}

const known = new WeakMap<Marks, Latest | null>();

/** The latest as-of of any mark; null when there is none. Of marks with a few others over them it is told from those few. */
export function latestMark(marks: Marks): string | null {
  return latest(marks)?.asOf ?? null;
}

function latest(marks: Marks): Latest | null {
  const before = known.get(marks);
  if (before !== undefined) return before;
  const found = latestOver(marks) ?? latestOf(marks.values());
  known.set(marks, found);
  return found;
}

/** Null where nothing lies over them, or the few hide the latest of those below. */
function latestOver(marks: Marks): Latest | null {
  const layered = layers(marks);
  const below = layered && latest(layered.under);
  if (!layered || !below) return null;
  let { count } = below;
  for (const id of layered.over.keys()) if (layered.under.get(id)?.asOf === below.asOf) count -= 1;
  if (count === 0) return null;
  const above = latestOf(layered.over.values());
  if (!above || above.asOf < below.asOf) return { asOf: below.asOf, count };
  return above.asOf > below.asOf ? above : { asOf: below.asOf, count: count + above.count };
}

function latestOf(marks: Iterable<MarkFact>): Latest | null {
  let found: Latest | null = null;
  for (const { asOf } of marks) {
    if (!found || asOf > found.asOf) found = { asOf, count: 1 };
    else if (asOf === found.asOf) found.count += 1;
  }
  return found;
}
