import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { BrowserWindow, Dialog } from 'electron';
import type { Desk, Output } from '../../../shared/contract.ts';
import { FILE_BYTES_MAX, fileBytes } from '../../../shared/file-bytes.ts';
import { fail, succeed, type Fault, type Result } from '../../../shared/result.ts';

type FileToken = Output<'files.receive'>;

const MEGABYTE = 1024 * 1024;

/**
 * Opens the system's file dialog and hands each chosen file to the desk, which answers with a token. The page gets
 * tokens and names; paths stay here. One file that cannot be read refuses the whole choice, so that nobody believes
 * it was imported.
 */
export async function chooseFiles(dialog: Dialog, window: BrowserWindow, desk: Pick<Desk, 'ask'>): Promise<Result<Output<'files.choose'>>> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: 'Import broker files',
    buttonLabel: 'Import',
    properties: ['openFile', 'multiSelections', 'dontAddToRecent'],
    filters: [
      { name: 'Broker files', extensions: ['xml', 'csv', 'txt'] },
      { name: 'All files', extensions: ['*'] },
    ],
  });
  if (canceled) return succeed({ files: [] });
  const files: FileToken[] = [];
  for (const path of filePaths) {
    const received = await receiveFile(path, desk);
    if (!received.ok) return received;
    files.push(received.value);
  }
  return succeed({ files });
}

/** Reads one file for the desk. Faults: `not-a-file`, `file-too-large`, `file-unreadable`, and the desk's own. */
export async function receiveFile(path: string, desk: Pick<Desk, 'ask'>): Promise<Result<FileToken>> {
  const name = basename(path);
  try {
    const about = await stat(path);
    if (!about.isFile()) return fail({ code: 'not-a-file', message: 'This is not a file.', at: name, fix: 'Choose the broker file itself.' });
    if (about.size > FILE_BYTES_MAX) return fail(tooLarge(name, about.size));
    return await desk.ask('files.receive', { name, bytes: fileBytes(await readFile(path)) });
  } catch (error) {
    return fail({ code: 'file-unreadable', message: `The file cannot be read (${systemReason(error)}).`, at: name, fix: 'Check that it still exists and that you may read it.' });
  }
}

function tooLarge(name: string, bytes: number): Fault {
  const size = Math.ceil(bytes / MEGABYTE);
  return { code: 'file-too-large', message: `The file has ${size} MB; the limit is ${FILE_BYTES_MAX / MEGABYTE} MB.`, at: name, fix: 'Export a shorter period or fewer accounts.' };
}

function systemReason(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown reason';
}
