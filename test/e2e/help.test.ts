import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { flexFile } from '../desk/desk-fixture.ts';
import { closeBrowser, openBrowser, openWorkstation } from './workstation.ts';

// From a figure to the rule behind it, and back to where one was.

const FILE = flexFile('2026-11-20', [{ account: 'U8001', name: 'Ada Harbour', cash: '-30000', positions: [{ symbol: 'XYZ', quantity: '1000', price: '80' }] }]);

beforeAll(openBrowser);
afterAll(closeBrowser);

const focusedLine = (page: Page): Promise<string | null> => page.evaluate(() => document.activeElement?.getAttribute('aria-activedescendant') ?? null);
const focusedColumn = (page: Page): Promise<string | null> => page.evaluate(() => document.activeElement?.closest('[col-id]')?.getAttribute('col-id') ?? null);

test('a figure is opened, its rule read in words with the values in force, and the line it came from has the focus again', async () => {
  const { page, complaints } = await openWorkstation({ 'flex.xml': FILE });
  await page.goto(`${new URL(page.url()).origin}/#/account/U8001`);
  await page.getByTestId('headline-maintenance').click();
  const tree = page.getByRole('tree');
  await tree.focus();
  // Maintenance → XYZ, long stock → the leg → what the exchange asks.
  for (const key of ['ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
  const line = await focusedLine(page);
  expect(await page.locator(`[id="${line}"]`).innerText()).toContain('Exchange maintenance, long stock');

  await page.keyboard.press('F1');
  const help = page.getByTestId('help-page');
  await expect.poll(() => help.getAttribute('data-page')).toBe('stock');
  // What is in force for this account: the exchange's quarter of the shipped pack.
  await expect.poll(() => page.locator('[data-key="exchange.stock.long"]').innerText()).toMatch(/^25%\s/);
  expect(await help.innerText()).toContain('In force for U8001, pool cross, on 2026-11-20');
  expect(await help.innerText()).toContain('25% × 10,000.00 = 2,500.00');

  // On to another page and back by keys; out of the help, and the line is where it was.
  await help.getByRole('button', { name: 'Requirements: Reg T, exchange, house' }).click();
  await expect.poll(() => help.getAttribute('data-page')).toBe('requirements');
  await page.keyboard.press('Backspace');
  await expect.poll(() => help.getAttribute('data-page')).toBe('stock');
  await page.keyboard.press('Escape');
  await help.waitFor({ state: 'detached' });
  await expect.poll(() => focusedLine(page)).toBe(line);
  expect(await page.getByTestId('explain-panel').isVisible()).toBe(true);
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => focusedLine(page)).not.toBe(line);
  expect(complaints).toEqual([]);
});

test('F1 on a cell opens the page about it, and the cell has the focus again; the palette finds any page', async () => {
  const { page, complaints } = await openWorkstation({ 'flex.xml': FILE });
  await page.keyboard.press('Alt+2');
  const grid = page.getByTestId('accounts-grid');
  await grid.locator('[col-id="regime"][role="gridcell"]').first().click();
  await page.keyboard.press('F1');
  const help = page.getByTestId('help-page');
  await expect.poll(() => help.getAttribute('data-page')).toBe('requirements');
  await page.keyboard.press('Escape');
  await help.waitFor({ state: 'detached' });
  await expect.poll(() => focusedColumn(page)).toBe('regime');

  await page.keyboard.press('Control+k');
  await page.keyboard.type('straddles');
  await page.keyboard.press('Enter');
  await expect.poll(() => help.getAttribute('data-page')).toBe('straddles');
  expect(complaints).toEqual([]);
});
