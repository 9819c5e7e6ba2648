import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AccountRow, QueueRow } from '../../shared/views.ts';
import { flexFile } from '../desk/desk-fixture.ts';
import { closeBrowser, openBrowser, openWorkstation } from './workstation.ts';

// What the figures do not hold, and the one act that raises calls.

const CALLED = { account: 'U7001', name: 'Ada Harbour', cash: '-62000', positions: [{ symbol: 'XYZ', quantity: '1000', price: '80' }] };
const UNPRICED_SHORT = { account: 'U7002', name: 'Ben Quay', cash: '50000', positions: [{ symbol: 'ABC', quantity: '100', price: '40' }, { symbol: 'QUIET', quantity: '-10', price: '' }] };
const UNPRICED_LONG = { account: 'U7003', name: 'Cleo Mole', cash: '50000', positions: [{ symbol: 'QUIET', quantity: '10', price: '' }] };
const FILE = flexFile('2026-11-20', [CALLED, UNPRICED_SHORT, UNPRICED_LONG]);

beforeAll(openBrowser);
afterAll(closeBrowser);

const queueOf = (answer: unknown): QueueRow[] => (answer as { rows: QueueRow[] }).rows;

function cells(page: Page, grid: string, column: string): Promise<string[]> {
  return page.getByTestId(grid).locator(`[row-id] [col-id="${column}"]`).allInnerTexts();
}

test('what has no price is listed with what is done about it, its short account is indeterminate, and a mark by hand settles both', async () => {
  const { page, book, commandLine, complaints } = await openWorkstation({ 'flex.xml': FILE });
  await page.getByTestId('excluded-count').click();
  await expect.poll(() => cells(page, 'exclusions-grid', 'account')).toEqual(['U7002', 'U7003']);
  expect(await cells(page, 'exclusions-grid', 'indeterminate')).toEqual(['? Indeterminate', 'Treated']);
  expect(await page.getByTestId('excluded-count').innerText()).toContain('2 excluded');

  await page.keyboard.press('Alt+2');
  const status = page.getByTestId('accounts-grid').locator('[row-id="U7002"] [col-id="status"]').first();
  expect(await status.innerText()).toBe('? Indeterminate');

  await page.keyboard.press('Alt+5');
  await page.getByTestId('exclusions-grid').locator('[row-id] [col-id="symbol"]').first().click();
  await page.keyboard.press('m');
  expect(await page.getByTestId('mark-instrument').inputValue()).toBe('QUIET');
  await page.keyboard.type('12.50');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.getByTestId('exclusions-grid').locator('[row-id]').count()).toBe(0);
  await page.keyboard.press('Alt+2');
  await expect.poll(() => status.innerText()).toBe('● Healthy');
  const { rows } = commandLine('accounts', book, '--status', 'indeterminate') as { rows: AccountRow[] };
  expect(rows).toEqual([]);
  expect(complaints).toEqual([]);
});

test('the official run, once confirmed, turns an expected call into an issued one', async () => {
  const { page, book, commandLine, complaints } = await openWorkstation({ 'flex.xml': FILE });
  const [expected] = queueOf(commandLine('queue', book));
  expect(expected).toMatchObject({ account: 'U7001', state: 'expected' });
  await expect.poll(() => cells(page, 'queue-grid', 'state')).toContain('Expected');
  const amount = await page.getByTestId('queue-grid').locator(`[row-id="${expected?.key}"] [col-id="outstanding"]`).first().innerText();

  await page.getByTestId('run-official').click();
  await page.keyboard.press('Escape');
  await page.getByTestId('run-confirm').waitFor({ state: 'detached' });
  expect(queueOf(commandLine('queue', book))[0]).toEqual(expected);

  await page.getByTestId('run-official').click();
  await page.getByTestId('run-confirm').click();
  await expect.poll(() => page.getByTestId('notice').allInnerTexts()).toEqual([expect.stringContaining('1 raised')]);
  await page.mouse.move(640, 10);
  await page.keyboard.press('F9');
  await expect.poll(() => cells(page, 'queue-grid', 'state')).toContain('Issued');
  const issued = queueOf(commandLine('queue', book)).find((row) => row.account === 'U7001');
  expect(issued).toMatchObject({ state: 'issued', outstanding: expected?.outstanding });
  expect(await page.getByTestId('queue-grid').locator(`[row-id="${issued?.key}"] [col-id="outstanding"]`).first().innerText()).toBe(amount);
  expect(await page.getByTestId('status-bar').innerText()).toContain('Official run 2026-11-20');
  expect(complaints).toEqual([]);
});

