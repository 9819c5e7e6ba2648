import type { Difference } from '../../shared/difference.ts';
import type { AccountId } from '../../shared/domain/facts.ts';
import { succeed, type Result } from '../../shared/result.ts';
import { differencesBetween } from '../engine/calc-pack/differences.ts';
import { preparePack } from '../engine/calc-pack/compute-pack.ts';
import { inputsOfAccount } from '../engine/calc-pack/pack-of-account.ts';
import { accountStateOf, marginAccount } from '../engine/margin.ts';
import type { LaneText } from '../engine/columns/lane-text.ts';
import { computeAccount, inputOf, marketOf, shelfOf } from './compute.ts';
import type { BookRead, DeskState } from './desk-state.ts';
import { holding } from './recompute.ts';
import { inSlices } from './rows/slices.ts';
import { summaryOf } from './summary.ts';
import { asLane, verifyColumns } from './verify-columns.ts';

export interface StatesVerified {
  accounts: number;
  /** Pools whose figures the columns computed too. */
  columns: number;
  differences: (Difference & { account: AccountId })[];
}

const ACCOUNTS_A_SLICE = 10;

/**
 * Reads nothing from memory but what is on screen: every account is written down as a calc pack from the book's own
 * facts, computed from that pack, and compared with what the lists say and with what is shown of an account that is looked
 * at; then all pools once more by the columns.
 */
export async function verifyStates(state: DeskState, read: BookRead): Promise<Result<StatesVerified>> {
  const fresh = await inSlices(holding(read));
  const verified: StatesVerified = { accounts: 0, columns: 0, differences: [] };
  const pools = new Map<AccountId, LaneText[]>();
  for (const [id, account] of fresh.accounts) {
    const prepared = preparePack(inputsOfAccount(inputOf(fresh, account), marketOf(fresh), shelfOf(fresh)));
    if (!prepared.ok) return prepared;
    const { accounts, market, shelf } = prepared.value;
    const [input] = accounts;
    const replayed = input && accountStateOf(marginAccount(input, market, shelf));
    const held = state.holdings.accounts.get(id);
    const shown = held && computeAccount(state.holdings, held).state;
    const differences = [...differencesBetween(asJson(shown), asJson(replayed)), ...differencesBetween(asJson(state.summaries.get(id)), asJson(replayed && summaryOf(replayed)))];
    for (const difference of differences) verified.differences.push({ account: id, ...difference });
    if (shown) pools.set(id, shown.pools.map(asLane));
    verified.accounts += 1;
    if (verified.accounts % ACCOUNTS_A_SLICE === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  const columns = verifyColumns(fresh, (account) => pools.get(account));
  return succeed({ ...verified, columns: columns.pools, differences: [...verified.differences, ...columns.differences] });
}

function asJson(state: object | undefined): unknown {
  return JSON.parse(JSON.stringify(state ?? null));
}
