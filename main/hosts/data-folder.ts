import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';

/** What decides where a person's data lies. */
export interface Surroundings {
  platform: NodeJS.Platform;
  env: Readonly<Record<string, string | undefined>>;
  home: string;
}

const here = (): Surroundings => ({ platform: process.platform, env: process.env, home: homedir() });

/**
 * The folder of a person's own books: where their system keeps such things, or `PLIMSOLL_HOME`. Never inside the
 * program's folder, which an update replaces.
 */
export function dataFolder({ platform, env, home }: Surroundings = here()): string {
  const chosen = env['PLIMSOLL_HOME'];
  if (chosen) return chosen;
  if (platform === 'win32') return win32.join(env['APPDATA'] ?? win32.join(home, 'AppData', 'Roaming'), 'Plimsoll');
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'Plimsoll');
  return posix.join(env['XDG_DATA_HOME'] || posix.join(home, '.local', 'share'), 'plimsoll');
}

/** The book that opens when none is named. */
export function demoBook(surroundings: Surroundings = here()): string {
  const path = surroundings.platform === 'win32' ? win32 : posix;
  return path.join(dataFolder(surroundings), 'demo.plimsoll');
}
