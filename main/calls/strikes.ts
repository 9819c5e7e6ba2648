import type { CallType } from '../../shared/domain/call.ts';
import { addDays, type IsoDate } from '../../shared/time.ts';
import type { CallPolicy, StrikeStep } from './policy.ts';

/** What follows when a call of a type goes unmet or is met by selling, and until when. */
export interface Consequence {
  step: StrikeStep;
  /** Last day of it; null for a mere strike. */
  until: IsoDate | null;
}

/** The step of a ladder that the n-th time within twelve months is on; null below its first step. */
export function stepOf(ladder: readonly StrikeStep[], count: number): StrikeStep | null {
  return ladder.findLast(({ from }) => from <= count) ?? null;
}

/** The consequence of one more such call after `before` of them within twelve months; null where the firm counts none. */
export function consequenceOf(policy: CallPolicy, type: CallType, before: number, day: IsoDate): Consequence | null {
  const step = stepOf(policy.strikes?.[type] ?? [], before + 1);
  return step && { step, until: step.days === undefined ? null : addDays(day, step.days) };
}

const WORDS: Record<StrikeStep['consequence'], string> = {
  strike: 'a strike is issued',
  strikeAndRaisedMargin: 'a strike is issued and margin is raised',
  closingOnly: 'only closing trades are taken',
  liquidationOnly: 'positions may only be liquidated',
};

/** `Strike 4 within twelve months: only closing trades are taken until 2027-02-18.` */
export function strikeLine(count: number, { step, until }: Consequence): string {
  return `Strike ${count} within twelve months: ${WORDS[step.consequence]}${until === null ? '' : ` until ${until}`}.`;
}

/** What an unmet call on trades within the day does to the account: no new risk for so many calendar days. */
export function freezeLine(policy: CallPolicy, type: CallType, dueOn: IsoDate): string | null {
  const days = policy.freezeDays?.[type];
  if (days === undefined) return null;
  const what = type === 'dayTrade' ? 'only closing trades are taken' : 'no short position or debit may be opened or increased';
  return `Where it is a practice, ${what} until ${addDays(dueOn, days)}, or until the call is met.`;
}
