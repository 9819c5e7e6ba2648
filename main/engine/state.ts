import { FIGURES, type AccountState, type FigureName, type MemorandumState, type PoolState, type PositionState } from '../../shared/domain/margin-state.ts';
import { toDecimalText, type Decimal, type DecimalText } from '../../shared/money.ts';
import { toExplain } from './figure/to-explain.ts';
import type { AccountMargin } from './margin.ts';
import type { MarginFigures, Memorandum, PoolMargin, PositionMargin } from './margin-model.ts';

/** The account's state as text for every border: canonical amounts, keys in a fixed order. */
export function accountStateOf(margin: AccountMargin): AccountState {
  return {
    id: margin.id,
    ...marginFigures(margin.status, margin.statusReason, margin.figures),
    healthPool: margin.healthPool,
    unpriced: margin.unpriced.map((entry) => ({ ...entry })),
    pools: margin.pools.map(poolState),
    ...(margin.movable ? { movable: margin.movable.map(({ from, to, free, amount, arrivesAt }) => ({ from, to, free: toDecimalText(free.amount), amount: toDecimalText(amount.amount), currency: amount.unit, arrivesAt })) } : {}),
  };
}

function marginFigures(status: AccountState['status'], statusReason: string, figures: MarginFigures): Omit<AccountState, 'id' | 'healthPool' | 'unpriced' | 'pools'> {
  return {
    status,
    statusReason,
    netLiq: toDecimalText(figures.netLiq.amount),
    equity: toDecimalText(figures.equity.amount),
    initial: toDecimalText(figures.initial.amount),
    maintenance: toDecimalText(figures.maintenance.amount),
    available: toDecimalText(figures.available.amount),
    excess: toDecimalText(figures.excess.amount),
    deficit: toDecimalText(figures.deficit.amount),
    healthRatio: textOrNull(figures.healthRatio.amount),
    utilisation: textOrNull(figures.utilisation.amount),
    leverage: textOrNull(figures.leverage.amount),
    marginToLiquidation: textOrNull(figures.marginToLiquidation.amount),
    buyingPower: textOrNull(figures.buyingPower.amount),
    unverified: unverifiedFigures({ figures }),
  };
}

// Nearly all accounts share it.
const NONE: FigureName[] = [];

/** The figures that rest on a rule nobody has checked against its text. */
export function unverifiedFigures({ figures }: { figures: MarginFigures }): FigureName[] {
  const resting = FIGURES.filter((figure) => figures[figure].unverified);
  return resting.length === 0 ? NONE : resting;
}

function poolState(pool: PoolMargin): PoolState {
  const { figures } = pool;
  const state = {
    ...marginFigures(pool.status, pool.statusReason, figures),
    id: pool.id,
    mode: pool.mode,
    model: pool.model,
    currency: pool.currency,
    packs: [...pool.packs],
    stacks: {
      regT: { initial: toDecimalText(figures.regTInitial.amount), dueToday: textOrNull(figures.regTDueToday.amount) },
      exchange: { initial: toDecimalText(figures.exchangeInitial.amount), maintenance: toDecimalText(figures.exchangeMaintenance.amount) },
      house: { initial: toDecimalText(figures.initial.amount), maintenance: toDecimalText(figures.maintenance.amount) },
      risk: pool.risk && { initial: toDecimalText(pool.risk.initial.amount), maintenance: toDecimalText(pool.risk.maintenance.amount) },
    },
    ...(pool.specialMemorandum ? { specialMemorandum: memorandumState(pool.specialMemorandum) } : {}),
    ...(pool.callAmount ? { callAmount: toDecimalText(pool.callAmount.amount) } : {}),
    ...(pool.restoreAmount ? { restoreAmount: toDecimalText(pool.restoreAmount.amount) } : {}),
    ...(pool.levels ? { levels: { search: toDecimalText(pool.levels.search.amount), release: toDecimalText(pool.levels.release.amount) } } : {}),
    positions: pool.positions.map((position) => ({ ...positionState(position), ...troublePrices(position, pool) })),
    unpriced: pool.unpriced.map((entry) => ({ ...entry })),
  };
  return withLazyExplain(state, pool);
}

/** Prices at which the pool would be called, liquidated and used up, where its model has them at hand. */
function troublePrices({ instrument, requirement }: PositionMargin, { crossings }: PoolMargin): Pick<PositionState, 'callPrice' | 'liquidationPrice' | 'bankruptcyPrice'> {
  if (!crossings || !requirement) return {};
  const { call, liquidation, bankruptcy } = crossings(instrument);
  return { callPrice: call, liquidationPrice: liquidation, bankruptcyPrice: bankruptcy };
}

function memorandumState({ balance, usable, days }: Memorandum): MemorandumState {
  const text = (figure: { amount: Decimal }): DecimalText => toDecimalText(figure.amount);
  return {
    balance: text(balance),
    usable: text(usable),
    days: days.map(({ tradeDate, due, released, securities }) => ({ tradeDate, due: text(due), released: text(released), securities: text(securities) })),
  };
}

/**
 * The tree is most of a state's bytes and seldom looked at, so it is made when it is first read. Everything that copies
 * or writes a state reads it like any other property.
 */
function withLazyExplain(state: Omit<PoolState, 'explain'>, pool: PoolMargin): PoolState {
  let tree: PoolState['explain'] | null = null;
  return Object.defineProperty(state, 'explain', {
    enumerable: true,
    configurable: true,
    get: () => {
      tree ??= toExplain(pool.figures.maintenance);
      return tree;
    },
  }) as PoolState;
}

/** One position as text, but for what only its pool knows. */
export function positionState({ instrument, subType, quantity, price, localValue, value, requirement, group, strategy, rule, parts, badges }: PositionMargin): PositionState {
  return {
    instrument,
    subType,
    quantity,
    price,
    value: textOrNull(localValue),
    valueInPoolCurrency: textOrNull(value?.amount ?? null),
    regTInitial: amountText(requirement?.regT.amount),
    exchangeMaintenance: amountText(requirement?.exchange.amount),
    houseInitial: amountText(requirement?.houseInitial.amount),
    houseMaintenance: amountText(requirement?.houseMaintenance.amount),
    group,
    strategy,
    rule,
    parts: parts && {
      risk: toDecimalText(parts.risk),
      shortOptionValue: toDecimalText(parts.shortOptionValue),
      longPremium: toDecimalText(parts.longPremium),
      cashToDeposit: toDecimalText(parts.cashToDeposit),
    },
    badges: [...badges],
  };
}

function textOrNull(amount: Decimal | null): DecimalText | null {
  return amount === null ? null : toDecimalText(amount);
}

function amountText(amount: Decimal | undefined): DecimalText {
  return amount ? toDecimalText(amount) : '0';
}
