import type { Progress } from '../../shared/views.ts';
import { fail, succeed, type Result } from '../../shared/result.ts';

/** Thrown out of a long run when its person has asked for it to stop; every transaction on the way rolls back. */
export class Cancelled extends Error {}

const REPORT_EVERY_MS = 100;

/** How far a job is; throws where it is to stop. `total` is null while it is not known, `doing` names a step of the job by itself. */
export type Tick = (done: number, total: number | null, doing?: string) => void;

export type Job = Pick<Progress, 'jobId' | 'label' | 'unit'>;

export interface JobRunner {
  /**
   * Runs a long piece of work that calls `tick` between slices. Tells its progress at most ten times a second, and
   * stops it when the cancel flag is raised. One job runs at a time: there is one writer.
   */
  run<T>(job: Job, work: (tick: Tick) => Result<T>): Result<T>;
}

export function jobRunner(cancelFlag: SharedArrayBuffer, report: (progress: Progress) => void, now: () => number): JobRunner {
  const flag = new Int32Array(cancelFlag);

  return {
    run(job, work) {
      Atomics.store(flag, 0, 0);
      const { tick, ended, threw } = tellingOf(job, report, now, () => Atomics.load(flag, 0) === 1);
      try {
        return ended(work(tick));
      } catch (error) {
        return threw(error);
      }
    },
  };
}

/** Jobs of a thread that answers while it works: each is stopped by its own name, and several may be under way. */
export interface SlicedJobs {
  /** The work calls `atLast` before what cannot be taken back: it throws as `tick` does, and from then on it is too late to cancel. */
  run<T>(job: Job, work: (tick: Tick, atLast: () => void) => Promise<Result<T>>): Promise<Result<T>>;
  /** Whether a job of this label has not ended yet. */
  isUnderWay(label: string): boolean;
  /** Has it stop, unless it is too late; null where there is no such job. */
  cancel(jobId: string): Result<Record<string, never>> | null;
}

export function slicedJobs(report: (progress: Progress) => void, now: () => number): SlicedJobs {
  const underWay = new Map<string, { label: string; isCancelled: boolean; isAtLast: boolean }>();

  return {
    async run(job, work) {
      const asked = { label: job.label, isCancelled: false, isAtLast: false };
      underWay.set(job.jobId, asked);
      const { tick, ended, threw } = tellingOf(job, report, now, () => asked.isCancelled);
      try {
        return ended(
          await work(tick, () => {
            if (asked.isCancelled) throw new Cancelled();
            asked.isAtLast = true;
          }),
        );
      } catch (error) {
        return threw(error);
      } finally {
        underWay.delete(job.jobId);
      }
    },
    isUnderWay(label) {
      return [...underWay.values()].some((job) => job.label === label);
    },
    cancel(jobId) {
      const job = underWay.get(jobId);
      if (!job) return null;
      if (job.isAtLast) return fail({ code: 'too-late', message: `${job.label}: it is too late to cancel, what came of it is being recorded.` });
      job.isCancelled = true;
      return succeed({});
    },
  };
}

interface Telling {
  tick: Tick;
  ended: <T>(result: Result<T>) => Result<T>;
  /** The fault of a job that was cancelled; any other error goes on. */
  threw: (error: unknown) => Result<never>;
}

function tellingOf({ jobId, label, unit }: Job, report: (progress: Progress) => void, now: () => number, isCancelled: () => boolean): Telling {
  let last: Pick<Progress, 'label' | 'done' | 'total'> = { label, done: 0, total: null };
  // The first slice is told at once, so that a person sees the job begin and can stop it.
  let reportedAt = -Infinity;
  const say = (state: Progress['state']) => report({ jobId, unit, ...last, state });

  return {
    tick(done, total, doing = label) {
      const isSameStep = doing === last.label;
      last = { label: doing, done, total };
      if (isCancelled()) throw new Cancelled();
      if (isSameStep && now() - reportedAt < REPORT_EVERY_MS) return;
      reportedAt = now();
      say('running');
    },
    ended(result) {
      say(result.ok ? 'done' : 'failed');
      return result;
    },
    threw(error) {
      if (!(error instanceof Cancelled)) {
        say('failed');
        throw error;
      }
      say('cancelled');
      return fail({ code: 'cancelled', message: `${label} was cancelled; nothing was changed.` });
    },
  };
}
