import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { closeBook, openBook } from '../../main/books/open.ts';
import { readFacts } from '../../main/books/reading/read-facts.ts';
import { verifyBook } from '../../main/books/verify-book.ts';
import { applyPlan } from '../../main/books/writing/apply-plan.ts';
import { latestVersion, schemaVersion } from '../../main/books/migrations/migrate.ts';
import { startChild } from './child.ts';
import { positionsFile } from './facts.ts';
import { randomFrom, seedOf } from './random.ts';
import { SLOW_ROWS, WITH_SLOW } from './slow-migration.ts';
import { MARY, must, newBook, OPEN, tempFolder } from './temp-book.ts';

const NEW = latestVersion(WITH_SLOW);
const KILLS = Number(process.env['PLIMSOLL_MIGRATION_KILLS'] ?? 10);
const KILL_MS = 10_000;
const KILL_WITHIN_MS = 350;

test(
  `a migration killed at a random moment leaves the old version or the new one, never something between, over ${KILLS} kills`,
  async () => {
    const { book, path } = newBook();
    const file = positionsFile('U1', '2026-11-19', { AAPL: '100' });
    must(applyPlan(book, file.plan, file.bytes, MARY));
    const facts = must(readFacts(book));
    closeBook(book);

    const random = randomFrom(seedOf('killed migrations'));
    const found = { old: 0, new: 0 };
    for (let round = 0; round < KILLS; round += 1) {
      const copy = join(tempFolder(), 'desk.plimsoll');
      for (const suffix of ['', '.head']) copyFileSync(`${path}${suffix}`, `${copy}${suffix}`);
      const child = startChild('migrate.ts', copy);
      await child.untilLines(1);
      await wait(random(KILL_WITHIN_MS));
      await child.kill();

      // The old program opens it, or finds the whole of the new version.
      const old = openBook(copy, OPEN);
      const survivor = old.ok ? old.value : must(openBook(copy, OPEN, WITH_SLOW));
      const tables = survivor.db.prepare("SELECT count(*) FROM sqlite_schema WHERE name GLOB 'later*'").pluck().get();
      const rows = schemaVersion(survivor.db) === NEW ? survivor.db.prepare('SELECT count(*) FROM later').pluck().get() : 0;
      expect([schemaVersion(survivor.db), tables, rows]).toEqual(old.ok ? [NEW - 1, 0, 0] : [NEW, 2, SLOW_ROWS]);
      expect(must(readFacts(survivor))).toEqual(facts);
      must(verifyBook(survivor));
      closeBook(survivor);
      found[old.ok ? 'old' : 'new'] += 1;
    }
    console.log(`${found.old} of ${KILLS} were left as the old version, ${found.new} as the new one`);
  },
  KILLS * KILL_MS,
);
