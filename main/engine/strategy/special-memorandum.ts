import type { ActivityFact } from '../../../shared/domain/facts.ts';
import { Decimal, fromDecimalText } from '../../../shared/money.ts';
import { difference, greatest, input, least, product, sum, type Figure } from '../figure/figure.ts';
import type { PreparedPool } from '../pool/prepare-pool.ts';
import type { StrategyContext } from './context.ts';
import type { PricedGroup } from './strategy-model.ts';
import { tradeRequirements, type TradeRequirement } from './trade-requirement.ts';

/**
 * The special memorandum account after the day: the greater of (balance before ± the day's cash − Reg T margin of the
 * day's trades) and (equity − Reg T requirement), 12 CFR 220.5. It does not fall with the market. Below zero it is what
 * Reg T asks for today. Null where the day's trades are not known, or cannot be valued.
 *
 * Before an account's first transaction the day's trades ask at least the lesser of 2,000 dollars and their cost, FINRA
 * 4210(b). A balance that is not known counts as nothing.
 */
export function specialMemorandum(pool: PreparedPool, groups: readonly PricedGroup[], regT: Figure, context: StrategyContext): Figure | null {
  const { activity, newAccount, prior } = pool.account;
  if (activity === null) return null;
  const today = activity.filter(({ tradeDate }) => tradeDate === context.market.businessDate);
  const trades = tradeRequirements(today, pool, groups, context);
  const cash = movements(today, context);
  if (!trades || !cash) return null;
  const { currency } = context;
  const regTOfTrades = sum(currency, trades.map(({ margin }) => margin), { label: 'Regulation T margin of the day’s trades' });
  const first = newAccount ? firstTransaction(trades, context) : null;
  if (newAccount && !first) return null;
  const asked = first ? greatest(currency, [regTOfTrades, first], { label: 'First transaction: at least 2,000 dollars or its cost' }) : regTOfTrades;
  const before = input(prior ? fromDecimalText(prior.sma) : new Decimal(0), currency, { label: 'Special memorandum account before', source: prior ? 'prior day' : 'not known: counted as nothing' });
  const carried = difference(currency, [sum(currency, [before, ...cash], { label: 'Balance before and the day’s cash' }), asked], { label: 'Carried from before' });
  const required = first ? greatest(currency, [regT, first], { label: 'Regulation T requirement, first transaction' }) : regT;
  const excess = difference(currency, [equityOf(pool, context), required], { label: 'Equity above the Regulation T requirement' });
  return greatest(currency, [carried, excess], { label: 'Special memorandum account', rule: { pack: context.rules.packs[0] ?? '', cites: '12 CFR 220.5', status: 'secondary' } });
}

function firstTransaction(trades: readonly TradeRequirement[], { currency, rules, ruleMoney }: StrategyContext): Figure | null {
  if (!ruleMoney) return null;
  const minimum = rules.parameter('account.minimumEquity');
  const amount = product(currency, [minimum.figure, ...ruleMoney], { label: minimum.rule.cites, rule: minimum.rule });
  const cost = sum(currency, trades.map(({ cost: paid }) => paid), { label: 'Cost of the day’s opening trades' });
  return least(currency, [amount, cost], { label: 'Lesser of the minimum and the cost', rule: minimum.rule });
}

/** The equity the requirement is stated against, as pool/equity.ts has it. */
function equityOf({ cash, holdings }: PreparedPool, { currency, rules }: StrategyContext): Figure {
  const counted = holdings.filter(({ class: kind }) => kind !== 'option' || rules.optionValueIn === 'equity');
  return sum(currency, [cash.equity, ...counted.map(({ value }) => value)], { label: 'Equity' });
}

const MONEY_KINDS = new Set<ActivityFact['kind']>(['deposit', 'withdrawal', 'transfer', 'dividend', 'interest']);

/** Money that came and went today, in the pool's currency; null when a rate is missing. */
function movements(today: readonly ActivityFact[], { market, currency }: StrategyContext): Figure[] | null {
  const figures: Figure[] = [];
  for (const { kind, amount, currency: own, id } of today) {
    if (!MONEY_KINDS.has(kind) || amount === null) continue;
    const conversion = market.conversion(own, currency);
    if (!conversion) return null;
    const moved = input(fromDecimalText(amount), own, { label: `${kind} ${id}`, source: 'activity' });
    figures.push(conversion.length === 0 ? moved : product(currency, [moved, ...conversion], { label: `${kind} ${id}` }));
  }
  return figures.toSorted((a, b) => a.amount.cmp(b.amount));
}

