import { FIGURES, type FigureName } from '../../../../shared/domain/margin-state.ts';
import type { Computed } from './account.ts';
import type { Unverified } from './beside.ts';
import { isPositive, plus } from './exact.ts';

/** Figures that rest on each requirement, whatever else they are made of. */
const RESTING: Record<keyof Unverified, readonly FigureName[]> = {
  regT: ['regTInitial'],
  exchange: ['exchangeMaintenance'],
  exchangeInitial: ['exchangeInitial'],
  initial: ['initial', 'available', 'utilisation'],
  maintenance: ['maintenance', 'excess', 'deficit'],
};

/** The account's figures that rest on a rule nobody has checked; `worst` is the pool whose health is the account's. */
export function unverifiedOf(pools: readonly Computed[], worst: Computed | null): FigureName[] {
  const resting = new Set<FigureName>();
  for (const pool of pools) for (const figure of restingIn(pool)) resting.add(figure);
  if (resting.size === 0) return [];
  const maintenance = pools.map(({ figures }) => figures.maintenance).reduce(plus);
  // A ratio that is not there rests on what it would divide, but for an account that asks something and has no health.
  const health = worst ? pools.some((pool) => requirement(pool, 'maintenance') && pool.figures.healthRatio !== null) : resting.has('maintenance') && !isPositive(maintenance);
  if (health) resting.add('healthRatio');
  return FIGURES.filter((figure) => resting.has(figure));
}

function requirement({ amounts, beside }: Computed, name: keyof Unverified): boolean {
  return amounts.unverified[name] || beside?.unverified[name] === true;
}

function restingIn(pool: Computed): FigureName[] {
  const { figures, terms: { liquidation } } = pool;
  const resting = (Object.keys(RESTING) as (keyof Unverified)[]).flatMap((name) => (requirement(pool, name) ? RESTING[name] : []));
  const { memorandum } = figures;
  if (memorandum?.unverified.due) resting.push('regTDueToday');
  if (memorandum?.unverified.usable) resting.push('specialMemorandum');
  if (figures.buyingPower && ((memorandum ? memorandum.unverified.usable : requirement(pool, 'regT')) || (requirement(pool, 'maintenance') && pool.terms.regT?.maintenance))) resting.push('buyingPower');
  const level = liquidation?.metric === 'equityToExchangeMaintenance' ? 'exchange' : 'maintenance';
  const owesNothing = liquidation?.metric === 'healthRatio' && figures.owes.units === 0n;
  if (liquidation && figures.marginToLiquidation && requirement(pool, level) && !owesNothing) resting.push('marginToLiquidation');
  return resting;
}
