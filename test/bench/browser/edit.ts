import type { Browser, Page } from 'playwright-core';
import { allAccounts } from '../../../main/desk/all-rows.ts';
import { openDesk } from '../../../main/desk/open-desk.ts';
import { valueOf } from '../../desk/desk-fixture.ts';
import { serve, stop } from '../../e2e/serve.ts';
import { measurement, type Measurement } from '../measure.ts';

// The real renderer, the real host in a process of its own and the real desk with its threads: a quantity is typed into
// a what-if, and the clock runs from the key that ends the edit to the frame in which its cell says something else.

const EDITS = 120;
const WARM_UP = 10;
const PAUSE_MS = 60;
/** Between keys: a fast typist's. With none, Enter comes while the page still paints the last digit. */
const KEY_MS = 60;

/** An account of some thousand positions takes its time to be opened. */
const OPEN_MS = 300_000;

/** Edits of the largest accounts of a book, typed into the page. */
export async function editMeasurements(browser: Browser, book: string, accounts = 1): Promise<Measurement[]> {
  const found: Measurement[] = [];
  for (const account of await largestAccounts(book, accounts)) {
    // One after the other: they are measured.
    // oxlint-disable-next-line no-await-in-loop
    found.push(...(await editsOf(browser, book, account)));
  }
  return found;
}

interface Account {
  name: string;
  regime: string;
  positions: number;
}

async function editsOf(browser: Browser, book: string, { name: account, regime, positions }: Account): Promise<Measurement[]> {
  const { url, server } = await serve(book);
  try {
    const page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
    page.setDefaultTimeout(OPEN_MS);
    await page.goto(url);
    await page.goto(`${new URL(page.url()).origin}/#/account/${account}`);
    await page.getByTestId('whatif-open').click();
    await page.getByTestId('whatif-frame').waitFor();
    const repainted = await timesOfEdits(page);
    const name = `4. what-if edit to repainted cell, ${positions} positions (${regime}): `;
    const sorted = repainted.toSorted((a, b) => a - b);
    const p95 = sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN;
    await page.close();
    return [
      measurement(`${name}median of ${EDITS} edits`, repainted, 'ms'),
      { ...measurement(`${name}95th percentile`, repainted, 'ms'), value: p95, target: '≤ 33 ms', met: p95 <= 33 },
    ];
  } finally {
    await stop(server);
  }
}

async function largestAccounts(book: string, count: number): Promise<Account[]> {
  const desk = valueOf(await openDesk({ book, user: 'bench', program: 'bench', readOnly: true }));
  const { rows } = valueOf(await allAccounts(desk));
  await desk.close();
  return rows.toSorted((a, b) => b.positions - a.positions).slice(0, count).map(({ account, regime, positions }) => ({ name: account, regime, positions }));
}

async function timesOfEdits(page: Page): Promise<number[]> {
  const cell = page.getByTestId('positions-grid').locator('[role="gridcell"][col-id="quantity"]').first();
  await page.evaluate(noteRepaints);
  const times: number[] = [];
  for (let edit = 0; edit < WARM_UP + EDITS; edit += 1) {
    await cell.dblclick();
    await page.keyboard.press('Control+A');
    await page.keyboard.type(String(100 + edit), { delay: KEY_MS });
    await page.keyboard.press('Enter');
    const time = await page.evaluate(nextRepaint);
    if (edit >= WARM_UP) times.push(time);
    await page.waitForTimeout(PAUSE_MS);
  }
  return times;
}

interface Repaints extends Window {
  repaint?: { from: number; took: number; text: string; heard: (() => void) | null };
}

/** Runs in the page: from now on notes when Enter was pressed and when the first quantity on screen was painted anew. */
function noteRepaints(): void {
  const grid = document.querySelector('[data-testid="positions-grid"]') as HTMLElement;
  const text = (): string => grid.querySelector('[row-index="0"] [role="gridcell"][col-id="quantity"]:not(.ag-cell-inline-editing)')?.textContent ?? '';
  const state = { from: 0, took: 0, text: text(), heard: null as (() => void) | null };
  (window as Repaints).repaint = state;
  document.addEventListener(
    'keydown',
    ({ key, timeStamp }) => {
      if (key === 'Enter') [state.from, state.took] = [timeStamp, 0];
    },
    true,
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
