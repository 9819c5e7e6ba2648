import type { Progress } from '../../shared/views.ts';
import { fail, type Result } from '../../shared/result.ts';

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
  run<T>(job: Job, work: (tick: Tick) => Promise<Result<T>>): Promise<Result<T>>;
  /** Whether a job of this label has not ended yet. */
  isUnderWay(label: string): boolean;
  /** Whether there was such a job to stop. */
  cancel(jobId: string): boolean;
}

export function slicedJobs(report: (progress: Progress) => void, now: () => number): SlicedJobs {
  const underWay = new Map<string, { label: string; isCancelled: boolean }>();

  return {
    async run(job, work) {
      const asked = { label: job.label, isCancelled: false };
      underWay.set(job.jobId, asked);
      const { tick, ended, threw } = tellingOf(job, report, now, () => asked.isCancelled);
      try {
        return ended(await work(tick));
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
      if (job) job.isCancelled = true;
      return job !== undefined;
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
