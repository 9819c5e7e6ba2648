import type { AccountState, FigureName, PoolState } from '../../../../shared/domain/margin-state.ts';
import type { DecimalText } from '../../../../shared/money.ts';

/** The largest group of an account by some amount: its name, its share of all groups together, and both amounts. */
export interface GroupShare {
  group: string;
  /** Half-even to six places. */
  share: DecimalText;
  amount: DecimalText;
  all: DecimalText;
}

type PoolFigures = 'id' | 'currency' | 'status' | 'statusReason' | 'netLiq' | 'equity' | 'initial' | 'maintenance' | 'available' | 'excess' | 'deficit' | 'healthRatio' | 'utilisation' | 'leverage' | 'stacks';

/** A pool's figures as the columns know them, in its own currency: everything of its state but positions and trees. */
export interface PoolInLanes extends Pick<PoolState, PoolFigures | 'callAmount' | 'restoreAmount' | 'specialMemorandum'> {
  marginToLiquidation: DecimalText | null;
  buyingPower: DecimalText | null;
}

type AccountFigures = 'id' | 'status' | 'statusReason' | 'netLiq' | 'equity' | 'initial' | 'maintenance' | 'available' | 'excess' | 'deficit' | 'healthRatio' | 'utilisation' | 'leverage' | 'healthPool' | 'unpriced';

/**
 * An account's figures as the columns know them, each what the explaining engine says, to the last unit. The stacks are
 * those of all pools added up, each in its own currency, as a row of accounts shows them.
 */
export interface AccountInLanes extends Pick<AccountState, AccountFigures> {
  marginToLiquidation: DecimalText | null;
  buyingPower: DecimalText | null;
  regTInitial: DecimalText;
  exchangeInitial: DecimalText;
  exchangeMaintenance: DecimalText;
  houseInitial: DecimalText;
  houseMaintenance: DecimalText;
  unverified: FigureName[];
  /** Of the gross market value, and of house maintenance; null where all groups have none of it. */
  concentration: GroupShare | null;
  driver: GroupShare | null;
  /** Positions whose pairing is the best found but not proved. */
  notPairedYet: number;
  /** True with a debit balance or a short position outside pools of futures. */
  borrows: boolean;
  pools: PoolInLanes[];
}
