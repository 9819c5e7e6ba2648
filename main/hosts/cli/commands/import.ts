import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Desk, Input, Output } from '../../../../shared/contract.ts';
import { IMPORT_FORMATS, importFormat, type MappingProfile, type PlanSummary } from '../../../../shared/domain/import-plan.ts';
import { fail, succeed, type Result } from '../../../../shared/result.ts';
import { printPlan, showProgress } from '../import-text.ts';
import { readMapping } from '../read-mapping.ts';
import { checkFile, readFile } from '../read-files.ts';
import type { Terminal } from '../terminal.ts';
import { EXIT, printJson, trouble, withDesk, type ExitStatus } from '../with-desk.ts';

export interface ImportOptions {
  json?: boolean;
  as?: string;
  map?: string;
  dryRun?: boolean;
}

interface Request {
  book: string;
  files: readonly string[];
  plan: Pick<Input<'import.plan'>, 'format' | 'profile' | 'mapping'>;
}

/** One file's plan, and what applying it did; null when it was not applied. */
interface Imported {
  plan: PlanSummary;
  applied: Output<'import.apply'> | null;
}

/**
 * `import BOOK FILE…`: plans each file, shows the plan, and applies it unless `--dry-run`. A book that is not there is
 * made, once every file is known to be readable: a command that ends in trouble leaves the books as they were.
 */
export async function importCommand(terminal: Terminal, book: string, files: readonly string[], options: ImportOptions): Promise<ExitStatus> {
  const request = readRequest(book, files, options);
  if (!request.ok) return trouble(terminal, request.fault);
  const isNew = !existsSync(book);
  const planned: Imported[] = [];
  const say = (imported: Imported): void => {
    planned.push(imported);
    if (!options.json) printPlan(terminal, imported.plan, imported.applied);
  };

  let status: ExitStatus = EXIT.done;
  if (options.dryRun) status = await planOnly(terminal, request.value, isNew, (plan) => say({ plan, applied: null }));
  else {
    // One plan is its own check; before several, or a new book, all are checked so that a bad one changes nothing.
    if (isNew || files.length > 1) status = await planOnly(terminal, request.value, isNew, () => undefined);
    if (status === EXIT.done) status = await withDesk(terminal, book, isNew ? 'create' : 'write', (desk) => importAll(terminal, desk, request.value, say));
  }
  if (options.json && status === EXIT.done) printJson(terminal, { files: planned });
  return status;
}

function readRequest(book: string, files: readonly string[], { as, map }: ImportOptions): Result<Request> {
  const format = as === undefined ? undefined : importFormat.safeParse(as);
  if (format && !format.success) return fail({ code: 'unknown-format', message: `There is no file format called ${JSON.stringify(as)}.`, fix: `Formats are ${IMPORT_FORMATS.join(', ')}; left out, it is recognised.` });
  const mapping: Result<MappingProfile | string | undefined> = map === undefined ? succeed(undefined) : readMapping(map);
  if (!mapping.ok) return mapping;
  for (const file of files) {
    const usable = checkFile(file);
    if (!usable.ok) return usable;
  }
  const plan: Request['plan'] = {};
  if (format) plan.format = format.data;
  if (typeof mapping.value === 'string') plan.profile = mapping.value;
  else if (mapping.value) plan.mapping = mapping.value;
  return succeed({ book, files, plan });
}

/** Plans every file without holding the book; for a book that is not there, against an empty one in a scratch folder. */
async function planOnly(terminal: Terminal, request: Request, isNew: boolean, say: (plan: PlanSummary) => void): Promise<ExitStatus> {
  const scratch = isNew ? mkdtempSync(join(tmpdir(), 'plimsoll-')) : null;
  try {
    return await withDesk(terminal, scratch ? join(scratch, 'scratch.plimsoll') : request.book, scratch ? 'create' : 'read', async (desk) => {
      for (const file of request.files) {
        const plan = await planOne(terminal, desk, request, file);
        if (!plan.ok) return plan;
        say(plan.value);
        await desk.ask('import.discard', { planId: plan.value.planId });
      }
      return succeed(EXIT.done);
    });
  } finally {
    if (scratch) rmSync(scratch, { recursive: true, force: true });
  }
}

async function planOne(terminal: Terminal, desk: Desk, { plan }: Request, path: string): Promise<Result<PlanSummary>> {
  const file = readFile(path);
  if (!file.ok) return file;
  const received = await desk.ask('files.receive', file.value);
  if (!received.ok) return received;
  return showProgress(terminal, desk, () => desk.ask('import.plan', { fileId: received.value.fileId, ...plan }));
}

async function importAll(terminal: Terminal, desk: Desk, request: Request, say: (imported: Imported) => void): Promise<Result<ExitStatus>> {
  // A mapping that came in a file is kept, so that the workstation offers it for the next file of its kind.
  if (request.plan.mapping) {
    const saved = await desk.ask('profiles.save', request.plan.mapping);
    if (!saved.ok) return saved;
  }
  for (const file of request.files) {
    const plan = await planOne(terminal, desk, request, file);
    if (!plan.ok) return plan;
    const { planId, counts, appliedBefore } = plan.value;
    if (appliedBefore && counts.new + counts.changed + counts.closed === 0) {
      await desk.ask('import.discard', { planId });
      say({ plan: plan.value, applied: null });
      continue;
    }
    const applied = await showProgress(terminal, desk, () => desk.ask('import.apply', { planId }));
    if (!applied.ok) return applied;
    say({ plan: plan.value, applied: applied.value });
  }
  return succeed(EXIT.done);
}
