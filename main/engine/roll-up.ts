import { absent, absentQuotient, choice, product, sum, type AbsentFigure, type Figure } from './figure/figure.ts';
import type { FigureName } from '../../shared/domain/margin-state.ts';
import type { AccountInput } from './input.ts';
import { atMostItsCollateral } from './isolated.ts';
import type { MarginFigures, PoolMargin, Unpriced } from './margin-model.ts';
import type { MarketView } from './market/market-view.ts';
import { ratio } from './pool/assemble.ts';
import { worstStanding, type Standing } from './status.ts';

/** The pools of an account together: money adds up in the base currency, the worst pool gives health and status. */
export interface RollUp extends Standing {
  figures: MarginFigures;
  /** The pool whose health is the account's; null when no pool has a requirement. */
  healthPool: string | null;
  unpriced: Unpriced[];
}

const MONEY = {
  netLiq: 'Net liquidation value',
  equity: 'Equity',
  initial: 'Initial requirement',
  maintenance: 'Maintenance requirement',
  available: 'Available',
  excess: 'Excess',
  deficit: 'Deficit',
  regTInitial: 'Regulation T initial requirement',
  exchangeInitial: 'Exchange initial requirement',
  exchangeMaintenance: 'Exchange maintenance requirement',
} as const satisfies Partial<Record<FigureName, string>>;
type MoneyName = keyof typeof MONEY;

export function rollUp(account: AccountInput, pools: readonly PoolMargin[], market: MarketView): RollUp {
  const currency = account.baseCurrency;
  const standings: Standing[] = pools.map(({ id, status, statusReason }) => ({ status, statusReason: pools.length > 1 ? `Pool ${id}: ${statusReason}` : statusReason }));
  const conversions = pools.map((pool) => ({ pool, factors: market.conversion(pool.currency, currency) }));
  for (const { pool, factors } of conversions) {
    if (!factors) standings.push({ status: 'indeterminate', statusReason: `No exchange rate from ${pool.currency} into ${currency} is known for pool ${pool.id}.` });
  }
  const total = (name: MoneyName): Figure =>
    sum(currency, conversions.flatMap(({ pool, factors }) => (factors ? [inBase(pool, atMostItsCollateral(pool)[name], factors, currency)] : [])), { label: MONEY[name], subject: { account: account.id } });
  const money = Object.fromEntries(Object.keys(MONEY).map((name) => [name, total(name as MoneyName)])) as Pick<MarginFigures, MoneyName>;
  // A pool that the sweep keeps at its requirement says nothing about the account, unless it is all that requires any.
  const worst = worstHealth(pools.filter(({ id }) => id !== account.sweep?.to)) ?? worstHealth(pools);
  return {
    figures: {
      ...money,
      healthRatio: healthOf(pools, worst, money),
      utilisation: ratio('Utilisation', money.initial, money.equity, 'equity is not positive'),
      leverage: leverageOf(pools),
      regTDueToday: dueToday(conversions, currency, account.id),
    },
    healthPool: worst?.id ?? null,
    unpriced: pools.flatMap(({ unpriced }) => unpriced),
    ...worstStanding(standings),
  };
}

function inBase(pool: PoolMargin, figure: Figure, factors: readonly Figure[], currency: string): Figure {
  const about = { label: `Pool ${pool.id}`, subject: { pool: pool.id } };
  return factors.length === 0 ? figure : product(currency, [figure, ...factors], about);
}

/** The pool with the least equity for its requirement, compared by cross-multiplying; the first of equals. */
function worstHealth(pools: readonly PoolMargin[]): PoolMargin | null {
  let worst: PoolMargin | null = null;
  for (const pool of pools) {
    const { equity, maintenance } = pool.figures;
    if (maintenance.amount.lte(0)) continue;
    if (!worst || equity.amount.times(worst.figures.maintenance.amount).lt(worst.figures.equity.amount.times(maintenance.amount))) worst = pool;
  }
  return worst;
}

function healthOf(pools: readonly PoolMargin[], worst: PoolMargin | null, money: Pick<MarginFigures, MoneyName>): Figure | AbsentFigure {
  const about = { label: 'Health ratio' };
  if (!worst) return absentQuotient('times', money.equity, money.maintenance, { ...about, arithmetic: 'there is no maintenance requirement' });
  const withHealth = pools.filter(({ figures }) => figures.healthRatio.amount !== null);
  const children = withHealth.map(({ figures }) => figures.healthRatio as Figure);
  return choice('times', children, withHealth.indexOf(worst), { ...about, arithmetic: `the worst pool: ${worst.id}`, subject: { pool: worst.id } });
}

/** Stated for accounts with one pool; over several pools gross exposure and equity do not share a meaning. */
function leverageOf(pools: readonly PoolMargin[]): Figure | AbsentFigure {
  const [only, ...others] = pools;
  if (only && others.length === 0) return only.figures.leverage;
  return absent('times', { label: 'Leverage', arithmetic: pools.length === 0 ? 'nothing is held' : 'see each pool' });
}

/** Due today over the pools that can say; null when none can. */
function dueToday(conversions: readonly { pool: PoolMargin; factors: readonly Figure[] | null }[], currency: string, account: string): Figure | AbsentFigure {
  const about = { label: 'Regulation T, due today', subject: { account } };
  const known = conversions.flatMap(({ pool, factors }) => {
    const { regTDueToday } = pool.figures;
    return factors && regTDueToday.amount !== null ? [inBase(pool, regTDueToday, factors, currency)] : [];
  });
  if (known.length === 0) return absent(currency, { ...about, arithmetic: 'trades are not known: a requirement is shown, never a call' });
  return sum(currency, known, about);
}
