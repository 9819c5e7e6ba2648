import { parseArgs } from 'node:util';
import { faultLine } from '../../shared/result.ts';
import { checkVectors, type Outcome } from './check.ts';
import { loadVectors } from './load.ts';
import { idMatcher } from './id-matcher.ts';

const USAGE = 'Usage: npm run --silent vectors -- --dir DIR [--only PATTERN] [--json]';

process.exitCode = main(process.argv.slice(2));

/** Runs the vectors of a directory. 0: none failed; 1: some failed; 2: bad usage, or nothing to run. */
function main(args: string[]): number {
  const options = readOptions(args);
  if (!options) return usageProblem(USAGE);
  const loaded = loadVectors(options.dir);
  if (!loaded.ok) return usageProblem(faultLine(loaded.fault));
  const outcomes = checkVectors(loaded.value, options.only === undefined ? () => true : idMatcher(options.only));
  if (outcomes.length === 0) return usageProblem(`No vector of ${options.dir} has an id that matches ${JSON.stringify(options.only)}.`);
  return report(outcomes, options.json);
}

function readOptions(args: string[]): { dir: string; only: string | undefined; json: boolean } | null {
  try {
    const { values } = parseArgs({ args, options: { dir: { type: 'string' }, only: { type: 'string' }, json: { type: 'boolean', default: false } } });
    return values.dir === undefined ? null : { dir: values.dir, only: values.only, json: values.json };
  } catch {
    return null;
  }
}

/** With `json`, standard output holds one JSON document and nothing else; the closing line then goes to standard error. */
function report(outcomes: readonly Outcome[], json: boolean): number {
  const count = (wanted: Outcome['outcome']) => outcomes.filter(({ outcome }) => outcome === wanted).length;
  const [passed, failed, skipped] = [count('passed'), count('failed'), count('skipped')];
  const closing = `${passed} passed, ${failed} failed, ${skipped} skipped`;
  if (json) {
    console.log(JSON.stringify({ passed, failed, skipped, vectors: outcomes }, null, 2));
    console.error(closing);
  } else {
    for (const { id, outcome, reasons } of outcomes) {
      if (outcome !== 'passed') console.log(`${outcome === 'failed' ? 'FAILED ' : 'skipped'} ${id}: ${reasons.join('; ')}`);
    }
    console.log(closing);
  }
  return failed > 0 ? 1 : 0;
}

function usageProblem(line: string): number {
  console.error(line);
  return 2;
}
