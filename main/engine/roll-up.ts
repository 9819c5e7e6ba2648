import { Decimal } from '../../shared/money.ts';
import { assert } from '../../shared/result.ts';
import { absent, absentQuotient, choice, input, least, product, sum, type AbsentFigure, type Figure } from './figure/figure.ts';
import type { FigureName } from '../../shared/domain/margin-state.ts';
import type { AccountInput } from './input.ts';
import { atMostItsCollateral } from './isolated.ts';
import type { MarginFigures, PoolMargin, Unpriced } from './margin-model.ts';
import type { MarketView } from './market/market-view.ts';
import { ratio } from './pool/ratio.ts';
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
  const total = (name: MoneyName): Figure => {
    const parts = conversions.flatMap(({ pool, factors }) => (factors ? [inBase(pool, atMostItsCollateral(pool)[name], factors, currency)] : []));
    const counted = (name === 'available' || name === 'excess') && areApart(account) ? withoutHelp(parts, name, currency) : parts;
    return sum(currency, counted, { label: MONEY[name], subject: { account: account.id } });
  };
  const money = Object.fromEntries(Object.keys(MONEY).map((name) => [name, total(name as MoneyName)])) as Pick<MarginFigures, MoneyName>;
  // A pool that the sweep keeps at its requirement says nothing about the account, unless it is all that requires any.
  const worst = worstHealth(pools.filter(({ id }) => id !== account.sweep?.to)) ?? worstHealth(pools);
  return {
    figures: {
      ...money,
      healthRatio: healthOf(pools, worst, money),
      utilisation: ratio('Utilisation', money.initial, money.equity, 'equity is not positive'),
      leverage: leverageOf(pools),
      marginToLiquidation: leastToLiquidation(pools),
      regTDueToday: overThoseKnown('regTDueToday', conversions, currency, account.id),
      specialMemorandum: overThoseKnown('specialMemorandum', conversions, currency, account.id),
      buyingPower: overThoseKnown('buyingPower', conversions, currency, account.id),
    },
    healthPool: worst?.id ?? null,
    unpriced: pools.flatMap(({ unpriced }) => unpriced),
    ...worstStanding(standings),
  };
}

/** Whether what one pool has over is out of another's reach: a venue sees nothing but its own pool. */
function areApart({ pools }: AccountInput): boolean {
  return pools.length > 1 && pools.some(({ mode }) => mode === 'venue');
}

/**
 * Where a pool is short, only what is missing counts: what the others have over could arrive later at the earliest, and at a
 * loss. So an account's deficit is what its excess is below nothing, as a pool's is.
 */
function withoutHelp(parts: readonly Figure[], name: 'available' | 'excess', currency: string): readonly Figure[] {
  if (!parts.some(({ amount }) => amount.isNegative() && !amount.isZero())) return parts;
  const nothing = input(new Decimal(0), currency, { label: 'Not counted where another pool is short', source: 'pools at venues do not help each other' });
  return parts.map((part) => least(currency, [part, nothing], { ...part.about, label: `${MONEY[name]} that counts` }));
}

function inBase(pool: PoolMargin, figure: Figure, factors: readonly Figure[], currency: string): Figure {
  const about = { label: `Pool ${pool.id}`, subject: { pool: pool.id } };
  return factors.length === 0 ? figure : product(currency, [figure, ...factors], about);
}

/** The pool with the least health, compared by cross-multiplying what its ratio divides; the first of equals. */
function worstHealth(pools: readonly PoolMargin[]): PoolMargin | null {
  let worst: PoolMargin | null = null;
  for (const pool of pools) {
    if (pool.figures.healthRatio.amount === null) continue;
    const [covers, owes] = healthSides(pool);
    const [worstCovers, worstOwes] = worst ? healthSides(worst) : [null, null];
    if (!worstCovers || covers.times(worstOwes).lt(worstCovers.times(owes))) worst = pool;
  }
  return worst;
}

/** Equity and maintenance requirement, or what else the pool's model sets against each other. */
function healthSides({ figures: { healthRatio } }: PoolMargin): [Decimal, Decimal] {
  const [dividend, divisor] = healthRatio.children;
  assert(dividend !== undefined && divisor !== undefined, 'a health ratio divides two figures');
  return [dividend.amount, divisor.amount];
}

function healthOf(pools: readonly PoolMargin[], worst: PoolMargin | null, money: Pick<MarginFigures, MoneyName>): Figure | AbsentFigure {
  const about = { label: 'Health ratio' };
  // A pool without a debt has no health though it has a requirement.
  if (!worst && money.maintenance.amount.gt(0)) return absent('times', { ...about, arithmetic: pools.map(({ figures }) => figures.healthRatio.about.arithmetic).find((text) => typeof text === 'string') ?? 'no pool has one' });
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

/** Of the pool that is nearest to its liquidation, for its size. */
function leastToLiquidation(pools: readonly PoolMargin[]): Figure | AbsentFigure {
  const about = { label: 'Margin to liquidation' };
  const known = pools.flatMap(({ figures: { marginToLiquidation } }) => (marginToLiquidation.amount === null ? [] : [marginToLiquidation]));
  const [first, ...rest] = known;
  const reasons = pools.map(({ figures }) => figures.marginToLiquidation.about.arithmetic);
  return first ? least('times', [first, ...rest], about) : absent('times', { ...about, arithmetic: reasons.find((reason) => typeof reason === 'string') ?? 'nothing is held' });
}

const OF_TRADES = {
  regTDueToday: { label: 'Regulation T, due today', otherwise: 'trades are not known: a requirement is shown, never a call' },
  specialMemorandum: { label: 'Special memorandum account', otherwise: 'trades are not known' },
  buyingPower: { label: 'Buying power, overnight', otherwise: 'no pool knows it' },
} as const;

/** A figure over the pools that can say; none when no pool can. */
function overThoseKnown(name: keyof typeof OF_TRADES, conversions: readonly { pool: PoolMargin; factors: readonly Figure[] | null }[], currency: string, account: string): Figure | AbsentFigure {
  const { label, otherwise } = OF_TRADES[name];
  const about = { label, subject: { account } };
  const known = conversions.flatMap(({ pool, factors }) => {
    const figure = pool.figures[name];
    return factors && figure.amount !== null ? [inBase(pool, figure, factors, currency)] : [];
  });
  return known.length === 0 ? absent(currency, { ...about, arithmetic: otherwise }) : sum(currency, known, about);
}
