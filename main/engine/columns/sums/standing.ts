import { statusSeverity } from '../../../../shared/domain/status.ts';
import { Decimal, fromDecimalText } from '../../../../shared/money.ts';
import type { Rules } from '../../packs/rules.ts';
import type { StatusMetric } from '../../packs/schema.ts';

/** The amounts of a pool that its status rests on, all in whole numbers of one unit of money. */
export interface Amounts {
  netLiq: number;
  equity: number;
  maintenance: number;
  exchangeMaintenance: number;
  /** Of a loan: what counts of assets, and what is owed; of others the health is equity by maintenance. */
  health?: { covers: number; owes: number };
}

/** What the two sides of a metric are: places among `sides`. */
const [ONE, NET_LIQ, EQUITY, EXCESS, MAINTENANCE, EXCHANGE, COVERS, OWES] = [0, 1, 2, 3, 4, 5, 6, 7] as const;
const SIDES: Record<StatusMetric, readonly [left: number, right: number]> = {
  netLiq: [NET_LIQ, ONE],
  excess: [EXCESS, ONE],
  cushion: [EXCESS, NET_LIQ],
  equityToMaintenance: [EQUITY, MAINTENANCE],
  equityToExchangeMaintenance: [EQUITY, EXCHANGE],
  healthRatio: [COVERS, OWES],
};
// Of the pool whose standing is asked; used again for the next.
const sides = Float64Array.of(1, 0, 0, 0, 0, 0, 0, 0);

/** A rung of the ladder: breached where left × `scale` is on the wrong side of right × `value`, both whole numbers. */
export interface Rung {
  severity: number;
  left: number;
  right: number;
  isBelow: boolean;
  strict: boolean;
  scale: number;
  value: number;
}

/** The status ladder in whole numbers; `moneyDigits` are the decimals of the unit that amounts are counted in. */
export function rungsOf({ statusLadder }: Rules, moneyDigits: number): Rung[] {
  return statusLadder.map(({ status, metric, comparison, strict, value }) => {
    const amount = fromDecimalText(value);
    const scale = 10 ** amount.decimalPlaces();
    const [left, right] = SIDES[metric];
    const inMoney = right === ONE ? new Decimal(10).pow(moneyDigits) : new Decimal(1);
    return { severity: statusSeverity(status), left, right, isBelow: comparison === 'below', strict, scale, value: amount.times(scale).times(inMoney).toNumber() };
  });
}

/** Severity of the worst rung that is breached: an index into MARGIN_STATUSES. As `status.ts`, never divided. */
export function standingOf(rungs: readonly Rung[], { netLiq, equity, maintenance, exchangeMaintenance, health }: Amounts): number {
  sides[NET_LIQ] = netLiq;
  sides[EQUITY] = equity;
  sides[EXCESS] = equity - maintenance;
  sides[MAINTENANCE] = maintenance;
  sides[EXCHANGE] = exchangeMaintenance;
  sides[COVERS] = health?.covers ?? equity;
  sides[OWES] = health?.owes ?? maintenance;
  let worst = HEALTHY;
  for (const rung of rungs) if (rung.severity > worst && isBreached(rung)) worst = rung.severity;
  return worst;
}
const HEALTHY = statusSeverity('healthy');

function isBreached({ left, right, isBelow, strict, scale, value }: Rung): boolean {
  const order = compare(sides[left] as number, scale, sides[right] as number, value);
  // Nothing held against nothing asked stands on every ratio, and breaches none.
  if (order === 0) return !strict && sides[right] !== 0;
  return isBelow ? order < 0 : order > 0;
}

/** left × scale against right × value, exactly. */
function compare(left: number, scale: number, right: number, value: number): number {
  const a = left * scale;
  const b = right * value;
  return Math.abs(a) < Number.MAX_SAFE_INTEGER && Math.abs(b) < Number.MAX_SAFE_INTEGER ? a - b : compareLarge(left, scale, right, value);
}

/** Apart, so that what is nearly always done stays short enough to be made part of its callers' loops. */
function compareLarge(left: number, scale: number, right: number, value: number): number {
  const difference = BigInt(left) * BigInt(scale) - BigInt(right) * BigInt(value);
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}
