/** Lots up to which every number is tried, so that the least is known and not only likely. */
const TRIED_ONE_BY_ONE = 40;
/** Numbers of lots that are looked at inside a position whose closing as a whole does not help. */
const LOOKS = 24;

/**
 * The least number of lots, 1 to `most`, that restores; null when none of those looked at does. A requirement under the
 * least pairing is a convex function of how much is held, apart from whole contracts, so what restores is one range of
 * lots: its beginning is found by halving, and the number below is always tried and found wanting. Up to forty lots each
 * is tried.
 */
export function leastLots(most: number, restores: (lots: number) => boolean): number | null {
  if (most <= TRIED_ONE_BY_ONE) {
    for (let lots = 1; lots <= most; lots += 1) if (restores(lots)) return lots;
    return null;
  }
  const enough = restores(most) ? most : someInside(most, restores);
  if (enough === null) return null;
  let [short, least] = [0, enough];
  while (least - short > 1) {
    const middle = short + Math.floor((least - short) / 2);
    if (restores(middle)) least = middle;
    else short = middle;
  }
  return least;
}

/** Selling all of a stock uncovers the options written on it: then some may restore where all does not. */
function someInside(most: number, restores: (lots: number) => boolean): number | null {
  for (let look = 1; look < LOOKS; look += 1) {
    const lots = Math.floor((most / LOOKS) * look);
    if (lots > 0 && restores(lots)) return lots;
  }
  return null;
}
