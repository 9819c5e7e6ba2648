import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import type { AccountRow, QueueRow } from '../../shared/views.ts';
import type { ExplainNode } from '../../shared/explain.ts';
import { flexFile } from '../desk/desk-fixture.ts';
import { closeBrowser, openBrowser, openWorkstation, type Workstation } from './workstation.ts';

// A margin clerk's first day, in a real browser against the real host: the figures on the screen must be the command
// line's, to the last digit, and the page must keep to its content security policy throughout.

const CALLED = { account: 'U7001', name: 'Ada Harbour', cash: '-62000', positions: [{ symbol: 'XYZ', quantity: '1000', price: '80' }] };
const HEALTHY = { account: 'U7002', name: 'Ben Quay', cash: '50000', positions: [{ symbol: 'ABC', quantity: '100', price: '40' }] };
const FILE = flexFile('2026-11-20', [CALLED, HEALTHY]);

beforeAll(openBrowser);
afterAll(closeBrowser);

/** Grid cell of a row (by the row's key) and column. */
function cell(page: Page, grid: string, rowId: string, column: string): Locator {
  return page.getByTestId(grid).locator(`[row-id=${JSON.stringify(rowId)}] [col-id="${column}"]`).first();
}

async function importInPage({ page, folder }: Workstation, name: string, bytes: Uint8Array): Promise<void> {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  await page.keyboard.press('Alt+4');
  await page.getByTestId('import-file').setInputFiles(path);
  await page.getByTestId('import-accept').click();
  await page.getByTestId('import-accept').waitFor({ state: 'detached' });
}

test('an empty book opens under the policy and says what to do first', async () => {
  const { page, complaints } = await openWorkstation({});
  await page.getByTestId('queue-grid').waitFor({ state: 'attached' });
  await expect.poll(() => page.locator('main').innerText()).toMatch(/import|drop/i);
  expect(complaints).toEqual([]);
});

test('a file goes in, the account is called, its figure opens, and every figure is the command line’s', async () => {
  const station = await openWorkstation({});
  const { page, book, complaints, commandLine } = station;
  await importInPage(station, 'flex.xml', FILE);

  const { rows } = commandLine('queue', book) as { rows: QueueRow[] };
  const [called] = rows;
  expect(called).toMatchObject({ account: 'U7001', type: 'exchange', state: 'expected' });
  await page.keyboard.press('Alt+1');
  await cell(page, 'queue-grid', called?.key ?? '', 'account').waitFor();
  expect(await cell(page, 'queue-grid', called?.key ?? '', 'account').innerText()).toContain('U7001');

  await cell(page, 'queue-grid', called?.key ?? '', 'account').dblclick();
  const accounts = (commandLine('accounts', book) as { rows: AccountRow[] }).rows;
  const account = accounts.find((row) => row.account === 'U7001');
  for (const figure of ['netLiq', 'equity', 'initial', 'maintenance', 'available', 'excess', 'deficit', 'healthRatio'] as const) {
    const strip = page.getByTestId(`headline-${figure}`);
    await expect.poll(() => strip.getAttribute('data-amount'), { message: figure }).toBe(account?.[figure]);
  }

  await page.getByTestId('headline-maintenance').click();
  const tree = commandLine('explain', book, 'U7001', '--figure', 'maintenance') as ExplainNode;
  const panel = page.getByTestId('explain-panel');
  await expect.poll(() => panel.getByTestId('explain-amount').getAttribute('data-amount')).toBe(tree.amount);
  expect(tree.amount).toBe('24000');
  await panel.getByRole('button', { name: 'Open all' }).click();
  await expect.poll(() => panel.innerText()).toContain('30% × 80,000.00');
  await expect.poll(() => panel.innerText()).toContain('FINRA 4210');
  expect(complaints).toEqual([]);
});

