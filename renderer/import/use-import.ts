import { useCallback, useRef, useState } from 'react';
import { FILE_BYTES_MAX } from './limits.ts';
import type { Output } from '../../shared/contract.ts';
import type { PlanSummary } from '../../shared/domain/import-plan.ts';
import type { Fault } from '../../shared/result.ts';
import type { DeskState } from '../desk/desk-state.ts';
import { useDesk } from '../desk/hooks.ts';
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

/** An import as its screen drives it. */
export interface Import {
  now: ImportStep;
  /** Files that wait behind the present one. */
  waiting: number;
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
export const mayBeMapped = (name: string): boolean => /\.(?:csv|txt|tsv)$/i.test(name);

const UNRECOGNISED = new Set(['unknown-format', 'no-profile']);
const MAPPED_WRONGLY = new Set(['missing-column', 'no-account', 'no-currency', 'no-day']);

/** True for trouble that a better mapping of the columns can cure. */
export function isCuredByMapping(fault: Fault, name: string, profile: string | undefined): boolean {
  return mayBeMapped(name) && (UNRECOGNISED.has(fault.code) || (profile !== undefined && MAPPED_WRONGLY.has(fault.code)));
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

/** Drives one file at a time from the drop to the book. */
export function useImport(): Import {
  const desk = useDesk();
  const [now, setNow] = useState<ImportStep>({ step: 'idle' });
  const [waiting, setWaiting] = useState(0);
  const queue = useRef<(File | FileToken)[]>([]);
  const jobId = now.step === 'planning' || now.step === 'applying' ? now.jobId : null;

  const plan = useCallback(
    async (file: FileToken, profile?: string): Promise<void> => {
      const job = newJobId();
      setNow({ step: 'planning', file, jobId: job });
      const answer = await desk.ask('import.plan', { fileId: file.fileId, jobId: job, ...(profile === undefined ? {} : { profile, format: 'generic-csv' as const }) });
      if (answer.ok) setNow({ step: 'planned', file, plan: answer.value });
      else if (isCuredByMapping(answer.fault, file.name, profile)) setNow({ step: 'mapping', file, fault: answer.fault, profile: profile ?? null });
      else if (answer.fault.code === 'cancelled') setNow({ step: 'idle' });
      else setNow({ step: 'refused', file, name: file.name, fault: answer.fault });
    },
    [desk],
  );

  const next = useCallback(async (): Promise<void> => {
    const file = queue.current.shift();
    setWaiting(queue.current.length);
    if (file === undefined) return setNow({ step: 'idle' });
    setNow({ step: 'receiving', name: file.name });
    const token = file instanceof File ? await receive(desk, file) : file;
    if ('code' in token) return setNow({ step: 'refused', file: null, name: file.name, fault: token });
    await plan(token);
  }, [desk, plan]);

  const take = useCallback(
    (files: readonly (File | FileToken)[]): void => {
      const idle = queue.current.length === 0 && (now.step === 'idle' || now.step === 'refused');
      queue.current.push(...files);
      setWaiting(queue.current.length);
      if (idle && files.length > 0) void next();
    },
    [next, now.step],
  );

  const choose = useCallback(async (): Promise<void> => {
    const answer = await desk.ask('files.choose', {});
    if (answer.ok) take(answer.value.files);
    else sayFault(answer.fault);
  }, [desk, take]);

  const accept = useCallback(async (): Promise<void> => {
    if (now.step !== 'planned') return;
    const job = newJobId();
    setNow({ step: 'applying', file: now.file, plan: now.plan, jobId: job });
    const answer = await desk.ask('import.apply', { planId: now.plan.planId, jobId: job });
    if (answer.ok) {
      say({ tone: 'done', text: `${now.file.name} is in the book: ${formatCount(answer.value.changes)} changes, sequence ${formatCount(answer.value.sequence)}.` });
      return next();
    }
    if (answer.fault.code === 'cancelled') setNow({ step: 'planned', file: now.file, plan: now.plan });
    else setNow({ step: 'refused', file: now.file, name: now.file.name, fault: answer.fault });
  }, [desk, next, now]);

  const discard = useCallback(async (): Promise<void> => {
    if (now.step === 'planned') await desk.ask('import.discard', { planId: now.plan.planId });
    return next();
  }, [desk, next, now]);

  return {
    now,
    waiting,
    take,
    choose: () => void choose(),
    plan: (file, profile) => void plan(file, profile),
    map: (file) => setNow({ step: 'mapping', file, fault: null, profile: null }),
    accept: () => void accept(),
    discard: () => void discard(),
    cancel: () => jobId !== null && void desk.ask('jobs.cancel', { jobId }),
  };
}
