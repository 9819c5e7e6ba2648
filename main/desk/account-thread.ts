import { parentPort } from 'node:worker_threads';
import { assert, succeed, type Result } from '../../shared/result.ts';
import { deskOf } from './account-apart.ts';
import { KEPT_APART, keepRecent, type AskedApart } from './account-line.ts';
import type { DeskState } from './desk-state.ts';
import { memoryHandlers } from './handlers.ts';
import { idleMemory } from './idle-memory.ts';
import { answerOn, packed, type PackedResult } from './rpc.ts';
import { holdForEdits } from './rows/slices.ts';
import { goBehind } from './threads.ts';
import { verifyAccount, type AccountToVerify, type AccountVerified } from './verify-account.ts';

/**
 * The account thread: answers what takes long about accounts of many positions, with the desk's own handlers, so that the
 * desk thread waits for none of it. It is handed each account, and knows nothing of the book beside it.
 */

assert(parentPort !== null, 'the account thread is started by the desk thread');
goBehind();

const kept = new Map<string, DeskState>();
const memory = idleMemory();
parentPort.on('message', () => memory.busy());

async function answer({ question, account, input, given }: AskedApart): Promise<PackedResult> {
  const before = kept.get(account);
  const state = given ? deskOf(given, before) : before;
  assert(state !== undefined, `account ${account} was handed over`);
  keepRecent(kept, account, state, KEPT_APART);
  const handler = memoryHandlers[question] as (state: DeskState, input: unknown) => Result<unknown> | Promise<Result<unknown>>;
  const result = packed(await handler(state, input));
  memory.giveBack();
  return result;
}

/** Accounts come one after the other, thousands of them. */
function verify(account: AccountToVerify): Result<AccountVerified> {
  const verified = verifyAccount(account);
  memory.giveBackNow();
  return verified;
}

function hold({ ms }: { ms: number }): Result<null> {
  holdForEdits(ms);
  return succeed(null);
}

answerOn(parentPort, { account: answer, verify, hold });
