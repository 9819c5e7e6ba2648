import type { AccountState, FigureName, MemorandumState, PoolState, PositionState } from '../../shared/domain/margin-state.ts';
import { Decimal, fromDecimalText, type DecimalText } from '../../shared/money.ts';
import { isBorrowing } from '../calls/account-need.ts';
import { allPositions, largestGroup, sumPools } from './account-row.ts';

type AccountFigures = Pick<AccountState, 'status' | 'statusReason' | 'netLiq' | 'equity' | 'initial' | 'maintenance' | 'available' | 'excess' | 'deficit' | 'healthRatio' | 'utilisation' | 'leverage' | 'unpriced'>;

/**
 * An account's figures without its positions and trees: all that lists, calls, official runs and exclusions need of it.
 * Plain data, the same whether the explaining engine or the columns gave it, so that a book's trees need not be kept.
 */
export interface AccountSummary extends AccountFigures {
  buyingPower: DecimalText | null;
  /** Requirements of all pools together, by who asks. */
  regTInitial: DecimalText;
  exchangeMaintenance: DecimalText;
  houseMaintenance: DecimalText;
  /** Figures that rest on a rule which nobody has checked against its text. */
  unverified: FigureName[];
  /** Of the whole gross market value; null where nothing has a value. */
  concentration: GroupShare | null;
  /** Of the whole house maintenance requirement; null where nothing has one. */
  driver: GroupShare | null;
  /** Positions that no pairing has looked at yet. */
  notPairedYet: number;
  /** True with a debit balance or a short position outside futures pools (FINRA 4210(b)(4)), whatever the account's regime. */
  borrows: boolean;
  pools: PoolSummary[];
}

/** The largest group of an account by some amount, and its share of all groups together. */
export interface GroupShare {
  group: string;
  share: DecimalText;
}

/** What calls and runs look at pool by pool. */
export interface PoolSummary extends Pick<PoolState, 'currency' | 'equity' | 'deficit' | 'callAmount' | 'restoreAmount'> {
  stacks: { exchange: { maintenance: DecimalText } };
  specialMemorandum?: MemorandumState;
}

/** The figures that the columns say in the same words, and nothing else of what they are among. */
export function figuresOf({ status, statusReason, netLiq, equity, initial, maintenance, available, excess, deficit, healthRatio, utilisation, leverage, unpriced }: AccountFigures): AccountFigures {
  return { status, statusReason, netLiq, equity, initial, maintenance, available, excess, deficit, healthRatio, utilisation, leverage, unpriced };
}

export function summaryOf(state: AccountState): AccountSummary {
  const positions = allPositions(state);
  return {
    ...figuresOf(state),
    buyingPower: state.buyingPower ?? null,
    regTInitial: sumPools(state, ({ stacks }) => stacks.regT.initial),
    exchangeMaintenance: sumPools(state, ({ stacks }) => stacks.exchange.maintenance),
    houseMaintenance: sumPools(state, ({ stacks }) => stacks.house.maintenance),
    unverified: state.unverified ?? [],
    concentration: largestGroup(positions, grossValue),
    driver: largestGroup(positions, ({ houseMaintenance }) => fromDecimalText(houseMaintenance)),
    notPairedYet: positions.filter(({ badges }) => badges.includes('notPairedYet')).length,
    borrows: isBorrowing(state),
    pools: state.pools.map(poolSummary),
  };
}

type PoolMoney = Pick<PoolState, 'currency' | 'equity' | 'deficit' | 'callAmount' | 'restoreAmount' | 'stacks' | 'specialMemorandum'>;

export function poolSummary({ currency, equity, deficit, callAmount, restoreAmount, specialMemorandum, stacks: { exchange } }: PoolMoney): PoolSummary {
  return {
    currency,
    equity,
    deficit,
    stacks: { exchange: { maintenance: exchange.maintenance } },
    ...(callAmount === undefined ? {} : { callAmount }),
    ...(restoreAmount === undefined ? {} : { restoreAmount }),
    ...(specialMemorandum === undefined ? {} : { specialMemorandum }),
  };
}

const grossValue = (position: PositionState): Decimal => new Decimal(position.valueInPoolCurrency ?? '0').abs();
