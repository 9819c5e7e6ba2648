import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AccountRow } from '../../shared/views.ts';
import { flexFile } from '../desk/desk-fixture.ts';
import { closeBrowser, openBrowser, openWorkstation } from './workstation.ts';

// A figure of an account so large that its tree comes in parts, in a book that moves.

const POSITIONS = 2_100;
const FILE = flexFile('2026-11-20', [{ account: 'U7003', name: 'Cora Quay', cash: '-1000', positions: Array.from({ length: POSITIONS }, (_, at) => ({ symbol: `S${1_000 + at}`, quantity: '10', price: '80' })) }]);

beforeAll(openBrowser);
afterAll(closeBrowser);

async function setPrice(page: Page, instrument: string, price: string): Promise<void> {
  await page.evaluate(async (input) => {
    const answer = await fetch('/ask/marks.set', { method: 'POST', headers: { 'content-type': 'application/json', 'x-plimsoll': '1' }, body: JSON.stringify(input) });
    if (!answer.ok) throw new Error(await answer.text());
  }, { instrument, price });
}

test('a line that a person opened stays open and says the new price; Copy takes the whole tree', async () => {
  const { page, complaints, commandLine, book } = await openWorkstation({ 'flex.xml': FILE });
  await page.keyboard.press('Alt+2');
  await page.getByTestId('accounts-grid').locator('[row-id="U7003"] [col-id="account"]').first().dblclick();
  await page.getByTestId('headline-maintenance').click();
  const panel = page.getByTestId('explain-panel');
  const line = panel.locator('[data-path="0.7"]');
  const inside = panel.locator('[data-path="0.7.0"]');
  await line.waitFor();
  expect(await line.innerText()).toContain('S1007');
  expect(await panel.getByTestId('explain-unopened').innerText()).toContain('lines are not opened yet');
  await line.click();
  await expect.poll(() => inside.innerText(), { timeout: 10_000 }).toContain('greatest of 200.00 and 240.00');
  await setPrice(page, 'S1007', '90');
  await expect.poll(() => inside.innerText(), { timeout: 10_000 }).toContain('greatest of 225.00 and 270.00');

  await panel.getByRole('button', { name: 'Copy' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText()), { timeout: 10_000 }).toContain('S3099');
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied.match(/30% × /g)?.length).toBe(POSITIONS);
  const [row] = (commandLine('accounts', book) as { rows: AccountRow[] }).rows;
  expect(await panel.getByTestId('explain-amount').getAttribute('data-amount')).toBe(row?.maintenance);
  expect(complaints).toEqual([]);
});
