import { spawn } from 'node:child_process';
import { fail, succeed, type Result } from '../../../shared/result.ts';

// Missing system libraries, a forbidden sandbox or a display that refuses show at once; a window that ran did start.
const STARTED_AFTER_MS = 10_000;

/**
 * Runs the workstation in Electron until its window is closed. Fault `electron-failed` when it ends in trouble before
 * it can have shown anything, so that the browser can be served instead.
 */
export function openElectron(program: string, programFolder: string, args: readonly string[]): Promise<Result<true>> {
  return new Promise((resolve) => {
    const started = performance.now();
    // Inherited, this would make Electron behave as plain Node.
    const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
    const child = spawn(program, [programFolder, ...args], { stdio: 'inherit', env });
    // Ctrl-C reaches the child as well, which closes its desk; we only wait for it.
    const wait = (): void => undefined;
    const passOn = (): void => void child.kill('SIGTERM');
    process.on('SIGINT', wait);
    process.on('SIGTERM', passOn);
    const end = (result: Result<true>): void => {
      process.off('SIGINT', wait);
      process.off('SIGTERM', passOn);
      resolve(result);
    };
    child.on('error', (error) => end(fail({ code: 'electron-failed', message: `Electron did not start (${error.message})` })));
    child.on('exit', (status, signal) => {
      const failed = signal === null ? status !== 0 : signal !== 'SIGINT' && signal !== 'SIGTERM';
      const early = performance.now() - started < STARTED_AFTER_MS;
      end(failed && early ? fail({ code: 'electron-failed', message: `Electron did not start (${signal ?? `status ${status}`})` }) : succeed(true));
    });
  });
}
