import { Decimal, fromDecimalText, type DecimalText } from '../../shared/money.ts';

/** What a firm does on each trading day that a portfolio-margin account is below its least equity. */
export interface DeclineStep {
  day: number;
  stage: 'notice' | 'riskReducingOnly' | 'removalBegins' | 'regT';
}

/** The stage of the n-th trading day below the least equity (the first is 1); null while equity is enough. */
export function declineStage(steps: readonly DeclineStep[], day: number): DeclineStep['stage'] | null {
  return steps.findLast((step) => step.day <= day)?.stage ?? null;
}

/** The band of equity in which an account is given those days: below the least, and no further than the firm bears. */
export function isInDecline(equity: DecimalText, least: DecimalText, bearsDownTo: DecimalText | null): boolean {
  const amount = fromDecimalText(equity);
  return amount.lt(fromDecimalText(least)) && (bearsDownTo === null || amount.gte(fromDecimalText(bearsDownTo)));
}

/** Where a firm stands against the limit on the portfolio-margin requirements of all its accounts, FINRA 4210(g). */
export interface AggregateLimit {
  limit: Decimal;
  /** Requirements beyond the limit; 0 within it. */
  beyond: Decimal;
  /** False from the day after the last day of grace: no new portfolio-margin accounts. */
  mayOpenAccounts: boolean;
}

/** `daysBeyond`: business days that the firm has been beyond the limit, today included. */
export function aggregateLimit(requirements: DecimalText, netCapital: DecimalText, daysBeyond: number, rule: { times: DecimalText; graceBusinessDays: DecimalText }): AggregateLimit {
  const limit = fromDecimalText(netCapital).times(rule.times);
  const beyond = Decimal.max(0, fromDecimalText(requirements).minus(limit));
  return { limit, beyond, mayOpenAccounts: beyond.isZero() || new Decimal(daysBeyond).lte(rule.graceBusinessDays) };
}
