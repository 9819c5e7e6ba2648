import type { Worker } from 'node:worker_threads';
import { POSITIONS_LARGE } from '../../shared/large-account.ts';
import type { Result } from '../../shared/result.ts';
import { accountApart, type AccountApart } from './account-apart.ts';
import type { DeskState } from './desk-state.ts';
import { inSlices } from './rows/slices.ts';
import { callerOn, type Answered, type Caller } from './rpc.ts';
import { startThread } from './threads.ts';
import type { AccountToVerify, AccountVerified } from './verify-account.ts';

/** Questions about one account that take the longer the more it holds. */
export const ACCOUNT_QUESTIONS = ['accounts.view', 'account.cures', 'account.pack', 'account.pools', 'account.compare', 'margin.state', 'margin.explain', 'rules.values'] as const;
export type AccountQuestion = (typeof ACCOUNT_QUESTIONS)[number];

/** A question as the account thread is asked it. */
export interface AskedApart {
  question: AccountQuestion;
  account: string;
  input: unknown;
  /** The account; null where the thread was handed it as it is now. */
  given: AccountApart | null;
}

/** Accounts that the thread keeps: trees of a large one take tens of megabytes. */
export const KEPT_APART = 3;
/** Then the thread and all that it made is given up; the next question starts another. */
const QUIET_MS = 60_000;

/** Puts an entry last, and takes the first ones out while there are too many. Both ends of the line do it in the same order, and so keep the same accounts. */
export function keepRecent<Key, Value>(map: Map<Key, Value>, key: Key, value: Value, max: number): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > max && oldest !== undefined) map.delete(oldest);
}

/** The desk thread's end of its line to the account thread. */
export interface AccountLine {
  /**
   * The answer as of this state of the book, where the question is one for the other thread; null where it is not. Whoever
   * asks the same while it is being worked out waits for it too.
   */
  answer(state: DeskState, channel: string, input: { account?: string; branchId?: string }): Promise<Answered> | null;
  /** Has searches wait for so long, as `holdForEdits` does; zero lets them go on. */
  hold(ms: number): void;
  /** One account of the book against what the desk shows of it. */
  verify(account: AccountToVerify): Promise<Result<AccountVerified>>;
}

/** What an account's answers rest on: replaced, never edited, when the book moves on. */
type Version = Pick<DeskState, 'holdings' | 'standing'>;

const isSame = (one: Version | undefined, other: Version): boolean => one !== undefined && one.holdings === other.holdings && one.standing === other.standing;

interface Line {
  thread: Worker;
  caller: Caller;
  /** Of what the thread has each account. */
  sent: Map<string, Version>;
  handing: Promise<unknown>;
  /** Who waits for an answer; nobody, until `quiet` ends. */
  waiting: number;
  quiet: NodeJS.Timeout | undefined;
}

export function accountLine(quietMs = QUIET_MS): AccountLine {
  let running: Line | null = null;
  const asked = new Map<string, Version & { answer: Promise<Answered>; next: Promise<Answered> | null }>();

  function start(): Line {
    const thread = startThread('account-thread', null);
    const begun: Line = { thread, caller: callerOn(thread), sent: new Map(), handing: Promise.resolve(), waiting: 0, quiet: undefined };
    const ended = (why: string): void => {
      if (running === begun) running = null;
      begun.caller.end('account-stopped', `The account could not be worked out: ${why}.`);
    };
    thread.on('error', (error) => ended(error.message));
    thread.on('exit', () => ended('its thread ended'));
    return begun;
  }

  /** Hands the account over as it is in this state, where the thread has it otherwise, and asks. One at a time: what is handed over is what differs from before. */
  async function asking({ caller, sent }: Line, state: DeskState, question: AccountQuestion, account: string, input: unknown): Promise<{ answer: Promise<Answered> }> {
    const before = sent.get(account);
    const given = isSame(before, state) ? null : await inSlices(accountApart(state, account, before?.holdings ?? null));
    keepRecent(sent, account, { holdings: state.holdings, standing: state.standing }, KEPT_APART);
    return { answer: caller.relay('account', { question, account, input, given } satisfies AskedApart) };
  }

  function work({ ...state }: DeskState, ...question: [AccountQuestion, string, unknown]): Promise<Answered> {
    return during(async (line) => {
      const asked = line.handing.then(() => asking(line, state, ...question));
      line.handing = asked.catch(() => undefined);
      return (await asked).answer;
    });
  }

  /** With the thread there, which ends when nobody has asked it for a while. */
  async function during<T>(ask: (line: Line) => Promise<T>): Promise<T> {
    running ??= start();
    const line = running;
    clearTimeout(line.quiet);
    line.waiting += 1;
    try {
      return await ask(line);
    } finally {
      line.waiting -= 1;
      if (line.waiting === 0) line.quiet = setTimeout(() => giveUp(line), quietMs).unref();
    }
  }

  /** A thread ends a moment after it is told to: whoever asks in it is to start another. */
  function giveUp(line: Line): void {
    if (running === line) running = null;
    void line.thread.terminate();
  }

  function begin(key: string, state: DeskState, ...question: [AccountQuestion, string, unknown]): Promise<Answered> {
    const { holdings, standing } = state;
    const answer = work(state, ...question).finally(() => asked.get(key)?.answer === answer && asked.delete(key));
    asked.set(key, { holdings, standing, answer, next: null });
    return answer;
  }

  function ask(state: DeskState, ...question: [AccountQuestion, string, unknown]): Promise<Answered> {
    const key = JSON.stringify(question);
    const before = asked.get(key);
    if (!before) return begin(key, state, ...question);
    if (isSame(before, state)) return before.answer;
    // The book moved on while the same is being worked out: one answer after it, of the newest state then, is for all who ask meanwhile.
    const again = (): Promise<Answered> => begin(key, state, ...question);
    before.next ??= before.answer.then(again, again);
    return before.next;
  }

  return {
    answer(state, channel, input) {
      const question = ACCOUNT_QUESTIONS.find((known) => known === channel);
      const { account, branchId } = input;
      // A what-if is where it was opened.
      if (!question || account === undefined || branchId !== undefined || !isLarge(state, account)) return null;
      return ask(state, question, account, input);
    },
    hold(ms) {
      if (running && running.waiting > 0) void running.caller.ask('hold', { ms });
    },
    verify: (account) => during(({ caller }) => caller.ask('verify', account) as Promise<Result<AccountVerified>>),
  };
}

/** A calc pack's market has parts that are not handed over: its accounts stay here. */
function isLarge({ holdings }: DeskState, account: string): boolean {
  return !holdings.given && (holdings.accounts.get(account)?.positionCount ?? 0) >= POSITIONS_LARGE;
}
