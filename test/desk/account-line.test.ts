import { enableCompileCache } from 'node:module';
import { setTimeout as after } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { accountLine } from '../../main/desk/account-line.ts';
import { openState } from '../../main/desk/recompute.ts';
import { POSITIONS_LARGE } from '../../shared/large-account.ts';
import { noFacts } from '../../shared/domain/facts.ts';
import { markOf, STANDING } from './random-facts.ts';

// As the program does: a thread is there in half the time then.
enableCompileCache();

const DAY = '2026-11-20';
const QUIET_MS = 30;

/** A desk of one account that is looked at in a thread of its own. */
function largeDesk() {
  const facts = noFacts();
  facts.account.push({ account: 'U1', name: null, baseCurrency: 'USD', regime: 'regT', regimeSource: 'test', asOf: DAY });
  for (let at = 0; at < POSITIONS_LARGE; at += 1) {
    const instrument = `S${at}`;
    facts.instrument.push({ id: instrument, terms: { kind: 'equity', currency: 'USD', multiplier: '1' }, identifiers: { symbol: instrument } });
    facts.mark.push(markOf(instrument, '80'));
    facts.position.push({ account: 'U1', instrument, subType: 'margin', quantity: '10', entryPrice: null, asOf: DAY });
  }
  return openState(STANDING, facts);
}

test('whoever asks in the moment that the thread is given up is answered by the next one', async () => {
  const [line, state] = [accountLine(QUIET_MS), largeDesk()];
  const ask = () => line.answer(state, 'margin.state', { account: 'U1' });
  const first = await ask();
  expect(first).toHaveProperty('packed');
  // Due just after the line's own timer, which is as long and began before: the thread was told to end, and has not yet.
  await after(QUIET_MS);
  expect(await ask()).toEqual(first);
});

test('a search of call prices waits while somebody edits, and nothing else does', async () => {
  const [line, state] = [accountLine(), largeDesk()];
  const ask = (channel: string, input: object) => line.answer(state, channel, { account: 'U1', ...input });
  let isFound = false;
  const search = ask('accounts.view', {})?.then(() => (isFound = true));
  line.hold(3_600_000);
  // Far more turns of the thread than the search has pieces.
  for (let turn = 0; turn < 4 * POSITIONS_LARGE; turn += 1) {
    // oxlint-disable-next-line no-await-in-loop
    expect(await ask('margin.state', {})).toHaveProperty('packed');
  }
  expect(isFound).toBe(false);
  line.hold(0);
  expect(await search).toBe(true);
});
