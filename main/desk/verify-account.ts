import type { Difference } from '../../shared/difference.ts';
import type { AccountId } from '../../shared/domain/facts.ts';
import { succeed, type Result } from '../../shared/result.ts';
import { differencesBetween } from '../engine/calc-pack/differences.ts';
import { preparePack } from '../engine/calc-pack/compute-pack.ts';
import { inputsOfAccount } from '../engine/calc-pack/pack-of-account.ts';
import { accountStateOf, marginAccount, type AccountMargin } from '../engine/margin.ts';
import { deskOf, type AccountApart } from './account-apart.ts';
import { computeAccount, inputOf, marketOf, shelfOf } from './compute.ts';
import { accountOf } from './desk-state.ts';
import { areSame, type StatedMargin } from './same-figures.ts';
import { summaryOf, type AccountSummary } from './summary.ts';
import { asLane, verifyColumns } from './verify-columns.ts';

/** One account as the book has it, and as the desk shows it: in full where somebody looks at it, and in lists. */
export interface AccountToVerify {
  account: AccountId;
  fresh: AccountApart;
  shown: AccountApart | null;
  summary: AccountSummary | null;
}

export interface AccountVerified {
  /** Pools whose figures the columns computed too. */
  columns: number;
  differences: (Difference & { account: AccountId })[];
}

/**
 * The account is written down as a calc pack from the book's own facts, computed from that pack, and compared with what
 * the lists say and with what is shown of an account that is looked at; then its pools once more by the columns.
 */
export function verifyAccount({ account, fresh: given, shown: held, summary }: AccountToVerify): Result<AccountVerified> {
  const fresh = deskOf(given, undefined);
  const prepared = preparePack(inputsOfAccount(inputOf(fresh.holdings, accountOf(fresh, account)), marketOf(fresh.holdings), shelfOf(fresh.holdings)));
  if (!prepared.ok) return prepared;
  const { accounts: [input], market, shelf } = prepared.value;
  const replayed = input && stated(marginAccount(input, market, shelf));
  const there = held && deskOf(held, undefined);
  const shown = there ? computeAccount(there.holdings, accountOf(there, account)) : undefined;
  const inFull = held && shown && replayed && isMadeOfTheSame(held, given) && areSame(shown, replayed) ? [] : differencesAsRead(shown?.state, replayed?.state);
  const differences = [...inFull, ...differencesAsRead(summary, replayed && summaryOf(replayed.state))];
  const lanes = shown?.state.pools.map(asLane);
  const columns = verifyColumns(fresh.holdings, () => lanes);
  return succeed({ columns: columns.pools, differences: [...differences.map((difference) => ({ account, ...difference })), ...columns.differences] });
}

/** What lies below the figures that are compared, such as the scenarios of a leg, says the same where it is made of the same. */
function isMadeOfTheSame(one: AccountApart, other: AccountApart): boolean {
  const made = ({ instruments, marks, closes, fx }: AccountApart): string => JSON.stringify({ instruments, marks, closes, fx });
  return made(one) === made(other);
}

function stated(margin: AccountMargin): StatedMargin {
  return { margin, state: accountStateOf(margin) };
}

/** Of what others read. Equal texts need not be read again: with its trees a large account is fifty megabytes of them. */
function differencesAsRead(stated: object | null | undefined, computed: object | undefined): Difference[] {
  const [one, other] = [JSON.stringify(stated ?? null), JSON.stringify(computed ?? null)];
  return one === other ? [] : differencesBetween(JSON.parse(one), JSON.parse(other));
}
