import { resolve } from 'node:path';

/** What the command line asks of the application. */
export interface StartOptions {
  /** Answer the self-check on standard output and leave, without a window. */
  selfCheck: boolean;
  /** Path of the book to open; null when none is named. */
  book: string | null;
}

/**
 * Reads `--self-check` and `--book PATH` from an Electron command line. Everything else is left alone: Chromium's own
 * switches stand in the same list. A relative path is meant from `folder`.
 */
export function readOptions(argv: readonly string[], folder: string): StartOptions {
  const named = valueOf(argv, '--book');
  return { selfCheck: argv.includes('--self-check'), book: named ? resolve(folder, named) : null };
}

function valueOf(argv: readonly string[], option: string): string | null {
  const joined = argv.find((word) => word.startsWith(`${option}=`));
  if (joined) return joined.slice(option.length + 1) || null;
  const at = argv.indexOf(option);
  const next = at < 0 ? undefined : argv[at + 1];
  return next && !next.startsWith('--') ? next : null;
}
