import { expect, test } from 'vitest';
import { readFacts } from '../../main/books/reading/read-facts.ts';
import { applyPlan } from '../../main/books/writing/apply-plan.ts';
import { crashFile, IMPORT_EVERY, markValue } from './crash-content.ts';
import { surviveKills } from './kill-rounds.ts';
import { MARY, must } from './temp-book.ts';

const ROUNDS = Number(process.env['PLIMSOLL_CRASH_ROUNDS'] ?? 50);
const ROUND_MS = 10_000;
const KILL_WITHIN_MS = 60;

test(
  `no acknowledged entry is lost, and none is torn, over ${ROUNDS} kills at random moments`,
  async () => {
    const acknowledged = await surviveKills({
      name: 'kills',
      rounds: ROUNDS,
      child: 'write-forever.ts',
      withinMs: KILL_WITHIN_MS,
      start(book) {
        const { plan, bytes } = crashFile(2);
        must(applyPlan(book, plan, bytes, MARY));
      },
      check(book, sequence) {
        const lastImport = Math.max(2, sequence - (sequence % IMPORT_EVERY));
        const lastMark = sequence % IMPORT_EVERY === 0 ? sequence - 1 : sequence;
        const facts = must(readFacts(book));
        expect(new Set(facts.position.map(({ quantity }) => quantity))).toEqual(new Set([String(lastImport)]));
        expect(facts.mark.map(({ value }) => value)).toEqual([markValue(lastMark)]);
      },
    });
    expect(acknowledged).toBeGreaterThanOrEqual(ROUNDS);
    console.log(`${acknowledged} acknowledged entries over ${ROUNDS} kills`);
  },
  ROUNDS * ROUND_MS,
);
