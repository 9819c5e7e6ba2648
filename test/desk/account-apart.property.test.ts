import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { accountApart, deskOf } from '../../main/desk/account-apart.ts';
import { ACCOUNT_QUESTIONS, type AccountQuestion } from '../../main/desk/account-line.ts';
import type { DeskState } from '../../main/desk/desk-state.ts';
import { memoryHandlers } from '../../main/desk/handlers.ts';
import type { Holdings } from '../../main/desk/holdings.ts';
import { applyMark, openState, reload } from '../../main/desk/recompute.ts';
import { finish } from '../../main/desk/rows/slices.ts';
import { bookOf, RUNS, someMarks, STANDING, twoReadings } from './random-facts.ts';

// Large accounts are looked at in another thread, which is handed the account and what of the market it reaches, and of
// what it was handed before only what differs. Every answer must be the desk's own.

const INPUTS: Record<AccountQuestion, object> = {
  'accounts.view': {},
  'account.cures': {},
  'account.pack': {},
  'account.pools': {},
  'account.compare': { regimes: [] },
  'margin.state': {},
  'margin.explain': { figure: 'maintenance' },
  'rules.values': {},
};

async function answers(state: DeskState, account: string): Promise<string[]> {
  return Promise.all(ACCOUNT_QUESTIONS.map(async (question) => JSON.stringify([question, await memoryHandlers[question](state, { account, ...INPUTS[question] } as never)])));
}

/** The other thread's end: what it was handed so far. */
function otherEnd(): (state: DeskState) => Promise<void> {
  const sent = new Map<string, Holdings>();
  const kept = new Map<string, DeskState>();
  return async (state) => {
    for (const account of state.holdings.accounts.keys()) {
      const given = structuredClone(finish(accountApart(state, account, sent.get(account) ?? null)));
      const there = deskOf(given, kept.get(account));
      sent.set(account, state.holdings);
      kept.set(account, there);
      expect(await answers(there, account)).toEqual(await answers(state, account));
    }
  };
}

test('an account that is handed over answers as the desk does, whatever was typed or imported since it was', async () => {
  let handedOver = 0;
  await fc.assert(
    fc.asyncProperty(twoReadings, someMarks, async ([before, after], typed) => {
      const compared = otherEnd();
      const state = openState(STANDING, bookOf(before));
      await compared(state);
      for (const mark of typed) applyMark(state, mark, 2);
      await compared(state);
      reload(state, { ...STANDING, sequence: 3 }, bookOf(after));
      await compared(state);
      handedOver += state.holdings.accounts.size;
    }),
    { numRuns: Math.ceil(RUNS / 20) },
  );
  expect(handedOver).toBeGreaterThan(0);
});