test('a price set elsewhere reaches the queue by itself', async () => {
  const { page, complaints } = await openWorkstation({ 'flex.xml': FILE });
  const before = await cell(page, 'queue-grid', 'U7001/expected', 'excess').innerText();
  const other = await page.context().newPage();
  await other.goto(new URL(page.url()).origin);
  await other.evaluate(async () => {
    const answer = await fetch('/ask/marks.set', { method: 'POST', headers: { 'content-type': 'application/json', 'x-plimsoll': '1' }, body: JSON.stringify({ instrument: 'XYZ', price: '79' }) });
    if (!answer.ok) throw new Error(await answer.text());
  });
  await expect.poll(() => cell(page, 'queue-grid', 'U7001/expected', 'excess').innerText()).not.toBe(before);
  // 1,000 × 79 − 62,000 = 17,000 of equity, less 30 % of 79,000.
  await expect.poll(() => cell(page, 'queue-grid', 'U7001/expected', 'excess').innerText()).toContain('(6,700.00)');
  expect(complaints).toEqual([]);
});

test('a what-if is framed, shows before and after, undoes and redoes, and leaves the live book alone', async () => {
  const { page, book, complaints, commandLine } = await openWorkstation({ 'flex.xml': FILE });
  const liveBefore = commandLine('accounts', book);
  await page.goto(`${new URL(page.url()).origin}/#/account/U7001`);
  await page.getByTestId('positions-grid').waitFor();
  expect(await page.getByTestId('whatif-frame').count()).toBe(0);
  await page.getByTestId('whatif-open').click();
  await page.getByTestId('whatif-frame').waitFor();
  expect(await page.getByTestId('whatif-banner').innerText()).toMatch(/what-if/i);

  // Wide enough for the columns of call prices.
  await page.setViewportSize({ width: 1920, height: 900 });
  const callPrice = (side: 'Down' | 'Up') => page.getByTestId('positions-grid').locator(`[col-id="callPrice${side}"][role="gridcell"]`).first();
  // 1,000 × P − 62,000 is 30 % of 1,000 × P at 62,000 ÷ 700.
  await expect.poll(() => callPrice('Up').innerText()).toBe('88.5714');

  const quantity = page.getByTestId('positions-grid').locator('[col-id="quantity"][role="gridcell"]').first();
  await quantity.dblclick();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('500');
  await page.keyboard.press('Enter');
  const maintenance = page.getByTestId('headline-maintenance');
  await expect.poll(() => maintenance.getAttribute('data-amount')).toBe('12000');
  await page.getByTestId('whatif-undo').click();
  await expect.poll(() => maintenance.getAttribute('data-amount')).toBe('24000');
  await expect.poll(() => callPrice('Up').innerText()).toBe('88.5714');
  await page.getByTestId('whatif-redo').click();
  await expect.poll(() => maintenance.getAttribute('data-amount')).toBe('12000');
  // Of half of it, which paid 40,000 back, at 22,000 ÷ 350.
  await expect.poll(() => callPrice('Down').innerText()).toBe('62.8571');
  expect(await callPrice('Up').innerText()).toBe('');
  expect(commandLine('accounts', book)).toEqual(liveBefore);

  await page.getByTestId('whatif-discard').click();
  await page.getByTestId('whatif-frame').waitFor({ state: 'detached' });
  await expect.poll(() => maintenance.getAttribute('data-amount')).toBe('24000');
  expect(complaints).toEqual([]);
});

test('a file that is no position file is refused in one line and the book stays as it was', async () => {
  const station = await openWorkstation({ 'flex.xml': FILE });
  const { page, book, folder, commandLine, complaints } = station;
  const before = commandLine('accounts', book);
  const path = join(folder, 'statement.csv');
  writeFileSync(path, '%PDF-1.7\n%âãÏÓ\n1 0 obj\n');
  await page.keyboard.press('Alt+4');
  await page.getByTestId('import-file').setInputFiles(path);
  await page.getByTestId('import-refused').waitFor();
  expect(await page.getByTestId('import-refused').innerText()).toContain('PDF');
  expect(commandLine('accounts', book)).toEqual(before);
  expect(complaints).toEqual([]);
});
