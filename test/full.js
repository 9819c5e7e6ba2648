// `npm run crash | fuzz | properties`: the counts that do not fit `npm test`, in full.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { requireNode } from '../main/guard.js';

requireNode();

const RUNS = {
  crash: {
    counts: { PLIMSOLL_CRASH_ROUNDS: '200', PLIMSOLL_MIGRATION_KILLS: '100', PLIMSOLL_DAMAGE_TRIALS: '1000' },
    tests: ['--project', 'books', 'test/books/crash', 'test/books/damage', 'test/books/migration-kill'],
  },
  fuzz: {
    counts: { PLIMSOLL_DOOR_RUNS: '10000', PLIMSOLL_FUZZ_RUNS: '25000' },
    tests: ['--project', 'properties', 'test/desk/door', 'test/import/fuzz'],
  },
  properties: {
    counts: { PLIMSOLL_BOOK_PROPERTY_RUNS: '2000', PLIMSOLL_BOOK_RUNS: '4000', PLIMSOLL_COLUMNS_RUNS: '500', PLIMSOLL_DOOR_RUNS: '1000', PLIMSOLL_DESK_RUNS: '1000', PLIMSOLL_CALL_RUNS: '1000', PLIMSOLL_FUZZ_RUNS: '5000', PLIMSOLL_DAY_RUNS: '2000', PLIMSOLL_SCAN_RUNS: '10000', PLIMSOLL_PRICING_RUNS: '10000' },
    tests: ['--project', 'properties'],
  },
};

const [name = ''] = process.argv.slice(2);
if (!Object.hasOwn(RUNS, name)) {
  console.error(`Name one of: ${Object.keys(RUNS).join(', ')}.`);
  process.exit(2);
}
const { counts, tests } = RUNS[name];
const seed = process.env['PLIMSOLL_SEED'] ?? String(Math.floor(Math.random() * 2 ** 31));
console.log(`PLIMSOLL_SEED=${seed}`);
// No test may fail for its time here: the counts are what takes long.
const { status } = spawnSync(join('node_modules', '.bin', 'vitest'), ['run', ...tests, '--testTimeout=3600000'], {
  stdio: 'inherit',
  env: { ...counts, ...process.env, PLIMSOLL_SEED: seed },
  shell: process.platform === 'win32',
});
process.exit(status ?? 1);
