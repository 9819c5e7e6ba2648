import type { Browser, Page } from 'playwright-core';
import { allAccounts } from '../../../main/desk/all-rows.ts';
import { openDesk } from '../../../main/desk/open-desk.ts';
import { valueOf } from '../../desk/desk-fixture.ts';
import { serve, stop } from '../../e2e/serve.ts';
import { measurement, median, quantile, type Measurement } from '../measure.ts';
import { randomNumbers } from './random-numbers.ts';

// The real renderer, the real host in a process of its own and the real desk with its threads: a quantity is typed into
// a what-if, and the clock runs from the key that ends the edit to the frame in which its cell says something else.

const EDITS = 120;
/** More than anybody holds in the books that are measured: every edit changes something. */
const FIRST_QUANTITY = 10_001;
const WARM_UP = 10;
const PAUSE_MS = 60;
/** Between keys: a fast typist's. With none, Enter comes while the page still paints the last digit. */
const KEY_MS = 60;

/** An account of some thousand positions takes its time to be opened. */
const OPEN_MS = 300_000;

/** Edits of the largest accounts of a book, typed into the page. */
export async function editMeasurements(browser: Browser, book: string, accounts = 1): Promise<Measurement[]> {
  const found: Measurement[] = [];
  for (const { name, regime, positions } of (await accountsOf(book)).toSorted((a, b) => b.positions - a.positions).slice(0, accounts)) {
    // One after the other: they are measured.
    // oxlint-disable-next-line no-await-in-loop
    found.push(...(await served(book, async (url) => figures(`${positions} positions (${regime})`, await onPage(browser, url, (page) => editsOf(page, name, { at: 0, edits: EDITS, warmUp: WARM_UP }))))));
  }
  return found;
}

const POSITIONS_DRAWN = 16;
const EDITS_OF_EACH = 6;
const WARM_UP_OF_EACH = 2;
const DRAWN_SEED = 20_261_122;

/** Edits of positions that are drawn from all of a book: an account that holds a hundred times as much comes a hundred times as often. */
export async function drawnEditMeasurements(browser: Browser, book: string): Promise<Measurement[]> {
  const drawn = drawnPositions(await accountsOf(book), POSITIONS_DRAWN);
  const sizes = drawn.map(({ positions }) => positions);
  return served(book, async (url) => {
    const times = await onPage(browser, url, async (page) => {
      const all: number[] = [];
      // oxlint-disable-next-line no-await-in-loop
      for (const { name, at } of drawn) all.push(...(await editsOf(page, name, { at, edits: EDITS_OF_EACH, warmUp: WARM_UP_OF_EACH })));
      return all;
    });
    return figures(`${drawn.length} positions drawn from the book, of accounts of ${Math.min(...sizes)} to ${Math.max(...sizes)} (${median(sizes)} in the middle)`, times);
  });
}

function drawnPositions(accounts: readonly Account[], count: number): (Account & { at: number })[] {
  const random = randomNumbers(DRAWN_SEED);
  const all = accounts.reduce((sum, { positions }) => sum + positions, 0);
  return Array.from({ length: count }, () => {
    let left = random.below(all);
    const found = accounts.find(({ positions }) => (left -= positions) < 0);
    if (!found) throw new Error('a book without positions');
    return { ...found, at: left + found.positions };
  });
}

interface Account {
  name: string;
  regime: string;
  positions: number;
}

async function served<T>(book: string, work: (url: string) => Promise<T>): Promise<T> {
  const { url, server } = await serve(book);
  try {
    return await work(url);
  } finally {
    await stop(server);
  }
}

async function onPage<T>(browser: Browser, url: string, work: (page: Page) => Promise<T>): Promise<T> {
  const page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
  page.setDefaultTimeout(OPEN_MS);
  await page.goto(url);
  const found = await work(page);
  await page.close();
  return found;
}

function figures(what: string, times: readonly number[]): Measurement[] {
  const name = `4. what-if edit to repainted cell, ${what}: `;
  const p95 = quantile(times, 0.95);
  return [
    measurement(`${name}median of ${times.length} edits`, times, 'ms'),
    { ...measurement(`${name}95th percentile`, times, 'ms'), value: p95, target: '≤ 33 ms', met: p95 <= 33 },
  ];
}

