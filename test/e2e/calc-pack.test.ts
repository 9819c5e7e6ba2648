import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { closeBrowser, openBrowser, openPage } from './workstation.ts';

// Somebody was sent a calc pack and opens it as it is: an account at two venues and a loan.

const PERPETUAL = { kind: 'perpetual', currency: 'USD', underlying: 'BTC', multiplier: '1', price: '30000' };
const COIN = { kind: 'coin', currency: 'USD', multiplier: '1' };
const PACK = {
  format: 'plimsoll/calc-pack@1',
  asOf: '2026-11-20T21:00:00Z',
  baseCurrency: 'USD',
  instruments: { BTCUSDT: PERPETUAL, ETH: { ...COIN, price: '2000' }, DAI: { ...COIN, price: '1' } },
  accounts: [
    {
      id: 'V1',
      regime: 'venue',
      routes: [{ from: 'b', to: 'a', haircut: '0.05', delayMinutes: '90' }],
      pools: [
        { id: 'a', mode: 'venue', model: 'bracket', packs: ['binance-usdm'], cash: { USD: '8000' }, positions: [{ instrument: 'BTCUSDT', quantity: '2', settledPrice: '32000' }] },
        { id: 'b', mode: 'venue', model: 'bracket', packs: ['hyperliquid'], cash: { USD: '50000' }, positions: [{ instrument: 'BTCUSDT', quantity: '-1', settledPrice: '32000' }] },
      ],
    },
    { id: 'L1', regime: 'venue', pools: [{ id: 'loan', model: 'lending', packs: ['lending-aave-v3'], collateral: [{ instrument: 'ETH', quantity: '10', loanToValue: '0.8', liquidationThreshold: '0.825' }], debt: [{ instrument: 'DAI', quantity: '12000' }] }] },
  ],
};

beforeAll(openBrowser);
afterAll(closeBrowser);

test('a calc pack opens as a book: pools, liquidation prices and what moves between venues are shown, and a what-if moves the requirement', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-e2e-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const book = join(folder, 'venues.json');
  writeFileSync(book, JSON.stringify(PACK));
  const { page, complaints } = await openPage(book, { width: 1280, height: 720 });
  const bar = page.getByTestId('status-bar');
  await expect.poll(() => bar.innerText()).toContain('venues · calc pack');
  // What a pack cannot do is not offered: it has no journal, no imports, no margin runs.
  expect(await page.getByTestId('go-import').count()).toBe(0);
  expect(await page.getByTestId('run-official').count()).toBe(0);

  const origin = new URL(page.url()).origin;
  await page.goto(`${origin}/#/account/V1`);
  const pools = page.getByTestId('pools-panel');
  await expect.poll(() => pools.innerText()).toMatch(/arrive in pool a by 2026-11-20 22:30:00 UTC/);
  expect(await page.getByTestId('headline-regTInitial').count()).toBe(0);
  const rows = page.getByTestId('positions-grid');
  const cell = (row: number, column: string) => rows.locator(`[row-index="${row}"] [col-id="${column}"][role="gridcell"]`);
  // Two long with 4,000 left at 30,000, in the tier of 0.5 % less 50: 2·p − 56,000 = 0.01·p − 50, so p = 55,950 / 1.99.
  expect(await cell(0, 'liquidationDown').innerText()).toContain('28,115.5779');
  expect(await cell(1, 'liquidationUp').innerText()).toMatch(/\d/);
  // A few positions leave the panels room enough: nothing of the pools has to be scrolled to.
  expect(await pools.evaluate(({ scrollHeight, clientHeight }) => scrollHeight <= clientHeight)).toBe(true);

  await cell(0, 'quantity').dblclick();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('1');
  await page.keyboard.press('Enter');
  const maintenance = page.getByTestId('whatif-frame').getByTestId('headline-maintenance');
  await expect.poll(() => maintenance.getAttribute('data-amount')).not.toBe(null);
  await expect.poll(async () => (await maintenance.getAttribute('data-amount')) !== (await maintenance.getAttribute('data-live'))).toBe(true);

  await page.goto(`${origin}/#/account/L1`);
  // 10 ETH at 82.5 % carry 12,000 down to 12,000 / 8.25.
  await expect.poll(() => pools.innerText()).toContain('1,454.5455 down');
  expect(complaints).toEqual([]);
});
