import { expect, test } from 'vitest';
import { readFacts } from '../../../main/books/reading/read-facts.ts';
import { applyPlan } from '../../../main/books/writing/apply-plan.ts';
import { planOf } from '../column-file.ts';
import { surviveKills } from '../kill-rounds.ts';
import { MARY, must } from '../temp-book.ts';

const ROUNDS = Math.max(3, Math.ceil(Number(process.env['PLIMSOLL_CRASH_ROUNDS'] ?? 0) / 10));
const ROUND_MS = 20_000;
/** Some three imports of the child. */
const KILL_WITHIN_MS = 400;

test(
  `no acknowledged import is lost, and none is torn, over ${ROUNDS} kills while another thread writes`,
  async () => {
    const acknowledged = await surviveKills({
      name: 'kills behind',
      rounds: ROUNDS,
      child: 'import-forever.ts',
      withinMs: KILL_WITHIN_MS,
      start(book) {
        const { plan, bytes } = planOf(book, { accounts: 40, positions: 50, quantity: '2', day: '2026-11-20' });
        must(applyPlan(book, plan, bytes, MARY));
      },
      check(book, sequence) {
        const { position, cash } = must(readFacts(book));
        expect([position.length, cash.length]).toEqual([2000, 40]);
        expect(new Set([...position.map(({ quantity }) => quantity), ...cash.map(({ amount }) => amount)])).toEqual(new Set([String(sequence)]));
      },
    });
    expect(acknowledged).toBeGreaterThanOrEqual(ROUNDS);
  },
  ROUNDS * ROUND_MS,
);
