import { expect, test } from 'vitest';
import type { Job } from '../../../renderer/desk/desk-state.ts';
import { rateOf } from '../../../renderer/import/job-progress.tsx';

const job = (done: number, atMs: number): Job => ({
  progress: { jobId: 'j', label: 'Reading', done, total: 10_000, unit: 'rows', state: 'running' },
  atMs,
  first: { done: 1_000, atMs: 0 },
});

test('the rate is what was done since the first report, per second', () => {
  expect(rateOf(job(5_000, 2_000))).toBe(2_000);
});

test('there is no rate before there is something to tell', () => {
  expect(rateOf(job(5_000, 100))).toBeNull();
  expect(rateOf(job(1_000, 2_000))).toBeNull();
});
