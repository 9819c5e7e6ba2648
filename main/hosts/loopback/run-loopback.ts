import { spawn } from 'node:child_process';
import { RENDERER_FOLDER } from '../../build/build.ts';
import type { RunningDesk } from '../../desk/open-desk.ts';
import { succeed, type Result } from '../../../shared/result.ts';
import { plainHostInfo } from '../identity.ts';
import { readPageFiles } from './page-files.ts';
import { serveDesk } from './serve-desk.ts';

export interface RunOptions {
  /** 0 takes a free one. */
  port: number;
  /** Also open the link in the person's browser. */
  openBrowser: boolean;
  say: (line: string) => void;
}

/** Serves the desk until Ctrl-C; Enter prints a fresh link. Closes the host, not the desk. Faults: `not-built`, `port-taken`. */
export async function runLoopback(desk: RunningDesk, { port, openBrowser, say }: RunOptions): Promise<Result<true>> {
  const pages = readPageFiles(RENDERER_FOLDER);
  if (!pages.ok) return pages;
  const host = await serveDesk({
    desk,
    pages: pages.value,
    port,
    hostAnswers: {
      'host.info': () => Promise.resolve(succeed(plainHostInfo('loopback', desk.engineVersion))),
      // The page has a file picker of its own here; `host.info` says so.
      'files.choose': () => Promise.resolve(succeed({ files: [] })),
    },
  });
  if (!host.ok) return host;

  const link = host.value.freshLink();
  say(`Plimsoll is at ${link}`);
  say('The link works once. Press Enter for a fresh one, Ctrl-C to end.');
  if (openBrowser) openInBrowser(link);
  const stopReading = onEnter(() => say(`Plimsoll is at ${host.value.freshLink()}`));
  await endRequested();
  stopReading();
  await host.value.close();
  return succeed(true);
}

function onEnter(then: () => void): () => void {
  const listener = (typed: Buffer): void => {
    if (typed.includes('\n') || typed.includes('\r')) then();
  };
  process.stdin.on('data', listener);
  // A terminal that went away takes its input with it; that is no reason to stop serving.
  process.stdin.on('error', () => undefined);
  return () => {
    process.stdin.off('data', listener);
    process.stdin.pause();
    process.stdin.unref?.();
  };
}

/** Resolves at the first request to end. A second one, from somebody who will not wait, ends at once. */
function endRequested(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (asked) process.exit(130);
        asked = true;
        resolve();
      });
    }
  });
}

const OPENERS: Partial<Record<NodeJS.Platform, [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
  linux: ['xdg-open'],
};

/** Best effort: the link is on the terminal in any case. */
function openInBrowser(link: string): void {
  const [program, ...args] = OPENERS[process.platform] ?? [];
  if (!program) return;
  const opener = spawn(program, [...args, link], { stdio: 'ignore', detached: true });
  opener.on('error', () => undefined);
  opener.unref();
}
