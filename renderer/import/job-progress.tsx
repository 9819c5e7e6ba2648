import type { ReactNode } from 'react';
import type { Job } from '../desk/desk-state.ts';
import { useJob } from '../desk/hooks.ts';
import { formatCount } from '../format/moment.ts';

/** Units per second since the first report; null while there is too little to tell. */
export function rateOf({ progress, atMs, first }: Job): number | null {
  const seconds = (atMs - first.atMs) / 1000;
  return seconds < 0.3 || progress.done <= first.done ? null : Math.round((progress.done - first.done) / seconds);
}

/** A job under way: what, how far, how fast, and a way to stop it. */
export function JobProgress({ jobId, label, onCancel }: { jobId: string; label: string; onCancel: () => void }): ReactNode {
  const job = useJob(jobId);
  const progress = job?.progress ?? null;
  const rate = job && rateOf(job);
  const total = progress?.total ?? null;
  return (
    <section className="job" aria-label={label}>
      <p>
        {progress?.label ?? label}
        {progress && (
          <span className="faint">
            {' '}
            {formatCount(Math.round(progress.done))}
            {total === null ? '' : ` of ${formatCount(Math.round(total))}`} {progress.unit}
            {rate === null ? '' : ` · ${formatCount(rate)} ${progress.unit}/s`}
          </span>
        )}
      </p>
      <progress {...(total !== null && progress ? { value: progress.done, max: Math.max(total, 1) } : {})} aria-label={label} />
      <button onClick={onCancel} data-testid="job-cancel">
        Cancel
      </button>
    </section>
  );
}
