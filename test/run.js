// `npm test`: every check, in order, with its time. Stops at the first stage that fails.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireNode } from '../main/guard.js';

requireNode();

const reports = mkdtempSync(join(tmpdir(), 'plimsoll-test-'));
/** @param {string} project */
const vitest = (project) => ['vitest', 'run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${join(reports, `${project}.json`)}`];
/** @type {[string, string[]][]} */
const stages = [
  ['types', ['tsc', '--noEmit']],
  ['lint', ['oxlint', '--type-aware', '--deny-warnings']],
  ['layers', vitest('layers')],
  ['unit', vitest('unit')],
  ['properties', vitest('properties')],
  ['books', vitest('books')],
  ['browser', vitest('browser')],
];
const wanted = process.argv.slice(2);

// Desks of the tests start threads of their own, each of which would compile every file again.
// The same random books in every run, so that red means "this change"; fresh ones come with `npm run properties`.
const env = { NODE_COMPILE_CACHE: join(tmpdir(), 'plimsoll-test-compiled'), PLIMSOLL_SEED: '20261121', ...process.env };
console.log(`PLIMSOLL_SEED=${env.PLIMSOLL_SEED}`);

const counts = { passed: 0, failed: 0, skipped: 0 };
/** @type {string[]} */
const times = [];
let failedStage = '';

for (const [name, [tool = '', ...args]] of stages) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n== ${name}`);
  const started = process.hrtime.bigint();
  const { status } = spawnSync(join('node_modules', '.bin', tool), args, { stdio: 'inherit', env, shell: process.platform === 'win32' });
  times.push(`${name} ${(Number(process.hrtime.bigint() - started) / 1e9).toFixed(1)} s`);
  if (tool === 'vitest') addCounts(join(reports, `${name}.json`));
  else counts[status === 0 ? 'passed' : 'failed'] += 1;
  if (status !== 0) {
    failedStage = name;
    break;
  }
}
rmSync(reports, { recursive: true, force: true });

console.log(`\n${times.join(' · ')}`);
if (failedStage) console.log(`The ${failedStage} stage failed; the stages after it did not run.`);
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exit(failedStage ? 1 : 0);

/** @param {string} file */
function addCounts(file) {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    counts.passed += report.numPassedTests;
    counts.failed += report.numFailedTests;
    counts.skipped += report.numPendingTests + report.numTodoTests;
  } catch {
    counts.failed += 1; // the runner died before it could report
  }
}
