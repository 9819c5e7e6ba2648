import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROGRAM_FOLDER } from '../../build/build.ts';
import { fail, succeed, type Result } from '../../../shared/result.ts';

/** Where to look for Electron, and what the machine says of its screen. */
export interface Machine {
  platform: NodeJS.Platform;
  env: Readonly<Record<string, string | undefined>>;
  /** The electron package's folder, whether it holds the binary or only knows how to fetch it. */
  electronFolder: string;
}

export const thisMachine = (): Machine => ({ platform: process.platform, env: process.env, electronFolder: join(PROGRAM_FOLDER, 'node_modules', 'electron') });

const REACHABLE_WITHIN_MS = 3_000;
const FETCHED_WITHIN_MS = 300_000;
const RELEASES = 'https://github.com/electron/electron/releases/download/';

/** Whether a window could be shown. Elsewhere than on Linux there is always a screen to ask. */
export function hasDisplay({ platform, env }: Pick<Machine, 'platform' | 'env'>): boolean {
  return platform !== 'linux' || Boolean(env['DISPLAY']) || Boolean(env['WAYLAND_DISPLAY']);
}

/** The Electron program on this machine, if it was fetched before. */
export function electronBinary({ electronFolder, env }: Pick<Machine, 'electronFolder' | 'env'>): string | null {
  try {
    const name = readFileSync(join(electronFolder, 'path.txt'), 'utf8').trim();
    const program = join(env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(electronFolder, 'dist'), name);
    return name !== '' && existsSync(program) ? program : null;
  } catch {
    return null;
  }
}

/**
 * Electron's program, fetched if it is not here and its source answers within seconds. Faults: `no-display`,
 * `no-electron`; both are reasons to serve the browser instead, in words that fit a sentence.
 */
export async function obtainElectron(machine: Machine, say: (line: string) => void): Promise<Result<string>> {
  if (!hasDisplay(machine)) return fail({ code: 'no-display', message: 'there is no display' });
  const here = electronBinary(machine);
  if (here) return succeed(here);
  const installer = join(machine.electronFolder, 'install.js');
  if (!existsSync(installer) || !(await isReachable(machine.env['ELECTRON_MIRROR'] ?? RELEASES))) {
    return fail({ code: 'no-electron', message: 'the Electron binary cannot be had from here' });
  }
  say('Fetching Electron, once (about 110 MB) …');
  await runInstaller(installer);
  const fetched = electronBinary(machine);
  return fetched ? succeed(fetched) : fail({ code: 'no-electron', message: 'the Electron binary could not be fetched' });
}

async function isReachable(address: string): Promise<boolean> {
  try {
    await fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(REACHABLE_WITHIN_MS) });
    return true; // any answer will do: what is asked is whether there is a way there
  } catch {
    return false;
  }
}

function runInstaller(installer: string): Promise<void> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [installer], { stdio: 'ignore', timeout: FETCHED_WITHIN_MS });
    child.on('error', () => resolve());
    child.on('exit', () => resolve());
  });
}
