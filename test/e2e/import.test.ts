import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AccountRow } from '../../shared/views.ts';
import { closeBrowser, openBrowser, openWorkstation } from './workstation.ts';

// Files as they really come: with rows that cannot be read, and with columns that nobody has seen before.

const FIXTURES = join(import.meta.dirname, '../import/fixtures');

beforeAll(openBrowser);
afterAll(closeBrowser);

const text = (page: Page, testId: string): Promise<string> => page.getByTestId(testId).innerText();

/** Goes to the accounts, and gives what the grid shows of one account in these columns. */
async function accountCells(page: Page, account: string, columns: readonly string[]): Promise<string[]> {
  await page.keyboard.press('Alt+2');
  const row = page.getByTestId('accounts-grid').locator(`[row-id=${JSON.stringify(account)}]`);
  await row.first().waitFor();
  return Promise.all(columns.map((column) => row.locator(`[col-id="${column}"]`).first().innerText()));
}

test('a file with rows that cannot be read says which and why, and the rest goes in', async () => {
  const { page, book, commandLine, complaints } = await openWorkstation({});
  await page.keyboard.press('Alt+4');
  await page.getByTestId('import-file').setInputFiles(join(FIXTURES, 'flex-two-accounts.xml'));
  await page.getByTestId('import-plan').waitFor();
  expect([await text(page, 'plan-rejected'), await text(page, 'plan-positions'), await text(page, 'plan-as-of')]).toEqual(['2', '13', expect.stringContaining('2026-11-19')]);

  await page.getByTestId('plan-tab-rejected').click();
  const rejects = page.getByTestId('plan-rejected-grid');
  await expect.poll(() => rejects.innerText()).toContain('The quantity "three" is not a number.');
  expect(await rejects.locator('[row-index="0"] [col-id="line"]').first().innerText()).toBe('28');
  expect(commandLine('accounts', book)).toMatchObject({ rows: [] });

  await page.getByTestId('import-accept').click();
  await page.getByTestId('import-drop').waitFor();
  const { rows } = commandLine('accounts', book) as { rows: AccountRow[] };
  expect(rows.map(({ account }) => account).sort()).toEqual(['U7000001', 'U7000002']);
  expect(await accountCells(page, 'U7000002', ['status', 'client'])).toEqual(['? Indeterminate', 'Greywater Fund LP']);
  expect(complaints).toEqual([]);
});

test('a CSV of nobody’s format is mapped, its profile kept, and its accounts are in the grid', async () => {
  const { page, book, commandLine, complaints } = await openWorkstation({});
  await page.keyboard.press('Alt+4');
  await page.getByTestId('import-file').setInputFiles(join(FIXTURES, 'desk-semicolon.csv'));
  const editor = page.getByTestId('profile-editor');
  await editor.waitFor();
  expect(await page.getByTestId('map-quantity').inputValue()).toBe('Net Position');
  await page.getByTestId('map-symbol').selectOption('');
  await expect.poll(() => page.getByTestId('profile-use').isDisabled()).toBe(true);
  await page.getByTestId('map-symbol').selectOption('Instrument');
  await page.getByTestId('map-asOf').selectOption('Day');
  await editor.getByLabel('Days as').selectOption('DD.MM.YYYY');
  await page.getByTestId('profile-name').fill('Night desk');
  await page.getByTestId('profile-use').click();

  await page.getByTestId('import-plan').waitFor();
  expect([await text(page, 'plan-rejected'), await text(page, 'plan-as-of')]).toEqual(['2', expect.stringContaining('2026-11-19')]);
  await page.getByTestId('plan-tab-rejected').click();
  await expect.poll(() => page.getByTestId('plan-rejected-grid').innerText()).toContain('"zehn"');
  await page.getByTestId('import-accept').click();
  await page.getByTestId('import-drop').waitFor();
  const { rows } = commandLine('accounts', book) as { rows: AccountRow[] };
  expect(rows.map(({ account, client }) => `${account} ${client}`).sort()).toEqual(['A-100 Müller & Söhne', 'A-200 Ostwind KG']);
  expect(await accountCells(page, 'A-100', ['account', 'client'])).toEqual(['A-100', 'Müller & Söhne']);

  // The same columns again need no editor: the profile is known by them.
  await page.keyboard.press('Alt+4');
  const again = readFileSync(join(FIXTURES, 'desk-semicolon.csv'), 'utf8').replace('214,30', '215,30');
  await page.getByTestId('import-file').setInputFiles({ name: 'next-day.csv', mimeType: 'text/csv', buffer: Buffer.from(again) });
  await page.getByTestId('import-plan').waitFor();
  expect(await text(page, 'plan-changed')).not.toBe('0');
  await page.getByTestId('import-discard').click();
  expect(complaints).toEqual([]);
});
