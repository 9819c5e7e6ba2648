import { userInfo } from 'node:os';
import type { HostInfo } from '../../shared/views.ts';
import packageJson from '../../package.json' with { type: 'json' };

export const PROGRAM_VERSION: string = packageJson.version;

/** Who sits here, as the journal names them. */
export function currentUser(): string {
  try {
    return userInfo().username;
  } catch {
    return process.env['USER'] ?? process.env['USERNAME'] ?? 'unknown'; // a container whose user has no entry
  }
}

/** The program as the lock file and the journal name it: `Plimsoll command line 0.1.0`. */
export function programName(host: string): string {
  return `Plimsoll ${host} ${PROGRAM_VERSION}`;
}

/** What a host without a window of its own says of itself. */
export function plainHostInfo(host: 'loopback' | 'cli', engine: string): HostInfo {
  return { host, version: PROGRAM_VERSION, engine, user: currentUser(), fileDialog: false, networkBlocked: false };
}
