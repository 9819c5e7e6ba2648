import { useEffect, useState, type ReactNode } from 'react';
import { useProgress } from '../desk/hooks.ts';
import { formatCount } from '../format/moment.ts';

/** Units per second since the first report; null while there is too little to tell. */
function useRate(jobId: string, done: number | null): number | null {
  const [start, setStart] = useState<{ jobId: string; at: number; done: number } | null>(null);
  useEffect(() => {
    if (done !== null && start?.jobId !== jobId) setStart({ jobId, at: performance.now(), done });
  }, [done, jobId, start]);
  if (done === null || start?.jobId !== jobId) return null;
  const seconds = (performance.now() - start.at) / 1000;
  return seconds < 0.3 || done <= start.done ? null : Math.round((done - start.done) / seconds);
}

/** A job under way: what, how far, how fast, and a way to stop it. */
export function JobProgress({ jobId, label, onCancel }: { jobId: string; label: string; onCancel(): void }): ReactNode {
  const progress = useProgress(jobId);
  const rate = useRate(jobId, progress?.done ?? null);
  const total = progress?.total ?? null;
  return (
    <div className="job" role="group" aria-label={label}>
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
    </div>
  );
}