async function accountsOf(book: string): Promise<Account[]> {
  const desk = valueOf(await openDesk({ book, user: 'bench', program: 'bench', readOnly: true }));
  const { rows } = valueOf(await allAccounts(desk));
  await desk.close();
  return rows.map(({ account, regime, positions }) => ({ name: account, regime, positions }));
}

/** Opens the account and a what-if on it, and types quantities into the row at this place; how long each took. */
async function editsOf(page: Page, account: string, { at, edits, warmUp }: { at: number; edits: number; warmUp: number }): Promise<number[]> {
  await page.goto(`${new URL(page.url()).origin}/#/account/${account}`);
  await page.getByTestId('whatif-open').click();
  await page.getByTestId('whatif-frame').waitFor();
  const cell = page.getByTestId('positions-grid').locator(`[row-index="${at}"] [role="gridcell"][col-id="quantity"]`);
  await page.evaluate(showRow, at);
  await cell.waitFor();
  await page.evaluate(noteRepaints, at);
  const times: number[] = [];
  for (let edit = 0; edit < warmUp + edits; edit += 1) {
    await cell.dblclick();
    await page.keyboard.press('Control+A');
    await page.keyboard.type(String(FIRST_QUANTITY + edit), { delay: KEY_MS });
    await page.keyboard.press('Enter');
    const time = await page.evaluate(nextRepaint);
    if (edit >= warmUp) times.push(time);
    await page.waitForTimeout(PAUSE_MS);
  }
  return times;
}

interface Repaints extends Window {
  repaint?: { from: number; took: number; text: string; heard: (() => void) | null; stop: () => void };
}

/** Runs in the page: brings the row at this place into sight. */
function showRow(at: number): void {
  const grid = document.querySelector('[data-testid="positions-grid"]') as HTMLElement;
  const row = grid.querySelector('[role="gridcell"]')?.closest('[role="row"]') as HTMLElement;
  let rows: HTMLElement = row;
  while (rows !== grid && !/auto|scroll/.test(getComputedStyle(rows).overflowY)) rows = rows.parentElement as HTMLElement;
  rows.scrollTop = Math.max(0, at * row.offsetHeight - rows.clientHeight / 2);
}

/** Runs in the page: from now on notes when Enter was pressed and when this row's quantity was painted anew. */
function noteRepaints(at: number): void {
  const grid = document.querySelector('[data-testid="positions-grid"]') as HTMLElement;
  const text = (): string => grid.querySelector(`[row-index="${at}"] [role="gridcell"][col-id="quantity"]:not(.ag-cell-inline-editing)`)?.textContent ?? '';
  // Of the account before: its grid is not there any more.
  (window as Repaints).repaint?.stop();
  const hears = new AbortController();
  const state = { from: 0, took: 0, text: text(), heard: null as (() => void) | null, stop: () => hears.abort() };
  (window as Repaints).repaint = state;
  document.addEventListener(
    'keydown',
    ({ key, timeStamp }) => {
      if (key === 'Enter') [state.from, state.took] = [timeStamp, 0];
    },
    { capture: true, signal: hears.signal },
  );
  new MutationObserver(() => {
    const now = text();
    if (state.from === 0 || now === '' || now === state.text) return;
    state.text = now;
    // The change is in the page; the frame that paints it begins, and after it the next task runs.
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.addEventListener('message', () => {
        [state.took, state.from] = [performance.now() - state.from, 0];
        state.heard?.();
      });
      channel.port1.start();
      channel.port2.postMessage(null);
    });
  }).observe(grid, { subtree: true, childList: true, characterData: true });
}

/** Runs in the page: milliseconds from the last Enter to the painted cell. */
function nextRepaint(): Promise<number> {
  const state = (window as Repaints).repaint;
  return new Promise((resolve) => {
    if (!state) return;
    const tell = (): void => {
      state.heard = null;
      resolve(state.took);
      state.took = 0;
    };
    if (state.took > 0) tell();
    else state.heard = tell;
  });
}
