import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { flexFile } from '../desk/desk-fixture.ts';
import { closeBrowser, openBrowser, openWorkstation } from './workstation.ts';

// Prices move while a person works: figures change in place, and rows wait with their new order.

const held = (account: string, symbol: string, cash: string) => ({ account, name: account, cash, positions: [{ symbol, quantity: '1000', price: '80' }] });
const FILE = flexFile('2026-11-20', [held('U1', 'ONE', '-40000'), held('U2', 'TWO', '-44000'), held('U3', 'TRE', '-48000')]);

beforeAll(openBrowser);
afterAll(closeBrowser);

/** Accounts as they stand on screen, top first. */
async function shownAccounts(page: Page): Promise<string[]> {
  const cells = page.getByTestId('accounts-grid').locator('[role="row"][row-index] [col-id="account"]');
  const rows = await cells.evaluateAll((all) => all.map((cell) => ({ top: cell.getBoundingClientRect().top, text: (cell as HTMLElement).innerText })));
  return rows.toSorted((a, b) => a.top - b.top).map(({ text }) => text);
}

/** Types a price elsewhere: from the same page, past its screens. */
function setPrice(page: Page, instrument: string, price: string): Promise<number> {
  return page.evaluate(async (input) => (await fetch('/ask/marks.set', { method: 'POST', headers: { 'x-plimsoll': '1', 'content-type': 'application/json' }, body: JSON.stringify(input) })).status, { instrument, price });
}

test('under the cursor rows keep their places while their figures move; F9 puts them in the desk’s order, and away from the cursor they go there by themselves', async () => {
  const { page, complaints } = await openWorkstation({ 'flex.xml': FILE });
  await page.keyboard.press('Alt+2');
  const grid = page.getByTestId('accounts-grid');
  await expect.poll(() => shownAccounts(page)).toEqual(['U3', 'U2', 'U1']);

  await grid.locator('[row-id="U2"] [col-id="account"]').first().hover();
  const equity = grid.locator('[row-id="U1"] [col-id="equity"]').first();
  expect(await equity.innerText()).toBe('40,000.00');
  expect(await setPrice(page, 'ONE', '50')).toBe(200);
  await expect.poll(() => equity.innerText()).toBe('10,000.00');
  const rank = page.getByRole('button', { name: /Re-rank/ });
  await rank.waitFor();
  expect(await shownAccounts(page)).toEqual(['U3', 'U2', 'U1']);

  await page.keyboard.press('F9');
  await expect.poll(() => shownAccounts(page)).toEqual(['U1', 'U3', 'U2']);
  await rank.waitFor({ state: 'detached' });
  // A row is found under its own name wherever it stands.
  expect(await grid.locator('[row-id="U1"] [col-id="equity"]').first().innerText()).toBe('10,000.00');

  await page.mouse.move(600, 5);
  expect(await setPrice(page, 'ONE', '81')).toBe(200);
  // Nobody works in the grid now: it looks every second and a half.
  await expect.poll(() => shownAccounts(page), { timeout: 20_000 }).toEqual(['U3', 'U2', 'U1']);
  expect(complaints).toEqual([]);
});

test('a click on a header orders the rows by that column, and filtering keeps to that order', async () => {
  const { page, complaints } = await openWorkstation({ 'flex.xml': FILE });
  await page.keyboard.press('Alt+2');
  await expect.poll(() => shownAccounts(page)).toEqual(['U3', 'U2', 'U1']);
  const header = page.getByTestId('accounts-grid').locator('.ag-header-cell[col-id="netLiq"]');
  await header.click();
  await expect.poll(() => shownAccounts(page)).toEqual(['U3', 'U2', 'U1']);
  await header.click();
  await expect.poll(() => shownAccounts(page)).toEqual(['U1', 'U2', 'U3']);
  await page.getByTestId('quick-filter').fill('U2');
  await expect.poll(() => shownAccounts(page)).toEqual(['U2']);
  await page.getByTestId('quick-filter').fill('');
  await expect.poll(() => shownAccounts(page)).toEqual(['U1', 'U2', 'U3']);
  expect(complaints).toEqual([]);
});
