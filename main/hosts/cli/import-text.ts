import type { Desk, Output } from '../../../shared/contract.ts';
import type { Progress } from '../../../shared/views.ts';
import type { PlanSummary, RowNote } from '../../../shared/domain/import-plan.ts';
import { formatCount } from '../../../shared/format.ts';
import { paceText } from '../../../shared/pace.ts';
import { painted } from './paint.ts';
import type { Terminal } from './terminal.ts';

// Totals and footers: a person looks at a few to see what kind they are. Rejects are always listed in full.
const SKIPPED_SHOWN_MAX = 5;

/** Prints what a file would do (or did) to the book, with every row that was not taken and why. */
export function printPlan(terminal: Terminal, plan: PlanSummary, applied: Output<'import.apply'> | null): void {
  const { file, format, asOf, asOfSource, counts, accounts } = plan;
  terminal.out(`${painted(terminal, 'bold', file.name)} · ${format} · as of ${asOf} (${asOfSource})`);
  terminal.out(`  ${counted(accounts.length, 'account')}, ${counted(counts.positions, 'position')}`);
  terminal.out(`  ${formatCount(counts.new)} new, ${formatCount(counts.changed)} changed, ${formatCount(counts.closed)} closed, ${formatCount(counts.unchanged)} unchanged`);
  if (plan.backDated.length > 0) terminal.out(`  recorded as history, because the book knows a later day: ${plan.backDated.join(', ')}`);
  for (const note of plan.notes) terminal.out(`  note: ${note}`);
  printRows(terminal, 'rejected', plan.rejected, plan.rejected.length);
  printRows(terminal, 'skipped', plan.skipped, SKIPPED_SHOWN_MAX);
  terminal.out(`  ${outcome(plan, applied)}`);
}

function counted(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

function printRows(terminal: Terminal, what: string, notes: readonly RowNote[], shownMax: number): void {
  if (notes.length === 0) return;
  terminal.out(painted(terminal, what === 'rejected' ? 'red' : undefined, `  ${counted(notes.length, 'row')} ${what}:`));
  for (const { file, line, column, reason } of notes.slice(0, shownMax)) {
    terminal.out(`    ${file}:${line}${column === undefined ? '' : ` (${column})`} ${reason}`);
  }
  if (notes.length > shownMax) terminal.out(`    … and ${formatCount(notes.length - shownMax)} more (--json lists all)`);
}

function outcome({ appliedBefore, counts }: PlanSummary, applied: Output<'import.apply'> | null): string {
  if (applied) return `Applied: ${counted(applied.changes, 'change')}, journal ${applied.sequence}.`;
  const before = appliedBefore ? ` This very file was applied before, at ${appliedBefore.at} (journal ${appliedBefore.sequence}).` : '';
  return counts.new + counts.changed + counts.closed === 0 ? `Nothing to change.${before}` : `Not applied.${before}`;
}

/** Shows the desk's progress on one updating line, with rate and time left, while the work goes on. */
export async function showProgress<T>(terminal: Terminal, desk: Pick<Desk, 'onPush'>, work: () => Promise<T>): Promise<T> {
  let first: { job: string; done: number; at: number } | null = null;
  const stop = desk.onPush((message) => {
    if (message.push !== 'progress') return;
    const { value } = message;
    const at = performance.now();
    if (first?.job !== value.jobId + value.label) first = { job: value.jobId + value.label, done: value.done, at };
    const pace = paceText(first, value, (at - first.at) / 1000);
    terminal.progress(progressText(value) + (pace === '' ? '' : `, ${pace}`));
  });
  try {
    return await work();
  } finally {
    stop();
    terminal.progress('');
  }
}

/** `Reading flex.xml: 12,000 of 50,000 rows (24%)`. */
export function progressText({ label, done, total, unit }: Progress): string {
  if (total === null || total === 0) return done === 0 ? label : `${label}: ${formatCount(done)} ${unit}`;
  return `${label}: ${formatCount(done)} of ${formatCount(total)} ${unit} (${Math.floor((done / total) * 100)}%)`;
}
