import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { QueueRow } from '../../shared/views.ts';
import { flexFile } from '../desk/desk-fixture.ts';
import { closeBrowser, openBrowser, openWorkstation } from './workstation.ts';

// A morning without the mouse.

const debt = (account: string, name: string, cash: string) => ({ account, name, cash, positions: [{ symbol: 'XYZ', quantity: '1000', price: '80' }] });
const FILE = flexFile('2026-11-20', [debt('U7001', 'Ada Harbour', '-62000.25'), debt('U7002', 'Ben Quay', '-60000'), debt('U7003', 'Cleo Mole', '-58000')]);

beforeAll(openBrowser);
afterAll(closeBrowser);

const focusedCell = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const cell = document.activeElement?.closest('[col-id]');
    const row = cell?.closest('[row-id]');
    return `${row?.getAttribute('row-id') ?? 'none'} ${cell?.getAttribute('col-id') ?? ''}`;
  });

test('filter, walk the calls, explain, open, find and copy: all by keys', async () => {
  const { page, book, commandLine, complaints } = await openWorkstation({ 'flex.xml': FILE });
  const { rows } = commandLine('queue', book) as { rows: QueueRow[] };
  expect(rows).toHaveLength(3);
  const [first, second] = rows;
  const grid = page.getByTestId('queue-grid');
  await grid.locator(`[row-id="${first?.key}"]`).first().waitFor();

  await page.keyboard.press('/');
  await page.keyboard.type('quay');
  await expect.poll(() => grid.locator('[row-id] [col-id="account"]').allInnerTexts()).toEqual(['U7002']);
  await page.keyboard.press('Escape');
  await expect.poll(() => grid.locator('[row-id] [col-id="account"]').count()).toBe(3);

  await page.keyboard.press('j');
  await expect.poll(() => focusedCell(page)).toMatch(new RegExp(`^${first?.key} `));
  await page.keyboard.press('j');
  await expect.poll(() => focusedCell(page)).toMatch(new RegExp(`^${second?.key} `));
  await page.keyboard.press('k');
  await expect.poll(() => focusedCell(page)).toMatch(new RegExp(`^${first?.key} `));

  await page.keyboard.press('x');
  const panel = page.getByTestId('explain-panel');
  await panel.waitFor();
  expect(await panel.innerText()).toContain(first?.account);
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });
  // The cursor is where it was, so the next key is not lost.
  await page.keyboard.press('j');
  await expect.poll(() => focusedCell(page)).toMatch(new RegExp(`^${second?.key} `));

  await page.keyboard.press('Enter');
  await page.getByTestId('positions-grid').waitFor();
  expect(page.url()).toContain(`#/account/${second?.account}`);

  await page.keyboard.press('Control+k');
  await page.keyboard.type('cleo');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.url()).toContain('#/account/U7003');
  expect(complaints).toEqual([]);
});

test('a selected range is copied as tab-separated text with every digit, and its sum stands below', async () => {
  const { page, book, commandLine, complaints } = await openWorkstation({ 'flex.xml': FILE });
  const { rows } = commandLine('queue', book) as { rows: QueueRow[] };
  const grid = page.getByTestId('queue-grid');
  await grid.locator(`[row-id="${rows[0]?.key}"] [col-id="state"]`).first().click();
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Control+c');
  const copied = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
  const lines = rows.map((row) => `Expected\t${row.outstanding}`);
  await expect.poll(async () => (await copied()).trimEnd().split(/\r?\n/)).toEqual(lines);
  expect(rows[0]?.outstanding).toBe('6000.25');
  await expect.poll(() => page.getByTestId('range-stats').getAttribute('data-sum')).toBe('12000.25');
  await page.keyboard.press('Control+Shift+c');
  await expect.poll(async () => (await copied()).trimEnd().split(/\r?\n/)).toEqual(['State\tOutstanding', ...lines]);
  expect(complaints).toEqual([]);
});

test('dark colours and every density keep to the content security policy, and a figure never loses its end', async () => {
  const { page, complaints } = await openWorkstation({ 'flex.xml': FILE });
  const grid = page.getByTestId('queue-grid');
  await grid.locator('[row-id]').first().waitFor();
  // As far as what drives the requirement, a queue is read without scrolling.
  const driver = await grid.locator('[role="columnheader"][col-id="driver"]').boundingBox();
  expect((driver?.x ?? 0) + (driver?.width ?? 0)).toBeLessThanOrEqual(1280 - 15);
  const ground = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await page.getByTestId('theme').click();
  await page.getByTestId('theme').click();
  await expect.poll(ground).not.toBe(light);
  for (const density of ['comfortable', 'dense', 'normal']) {
    await page.getByTestId('density').click();
    await expect.poll(() => page.evaluate(() => document.documentElement.dataset['density'])).toBe(density);
    const cut = (): Promise<string[]> =>
      grid.locator('[row-id] :is([col-id="status"], [col-id="outstanding"], [col-id="dueOn"], [col-id="excess"], [col-id="healthRatio"])').evaluateAll((cells) => cells.filter((cell) => cell.scrollWidth > cell.clientWidth + 1).map((cell) => cell.textContent ?? ''));
    await expect.poll(cut).toEqual([]);
  }
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.getByTestId('explain-panel').waitFor();
  expect(complaints).toEqual([]);
});