test('an explanation that is open follows the edits of a what-if', async () => {
  const { page, complaints } = await openWorkstation({ 'flex.xml': FILE });
  await page.goto(`${new URL(page.url()).origin}/#/account/U7001`);
  await page.getByTestId('whatif-open').click();
  await page.getByTestId('whatif-frame').waitFor();
  await page.getByTestId('headline-maintenance').click();
  const amount = page.getByTestId('explain-amount');
  await expect.poll(() => amount.getAttribute('data-amount')).toBe('24000');
  await page.getByTestId('positions-grid').locator('[role="gridcell"][col-id="quantity"]').first().dblclick();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('500');
  await page.keyboard.press('Enter');
  await expect.poll(() => amount.getAttribute('data-amount')).toBe('12000');
  await page.keyboard.press('Control+z');
  await expect.poll(() => amount.getAttribute('data-amount')).toBe('24000');
  expect(complaints).toEqual([]);
});

test('an edit whose answer was lost on the way is shown once the desk can be reached again', async () => {
  const { page } = await openWorkstation({ 'flex.xml': FILE });
  let isLosing = false;
  await page.routeWebSocket(/\/line$/, (line) => {
    const desk = line.connectToServer();
    desk.onMessage((message) => {
      if (!isLosing) return line.send(message);
      isLosing = false;
      void line.close();
    });
  });
  await page.goto(`${new URL(page.url()).origin}/#/account/U7001`);
  await page.reload();
  await page.getByTestId('whatif-open').click();
  await page.getByTestId('whatif-frame').waitFor();
  const quantity = page.getByTestId('positions-grid').locator('[role="gridcell"][col-id="quantity"]').first();
  await quantity.dblclick();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('500');
  isLosing = true;
  await page.keyboard.press('Enter');
  await page.getByTestId('whatif-frame').getByText(/XYZ to 500/).waitFor();
  await expect.poll(() => quantity.innerText()).toContain('500');
});

test('keys that follow an edit at once go where they are meant for: the next cell, and the next edit', async () => {
  const { page, complaints } = await openWorkstation({ 'flex.xml': FILE });
  await page.goto(`${new URL(page.url()).origin}/#/account/U7002`);
  await page.getByTestId('whatif-open').click();
  await page.getByTestId('whatif-frame').waitFor();
  const quantities = page.getByTestId('positions-grid').locator('[role="gridcell"][col-id="quantity"]');
  const edits = page.getByRole('list', { name: 'Edits of this what-if' });
  await quantities.first().click();
  for (const key of ['9', '0', 'Enter', 'ArrowDown', '-', '8', 'Enter', 'ArrowUp', '9', '1', 'Enter']) await page.keyboard.press(key);
  await expect.poll(() => edits.innerText()).toMatch(/ABC to 90 .*\nQUIET to -8 .*\nABC to 91 /);
  await expect.poll(() => quantities.allInnerTexts()).toEqual(['91', '(8)']);
  // The cell has the focus again, and letters are commands: undo takes back the last of them.
  await page.keyboard.press('Control+z');
  await expect.poll(() => quantities.allInnerTexts()).toEqual(['90', '(8)']);
  // Leaving an editor as it was is no edit.
  for (const key of ['Enter', 'Enter', 'Enter']) await page.keyboard.press(key);
  await page.keyboard.press('Control+A');
  await page.keyboard.type('not a number');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.getByTestId('notice').allInnerTexts()).toEqual([expect.stringContaining('“not a number” is not a number')]);
  expect(await quantities.allInnerTexts()).toEqual(['90', '(8)']);
  expect(await edits.getByRole('listitem').count()).toBe(2);
  expect(complaints).toEqual([]);
});
