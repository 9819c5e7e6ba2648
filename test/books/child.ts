import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { onTestFinished } from 'vitest';

/** A real process of its own, running one of test/books/children. */
export interface Child {
  /** Lines it has written so far. */
  lines: string[];
  /** Resolves when it has written at least this many lines; throws if it ends before. */
  untilLines: (count: number) => Promise<void>;
  /** Ends it as the system would: without a word. */
  kill: () => Promise<void>;
}

// Starting is most of what a killed child does: what was compiled for one is kept for the next.
const COMPILED = join(tmpdir(), 'plimsoll-test-compiled');

type Process = ChildProcessByStdio<null, Readable, null>;

export function startChild(script: string, ...parameters: string[]): Child {
  const path = new URL(`./children/${script}`, import.meta.url).pathname;
  const child: Process = spawn(process.execPath, [path, ...parameters], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, NODE_COMPILE_CACHE: COMPILED } });
  const lines: string[] = [];
  let rest = '';
  let wake = () => {};
  let ended = false;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
    wake();
  });
  // `close` comes after the last of its output.
  const closed = new Promise<void>((resolve) => {
    child.on('close', () => {
      ended = true;
      wake();
      resolve();
    });
  });
  async function kill(): Promise<void> {
    child.kill('SIGKILL');
    await closed;
  }
  onTestFinished(kill);
  return {
    lines,
    kill,
    async untilLines(count) {
      while (lines.length < count) {
        if (ended) throw new Error(`${script} ended after ${lines.length} lines`);
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}
