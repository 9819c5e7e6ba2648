import { Decimal } from '../../../shared/money.ts';
import type { CalledPool } from './called-pool.ts';
import type { CureLeg } from './cures.ts';
import { leastLots } from './least-lots.ts';
import { valueOf, type Way } from './ways-to-close.ts';

/** Positions that a plan closes at most. */
const STEPS_MAX = 30;
const ONE = new Decimal(1);

/**
 * Several positions together, where no single one restores: the position that frees most for the market value it moves is
 * closed, then the next, and of the last one as little as is enough. Null where one position is enough, or where closing
 * everything worth closing still leaves the pool short and only one position would help.
 */
export function planOf(called: CalledPool, ways: readonly Way[]): Way | null {
  if (ways.some(({ missingAfter }) => missingAfter.isZero())) return null;
  // Of equals the larger first: fewer names are touched.
  const order = ways.toSorted((a, b) => relief(called, b).cmp(relief(called, a)) || b.amount.cmp(a.amount));
  let legs: CureLeg[] = [];
  let missing = called.missing;
  for (const way of order) {
    if (legs.length >= STEPS_MAX) break;
    if (way.legs.some((leg) => legs.some((taken) => taken.instrument === leg.instrument && taken.subType === leg.subType))) continue;
    const left = called.missingAfter([...legs, ...way.legs]);
    if (left.isZero()) {
      legs = [...legs, ...leastOf(called, legs, way)];
      missing = left;
      break;
    }
    if (left.gte(missing)) continue;
    legs = [...legs, ...way.legs];
    missing = left;
  }
  if (legs.length < 2) return null;
  return { kind: 'plan', strategy: null, amount: valueOf(called, legs), legs, by: 'reprice', whyNoFormula: 'several positions together', missingAfter: called.missingAfter(legs) };
}

/** Margin freed for each unit of market value moved. */
function relief({ missing }: CalledPool, { amount, missingAfter }: Way): Decimal {
  return amount.isZero() ? missing : missing.minus(missingAfter).div(amount);
}

/** Of the last position only as much as is needed; a strategy of several legs is closed whole. */
function leastOf(called: CalledPool, before: readonly CureLeg[], { legs }: Way): CureLeg[] {
  const [leg, ...others] = legs;
  if (!leg || others.length > 0) return [...legs];
  const most = leg.units.ceil();
  const part = (lots: number): CureLeg => {
    const units = Decimal.min(ONE.times(lots), leg.units);
    const kept = leg.units.minus(units);
    return { ...leg, units, left: leg.does === 'sell' ? leg.left.plus(kept) : leg.left.minus(kept) };
  };
  const lots = most.gt(Number.MAX_SAFE_INTEGER) ? null : leastLots(most.toNumber(), (count) => called.missingAfter([...before, part(count)]).isZero());
  return [lots === null ? leg : part(lots)];
}
