import type { Call, CallType } from '../../shared/domain/call.ts';
import { Decimal, fromDecimalText } from '../../shared/money.ts';
import { assert } from '../../shared/result.ts';
import type { IsoDate } from '../../shared/time.ts';
import { callsForFutures, isIndeterminate, type AccountForCalls, type AccountNeed } from './account-need.ts';
import { dayTradingCalls } from './day-trading-calls.ts';
import { dueDay, type CallPolicy } from './policy.ts';
import { increase, raise, reduce, retract, retype, type CallInRun, type RunContext } from './steps.ts';
import { isOpen } from './transitions.ts';
import { inWords } from './words.ts';

/** One account in one run, with everything a step needs. */
interface AccountInRun {
  context: RunContext;
  account: AccountForCalls;
  need: AccountNeed;
  policy: CallPolicy;
  /** Ids in use, so that a new call gets its own. */
  taken: Set<string>;
}

/** Every open call of an account after the run, and the calls the run raised. */
export function moveCallsOf(context: RunContext, account: AccountForCalls, need: AccountNeed, open: readonly CallInRun[], policy: CallPolicy): CallInRun[] {
  const at: AccountInRun = { context, account, need, policy, taken: new Set(open.map(({ call }) => call.id)) };
  const maintenance = open.filter(({ call }) => isMaintenance(call.type));
  const minimumEquity = open.filter(({ call }) => call.type === 'minimumEquity');
  assert(maintenance.length <= 1, `${account.account} has ${maintenance.length} open maintenance calls`);
  assert(minimumEquity.length <= 1, `${account.account} has ${minimumEquity.length} open minimum-equity calls`);

  const deposits = Decimal.max(fromDecimalText(account.deposits), 0);
  const toMaintenance = Decimal.min(deposits, outstandingOf(maintenance[0]));
  return [
    ...followFigures(at, maintenance[0], need.maintenanceType, need.maintenance, toMaintenance),
    ...followFigures(at, minimumEquity[0], 'minimumEquity', need.minimumEquity, deposits.minus(toMaintenance)),
    ...regTCalls(at, open.filter(({ call }) => call.type === 'regT'), deposits),
    ...dayTradingCalls(context, account, open.filter(({ call }) => call.type === 'intradayMargin' || call.type === 'dayTrade'), policy, deposits),
  ];
}

export function isMaintenance(type: CallType): boolean {
  return type === 'house' || type === 'exchange';
}

/**
 * A call that follows the account's figures. Money that came in counts first, so that `met` says what the client paid;
 * what the figures then still ask for is the amount outstanding: less than before is a cure by sale or market, more
 * is an increase. A call paid in full is met, and what the market took since is a new call.
 */
function followFigures(at: AccountInRun, open: CallInRun | undefined, type: CallType, needed: Decimal, deposits: Decimal): CallInRun[] {
  if (!open) return raiseIfNeeded(at, type, needed);
  const paid = depositInto(at, open, deposits);
  if (!isOpen(paid.call.state)) return [paid, ...raiseIfNeeded(at, type, needed)];
  const retyped = retypeIfWorse(at, paid, type, needed);
  const outstanding = outstandingOf(retyped);
  if (needed.gt(outstanding)) return grow(at, retyped, type, needed, outstanding);
  if (needed.eq(outstanding) || isIndeterminate(at.account.state)) return [retyped];
  return [reduce(at.context, retyped, outstanding.minus(needed), at.account.reduced === true ? 'sale' : 'marketMove', cureReason(at, needed))];
}

function depositInto(at: AccountInRun, life: CallInRun, deposits: Decimal): CallInRun {
  const amount = Decimal.min(deposits, outstandingOf(life));
  if (amount.lte(0)) return life;
  return reduce(at.context, life, amount, 'deposit', `${inWords(amount, life.call.currency)} deposited since the last official run.`);
}

function retypeIfWorse(at: AccountInRun, life: CallInRun, type: CallType, needed: Decimal): CallInRun {
  if (life.call.type !== 'house' || type !== 'exchange' || needed.lte(0)) return life;
  return retype(at.context, life, 'exchange', dueOn(at, 'exchange'), figuresLine(at, 'exchange'));
}

function grow(at: AccountInRun, life: CallInRun, type: CallType, needed: Decimal, outstanding: Decimal): CallInRun[] {
  if (at.policy.accumulate) return [increase(at.context, life, needed.minus(outstanding), figuresLine(at, type))];
  return [retract(at.context, life, `Replaced by a call for ${inWords(needed, life.call.currency)}.`), ...raiseIfNeeded(at, type, needed)];
}

/**
 * Reg T calls stand apart from the figures: raised once for the trades of a day, not cured by the market and not
 * worsened by it. They are met by money, by securities at their loan value and by sales at the margin they set free,
 * the oldest first; a dollar counts for a maintenance call as well, since both are met by the same equity. Trades that
 * are reported after their day's call add to it while it is open.
 */
