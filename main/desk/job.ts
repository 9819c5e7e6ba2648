import type { Progress } from '../../shared/views.ts';
import { fail, type Result } from '../../shared/result.ts';

/** Thrown out of a long run when its person has asked for it to stop; every transaction on the way rolls back. */
export class Cancelled extends Error {}

const REPORT_EVERY_MS = 100;

export interface JobRunner {
  /**
   * Runs a long piece of work that calls `tick` between slices. Tells its progress at most ten times a second, and
   * stops it when the cancel flag is raised. One job runs at a time: there is one writer.
   */
  run<T>(job: { jobId: string; label: string; unit: string }, work: (tick: (done: number, total: number) => void) => Result<T>): Result<T>;
}

export function jobRunner(cancelFlag: SharedArrayBuffer, report: (progress: Progress) => void, now: () => number): JobRunner {
  const flag = new Int32Array(cancelFlag);

  return {
    run({ jobId, label, unit }, work) {
      Atomics.store(flag, 0, 0);
      let last = { done: 0, total: null as number | null };
      // The first slice is told at once, so that a person sees the job begin and can stop it.
      let reportedAt = -Infinity;
      const say = (state: Progress['state']) => report({ jobId, label, unit, ...last, state });

      function tick(done: number, total: number): void {
        last = { done, total };
        if (Atomics.load(flag, 0) === 1) throw new Cancelled();
        if (now() - reportedAt < REPORT_EVERY_MS) return;
        reportedAt = now();
        say('running');
      }

      try {
        const result = work(tick);
        say(result.ok ? 'done' : 'failed');
        return result;
      } catch (error) {
        if (!(error instanceof Cancelled)) {
          say('failed');
          throw error;
        }
        say('cancelled');
        return fail({ code: 'cancelled', message: `${label} was cancelled; nothing was changed.` });
      }
    },
  };
}
