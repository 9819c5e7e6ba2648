import type { Output } from '../../shared/contract.ts';
import type { PlanSummary } from '../../shared/domain/import-plan.ts';
import { FILE_BYTES_MAX } from '../../shared/file-bytes.ts';
import type { Fault } from '../../shared/result.ts';
import type { DeskState } from '../desk/desk-state.ts';
import { createValueStore, type ValueStore } from '../desk/value-store.ts';
import { formatBytes, formatCount } from '../format/moment.ts';
import { say, sayFault } from '../shell/notices.ts';

type FileToken = Output<'files.receive'>;

/** Where an import stands. Nothing is written before `applying`. */
export type ImportStep =
  | { step: 'idle' }
  | { step: 'receiving'; name: string }
  | { step: 'planning'; file: FileToken; jobId: string }
  | { step: 'planned'; file: FileToken; plan: PlanSummary }
  | { step: 'mapping'; file: FileToken; fault: Fault | null; profile: string | null }
  | { step: 'applying'; file: FileToken; plan: PlanSummary; jobId: string }
  | { step: 'refused'; file: FileToken | null; name: string; fault: Fault };

/** The import under way and the files behind it, and what a person can do about them. */
export interface ImportFlow {
  now: ValueStore<ImportStep>;
  /** Files that wait behind the present one. */
  waiting: ValueStore<number>;
  take: (files: readonly File[]) => void;
  choose: () => void;
  plan: (file: FileToken, profile?: string) => void;
  map: (file: FileToken) => void;
  accept: () => void;
  discard: () => void;
  cancel: () => void;
}

let lastJob = 0;
function newJobId(): string {
  lastJob += 1;
  return `window-${Date.now().toString(36)}-${lastJob}`;
}

/** Files a mapping profile can read: text in columns. */
const mayBeMapped = (name: string): boolean => /\.(?:csv|txt|tsv)$/i.test(name);

const UNRECOGNISED = new Set(['unknown-format', 'no-profile']);
const MAPPED_WRONGLY = new Set(['missing-column', 'no-account', 'no-currency', 'no-day']);

/** True for trouble that a mapping of the columns may cure, so that the way to one is offered. */
export function mayBeCuredByMapping(fault: Fault, name: string): boolean {
  return mayBeMapped(name) && (UNRECOGNISED.has(fault.code) || MAPPED_WRONGLY.has(fault.code));
}

/** True for trouble that only a mapping can cure: nobody recognises the file, or the profile in use is wrong about it. */
export function isCuredByMapping(fault: Fault, name: string, profile: string | undefined): boolean {
  return mayBeCuredByMapping(fault, name) && (UNRECOGNISED.has(fault.code) || profile !== undefined);
}

async function receive(desk: DeskState, file: File): Promise<FileToken | Fault> {
  if (file.size > FILE_BYTES_MAX) {
    return { code: 'file-too-large', message: `The file has ${formatBytes(file.size)}; the desk takes up to ${formatBytes(FILE_BYTES_MAX)}.`, at: file.name, fix: 'Split it by account.' };
  }
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    return { code: 'file-unreadable', message: 'This cannot be read as a file.', at: file.name, fix: 'Folders can’t be imported: drop the files in them.' };
  }
  const answer = await desk.ask('files.receive', { name: file.name, bytes });
  return answer.ok ? answer.value : answer.fault;
}

/**
 * Drives one file at a time from the drop to the book. It belongs to the window, not to the import screen: a person may
 * go and look at an account while a plan waits for them.
 */
export function createImportFlow(desk: DeskState): ImportFlow {
  const now = createValueStore<ImportStep>({ step: 'idle' });
  const waiting = createValueStore(0);
  const queue: (File | FileToken)[] = [];
  /** The job that a person has asked to stop: the desk may have finished it before it heard. */
  let stopped = '';

  async function plan(file: FileToken, profile?: string): Promise<void> {
    const jobId = newJobId();
    now.set({ step: 'planning', file, jobId });
    const answer = await desk.ask('import.plan', { fileId: file.fileId, jobId, ...(profile === undefined ? {} : { profile, format: 'generic-csv' as const }) });
    if (answer.ok && stopped === jobId) {
      await desk.ask('import.discard', { planId: answer.value.planId });
      return next();
    }
    if (answer.ok) now.set({ step: 'planned', file, plan: answer.value });
    else if (isCuredByMapping(answer.fault, file.name, profile)) now.set({ step: 'mapping', file, fault: answer.fault, profile: profile ?? null });
    else if (answer.fault.code === 'cancelled') await next();
    else now.set({ step: 'refused', file, name: file.name, fault: answer.fault });
  }

  async function next(): Promise<void> {
    const file = queue.shift();
    waiting.set(queue.length);
    if (file === undefined) return now.set({ step: 'idle' });
    now.set({ step: 'receiving', name: file.name });
    const token = file instanceof File ? await receive(desk, file) : file;
    if ('code' in token) return now.set({ step: 'refused', file: null, name: file.name, fault: token });
    return plan(token);
  }

  function take(files: readonly (File | FileToken)[]): void {
    const { step } = now.get();
    const free = queue.length === 0 && (step === 'idle' || step === 'refused');
    queue.push(...files);
    waiting.set(queue.length);
    if (free && files.length > 0) void next();
  }

  async function choose(): Promise<void> {
    const answer = await desk.ask('files.choose', {});
    if (answer.ok) take(answer.value.files);
    else sayFault(answer.fault);
  }

  async function accept(): Promise<void> {
    const at = now.get();
    if (at.step !== 'planned') return;
    const { file, plan: accepted } = at;
    const jobId = newJobId();
    now.set({ step: 'applying', file, plan: accepted, jobId });
    const answer = await desk.ask('import.apply', { planId: accepted.planId, jobId });
    if (answer.ok) {
      const late = stopped === jobId ? 'Too late to cancel: ' : '';
      say({ tone: late === '' ? 'done' : 'trouble', text: `${late}${file.name} is in the book: ${formatCount(answer.value.changes)} changes, sequence ${formatCount(answer.value.sequence)}.` });
      return next();
    }
    // A cancelled import has rolled back: the plan still stands and can be accepted again.
    if (answer.fault.code === 'cancelled') now.set({ step: 'planned', file, plan: accepted });
    else now.set({ step: 'refused', file, name: file.name, fault: answer.fault });
  }

  async function discard(): Promise<void> {
    const at = now.get();
    if (at.step === 'planned') await desk.ask('import.discard', { planId: at.plan.planId });
    return next();
  }

  async function cancel(): Promise<void> {
    const at = now.get();
    if (at.step !== 'planning' && at.step !== 'applying') return;
    stopped = at.jobId;
    const answer = await desk.ask('jobs.cancel', { jobId: at.jobId });
    if (!answer.ok) sayFault(answer.fault);
  }

  return {
    now,
    waiting,
    take,
    choose: () => void choose(),
    plan: (file, profile) => void plan(file, profile),
    map: (file) => now.set({ step: 'mapping', file, fault: null, profile: null }),
    accept: () => void accept(),
    discard: () => void discard(),
    cancel: () => void cancel(),
  };
}
