import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { FILE_BYTES_MAX, fileBytes } from '../../../shared/file-bytes.ts';
import { formatBytes } from '../../../shared/format.ts';
import { fail, succeed, type Result } from '../../../shared/result.ts';

/** A file as the desk takes it: its name and its bytes, never its path. */
export interface NamedBytes {
  name: string;
  bytes: Uint8Array;
}

/** Whether a file someone named can be read. Faults: `no-file`, `a-folder`, `too-large`, `unreadable`, each with the path. */
export function checkFile(path: string): Result<true> {
  try {
    const found = statSync(path);
    if (found.isDirectory()) return fail({ code: 'a-folder', message: 'This is a folder; name the files in it.', at: path });
    if (found.size > FILE_BYTES_MAX) return fail({ code: 'too-large', message: `This is larger than the ${formatBytes(FILE_BYTES_MAX)} Plimsoll reads at once.`, at: path, fix: 'Split the file.' });
    accessSync(path, constants.R_OK);
    return succeed(true);
  } catch (error) {
    return unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): Result<never> {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return fail({ code: 'no-file', message: 'There is no such file.', at: path });
  return fail({ code: 'unreadable', message: `This file cannot be read (${code ?? String(error)}).`, at: path });
}

/** Reads a file someone named; the faults of `checkFile`. */
export function readFile(path: string): Result<NamedBytes> {
  const usable = checkFile(path);
  if (!usable.ok) return usable;
  try {
    return succeed({ name: basename(path), bytes: fileBytes(readFileSync(path)) });
  } catch (error) {
    return unreadable(path, error);
  }
}

/** Reads a text file; the same faults, and `not-text` where the bytes are not UTF-8. */
export function readTextFile(path: string): Result<string> {
  const file = readFile(path);
  if (!file.ok) return file;
  try {
    return succeed(new TextDecoder('utf-8', { fatal: true }).decode(file.value.bytes));
  } catch {
    return fail({ code: 'not-text', message: 'This file is not UTF-8 text.', at: path });
  }
}
