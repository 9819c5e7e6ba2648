import { existsSync, rmSync } from 'node:fs';
import { readFile, rename } from 'node:fs/promises';
import type { Progress } from '../../shared/views.ts';
import { fail, succeed, type Result } from '../../shared/result.ts';
import { demoFile, demoSteps, type DemoStep } from '../demo/manifest.ts';
import { openDesk, type RunningDesk } from './open-desk.ts';

/** One moment of the demo book's making. */
export interface DemoProgress {
  /** From 1. */
  step: number;
  steps: number;
  label: string;
  /** Of the file being read or applied, when it tells. */
  progress?: Progress;
}

/** What the demo brought in, over all its files. */
export interface DemoOutcome {
  files: number;
  /** Rows taken or refused. */
  rows: number;
  rejected: number;
}

const UNFINISHED = '.unfinished';

/**
 * Builds the demo book at `path` through the doors a person uses: files received, planned and applied, margin runs run.
 * It grows under another name and takes its own only when it is whole, so an interrupted first start leaves nothing
 * half-made. Fault `book-exists` when there is a file at `path` already.
 */
export async function buildDemo(path: string, onProgress: (progress: DemoProgress) => void): Promise<Result<DemoOutcome>> {
  if (existsSync(path)) return fail({ code: 'book-exists', message: 'There is a file at this place already.', at: path, fix: 'Name another place, or move that file away.' });
  const unfinished = `${path}${UNFINISHED}`;
  removeBook(unfinished);
  const opened = await openDesk({ book: unfinished, user: 'demo', program: 'Plimsoll demo', create: true });
  if (!opened.ok) return opened;
  const desk = opened.value;
  let outcome: Result<DemoOutcome>;
  try {
    outcome = await takeSteps(desk, onProgress);
  } finally {
    await desk.close();
  }
  if (!outcome.ok) return outcome;
  await rename(unfinished, path);
  await rename(`${unfinished}.head`, `${path}.head`);
  removeBook(unfinished);
  return outcome;
}

/** Removes an unfinished demo book and the files beside it. Only ever called on our own half-made name. */
function removeBook(path: string): void {
  for (const suffix of ['', '-wal', '-shm', '.head', '.lock', '.holder']) rmSync(`${path}${suffix}`, { force: true });
}

async function takeSteps(desk: RunningDesk, onProgress: (progress: DemoProgress) => void): Promise<Result<DemoOutcome>> {
  const outcome: DemoOutcome = { files: 0, rows: 0, rejected: 0 };
  const steps = demoSteps();
  for (const [index, step] of steps.entries()) {
    const at = { step: index + 1, steps: steps.length, label: stepLabel(step) };
    onProgress(at);
    const stopListening = desk.onPush((message) => {
      if (message.push === 'progress') onProgress({ ...at, progress: message.value });
    });
    const taken = await takeStep(desk, step, outcome);
    stopListening();
    if (!taken.ok) return taken;
  }
  return succeed(outcome);
}

function stepLabel(step: DemoStep): string {
  switch (step.kind) {
    case 'profile':
      return `mapping profile "${step.profile.name}"`;
    case 'import':
      return step.file;
    case 'mark':
      return `${step.instrument} at ${step.price}`;
    case 'officialRun':
      return `official margin run of ${step.businessDate}`;
  }
}

function takeStep(desk: RunningDesk, step: DemoStep, outcome: DemoOutcome): Promise<Result<unknown>> {
  switch (step.kind) {
    case 'profile':
      return desk.ask('profiles.save', step.profile);
    case 'import':
      return importDemoFile(desk, step, outcome);
    case 'mark':
      return desk.ask('marks.set', { instrument: step.instrument, price: step.price });
    case 'officialRun':
      return desk.ask('runs.official', { businessDate: step.businessDate });
  }
}

async function importDemoFile(desk: RunningDesk, { file, profile }: Extract<DemoStep, { kind: 'import' }>, outcome: DemoOutcome): Promise<Result<unknown>> {
  const bytes = new Uint8Array(await readFile(demoFile(file)));
  const received = await desk.ask('files.receive', { name: file, bytes });
  if (!received.ok) return received;
  const plan = await desk.ask('import.plan', { fileId: received.value.fileId, ...(profile === undefined ? {} : { profile }) });
  if (!plan.ok) return plan;
  const { counts } = plan.value;
  outcome.files += 1;
  outcome.rows += counts.new + counts.changed + counts.closed + counts.unchanged + counts.rejected;
  outcome.rejected += counts.rejected;
  return desk.ask('import.apply', { planId: plan.value.planId });
}
