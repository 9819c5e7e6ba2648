import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { inject, onTestFinished } from 'vitest';
import { serve, stop } from './serve.ts';

/** A served workstation with a page open on it, and what the page complained about. */
export interface Workstation {
  page: Page;
  book: string;
  folder: string;
  url: string;
  /** Content-security-policy violations and errors, as the browser's console told them. Must stay empty. */
  complaints: string[];
  /** Runs the command line on the same book and gives its JSON answer. */
  commandLine: (...args: string[]) => unknown;
}

let browser: Browser | null = null;

/** One browser for a test file: starting it costs more than a page. */
export async function openBrowser(): Promise<Browser> {
  browser ??= await chromium.launch(inject('chromium'));
  return browser;
}

export async function closeBrowser(): Promise<void> {
  await browser?.close();
  browser = null;
}

/** Runs a command of the command line host to its end. */
export function plimsoll(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['main/plimsoll.js', ...args], { encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } });
  return { status, stdout, stderr };
}

/** A new book with these files imported, served on loopback, with a page opened through the one-time link. */
export async function openWorkstation(files: Record<string, string | Uint8Array>, viewport = { width: 1280, height: 800 }): Promise<Workstation> {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-e2e-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const book = join(folder, 'desk.plimsoll');
  const paths = Object.entries(files).map(([name, content]) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  });
  if (paths.length > 0) {
    const imported = plimsoll('import', book, ...paths);
    if (imported.status !== 0) throw new Error(`import failed: ${imported.stderr}${imported.stdout}`);
  }
  return { ...(await openPage(book, viewport)), book, folder, commandLine: (...args) => jsonOf(plimsoll(...args, '--json')) };
}

function jsonOf({ status, stdout, stderr }: ReturnType<typeof plimsoll>): unknown {
  if (status !== 0) throw new Error(`exit ${status}: ${stderr}`);
  return JSON.parse(stdout);
}

/** Serves a book and opens a page on it. */
export async function openPage(book: string, viewport: { width: number; height: number }): Promise<Pick<Workstation, 'page' | 'url' | 'complaints'>> {
  const { url, server } = await serve(book);
  const context = await (await openBrowser()).newContext({ viewport, colorScheme: 'light', permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  onTestFinished(async () => {
    await context.close();
    await stop(server);
  });
  await page.goto(url);
  return { page, url, complaints };
}
