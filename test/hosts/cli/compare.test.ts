import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ComparisonWithOffers } from '../../../shared/comparison.ts';
import { temporaryFolder } from '../../desk/desk-fixture.ts';
import { importedBook, plimsoll } from './book-fixture.ts';

/** Two venue pools of one account, and a way between them. */
const PERPETUAL = { kind: 'perpetual', currency: 'USD', underlying: 'BTC', multiplier: '1', price: '30000' };
const VENUES = {
  format: 'plimsoll/calc-pack@1',
  asOf: '2026-11-20T21:00:00Z',
  baseCurrency: 'USD',
  instruments: { BTCUSDT: PERPETUAL },
  accounts: [
    {
      id: 'V1',
      regime: 'venue',
      routes: [{ from: 'b', to: 'a', haircut: '0.05', delayMinutes: '90' }],
      pools: [
        { id: 'a', mode: 'venue', model: 'bracket', packs: ['binance-usdm'], cash: { USD: '5000' }, positions: [{ instrument: 'BTCUSDT', quantity: '2', settledPrice: '32000' }] },
        { id: 'b', mode: 'venue', model: 'bracket', packs: ['hyperliquid'], cash: { USD: '50000' }, positions: [{ instrument: 'BTCUSDT', quantity: '-1', settledPrice: '32000' }] },
      ],
    },
  ],
};

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-'));
let book: string;
beforeAll(async () => {
  ({ book } = await importedBook(undefined, folder));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function packFile(pack: unknown): string {
  const path = join(temporaryFolder(), 'pack.json');
  writeFileSync(path, JSON.stringify(pack));
  return path;
}

test('an account of a book stands beside portfolio margin when nobody names a regime, in the figures of --json', async () => {
  const compared = JSON.parse((await plimsoll('compare', book, 'U100', '--json')).out) as ComparisonWithOffers;
  expect(compared.regimes.map(({ regime }) => regime)).toEqual(['now', 'portfolio']);
  // 100 shares at 95: 30 % by the house's rule, 15 % by risk.
  expect(compared.figures.find(({ figure }) => figure === 'maintenance')).toEqual({ figure: 'maintenance', amounts: ['2850', '1425'], differences: ['0', '-1425'] });
  const { out, status } = await plimsoll('compare', book, 'U100');
  expect(status).toBe(0);
  expect(out).toMatch(/^Maintenance +2,850\.00 +1,425\.00 +\(1,425\.00\)$/m);
  expect(out).toMatch(/^XYZ: now long stock; .* · portfolio Scenario 1: .*, −15%$/m);
});

test('a regime that is not possible is refused with the reason and what would be; one that nobody knows is trouble', async () => {
  const refused = await plimsoll('compare', book, 'U100', '--as', 'binance-usdm');
  expect(refused.status).toBe(1);
  expect(refused.errors[0]).toContain('XYZ is stock, and these rules are for futures, perpetuals and options');
  expect(refused.errors[1]).toMatch(/it can be compared with portfolio, cash, /);
  expect(await plimsoll('compare', book, 'U100', '--as', 'soft')).toMatchObject({ status: 2, errors: [expect.stringContaining('There is no regime and no rule pack called "soft".')] });
});

test('venue against venue, out of a calc pack', async () => {
  const { out, status } = await plimsoll('compare', packFile(VENUES), 'V1', '--as', 'kraken-futures', 'binance-usdm');
  expect(status).toBe(0);
  expect(out).toMatch(/^Maintenance +625\.00 +900\.00 +370\.00 +275\.00 +\(255\.00\)$/m);
  expect(out).toMatch(/^BTC +625\.00 +900\.00 +370\.00 +kraken-futures$/m);
  expect(await plimsoll('compare', packFile(VENUES), 'V2')).toMatchObject({ status: 2, errors: [expect.stringContaining('It has V1.')] });
});

test('margin of a calc pack shows its pools: model in words, lines of trouble, and what could move, not counted before', async () => {
  const { out } = await plimsoll('margin', packFile(VENUES));
  expect(out).toContain('V1 · a [venue] · by the venue’s tiers · ● healthy · USD · ');
  expect(out).toMatch(/margin to liquidation 0\.75/);
  expect(out).toMatch(/^BTCUSDT +29,623\.1155778894 down +29,500\.00 down/m);
  expect(out).toContain('Of what pool b has free, 48,687.50 USD could arrive in pool a by 2026-11-20 22:30:00 UTC; not counted before');
});
