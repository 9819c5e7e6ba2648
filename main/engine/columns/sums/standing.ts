import { MARGIN_STATUSES, statusSeverity } from '../../../../shared/domain/status.ts';
import { assert } from '../../../../shared/result.ts';
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

/** A rung of the ladder: breached where left × `scale` is on the wrong side of right × `value`, both whole numbers. */
export interface Rung {
  severity: number;
  metric: StatusMetric;
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
    const inMoney = metric === 'netLiq' || metric === 'excess' ? new Decimal(10).pow(moneyDigits) : new Decimal(1);
    return { severity: statusSeverity(status), metric, isBelow: comparison === 'below', strict, scale, value: amount.times(scale).times(inMoney).toNumber() };
  });
}

/** Severity of the worst rung that is breached: an index into MARGIN_STATUSES. As `status.ts`, never divided. */
export function standingOf(rungs: readonly Rung[], amounts: Amounts): number {
  let worst = statusSeverity('healthy');
  for (const rung of rungs) if (rung.severity > worst && isBreached(rung, amounts)) worst = rung.severity;
  assert(worst < MARGIN_STATUSES.length, 'a rung names a status');
  return worst;
}

function isBreached({ metric, isBelow, strict, scale, value }: Rung, { netLiq, equity, maintenance, exchangeMaintenance, health }: Amounts): boolean {
  switch (metric) {
    case 'netLiq':
      return breaches(netLiq, 1, isBelow, strict, scale, value);
    case 'excess':
      return breaches(equity - maintenance, 1, isBelow, strict, scale, value);
    case 'cushion':
      return breaches(equity - maintenance, netLiq, isBelow, strict, scale, value);
    case 'equityToExchangeMaintenance':
      return breaches(equity, exchangeMaintenance, isBelow, strict, scale, value);
    case 'healthRatio':
      return breaches(health?.covers ?? equity, health?.owes ?? maintenance, isBelow, strict, scale, value);
    case 'equityToMaintenance':
      return breaches(equity, maintenance, isBelow, strict, scale, value);
  }
}

function breaches(left: number, right: number, isBelow: boolean, strict: boolean, scale: number, value: number): boolean {
  const order = compare(left, scale, right, value);
  // Nothing held against nothing asked stands on every ratio, and breaches none.
  if (order === 0) return !strict && right !== 0;
  return isBelow ? order < 0 : order > 0;
}

/** left × scale against right × value, exactly. */
function compare(left: number, scale: number, right: number, value: number): number {
  const [a, b] = [left * scale, right * value];
  if (Math.abs(a) < Number.MAX_SAFE_INTEGER && Math.abs(b) < Number.MAX_SAFE_INTEGER) return a - b;
  const difference = BigInt(left) * BigInt(scale) - BigInt(right) * BigInt(value);
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}
