import type { ReactNode } from 'react';
import { paceText } from '../../shared/pace.ts';
import { useJob } from '../desk/hooks.ts';
import { formatCount } from '../format/moment.ts';

/** A job under way: what, how far, how fast, and a way to stop it. */
export function JobProgress({ jobId, label, onCancel }: { jobId: string; label: string; onCancel: () => void }): ReactNode {
  const job = useJob(jobId);
  const progress = job?.progress ?? null;
  const pace = job ? paceText(job.first, job.progress, (job.atMs - job.first.atMs) / 1000) : '';
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
            {pace === '' ? '' : ` · ${pace}`}
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
