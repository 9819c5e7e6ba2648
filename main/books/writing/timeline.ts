/**
 * One fact through time: spans that do not overlap, each true from a day (or moment) up to, and not including, another.
 * Everything here is about days; when we learned of them is the caller's business.
 */
export interface Span {
  from: string;
  /** Null: as far as we know it still holds. */
  to: string | null;
}

/** What a new piece of knowledge does to the spans we hold. */
export interface Rewrite<S extends Span> {
  /** The span it contradicts, which we no longer hold to be true as it stands. */
  ended: S | null;
  /** The parts of that span which still stand, before and after. */
  kept: Span[];
  /** The span of the new fact; null when it says that there is nothing from then on. */
  begun: Span | null;
}

function earlier(left: string | null, right: string | null): string | null {
  if (left === null) return right;
  if (right === null) return left;
  return left < right ? left : right;
}

/**
 * What follows from learning that a fact was so (`present`), or had ended, from a day on. `horizon` is the first later
 * day about which the book knows better already, null when there is none: a file dated before it says nothing about
 * that day or after, so what was held of the time from the horizon on still stands. Null when nothing is new.
 */
export function learn<S extends Span>(
  held: readonly S[],
  news: { from: string; present: boolean; sameAs: (span: S) => boolean },
  horizon: string | null,
): Rewrite<S> | null {
  const { from, present } = news;
  const covering = held.find((span) => span.from <= from && (span.to === null || from < span.to)) ?? null;
  const next = held.reduce<string | null>((first, span) => (span.from > from ? earlier(first, span.from) : first), null);
  const to = earlier(horizon, covering ? covering.to : next);

  if (!covering) return present ? { ended: null, kept: [], begun: { from, to } } : null;
  // The same again is news only as a later day for which the present state is confirmed.
  if (present && news.sameAs(covering) && (to !== null || covering.from === from)) return null;

  const kept: Span[] = [];
  if (covering.from < from) kept.push({ from: covering.from, to: from });
  if (to !== null && (covering.to === null || to < covering.to)) kept.push({ from: to, to: covering.to });
  return { ended: covering, kept, begun: present ? { from, to } : null };
}
