import type { Difference } from '../../shared/difference.ts';
import type { AccountId, Facts } from '../../shared/domain/facts.ts';
import { succeed, type Result } from '../../shared/result.ts';
import { differencesBetween } from '../engine/calc-pack/differences.ts';
import { preparePack } from '../engine/calc-pack/compute-pack.ts';
import { inputsOfAccount } from '../engine/calc-pack/pack-of-account.ts';
import { accountStateOf, marginAccount } from '../engine/margin.ts';
import { inputOf, marketOf, shelfOf } from './compute.ts';
import type { DayStart } from './day-start.ts';
import type { DeskState } from './desk-state.ts';
import { holdingsFrom } from './holdings.ts';
import { verifyColumns } from './verify-columns.ts';

export interface StatesVerified {
  accounts: number;
  /** Pools whose figures the columns computed too. */
  columns: number;
  differences: (Difference & { account: AccountId })[];
}

const ACCOUNTS_A_SLICE = 10;

/**
 * Reads nothing from memory but the figures on screen: every account is written down as a calc pack from the book's own
 * facts, computed from that pack, and compared with what is shown; then all pools once more by the columns.
 */
export async function verifyStates(state: DeskState, facts: Facts, start: DayStart): Promise<Result<StatesVerified>> {
  const fresh = holdingsFrom(facts, start);
  const verified: StatesVerified = { accounts: 0, columns: 0, differences: [] };
  for (const [id, account] of fresh.accounts) {
    const prepared = preparePack(inputsOfAccount(inputOf(fresh, account), marketOf(fresh), shelfOf(fresh)));
    if (!prepared.ok) return prepared;
    const { accounts, market, shelf } = prepared.value;
    const [input] = accounts;
    const replayed: unknown = input && JSON.parse(JSON.stringify(accountStateOf(marginAccount(input, market, shelf))));
    const shown: unknown = JSON.parse(JSON.stringify(state.computed.get(id)?.state ?? null));
    for (const difference of differencesBetween(shown, replayed)) verified.differences.push({ account: id, ...difference });
    verified.accounts += 1;
    if (verified.accounts % ACCOUNTS_A_SLICE === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  const { pools, differences } = verifyColumns(fresh, (account) => state.computed.get(account)?.state);
  return succeed({ ...verified, columns: pools, differences: [...verified.differences, ...differences] });
}
