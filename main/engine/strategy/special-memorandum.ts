import type { ActivityFact } from '../../../shared/domain/facts.ts';
import { Decimal, fromDecimalText } from '../../../shared/money.ts';
import type { IsoDate } from '../../../shared/time.ts';
import { difference, greatest, input, least, product, sum, type Figure } from '../figure/figure.ts';
import type { Memorandum, MemorandumDay } from '../margin-model.ts';
import type { PreparedPool } from '../pool/prepare-pool.ts';
import { zeroFigure, type StrategyContext } from './context.ts';
import { loanValueOfTransfers } from './loan-value.ts';
import type { PricedGroup } from './priced-group.ts';
import { tradeRequirements, type TradeRequirement } from './trade-requirement.ts';

/**
 * The special memorandum account after the day, 12 CFR 220.5: balance before ± the day's cash + loan value of securities
 * that came in − Reg T margin of the day's trades. Under the rule and at most brokers it is no less than equity above the
 * Reg T requirement (`highWater`), so that it rises with the market and does not fall with it; elsewhere no more than
 * that may be used (`leastOfBalanceAndExcess`). What it lacks of nothing because of a day's trades is due for that day.
 *
 * Days before today that the prior balance does not know are taken one after the other, each at its own cost: what the
 * market was then is not known. Null where a day's activity is not known, or cannot be valued. Before an account's first
 * transaction the trades ask at least the lesser of 2,000 dollars and their cost, FINRA 4210(b).
 */
export function specialMemorandum(pool: PreparedPool, groups: readonly PricedGroup[], equity: Figure, regT: Figure, context: StrategyContext): Memorandum | null {
  const { newAccount, prior } = pool.account;
  const days = daysOf(pool, context.market.businessDate);
  const values = days && valuesOf(days, pool, groups, context);
  if (!values) return null;
  const { currency } = context;
  let first = newAccount ? firstTransaction(values.find(({ trades }) => trades.length > 0)?.trades ?? [], context) : null;
  if (newAccount && !first) return null;
  const required = first ? greatest(currency, [regT, first], { label: 'Regulation T requirement, first transaction' }) : regT;
  const excess = difference(currency, [equity, required], { label: 'Equity above the Regulation T requirement' });
  const steps: MemorandumDay[] = [];
  let balance = input(prior ? fromDecimalText(prior.sma) : new Decimal(0), currency, { label: 'Special memorandum account before', source: prior ? 'prior day' : 'not known: counted as nothing' });
  for (const [index, value] of values.entries()) {
    const isToday = index === values.length - 1;
    const step = dayStep(balance, value, value.trades.length > 0 ? first : null, context);
    if (value.trades.length > 0) first = null;
    const after = isToday ? balanceToday(step.carried, excess, context) : step.carried;
    // Without a balance from before, all that is known of an earlier day is what the account is worth now.
    const measured = isToday || prior ? after : greatest(currency, [after, excess], { label: 'Special memorandum account, seen from now' });
    steps.push({ tradeDate: value.day, due: dueOf(measured, step.dueBefore, value.trades.length > 0, currency), released: step.released, securities: value.securities });
    balance = after;
  }
  return { balance, usable: usableOf(balance, excess, context), days: steps };
}

/** What one day brought, in the pool's currency. */
interface DayValue {
  day: IsoDate;
  trades: TradeRequirement[];
  cash: Figure[];
  securities: Figure;
}

