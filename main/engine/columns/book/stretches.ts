/** Pools that follow each other: some that stay as they were, or one that changed. */
export interface Stretch {
  from: number;
  to: number;
  isKept: boolean;
}

/** Few enough that they are copied in a moment. */
const KEPT_AT_ONCE = 128;

/** All pools in order, those that stay as they were together. */
export function* stretchesOf(pools: number, changed: ReadonlySet<number>): Generator<Stretch> {
  let from = 0;
  while (from < pools) {
    let to = from;
    while (to < pools && to - from < KEPT_AT_ONCE && !changed.has(to)) to += 1;
    const isKept = to > from;
    if (!isKept) to += 1;
    yield { from, to, isKept };
    from = to;
  }
}
