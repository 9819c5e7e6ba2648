import type { CallState, CallType } from '../../shared/domain/call.ts';
import type { MarginStatus } from '../../shared/domain/status.ts';
import { fromDecimalText, type DecimalText } from '../../shared/money.ts';
import type { IsoDate } from '../../shared/time.ts';

/** What decides how urgent a line of the queue is. */
export interface Urgency {
  /** Unique; the last word when all else is equal, so that the order is total and never flickers. */
  key: string;
  status: MarginStatus;
  /** Null on a line that is there because its account is indeterminate. */
  state: CallState | null;
  type: CallType | null;
  dueOn: IsoDate | null;
  currency: string;
  outstanding: DecimalText | null;
  equity: DecimalText;
  maintenance: DecimalText;
}

/** Regulators before the house, sooner consequences first. */
export const TYPES_BY_WEIGHT: readonly CallType[] = ['exchange', 'regT', 'intradayMargin', 'dayTrade', 'house', 'minimumEquity'];

/**
 * Negative when `a` is more urgent. In order:
 * 1. accounts that are bankrupt, then those at the liquidation level: the firm's own money is at risk;
 * 2. open calls, 3. expected calls, 4. indeterminate accounts without a call;
 * within each: the earlier due day, so the overdue lead; the heavier type (exchange, Reg T, within the day, house, minimum equity); the worse health;
 * the larger amount outstanding (currencies in alphabetical order, since amounts in two currencies do not compare);
 * the key.
 */
export function byUrgency(a: Urgency, b: Urgency): number {
  return (
    urgencyClass(a) - urgencyClass(b) ||
    compareText(a.dueOn ?? '9999-12-31', b.dueOn ?? '9999-12-31') ||
    typeWeight(a) - typeWeight(b) ||
    byHealth(a, b) ||
    compareText(a.currency, b.currency) ||
    fromDecimalText(b.outstanding ?? '0').cmp(fromDecimalText(a.outstanding ?? '0')) ||
    compareText(a.key, b.key)
  );
}

function urgencyClass({ status, state }: Urgency): number {
  if (status === 'bankrupt') return 0;
  if (status === 'liquidation') return 1;
  if (state === null) return 4;
  return state === 'expected' ? 3 : 2;
}

function typeWeight({ type }: Urgency): number {
  return type === null ? TYPES_BY_WEIGHT.length : TYPES_BY_WEIGHT.indexOf(type);
}

// Products of two doubles of amounts are wrong by a few parts in 10¹⁵; nearer than this is looked at exactly.
const NEAR = 1e-12;

/**
 * Worse health first, compared by cross-multiplying. Without a requirement there is no ratio: such an account is worse
 * than any other when its equity is negative, and better than any other when it is not.
 */
function byHealth(a: Urgency, b: Urgency): number {
  const sides = [sideOf(a), sideOf(b)] as const;
  if (sides[0] !== 0 || sides[1] !== 0) return sides[0] - sides[1];
  const [left, right] = [Number(a.equity) * Number(b.maintenance), Number(b.equity) * Number(a.maintenance)];
  if (Math.abs(left - right) > NEAR * Math.max(Math.abs(left), Math.abs(right))) return left - right;
  return fromDecimalText(a.equity).times(fromDecimalText(b.maintenance)).cmp(fromDecimalText(b.equity).times(fromDecimalText(a.maintenance)));
}

/** −1: no requirement and negative equity; 1: no requirement otherwise; 0: there is a ratio. */
function sideOf({ equity, maintenance }: Urgency): -1 | 0 | 1 {
  if (maintenance !== '0' && !maintenance.startsWith('-')) return 0;
  return equity.startsWith('-') ? -1 : 1;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