/** Activity by day, today last even when nothing happened; null when nobody knows what happened. */
function daysOf({ account: { activity, activityCovers } }: PreparedPool, today: IsoDate): Map<IsoDate, ActivityFact[]> | null {
  if (activity === null) return null;
  const counted = activity.filter(({ tradeDate }) => tradeDate === today || (activityCovers === 'sincePrior' && tradeDate < today));
  const byDay = Map.groupBy(counted, ({ tradeDate }) => tradeDate);
  return new Map([...byDay, [today, byDay.get(today) ?? []] as const].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function valuesOf(days: ReadonlyMap<IsoDate, ActivityFact[]>, pool: PreparedPool, groups: readonly PricedGroup[], context: StrategyContext): DayValue[] | null {
  const values: DayValue[] = [];
  const entries = [...days];
  for (const [index, [day, rows]] of entries.entries()) {
    const later = entries.slice(index + 1).flatMap(([, facts]) => facts);
    const trades = tradeRequirements(rows, later, pool, groups, context);
    const cash = movements(rows, context);
    const securities = loanValueOfTransfers(rows, context);
    if (!trades || !cash || !securities) return null;
    values.push({ day, trades, cash, securities });
  }
  return values;
}

interface Step {
  carried: Figure;
  /** What was due before the day's trades, after the day's money. */
  dueBefore: Figure;
  released: Figure;
}

function dayStep(before: Figure, { day, trades, cash, securities }: DayValue, first: Figure | null, { currency }: StrategyContext): Step {
  const nothing = zeroFigure(currency, 'Nothing');
  const regTOfTrades = sum(currency, trades.map(({ margin }) => margin), { label: `Regulation T margin of the trades of ${day}` });
  const asked = first ? greatest(currency, [regTOfTrades, first], { label: 'First transaction: at least 2,000 dollars or its cost' }) : regTOfTrades;
  const moved = sum(currency, cash, { label: 'Money that came and went' });
  const cameIn = greatest(currency, [nothing, moved], { label: 'Money that came in' });
  const brought = greatest(currency, [nothing, securities], { label: 'Securities that came in, at their loan value' });
  const inHand = sum(currency, [before, cameIn, brought], { label: 'Balance before, and what came in' });
  return {
    carried: difference(currency, [sum(currency, [before, ...cash, securities], { label: 'Balance before and the day’s cash and securities' }), asked], { label: `Carried from before, ${day}` }),
    dueBefore: greatest(currency, [nothing, difference(currency, [nothing, inHand], { label: 'Below zero before the day’s trades' })], { label: 'Due already' }),
    released: greatest(currency, [nothing, difference(currency, [nothing, regTOfTrades], { label: 'Margin that sales set free' })], { label: 'Released by sales' }),
  };
}

/** What the day's trades leave due: what the account lacks of nothing, less what was due already. */
function dueOf(balance: Figure, dueBefore: Figure, hasTraded: boolean, currency: string): Figure {
  if (!hasTraded) return zeroFigure(currency, 'Nothing was traded');
  const nothing = zeroFigure(currency, 'Nothing due');
  const uncovered = greatest(currency, [nothing, difference(currency, [nothing, balance], { label: 'Special memorandum account, below zero' })], { label: 'Not covered' });
  return greatest(currency, [nothing, difference(currency, [uncovered, dueBefore], { label: 'Not covered, beyond what was due already' })], { label: 'Regulation T, due for the trades' });
}

function balanceToday(carried: Figure, excess: Figure, { currency, rules }: StrategyContext): Figure {
  if (isHighWater(rules)) return greatest(currency, [carried, excess], { label: 'Special memorandum account', rule: ruleOf(rules) });
  return sum(currency, [carried], { label: 'Special memorandum account, balance', rule: ruleOf(rules) });
}

function usableOf(balance: Figure, excess: Figure, { currency, rules }: StrategyContext): Figure {
  return isHighWater(rules) ? balance : least(currency, [balance, excess], { label: 'Special memorandum account that may be used', rule: ruleOf(rules) });
}

function isHighWater(rules: StrategyContext['rules']): boolean {
  return rules.optionalSetting('regT.memorandum') !== 'leastOfBalanceAndExcess';
}

function ruleOf(rules: StrategyContext['rules']): NonNullable<Figure['about']['rule']> {
  if (rules.optionalSetting('regT.memorandum') !== null) return rules.settingRule('regT.memorandum');
  return { pack: rules.packs[0] ?? '', cites: '12 CFR 220.5', status: 'secondary' };
}

function firstTransaction(trades: readonly TradeRequirement[], { currency, rules, ruleMoney }: StrategyContext): Figure | null {
  if (!ruleMoney) return null;
  const minimum = rules.parameter('account.minimumEquity');
  const amount = product(currency, [minimum.figure, ...ruleMoney], { label: minimum.rule.cites, rule: minimum.rule });
  const cost = sum(currency, trades.map(({ cost: paid }) => paid), { label: 'Cost of the day’s opening trades' });
  return least(currency, [amount, cost], { label: 'Lesser of the minimum and the cost', rule: minimum.rule });
}

const MONEY_KINDS = new Set<ActivityFact['kind']>(['deposit', 'withdrawal', 'transfer', 'dividend', 'interest', 'fee']);

/** Money that came and went on a day, in the pool's currency; null when a rate is missing. */
function movements(rows: readonly ActivityFact[], { market, currency }: StrategyContext): Figure[] | null {
  const figures: Figure[] = [];
  for (const { kind, amount, currency: own, id } of rows) {
    if (!MONEY_KINDS.has(kind) || amount === null) continue;
    const conversion = market.conversion(own, currency);
    if (!conversion) return null;
    const moved = input(fromDecimalText(amount), own, { label: `${kind} ${id}`, source: 'activity' });
    figures.push(conversion.length === 0 ? moved : product(currency, [moved, ...conversion], { label: `${kind} ${id}` }));
  }
  return figures.toSorted((a, b) => a.amount.cmp(b.amount));
}
