import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

/**
 * Finds a real Chromium once for all browser tests, and builds the renderer they look at. On Linux x64 the browser
 * comes out of an npm package; elsewhere an installed Chrome or Chromium is used.
 */
export default async function setup(project: TestProject): Promise<void> {
  project.provide('chromium', await chromiumPath());
  execFileSync(process.execPath, ['main/plimsoll.js', 'build', '--only', 'renderer'], { stdio: 'inherit' });
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of the browser, and the flags it needs. */
    chromium: { executablePath: string; args: string[] };
  }
}

export async function chromiumPath(): Promise<{ executablePath: string; args: string[] }> {
  const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];
  if (process.platform === 'linux' && process.arch === 'x64') {
    // The package unpacks into TMPDIR and takes whatever "chromium" it finds there, of any version: give it its own.
    const { version } = JSON.parse(readFileSync('node_modules/@sparticuz/chromium/package.json', 'utf8')) as { version: string };
    const folder = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), `plimsoll-chromium-${version}`);
    mkdirSync(folder, { recursive: true });
    const before = process.env['TMPDIR'];
    process.env['TMPDIR'] = folder;
    const { default: sparticuz } = await import('@sparticuz/chromium');
    const executablePath = await sparticuz.executablePath();
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
    return { executablePath, args };
  }
  const installed = [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    '/usr/bin/chromium',
    '/usr/bin/google-chrome',
  ].find((path) => existsSync(path));
  if (!installed) throw new Error('The browser tests need Chrome or Chromium. Install one, or run them on Linux x64, where it comes from npm.');
  return { executablePath: installed, args: [] };
}
