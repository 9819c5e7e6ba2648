import type { CallType } from '../../shared/domain/call.ts';
import { Decimal, fromDecimalText, type DecimalText } from '../../shared/money.ts';
import { assert } from '../../shared/result.ts';
import type { IsoDate } from '../../shared/time.ts';
import { addBusinessDays } from './calendar.ts';

/** Types that every margin account can be called for; the others exist where the rules of day trading say so. */
const EQUITY_CALLS = ['regT', 'exchange', 'house', 'minimumEquity'] as const satisfies readonly CallType[];
type EquityCall = (typeof EQUITY_CALLS)[number];

/** The n-th unmet call within twelve months, from `from` on, and what follows it, for how many calendar days. */
export interface StrikeStep {
  from: number;
  consequence: 'strike' | 'strikeAndRaisedMargin' | 'closingOnly' | 'liquidationOnly';
  days?: number | undefined;
}

/** How a firm calls: how soon, from what amount, rounded how. Amounts are in the account's base currency. */
export interface CallPolicy {
  /** Business days from the run (for calls on trades: from the trade) to the due day. */
  dueBusinessDays: Record<EquityCall, number> & Partial<Record<CallType, number>>;
  /** A day-trade call while another is open is due so many business days after it; without this, as the first one. */
  dayTradeDueWhenOpen?: number | undefined;
  /** An intraday margin deficit that is not met stays on the account until the close of this business day after it. */
  intradayOutstandingBusinessDays?: number | undefined;
  /** Calendar days without new risk after a call on trades within the day was not met. */
  freezeDays?: Partial<Record<CallType, number>>;
  /** A Reg T amount due up to here needs no call (12 CFR 220.4(d): 1,000 dollars). */
  regTDeMinimis: DecimalText;
  /** Equity that a margin account with a debit or a short position must keep (FINRA 4210(b)(4)). */
  minimumEquity: DecimalText;
  /** Calls are whole multiples of this, rounded up: a client cannot wire half a cent. */
  amountQuantum: DecimalText;
  /**
   * True: a growing shortfall raises the amount of the open call, and its due day stands. False: the open call is
   * retracted and a call for the whole shortfall takes its place, with a due day of its own.
   */
  accumulate: boolean;
  /** What follows calls that were not met in time, by type. */
  strikes?: Partial<Record<CallType, readonly StrikeStep[]>>;
  /** How many calls of a type a client may meet by selling in twelve months. */
  salesPerYear?: Partial<Record<CallType, number>>;
  /** True: a call after an exercise or assignment that is met by liquidating on the next day is no strike. */
  sparesAssigned?: boolean;
}

/** The rules of an account as a policy is read from them: packs resolved by the engine fit. */
export interface PolicyRules {
  parameter: (key: string) => { value: DecimalText };
  optional: (key: string) => { value: DecimalText } | null;
  optionalSetting: (name: 'calls.growing' | 'calls.strikeExemption') => string | null;
  conduct: (name: 'strikes') => { value: Partial<Record<CallType, readonly StrikeStep[]>> } | null;
}

/** The policy as the account's rule packs state it. */
export function callPolicy(rules: PolicyRules): CallPolicy {
  const dueBusinessDays: CallPolicy['dueBusinessDays'] = { regT: 0, exchange: 0, house: 0, minimumEquity: 0 };
  for (const type of EQUITY_CALLS) dueBusinessDays[type] = wholeDays(dueKey(type), rules.parameter(dueKey(type)).value);
  const days = (key: string): number | undefined => {
    const found = rules.optional(key);
    return found ? wholeDays(key, found.value) : undefined;
  };
  const withinTheDay = { intradayMargin: days(dueKey('intradayMargin')), dayTrade: days(dueKey('dayTrade')) };
  const freezes = { intradayMargin: days('intraday.freezeDays'), dayTrade: days('dayTrading.freezeDays') };
  const amountQuantum = rules.parameter('calls.amountQuantum').value;
  assert(fromDecimalText(amountQuantum).gt(0), `calls.amountQuantum must be positive, not ${amountQuantum}`);
  return {
    dueBusinessDays: { ...dueBusinessDays, ...stated(withinTheDay) },
    dayTradeDueWhenOpen: days('calls.dayTrade.dueBusinessDaysWhenOpen'),
    intradayOutstandingBusinessDays: days('calls.intradayMargin.outstandingBusinessDays'),
    freezeDays: stated(freezes),
    regTDeMinimis: rules.parameter('calls.regT.deMinimis').value,
    minimumEquity: rules.parameter('account.minimumEquity').value,
    amountQuantum,
    accumulate: rules.optionalSetting('calls.growing') !== 'supersede',
    strikes: rules.conduct('strikes')?.value ?? {},
    salesPerYear: stated({ intradayMargin: days('calls.intradayMargin.liquidationsPerYear') }),
    sparesAssigned: rules.optionalSetting('calls.strikeExemption') === 'afterExerciseOrAssignment',
  };
}

function dueKey(type: CallType): string {
  return `calls.${type}.dueBusinessDays`;
}

/** Without the keys that have no value: they are left out rather than undefined. */
function stated(days: Partial<Record<CallType, number | undefined>>): Partial<Record<CallType, number>> {
  return Object.fromEntries(Object.entries(days).filter(([, value]) => value !== undefined));
}

/** The day a call is due that counts from `from`. */
export function dueDay(policy: CallPolicy, type: CallType, from: IsoDate): IsoDate {
  const days = policy.dueBusinessDays[type];
  assert(days !== undefined, `no rule says when a ${type} call is due`);
  return addBusinessDays(from, days);
}

/** An amount to call for: the amount rounded up to a whole number of quanta, nothing when it is not positive. */
export function roundUpToQuantum(amount: Decimal, quantum: DecimalText): Decimal {
  if (amount.lte(0)) return new Decimal(0);
  const step = fromDecimalText(quantum);
  return amount.div(step).toDecimalPlaces(0, Decimal.ROUND_UP).times(step);
}

function wholeDays(key: string, text: DecimalText): number {
  const days = fromDecimalText(text);
  assert(days.isInteger() && days.gte(0) && days.lte(366), `${key} must be a whole number of days from 0 to 366, not ${text}`);
  return days.toNumber();
}
