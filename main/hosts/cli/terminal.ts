/** Where a command writes, and what the place can show. Tests hand in one that remembers. */
export interface Terminal {
  /** Standard output: the answer, and nothing else. */
  out(text: string): void;
  /** Standard error: one line that says what went wrong, or how far the work is. */
  err(line: string): void;
  /** Replaces the progress line; does nothing where there is no screen to redraw. An empty text clears it. */
  progress(text: string): void;
  /** Characters to a line. */
  columns: number;
  colour: boolean;
  interactive: boolean;
}

const COLUMNS_ELSEWHERE = 120;
const COLUMNS_MIN = 60;
const CLEAR_LINE = '\r\u001b[2K';

/** The terminal (or pipe) of this process. Colours only on a screen, and never against NO_COLOR. */
export function processTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  // A reader that has seen enough (`| head`) is not an error.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  const interactive = stderr.isTTY;
  return {
    out: (text) => void stdout.write(`${text}\n`),
    err: (line) => void stderr.write(`${interactive ? CLEAR_LINE : ''}${line}\n`),
    progress: (text) => {
      if (interactive) stderr.write(`${CLEAR_LINE}${text.slice(0, (stderr.columns ?? COLUMNS_ELSEWHERE) - 1)}`);
    },
    columns: Math.max(stdout.isTTY ? stdout.columns : COLUMNS_ELSEWHERE, COLUMNS_MIN),
    colour: stdout.isTTY && !env['NO_COLOR'] && env['TERM'] !== 'dumb',
    interactive,
  };
}
