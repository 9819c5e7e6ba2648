import { fail, succeed, type Result } from '../../shared/result.ts';
import { accountApart } from './account-apart.ts';
import type { AccountLine } from './account-line.ts';
import type { BookRead, DeskState } from './desk-state.ts';
import type { Tick } from './job.ts';
import { holding } from './recompute.ts';
import { inSlices } from './rows/slices.ts';
import type { AccountVerified } from './verify-account.ts';

export interface StatesVerified extends AccountVerified {
  accounts: number;
}

/** Accounts on their way to the thread that verifies them: enough that it never waits for the next. */
const AT_ONCE = 4;

/**
 * Takes nothing from memory but what is on screen: every account as the book has it is computed in the account thread and
 * compared with what the desk shows (verify-account.ts). The state must be of the entry that was read, and stay as it is.
 */
export async function verifyStates(state: DeskState, read: BookRead, accounts: Pick<AccountLine, 'verify'>, tick: Tick): Promise<Result<StatesVerified>> {
  const fresh = { ...state, holdings: await inSlices(holding(read)) };
  const verified: StatesVerified = { accounts: 0, columns: 0, differences: [] };
  const ids = fresh.holdings.accounts.keys();
  const all = fresh.holdings.accounts.size;
  let hasOneEnded = false;

  async function verifyNext(): Promise<Result<null>> {
    for (const account of ids) {
      if (hasOneEnded) break;
      tick(verified.accounts, all, 'Verifying figures');
      const shown = state.holdings.accounts.has(account) ? await inSlices(accountApart(state, account, null)) : null;
      const one = await accounts.verify({ account, fresh: await inSlices(accountApart(fresh, account, null)), shown, summary: state.summaries.get(account) ?? null });
      if (!one.ok) return fail(one.fault);
      verified.accounts += 1;
      verified.columns += one.value.columns;
      verified.differences.push(...one.value.differences);
    }
    return succeed(null);
  }

  // All of them take accounts from the one line: when one ends, there is no other left, or none is to be begun any more.
  const ended = await Promise.all(Array.from({ length: AT_ONCE }, () => verifyNext().finally(() => (hasOneEnded = true))));
  const fault = ended.find((each) => !each.ok);
  if (fault) return fault;
  verified.differences.sort((a, b) => (a.account < b.account ? -1 : Number(a.account > b.account)));
  return succeed(verified);
}
