import { useState, type ReactNode } from 'react';
import type { BookInfo } from '../../shared/views.ts';
import { useBook, useDesk } from '../desk/hooks.ts';
import { formatCount, formatMoment } from '../format/moment.ts';
import { accountsOf, isPartOnly } from '../format/so-far.ts';
import { JobProgress } from '../import/job-progress.tsx';
import { Dialog } from './dialog.tsx';
import { say, sayFault } from './notices.ts';

/** What the run would do, of the whole book: it waits for accounts that are still computed. */
export function RunScope({ book }: { book: BookInfo }): ReactNode {
  const marks = book.marksAsOf ? formatMoment(book.marksAsOf) : 'an unknown time';
  return (
    <p>
      It raises new calls, moves open ones and closes those that are met, for {formatCount(accountsOf(book))} accounts
      {isPartOnly(book) ? `, of which ${formatCount(book.accounts)} are computed so far: it starts when all are there` : `, on marks as of ${marks}`}. It is written to the journal. Running the same day again
      changes nothing.
    </p>
  );
}

/** Asks once more before the official margin run: it is the one act here that raises calls. */
export function RunDialog({ onClose }: { onClose: () => void }): ReactNode {
  const desk = useDesk();
  const book = useBook();
  const [running, setRunning] = useState<string | null>(null);
  const businessDate = book?.businessDate ?? null;

  async function run(): Promise<void> {
    if (businessDate === null) return;
    const jobId = `run-${Date.now().toString(36)}`;
    setRunning(jobId);
    const answer = await desk.ask('runs.official', { businessDate, jobId });
    setRunning(null);
    onClose();
    if (!answer.ok) return sayFault(answer.fault);
    const { raised, moved, met } = answer.value;
    say({ tone: 'done', text: `Official run of ${businessDate}: ${formatCount(raised)} raised, ${formatCount(moved)} moved, ${formatCount(met)} met.` });
  }

  async function cancel(jobId: string): Promise<void> {
    const answer = await desk.ask('jobs.cancel', { jobId });
    if (!answer.ok) sayFault(answer.fault);
  }

  const last = book?.lastOfficialRun;
  return (
    <Dialog label="Official margin run" className="ask" onClose={onClose}>
      <h2>Run the official margin run{businessDate ? ` of ${businessDate}` : ''}?</h2>
      {book === null || businessDate === null ? (
        <p>The book is empty: import a position file first.</p>
      ) : (
        <>
          <RunScope book={book} />
          {book.readOnly && <p className="warn-text">▲ The book is open read-only{book.heldBy ? `: ${book.heldBy} holds it for writing` : ''}. Run it there.</p>}
          <p className="faint">{last ? `Last official run: ${last.businessDate}, made ${formatMoment(last.at)}.` : 'There has been no official run on this book yet.'}</p>
        </>
      )}
      {running !== null && <JobProgress jobId={running} label="Official run" onCancel={() => void cancel(running)} />}
      <footer>
        <button onClick={onClose}>{running === null ? 'Cancel' : 'Close'}</button>
        <button className="primary" disabled={running !== null || businessDate === null || book?.readOnly === true} onClick={() => void run()} data-testid="run-confirm">
          {running === null ? 'Run' : 'Running …'}
        </button>
      </footer>
    </Dialog>
  );
}