function regTCalls(at: AccountInRun, open: readonly CallInRun[], deposits: Decimal): CallInRun[] {
  const { currency, released } = at.account;
  let lives = payOldestFirst(open, deposits, (life, amount) => reduce(at.context, life, amount, 'deposit', `${inWords(amount, currency)} deposited since the last official run.`));
  const securities = fromDecimalText(released?.securities ?? '0');
  lives = payOldestFirst(lives, securities, (life, amount) => reduce(at.context, life, amount, 'securities', `Securities with a loan value of ${inWords(securities, currency)} came in.`));
  const sale = fromDecimalText(released?.sale ?? '0');
  lives = payOldestFirst(lives, sale, (life, amount) => reduce(at.context, life, amount, 'sale', `Sales set ${inWords(sale, currency)} of initial margin free.`));
  for (const { tradeDate, amount } of at.need.regT) {
    const same = lives.findIndex(({ call }) => isOpen(call.state) && call.raisedOn === tradeDate);
    const life = lives[same];
    if (life) lives[same] = increase(at.context, life, amount, `More trades of ${tradeDate} were reported.`);
    else lives.push(...raiseIfNeeded(at, 'regT', amount, tradeDate));
  }
  return lives;
}

/** Hands an amount to calls in their order, each no more than it still needs. */
function payOldestFirst(calls: readonly CallInRun[], amount: Decimal, pay: (life: CallInRun, amount: Decimal) => CallInRun): CallInRun[] {
  let left = amount;
  return calls.map((life) => {
    const part = isOpen(life.call.state) ? Decimal.min(left, outstandingOf(life)) : new Decimal(0);
    if (part.lte(0)) return life;
    left = left.minus(part);
    return pay(life, part);
  });
}

/** Says what a call was raised for: an id never comes twice, not even for trades of a day whose call is closed long since. */
function idStem({ account, context }: AccountInRun, type: CallType, raisedOn: IsoDate): string {
  const isForFutures = isMaintenance(type) && callsForFutures(account.state);
  const late = raisedOn === context.run.businessDate ? '' : `-in-${context.run.businessDate}`;
  return `${account.account}-${isForFutures ? FUTURES : type}-${raisedOn}${late}`;
}

const FUTURES = 'futures';

/** True for a maintenance call that was raised for futures, which goes back up to initial margin. */
export function isFuturesCall({ id, account, type }: Call): boolean {
  return isMaintenance(type) && id.startsWith(`${account}-${FUTURES}-`);
}

function raiseIfNeeded(at: AccountInRun, type: CallType, amount: Decimal, raisedOn: IsoDate = at.context.run.businessDate): CallInRun[] {
  if (amount.lte(0)) return [];
  const { account, currency, state } = at.account;
  const id = freeId(at.taken, idStem(at, type, raisedOn));
  const reason = type === 'regT' ? `Trades of ${raisedOn} leave ${inWords(amount, currency)} of initial margin due (12 CFR 220.12).` : figuresLine(at, type);
  return [raise(at.context, { id, account, type, currency, amount, raisedOn, dueOn: dueOn(at, type, raisedOn), excess: state.excess, reason })];
}

function dueOn(at: AccountInRun, type: CallType, from: IsoDate = at.context.run.businessDate): IsoDate {
  return dueDay(at.policy, type, from);
}

function freeId(taken: Set<string>, stem: string): string {
  let n = 1;
  while (taken.has(`${stem}-${n}`)) n += 1;
  taken.add(`${stem}-${n}`);
  return `${stem}-${n}`;
}

function figuresLine({ account, policy }: AccountInRun, type: CallType): string {
  const { state, currency, exchangeMaintenance, houseMaintenance } = account;
  const equity = `Equity ${inWords(state.equity, currency)} is below`;
  if (type === 'minimumEquity') return `${equity} the minimum of ${inWords(policy.minimumEquity, currency)} (FINRA 4210(b)(4)).`;
  return `${equity} ${type} maintenance ${inWords(type === 'exchange' ? exchangeMaintenance : houseMaintenance, currency)}.`;
}

function cureReason({ account }: AccountInRun, needed: Decimal): string {
  const { state, currency, houseMaintenance } = account;
  const cause = account.reduced === true ? 'Positions were reduced' : 'The market moved';
  const left = needed.isZero() ? 'nothing more is needed' : `${inWords(needed, currency)} is still needed`;
  return `${cause}: ${left}, with equity ${inWords(state.equity, currency)} against house maintenance ${inWords(houseMaintenance, currency)}.`;
}

function outstandingOf(life: CallInRun | undefined): Decimal {
  return life ? fromDecimalText(life.call.outstanding) : new Decimal(0);
}

/** The call that an amount of this type would add to; undefined when it would be a new call. */
export function openCallFor(open: readonly Call[], type: CallType, raisedOn: IsoDate | null): Call | undefined {
  if (type === 'regT') return open.find((call) => call.type === 'regT' && call.raisedOn === raisedOn);
  return open.find((call) => (isMaintenance(type) ? isMaintenance(call.type) : call.type === type));
}
