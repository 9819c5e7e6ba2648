import type { Terminal } from '../../../main/hosts/cli/terminal.ts';

/** A terminal without colour that keeps what is written to it. */
export interface RememberingTerminal extends Terminal {
  written: string[];
  errors: string[];
  /** Everything on standard output, as one text. */
  text(): string;
}

export function rememberingTerminal(columns = 120, colour = false): RememberingTerminal {
  const written: string[] = [];
  const errors: string[] = [];
  return {
    out: (text) => void written.push(text),
    err: (line) => void errors.push(line),
    progress: () => undefined,
    columns,
    colour,
    interactive: false,
    written,
    errors,
    text: () => written.join('\n'),
  };
}
